import EDTF

// What the methods of a model builder take.

extension ModelBuilder {
  /// An article of the model.
  public struct Article: Hashable, Sendable, ExpressibleByStringLiteral {
    /// As it is written in queries.
    public let id: String

    /// - Parameter id: Of a record that the model has.
    public init(id: String) { self.id = id }
    /// The id.
    public init(stringLiteral id: String) { self.init(id: id) }
  }

  /// A topic of the model.
  public struct Topic: Hashable, Sendable, ExpressibleByStringLiteral {
    /// As it is written in queries.
    public let id: String

    /// - Parameter id: Of a record that the model has.
    public init(id: String) { self.id = id }
    /// The id.
    public init(stringLiteral id: String) { self.init(id: id) }
  }

  /// A state, a person, an organization or a group of the model.
  public struct Actor: Hashable, Sendable, ExpressibleByStringLiteral {
    /// As it is written in queries.
    public let id: String

    /// - Parameter id: Of a record that the model has.
    public init(id: String) { self.id = id }
    /// The id.
    public init(stringLiteral id: String) { self.init(id: id) }
  }

  /// A place of the model.
  public struct Place: Hashable, Sendable, ExpressibleByStringLiteral {
    /// As it is written in queries.
    public let id: String

    /// - Parameter id: Of a record that the model has.
    public init(id: String) { self.id = id }
    /// The id.
    public init(stringLiteral id: String) { self.init(id: id) }
  }

  /// An event of the model.
  public struct Event: Hashable, Sendable, ExpressibleByStringLiteral {
    /// As it is written in queries.
    public let id: String

    /// - Parameter id: Of a record that the model has.
    public init(id: String) { self.id = id }
    /// The id.
    public init(stringLiteral id: String) { self.init(id: id) }
  }

  /// A text, perhaps in several languages: `"Averna"`, or `["en": "Averna", "ar": "أفيرنا"]`.
  public struct Texts: Hashable, Sendable, ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
    /// By BCP 47 tag, in order.
    public let entries: [Entry]

    /// A text in one language.
    public struct Entry: Hashable, Sendable {
      /// A BCP 47 tag.
      public let language: String
      /// In that language.
      public let text: String
    }

    /// A text in English.
    public init(_ text: String) { entries = [Entry(language: "en", text: text)] }
    /// A text in English.
    public init(stringLiteral text: String) { self.init(text) }
    /// Texts by the BCP 47 tag of their language.
    public init(dictionaryLiteral texts: (String, String)...) {
      entries = texts.map { Entry(language: $0.0, text: $0.1) }
    }

    var source: String {
      entries.map { "\(word($0.language)) \(quoted($0.text))" }.joined(separator: " ")
    }
  }

  /// A time: a literal in the Extended Date/Time Format, `"2031-04"`, or an `EDTFTime`.
  public struct Time: Hashable, Sendable, ExpressibleByStringLiteral {
    let source: String

    /// A time that has been read.
    public init(_ time: EDTFTime) { source = time.description }
    /// A time in the Extended Date/Time Format; what is none is said to be wrong when the model is made.
    public init(stringLiteral text: String) {
      source = (try? EDTFTime(parsing: text))?.description ?? quoted(text)
    }
  }

  /// What reports say of an event (FactBank's and PLOVER's statuses).
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// It has taken place.
    case occurred
    /// It takes place.
    case ongoing
    /// It is meant to take place.
    case planned
    /// It is spoken of without any claim that it is so.
    case hypothetical
    /// It is said not to be so.
    case denied
    /// It was planned and is no longer.
    case cancelled
  }

  /// How sure a report, or a part in an event, is (FactBank's scale).
  public enum Certainty: String, Hashable, Sendable, CaseIterable {
    /// Said without doubt.
    case certain
    /// Said to be likely.
    case probable
    /// Said to be thinkable.
    case possible
  }

  /// An actor in a role.
  public struct Participant: Hashable, Sendable {
    let source: String

    /// Who does it, or takes part.
    public static func actor(_ actor: Actor, _ certainty: Certainty = .certain) -> Participant {
      role("actor", actor, certainty)
    }
    /// To whom it is done.
    public static func recipient(_ actor: Actor, _ certainty: Certainty = .certain) -> Participant {
      role("recipient", actor, certainty)
    }
    /// At whose home it takes place.
    public static func host(_ actor: Actor, _ certainty: Certainty = .certain) -> Participant {
      role("host", actor, certainty)
    }
    /// In a role of your own, such as `mediator`.
    public static func role(
      _ role: String, _ actor: Actor, _ certainty: Certainty = .certain
    ) -> Participant {
      Participant(source: "\(word(actor.id)) as \(word(role)) \(certainty.rawValue)")
    }
  }

  /// What stands between an event and another. Relations are known from both sides.
  public struct Relation: Hashable, Sendable {
    let kind: String
    let source: String

    private init(_ kind: String, _ event: Event) {
      self.kind = kind
      source = word(event.id)
    }

    /// It is a part of the other.
    public static func partOf(_ event: Event) -> Relation { Relation("part_of", event) }
    /// The other is a part of it.
    public static func parts(_ event: Event) -> Relation { Relation("parts", event) }
    /// The other led to it.
    public static func causes(_ event: Event) -> Relation { Relation("causes", event) }
    /// It led to the other.
    public static func consequences(_ event: Event) -> Relation { Relation("consequences", event) }
    /// It came after the other.
    public static func follows(_ event: Event) -> Relation { Relation("follows", event) }
    /// The other came after it.
    public static func followedBy(_ event: Event) -> Relation { Relation("followed_by", event) }
    /// It took place beside the other.
    public static func alongside(_ event: Event) -> Relation { Relation("alongside", event) }
    /// It speaks of the other.
    public static func about(_ event: Event) -> Relation { Relation("about", event) }
  }
}
