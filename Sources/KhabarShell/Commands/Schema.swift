import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarSyntax
import KhabarText

/// What rows have, for `.schema`.
struct Schema {
  private let store: EventStore

  init(_ store: EventStore) {
    self.store = store
  }

  /// The fields of rows as rows themselves.
  func fields(of shape: RowShape) -> ResultTable {
    let fields: [(name: String, type: ValueType)] =
      switch shape {
      case .records(let kind): Field.fields(of: kind).map { ($0.name, $0.type) }
      case .columns(let columns): columns.map { ($0.name, $0.type) }
      }
    return ResultTable(
      columns: [.init("field", .text), .init("type", .text), .init("values", .text)],
      rows: fields.map { [.text($0.name), .text($0.type.shortName), words(of: $0.type)] }, store: store)
  }

  /// The words of a closed vocabulary that is short enough to be listed.
  private func words(of type: ValueType) -> Value {
    guard case .symbol(let kind) = type.element else { return .missing }
    let count = min(store.codeCount(kind), 12)
    let words = (0..<count).map { store.word(kind, Int16($0)) }
    return .text(words.joined(separator: ", ") + (count < store.codeCount(kind) ? ", …" : ""))
  }

  // MARK: - Overview

  private static let kinds: [(kind: EntityKind, nouns: String)] = [
    (.event, "events; also by type: meetings, statements, agreements, …"),
    (.actor, "actors; people, states, organizations, groups"),
    (.place, "places"),
    (.report, "reports"),
    (.article, "articles"),
    (.participation, "participants, as a stage after events"),
    (.office, "offices, a field of actors"),
  ]

  /// All kinds of rows with their fields.
  func overview(width: Int) -> String {
    Schema.kinds.map { kind, nouns in
      let fields = Field.fields(of: kind).map { field in
        field.name == field.type.shortName ? field.name : "\(field.name): \(field.type.shortName)"
      }
      return nouns + "\n" + wrapped(fields, width: max(20, width - 1))
    }.joined()
  }

  private func wrapped(_ items: [String], width: Int) -> String {
    var text = ""
    var line = " "
    for (index, item) in items.enumerated() {
      let piece = " " + item + (index < items.count - 1 ? "," : "")
      if line.count > 1, line.count + piece.count > width {
        text += line + "\n"
        line = " "
      }
      line += piece
    }
    return text + line + "\n"
  }
}

extension ValueType {
  /// `text`, `place`, `list of actors`: the name without its article.
  var shortName: String {
    let words = name.split(separator: " ")
    return words.drop { $0 == "a" || $0 == "an" }.joined(separator: " ")
  }
}
