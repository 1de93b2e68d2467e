import EDTF
import KhabarSyntax

// Models in Swift: each method writes a `define` statement, and the loader reads them as it reads a file, with all that it
// checks. What a method returns stands for the record in the methods after it; a record that a `define` text has is named by
// its id, as a string.
//
//     let model = try Model.build { model in
//       let averna = model.state("averna", name: "Averna")
//       let kest = model.state("kest", name: ["en": "Kest", "ar": "كست"])
//       model.article("gazette", published: "2031-04-02")
//       let talks = model.event("talks", type: "negotiation", time: "2031-04", participants: [.actor(averna), .host(kest)])
//       model.report(talks, status: .planned, certainty: .probable)
//     }

/// Writes a model, record by record.
public struct ModelBuilder: Sendable {
  /// The statements so far, as `Model.init(text:name:)` reads them.
  public private(set) var text = ""

  /// A model without records.
  public init() {}

  /// Adds definitions as they stand in a file.
  public mutating func define(_ text: String) { self.text += text.hasSuffix("\n") ? text : text + "\n" }

  /// The model.
  ///
  /// - Parameter name: What messages call the statements.
  /// - Throws: `KhabarError` with all that is wrong, at the statement that a method wrote.
  public func model(name: String = "<builder>") throws -> Model { try Model(text: text, name: name) }

  // MARK: - Records

  /// An article; reports belong to the one last added unless they say otherwise.
  ///
  /// - Parameters:
  ///   - id: A word, by which queries and other records name it.
  ///   - title: As it was printed.
  ///   - published: The day, or as much of it as is known.
  ///   - publisher: The paper or the agency.
  ///   - language: A BCP 47 tag.
  @discardableResult
  public mutating func article(
    _ id: String, title: Texts? = nil, published: Time? = nil, publisher: String? = nil,
    language: String? = nil
  ) -> Article {
    define(
      "article", id,
      [
        ("title", title?.source), ("published", published?.source), ("publisher", publisher.map(Self.quoted)),
        ("language", language.map(Self.word)),
      ])
    return Article(id: id)
  }

  /// What events are about, for `about`.
  @discardableResult
  public mutating func topic(_ id: String, name: Texts? = nil) -> Topic {
    define("topic", id, [("name", name?.source)])
    return Topic(id: id)
  }

  /// A state.
  ///
  /// - Parameters:
  ///   - id: A word, by which queries and other records name it.
  ///   - name: What readers see.
  ///   - aliases: Other names by which it is found.
  ///   - represents: Whom it counts as.
  ///   - country: ISO 3166-1 alpha-2.
  @discardableResult
  public mutating func state(
    _ id: String, name: Texts? = nil, aliases: [String] = [], represents: [Actor] = [], country: String? = nil
  ) -> Actor {
    actor("state", id, name, aliases, represents, country)
  }

  /// A person, who counts as whomever they represent.
  @discardableResult
  public mutating func person(
    _ id: String, name: Texts? = nil, aliases: [String] = [], represents: [Actor] = [], country: String? = nil
  ) -> Actor {
    actor("person", id, name, aliases, represents, country)
  }

  /// An organization: a ministry, a company, a union of states.
  @discardableResult
  public mutating func organization(
    _ id: String, name: Texts? = nil, aliases: [String] = [], represents: [Actor] = [], country: String? = nil
  ) -> Actor {
    actor("organization", id, name, aliases, represents, country)
  }

  /// A group without offices: protesters, refugees.
  @discardableResult
  public mutating func group(
    _ id: String, name: Texts? = nil, aliases: [String] = [], represents: [Actor] = [], country: String? = nil
  ) -> Actor {
    actor("group", id, name, aliases, represents, country)
  }

  private mutating func actor(
    _ kind: String, _ id: String, _ name: Texts?, _ aliases: [String], _ represents: [Actor],
    _ country: String?
  ) -> Actor {
    define(
      kind, id,
      [
        ("name", name?.source), ("alias", Self.list(aliases, Self.quoted)),
        ("represents", Self.list(represents) { Self.word($0.id) }), ("country", country.map(Self.word)),
      ])
    return Actor(id: id)
  }

  /// A place.
  ///
  /// - Parameters:
  ///   - id: A word, by which queries and other records name it.
  ///   - name: What readers see.
  ///   - aliases: Other names by which it is found.
  ///   - kind: `city`, `region`, `country`, … or a word of your own.
  ///   - within: The places that it is a part of.
  ///   - country: ISO 3166-1 alpha-2.
  @discardableResult
  public mutating func place(
    _ id: String, name: Texts? = nil, aliases: [String] = [], kind: String? = nil, within: [Place] = [],
    country: String? = nil
  ) -> Place {
    define(
      "place", id,
      [
        ("name", name?.source), ("alias", Self.list(aliases, Self.quoted)), ("kind", kind.map(Self.word)),
        ("within", Self.list(within) { Self.word($0.id) }), ("country", country.map(Self.word)),
      ])
    return Place(id: id)
  }

  /// An event; what is known of its status, reports say.
  ///
  /// - Parameters:
  ///   - id: A word, by which queries and other records name it.
  ///   - type: A type of PLOVER's or of the model, such as `CONSULT` or `negotiation`.
  ///   - label: What readers see.
  ///   - time: As much of it as is known.
  ///   - place: Where it takes place.
  ///   - participants: Who takes part, in which role, and how surely.
  ///   - topics: What it is about.
  ///   - relations: What stands between it and other events.
  ///   - mode: One of the type's modes.
  ///   - contexts: Words of PLOVER's contexts.
  ///   - score: From -10 (conflict) to 10 (cooperation), with one decimal; nil: as PLOVER scores the type and mode.
  @discardableResult
  public mutating func event(
    _ id: String, type: String, label: Texts? = nil, time: Time? = nil, place: Place? = nil,
    participants: [Participant] = [], topics: [Topic] = [], relations: [Relation] = [], mode: String? = nil,
    contexts: [String] = [], score: Double? = nil
  ) -> Event {
    define(
      "event", id,
      [
        ("type", Self.word(type)), ("mode", mode.map(Self.word)), ("context", Self.list(contexts, Self.word)),
        ("label", label?.source), ("score", score.map { "\($0)" }), ("time", time?.source),
        ("place", (place?.id).map(Self.word)),
      ] + participants.map { ("participant", $0.source) }
        + [("topic", Self.list(topics) { Self.word($0.id) })] + relations.map { ($0.kind, $0.source) })
    return Event(id: id)
  }

  /// One article's claim about an event.
  ///
  /// - Parameters:
  ///   - event: What it speaks of.
  ///   - article: The one last added where none is given.
  ///   - status: What it says of the event.
  ///   - certainty: How surely it says so.
  ///   - source: Whose word it is; nil: the article's own.
  ///   - gist: What it says, in a sentence of the model's own.
  ///   - lines: The lines of the article that support it, counted from 1, the chief one first.
  ///   - date: The article's where none is given.
  public mutating func report(
    _ event: Event, in article: Article? = nil, status: Status, certainty: Certainty = .certain,
    source: Actor? = nil, gist: Texts? = nil, lines: [Int] = [], date: Time? = nil
  ) {
    define(
      "report", nil,
      [
        ("event", Self.word(event.id)), ("article", (article?.id).map(Self.word)),
        ("source", (source?.id).map(Self.word)), ("status", status.rawValue),
        ("certainty", certainty.rawValue),
        ("gist", gist?.source),
      ] + lines.map { ("evidence", "line \($0)") } + [("date", date?.source)])
  }

  // MARK: - Writing

  private mutating func define(_ kind: String, _ id: String?, _ entries: [(String, String?)]) {
    let entries = entries.compactMap { field, value in value.map { "\(field) \($0)" } }
    text +=
      "define \(kind) " + (id.map { Self.word($0) + " " } ?? "") + "(\(entries.joined(separator: ", ")))\n"
  }

  private static func list<Item>(_ items: [Item], _ source: (Item) -> String) -> String? {
    items.isEmpty ? nil : items.map(source).joined(separator: " ")
  }

  static func quoted(_ text: String) -> String { SyntaxPrinter().quote(text) }

  /// A word as it is; what is none stays one value, which the loader says is wrong.
  static func word(_ text: String) -> String { SyntaxPrinter.isWord(text) ? text : quoted(text) }
}

extension Model {
  /// A model made of records that a closure adds.
  ///
  /// - Parameters:
  ///   - name: What messages call it.
  ///   - body: Adds the records.
  /// - Throws: `KhabarError` with all that is wrong, and whatever the closure throws.
  public static func build(
    name: String = "<builder>", _ body: (inout ModelBuilder) throws -> Void
  ) throws -> Model {
    var builder = ModelBuilder()
    try body(&builder)
    return try builder.model(name: name)
  }
}
