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

  /// An actor counts with those who represent it, a place with those within it, as in clauses.
  private var actors: [Row] {
    store.actors.enumerated().map { index, actor in
      let events = store.representation.representatives[index].flatMap { store.eventsOfActor[Int($0)] }
      return Row(
        id: actor.id, kind: actor.kind.name, names: actor.names, aliases: actor.aliases,
        eventCount: Set(events).count)
    }
  }

  private var places: [Row] {
    store.places.enumerated().map { index, place in
      let count = store.containment.descendants[index].reduce(0) { $0 + store.eventsOfPlace[Int($1)].count }
      return Row(
        id: place.id, kind: place.kind ?? "place", names: place.names, aliases: place.aliases,
        eventCount: count)
    }
  }

  private var topics: [Row] {
    var counts = [Int](repeating: 0, count: store.topics.count)
    for topic in store.events.topics.values where counts.indices.contains(Int(topic)) {
      counts[Int(topic)] += 1
    }
    return zip(store.topics, counts).map { Row(id: $0.id, kind: "topic", names: $0.names, eventCount: $1) }
  }

  private var articles: [Row] {
    store.articles.enumerated().map { index, article in
      let events = Set(store.reportsOfArticle[index].map { store.reports.event[Int($0)] })
      return Row(id: article.id, kind: "article", names: article.title, eventCount: events.count)
    }
  }
}
