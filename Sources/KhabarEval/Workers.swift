import KhabarModel
import KhabarPlan
import Synchronization

/// Threads that share out numbered pieces of work among them.
enum Workers {
  /// Calls `work` with the number of the worker and of the piece, for each piece once, on so many threads, of which the one
  /// that calls is the first; and waits for all.
  static func run(_ pieces: Int, threads: Int, _ work: (_ worker: Int, _ piece: Int) -> Void) {
    let next = NextPiece()
    Threads.run(max(1, min(threads, pieces))) { worker in
      while let piece = next.take(below: pieces) { work(worker, piece) }
    }
  }

  private final class NextPiece: Sendable {
    private let next = Atomic(0)

    func take(below limit: Int) -> Int? {
      let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
      return piece < limit ? piece : nil
    }
  }
}

/// What each piece of work has come to, written by the worker that has done it.
final class Outcomes<Value>: @unchecked Sendable {
  private let values: UnsafeMutablePointer<Result<Value, EvaluationError>?>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    values = .allocate(capacity: count)
    values.initialize(repeating: nil, count: count)
  }

  deinit {
    values.deinitialize(count: count)
    values.deallocate()
  }

  func set(_ piece: Int, _ outcome: Result<Value, EvaluationError>) { values[piece] = outcome }

  /// In the order of the pieces; the first failure, if there is one.
  func all() throws(EvaluationError) -> [Value] {
    var all: [Value] = []
    for piece in 0..<count { if let outcome = values[piece] { all.append(try outcome.get()) } }
    return all
  }
}

/// A value that only one thread at a time uses, which the compiler cannot see.
struct Unshared<Value>: @unchecked Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

extension Evaluator {
  /// What `body` makes of each part of a stream, in their order. Parts are cut by the number of rows alone; several threads
  /// take them, each with an evaluator of its own.
  ///
  /// - Parameter expressions: All that `body` evaluates, beside the stream's own conditions.
  func parts<Part>(
    of stream: RowStream, _ expressions: [PlanExpression],
    _ body: @escaping (Evaluator, Range<Int>) throws(EvaluationError) -> Part
  ) throws(EvaluationError) -> [Part] {
    let count = stream.count
    let parts = count < control.thresholds.rowsOfParts ? 1 : Self.mostParts
    let ranges = (0..<parts).map { count * $0 / parts..<count * ($0 + 1) / parts }
    let threads = min(control.threads, parts)
    guard threads > 1 else {
      var found: [Part] = []
      for range in ranges {
        try report(range.lowerBound, rows: 0)
        found.append(try body(self, range))
      }
      return found
    }
    try prepare(stream, expressions)
    let evaluators = Unshared((0..<threads).map { $0 == 0 ? self : forked() })
    let body = Unshared(body)
    let outcomes = Outcomes<Part>(parts)
    Workers.run(parts, threads: threads) { worker, part in
      let evaluator = evaluators.value[worker]
      outcomes.set(part, Result { () throws(EvaluationError) in try body.value(evaluator, ranges[part]) })
      if worker == 0 { evaluator.control.progress.report(ranges[part].upperBound, rows: 0) }
    }
    takeWarnings(of: evaluators.value.dropFirst())
    return try outcomes.all()
  }

  static let mostParts = 16

  /// An evaluator for another thread, which knows what this one has found out and does not change any more.
  private func forked() -> Evaluator { Evaluator(store, memo: memo.forked(), control: control) }

  /// Finds out what does not depend on rows, such as the answers of subqueries, before threads share it: expressions are
  /// evaluated for no row.
  private func prepare(_ stream: RowStream, _ expressions: [PlanExpression]) throws(EvaluationError) {
    var kind = stream.kind
    for step in stream.steps {
      if case .filter(let conditions) = step {
        for condition in conditions { _ = try truths(condition, .records(kind, [])) }
      }
      kind = step.kind(after: kind)
    }
    for expression in expressions { _ = try values(expression, .records(kind, [])) }
  }

  /// What threads have warned of, each once.
  private func takeWarnings(of others: some Sequence<Evaluator>) {
    for warning in others.flatMap(\.memo.warnings)
    where !memo.warnings.contains(where: { $0.id == warning.id && $0.span == warning.span }) {
      memo.warnings.append(warning)
    }
  }
}
