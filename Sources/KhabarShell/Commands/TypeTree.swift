import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarText

/// The types of events, for `.types`: each below what it is a kind of, with the nouns that stand for it and how many
/// events there are of it and what lies below it.
struct TypeTree {
  private let store: EventStore
  private let nouns: [Int16: [String]]
  private let children: [Int16: [Int16]]

  init(_ store: EventStore) {
    self.store = store
    let vocabulary = store.vocabulary
    nouns = Dictionary(
      grouping: vocabulary.nounSuggestions.filter { vocabulary.noun($0)?.mode == -1 },
      by: { vocabulary.noun($0)?.type ?? -1 })
    children = Dictionary(
      grouping: vocabulary.types.indices.map { Int16($0) }, by: { vocabulary.types[Int($0)].parent })
  }

  var table: ResultTable {
    var rows: [[Value]] = []
    for quad in Vocabulary.quads.indices.map({ Int8($0) }) + [-1] {
      for type in children[-1] ?? [] where store.vocabulary.quad(ofType: type) == quad {
        add(type, depth: 0, to: &rows)
      }
    }
    return ResultTable(
      columns: [
        .init("type", .text), .init("events", .number), .init("english", .text), .init("arabic", .text),
        .init("quad", .text),
      ], rows: rows, store: store)
  }

  private func add(_ type: Int16, depth: Int, to rows: inout [[Value]]) {
    let vocabulary = store.vocabulary
    let quad = vocabulary.quad(ofType: type)
    let indent = depth == 0 ? "" : String(repeating: "  ", count: depth - 1) + "└ "
    rows.append([
      .text(indent + vocabulary.types[Int(type)].id), .number(Double(eventCount(type))),
      noun(type, isArabic: false), noun(type, isArabic: true),
      quad < 0 ? .missing : .text(Vocabulary.quads[Int(quad)]),
    ])
    for child in children[type] ?? [] where depth < vocabulary.types.count {
      add(child, depth: depth + 1, to: &rows)
    }
  }

  /// Of the type and all below it.
  func eventCount(_ type: Int16) -> Int {
    store.events.type.reduce(0) { $0 + (store.vocabulary.isType($1, type) ? 1 : 0) }
  }

  /// The first noun of a language, which is the plural.
  private func noun(_ type: Int16, isArabic: Bool) -> Value {
    let noun = names(of: type).first { $0.unicodeScalars.contains { $0.value >= 0x600 } == isArabic }
    return noun.map { .text($0) } ?? .missing
  }

  /// All nouns that stand for a type.
  func names(of type: Int16) -> [String] { nouns[type] ?? [] }
}

extension Shell {
  func showTypes() throws {
    try runner.write(TypeTree(runner.session.model.store).table)
  }
}
