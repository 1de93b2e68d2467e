import EDTF
import Khabar
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarRender
import KhabarSyntax
import KhabarText

/// All that a name stands for, for `.describe`: names of the session, records, and words of the vocabulary.
struct Description {
  private let session: Session
  private var store: EventStore { session.model.store }

  init(_ session: Session) { self.session = session }

  /// What the name says in a text, and each record as a table of one row.
  func meanings(of name: String) throws -> (texts: [String], records: [ResultTable]) {
    var texts: [String] = []
    if let text = session.text(ofName: name) { texts.append(text) }
    texts += [type(name), mode(name), context(name)].compactMap { $0 }
    let found: [EntityName] =
      switch store.names.resolve(name, .all) {
      case .found(let entities), .ambiguous(let entities): entities
      case .unknown: []
      }
    return (texts, try found.map { try record($0) })
  }

  // MARK: - Words of the vocabulary

  private func type(_ name: String) -> String? {
    let vocabulary = store.vocabulary
    guard let meaning = vocabulary.noun(name) else { return nil }
    let id = vocabulary.types[Int(meaning.type)].id
    let tree = TypeTree(store)
    let above = vocabulary.lineage(meaning.type).dropFirst().map { vocabulary.types[Int($0)].id }
    let below = vocabulary.types.indices.filter { vocabulary.types[$0].parent == meaning.type }
    let quad = vocabulary.quad(ofType: meaning.type)
    let score = vocabulary.score(type: meaning.type, mode: meaning.mode)
    let modes = vocabulary.modes(ofType: meaning.type).map { vocabulary.modes[Int($0)] }
    let lines: [(String, String)] = [
      ("type", id + (meaning.mode < 0 ? "" : " in mode \(vocabulary.modes[Int(meaning.mode)])")),
      ("a kind of", above.joined(separator: ", ")),
      ("kinds of it", below.map { vocabulary.types[$0].id }.joined(separator: ", ")),
      ("quad", quad < 0 ? "" : Vocabulary.quads[Int(quad)]),
      ("score", score.map { ResultRenderer.text(.number(Double($0) / 10), of: store, language: "en") } ?? ""),
      ("modes", modes.joined(separator: ", ")),
      ("nouns", tree.names(of: meaning.type).joined(separator: ", ")),
      ("events", String(tree.eventCount(meaning.type))),
    ]
    return Description.block(lines)
  }

  private func mode(_ name: String) -> String? {
    guard let mode = store.vocabulary.mode(name) else { return nil }
    let types = store.vocabulary.types.filter { $0.modes.contains(mode) }.map(\.id)
    let count = store.events.mode.count { $0 == mode }
    return Description.block([
      ("mode", store.vocabulary.modes[Int(mode)]), ("of types", types.joined(separator: ", ")),
      ("events", String(count)),
    ])
  }

  private func context(_ name: String) -> String? {
    guard let context = store.vocabulary.context(name) else { return nil }
    let count = (0..<store.events.count).count { store.events.contexts[$0].contains(context) }
    return Description.block([
      ("context", store.vocabulary.contexts[Int(context)]), ("events", String(count)),
    ])
  }

  /// Names and values in two columns; what has no value is left out.
  private static func block(_ lines: [(String, String)]) -> String {
    let lines = lines.filter { !$0.1.isEmpty }
    let width = lines.map { DisplayWidth.of($0.0) }.max() ?? 0
    return lines.map { DisplayWidth.pad($0.0, to: width, alignment: .right) + ": " + $0.1 }
      .joined(separator: "\n")
  }

  // MARK: - Records

  /// The fields of a record, and what else there is to say of it.
  private func record(_ entity: EntityName) throws -> ResultTable {
    var table = ResultTable(
      columns: [.init("record", .text)], rows: [[.text(entity.kind.name)]], store: store)
    func add(_ name: String, _ type: ValueType, _ value: KhabarPlan.Value) {
      guard !value.isMissing, value != .list([]), !table.rows[0].contains(value) || type == .number else {
        return
      }
      table.columns.append(.init(name, type))
      table.rows[0].append(value)
    }
    let names = self.names(of: entity)
    if entity.kind == .topic { add("id", .text, .text(store.id(.topic, entity.index))) }
    for field in Field.fields(of: entity.kind) {
      if ["names", "aliases", "events", "reports"].contains(field.name) { continue }
      add(field.name, field.type, try value(of: field, entity))
    }
    add("names", .list(.text), .list(names.map { .text("\($0.language): \($0.text)") }))
    addRelatives(entity, add)
    addEvents(entity, add)
    return table
  }

  private func value(of field: Field, _ entity: EntityName) throws -> KhabarPlan.Value {
    let expression = PlanExpression(.field(field), field.type)
    let query = ResolvedQuery(
      plan: .project(
        .records(entity.kind, [entity.index]), [PlanColumn(field.name, expression)], keepsRecords: false),
      shape: .columns([ColumnShape(field.name, field.type)]))
    return try Evaluator.run(query, on: store).rows.first?.first ?? .missing
  }

  private func names(of entity: EntityName) -> [LocalizedText.Entry] {
    let index = Int(entity.index)
    return switch entity.kind {
    case .actor: store.actors[index].names.entries
    case .place: store.places[index].names.entries
    case .topic: store.topics[index].names.entries
    case .article: store.articles[index].title.entries
    case .event: store.events.label[index].entries
    case .report, .participation, .office: []
    }
  }

  /// Whom it stands for, and what it lies in, near and far.
  private func addRelatives(_ entity: EntityName, _ add: (String, ValueType, KhabarPlan.Value) -> Void) {
    let index = Int(entity.index)
    func list(_ kind: EntityKind, _ rows: some Sequence<Int32>) -> KhabarPlan.Value {
      .list(rows.filter { $0 != entity.index }.map { .entity(kind, $0) })
    }
    switch entity.kind {
    case .actor:
      add("aliases", .list(.text), .list(store.actors[index].aliases.map { .text($0) }))
      add(
        "stands_for", .list(.entity(.actor)), list(.actor, store.representation.represented[index]))
      add(
        "represented_by", .list(.entity(.actor)), list(.actor, store.representation.representatives[index]))
    case .place:
      add("aliases", .list(.text), .list(store.places[index].aliases.map { .text($0) }))
      add("lies_in", .list(.entity(.place)), list(.place, store.containment.ancestors[index]))
      add("contains", .list(.entity(.place)), list(.place, store.containment.descendants[index]))
    default: break
    }
  }

  /// How many events it has, and from when to when, counted as clauses do.
  private func addEvents(_ entity: EntityName, _ add: (String, ValueType, KhabarPlan.Value) -> Void) {
    guard let events = events(of: entity) else { return }
    add("events", .number, .number(Double(events.count)))
    let timed = events.sorted().filter { store.events.time.isRecorded(Int($0)) }
    guard let first = timed.first,
      let last = timed.max(by: { end($0) < end($1) })
    else { return }
    add("first", .entity(.event), .entity(.event, first))
    add("last", .entity(.event), .entity(.event, last))
  }

  private func end(_ event: Int32) -> Int { store.events.time.bounds(Int(event)).endMax }

  /// Nil for an event itself.
  private func events(of entity: EntityName) -> Set<Int32>? {
    let index = Int(entity.index)
    switch entity.kind {
    case .actor:
      return Set(store.representation.representatives[index].flatMap { store.eventsOfActor[Int($0)] })
    case .place: return Set(store.containment.descendants[index].flatMap { store.eventsOfPlace[Int($0)] })
    case .topic:
      return Set(
        (0..<Int32(store.events.count)).filter { store.events.topics[Int($0)].contains(entity.index) })
    case .article: return Set(store.reportsOfArticle[index].map { store.reports.event[Int($0)] })
    case .event, .report, .participation, .office: return nil
    }
  }
}

extension Shell {
  func describe(_ line: DotLine) throws {
    let quoted = line.words.count == 1 ? line.words[0].text : line.rest.text
    guard !quoted.isEmpty else {
      throw line.error(
        "E0610", "expected a name after `.describe`", at: line.name, help: "for example `.describe Lavrov`")
    }
    let (texts, records) = try Description(runner.session).meanings(of: quoted)
    guard !texts.isEmpty || !records.isEmpty else {
      if RowNoun(rawValue: Folding.fold(quoted)) != nil {
        throw line.error(
          "E0637", "`\(quoted)` is no name but a noun", at: line.rest,
          help: "`.schema \(quoted)` lists the fields of its rows")
      }
      let near = runner.session.model.store.names.suggestions(for: quoted, .all).map { "`\($0.text)`" }
      throw line.error(
        "E0637", "nothing is called `\(quoted)`", at: line.rest,
        help: near.isEmpty
          ? "`.names` lists the names, `.types` the types of events"
          : "did you mean \(near.joined(separator: " or "))?")
    }
    for text in texts {
      let lines = runner.style.width.map { TextWrapping.wrap(text, width: $0, hanging: 8) } ?? [text]
      runner.output.write(lines.map { VisibleText.escapeLines($0) + "\n" }.joined())
    }
    for (index, record) in records.enumerated() {
      if index > 0 || !texts.isEmpty { runner.output.write("\n") }
      try runner.writeRecord(record)
    }
  }
}
