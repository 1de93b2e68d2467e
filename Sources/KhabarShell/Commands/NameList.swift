import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarText

/// The names of a model, for `.names`: every actor, place, topic and article.
struct NameList {
  private let store: EventStore
  private let language: String

  init(_ store: EventStore, language: String) {
    self.store = store
    self.language = language
  }

  private static let columns: [ResultTable.Column] = [
    .init("id", .text), .init("kind", .text), .init("name", .text), .init("events", .number),
    .init("also", .list(.text)),
  ]

  /// Those that have the pattern in one of their names, in any script.
  func table(matching pattern: String) -> ResultTable {
    let key = Folding.fold(pattern)
    let rows = (actors + places + topics + articles).filter { $0.matches(key) }
    return ResultTable(
      columns: NameList.columns, rows: rows.map { $0.values(language) }, store: store)
  }

  private struct Row {
    var id: String
    var kind: String
    var names: LocalizedText
    var aliases: [String] = []
    var eventCount: Int

    func matches(_ key: String) -> Bool {
      key.isEmpty
        || ([id, kind] + names.entries.map(\.text) + aliases).contains { Folding.fold($0).contains(key) }
    }

    func values(_ language: String) -> [Value] {
      let name = names.preferred(language)
      let others = names.entries.map(\.text).filter { $0 != name } + aliases
      return [
        .text(id), .text(kind), name.map { .text($0) } ?? .missing, .number(Double(eventCount)),
        .list(others.map { .text($0) }),
      ]
    }
  }

  /// Counted as clauses count.
  private func eventCount(_ kind: EntityKind, _ index: Int) -> Int {
    Int(store.eventCounts.count(EntityName(kind, Int32(index))) ?? 0)
  }

  private var actors: [Row] {
    store.actors.enumerated().map { index, actor in
      Row(
        id: actor.id, kind: actor.kind.name, names: actor.names, aliases: actor.aliases,
        eventCount: eventCount(.actor, index))
    }
  }

  private var places: [Row] {
    store.places.enumerated().map { index, place in
      Row(
        id: place.id, kind: place.kind ?? "place", names: place.names, aliases: place.aliases,
        eventCount: eventCount(.place, index))
    }
  }

  private var topics: [Row] {
    store.topics.enumerated().map { index, topic in
      Row(id: topic.id, kind: "topic", names: topic.names, eventCount: eventCount(.topic, index))
    }
  }

  private var articles: [Row] {
    store.articles.enumerated().map { index, article in
      Row(id: article.id, kind: "article", names: article.title, eventCount: eventCount(.article, index))
    }
  }
}
