import KhabarModel
import KhabarPlan

/// A query on which evaluator and reference differ, made small.
struct Disagreement {
  private(set) var builder: StoreBuilder
  private(set) var query: String
  private(set) var difference: String

  init(_ comparison: Comparison, _ query: String, _ difference: String) {
    builder = comparison.builder
    self.query = query
    self.difference = difference
    shrink()
  }

  var description: String { "\(query)\n\(difference)\nin the model\n\(ModelPrinter.script(builder))" }

  private mutating func shrink() {
    while let stage = query.lastStage, attempt(builder, String(query[..<stage])) {}
    for report in builder.reports.indices.reversed() { attempt { $0.reports.remove(at: report) } }
    for event in builder.events.indices.reversed() {
      attempt { model in
        guard event == model.events.count - 1 else { return }
        model.events.removeLast()
        model.reports.removeAll { Int($0.event) == event }
      }
      guard event < builder.events.count else { continue }
      attempt { $0.events[event].relations = [] }
      attempt { $0.events[event].participants = [] }
      attempt { $0.events[event].place = -1 }
    }
  }

  private mutating func attempt(_ change: (inout StoreBuilder) -> Void) {
    var smaller = builder
    change(&smaller)
    attempt(smaller, query)
  }

  /// Goes on with what is smaller if it still differs, and not for want of a name.
  @discardableResult
  private mutating func attempt(_ builder: StoreBuilder, _ query: String) -> Bool {
    guard !builder.events.isEmpty, let comparison = try? Comparison(builder),
      case .difference(let difference) = comparison.outcome(query), !difference.contains("error[")
    else { return false }
    (self.builder, self.query, self.difference) = (builder, query, difference)
    return true
  }
}

extension String {
  /// Where the last stage of a query starts.
  fileprivate var lastStage: Index? {
    var depth = 0
    var found: Index?
    for index in indices {
      switch self[index] {
      case "(": depth += 1
      case ")": depth -= 1
      case "|": if depth == 0 { found = index }
      default: break
      }
    }
    return found
  }
}
