import EDTF
import KhabarModel

/// A value of a row: what a constant is, what a cell of a result holds.
package indirect enum Value: Hashable, Sendable {
  /// Not recorded, or unknown.
  case missing
  case truth(Bool)
  case number(Double)
  case text(String)
  /// A text in several languages: a name, a label, a gist.
  case localized(LocalizedText)
  case time(TimeValue)
  case duration(DurationValue)
  case entity(EntityKind, Int32)
  case symbol(SymbolKind, Int16)
  case list([Value])

  package var isMissing: Bool { self == .missing }
}

/// A time with the bounds it is compared by: those of a recorded time, or the whole window of a literal.
package struct TimeValue: Hashable, Sendable {
  package var time: EDTFTime
  package var bounds: TimeBounds

  package init(_ time: EDTFTime, bounds: TimeBounds) {
    self.time = time
    self.bounds = bounds
  }

  package init(recorded time: EDTFTime) { self.init(time, bounds: time.bounds) }
  package init(literal time: EDTFTime) { self.init(time, bounds: time.window) }
}

/// A length of time: as said in a query (`3 months`), or counted, then in days and perhaps only within bounds.
package struct DurationValue: Hashable, Sendable {
  package var calendar: CalendarDuration?
  package var days: ClosedRange<Int>

  package init(_ calendar: CalendarDuration) {
    self.calendar = calendar
    days = calendar.dayRange
  }

  /// Lengths beyond all of time are cut to it, so that adding them up does not overflow.
  package init(days: ClosedRange<Int>) {
    let all = -TimeBounds.openFuture...TimeBounds.openFuture
    self.days = days.clamped(to: all)
    calendar =
      self.days.lowerBound == self.days.upperBound ? CalendarDuration(days: self.days.lowerBound) : nil
  }
}

/// The closed vocabularies, whose words are stored as codes.
package enum SymbolKind: UInt8, Hashable, Sendable {
  case type, mode, context, status, certainty, quad, role, actorKind

  package var name: String {
    switch self {
    case .actorKind: "kind"
    default: "\(self)"
    }
  }
}

package indirect enum ValueType: Hashable, Sendable {
  case truth, number, text, localized, time, duration
  case entity(EntityKind)
  case symbol(SymbolKind)
  case list(ValueType)
  /// The type of `none`.
  case missing

  /// For messages: what a value of this type is called.
  package var name: String {
    switch self {
    case .truth: "true or false"
    case .number: "a number"
    case .text, .localized: "text"
    case .time: "a time"
    case .duration: "a duration"
    case .entity(.actor), .entity(.event), .entity(.article): "an \(elementName)"
    case .entity: "a \(elementName)"
    case .symbol: "a \(elementName)"
    case .list(let element): "a list of \(element.elementName)s"
    case .missing: "none"
    }
  }

  private var elementName: String {
    switch self {
    case .entity(let kind): kind.name
    case .symbol(let kind): kind.name
    case .list(let element): element.elementName
    case .localized: "text"
    default: "\(self)"
    }
  }

  /// The type of one value of a list, or the type itself.
  package var element: ValueType {
    if case .list(let element) = self { element } else { self }
  }

  package var isList: Bool { if case .list = self { true } else { false } }
}

extension EventStore {
  /// The word of a code.
  package func word(_ kind: SymbolKind, _ code: Int16) -> String {
    let index = Int(code)
    switch kind {
    case .type: return vocabulary.types[index].id
    case .mode: return vocabulary.modes[index]
    case .context: return vocabulary.contexts[index]
    case .role: return vocabulary.roles[index]
    case .quad: return Vocabulary.quads[index]
    case .status: return Status(rawValue: Int8(code))?.name ?? ""
    case .certainty: return Certainty(rawValue: Int8(code))?.name ?? ""
    case .actorKind: return ActorKind(rawValue: Int8(code))?.name ?? ""
    }
  }

  /// How many codes a vocabulary has.
  package func codeCount(_ kind: SymbolKind) -> Int {
    switch kind {
    case .type: vocabulary.types.count
    case .mode: vocabulary.modes.count
    case .context: vocabulary.contexts.count
    case .role: vocabulary.roles.count
    case .quad: Vocabulary.quads.count
    case .status: Status.allCases.count
    case .certainty: Certainty.allCases.count
    case .actorKind: ActorKind.allCases.count
    }
  }

  package func rowCount(_ kind: EntityKind) -> Int {
    switch kind {
    case .event: events.count
    case .actor: actors.count
    case .place: places.count
    case .article: articles.count
    case .report: reports.count
    case .topic: topics.count
    case .participation: events.participations.count
    case .office: offices.count
    }
  }

  /// The id of a record; reports and participations, which have none, are called after their event, offices by their title.
  package func id(_ kind: EntityKind, _ row: Int32) -> String {
    let index = Int(row)
    switch kind {
    case .event: return events.ids[index]
    case .actor: return actors[index].id
    case .place: return places[index].id
    case .article: return articles.ids[index]
    case .topic: return topics[index].id
    case .report: return "\(events.ids[Int(reports.event[index])])#\(index)"
    case .participation: return actors[Int(events.participations.actor[index])].id
    case .office: return offices[index].title.preferred("en") ?? ""
    }
  }

  /// What a reader of that language calls a record; without a name, its id.
  package func displayName(_ kind: EntityKind, _ row: Int32, _ language: String) -> String {
    let index = Int(row)
    let name: String? =
      switch kind {
      case .actor: actors[index].names.preferred(language)
      case .place: places[index].names.preferred(language)
      case .topic: topics[index].names.preferred(language)
      case .participation: displayName(.actor, events.participations.actor[index], language)
      case .office: offices[index].title.preferred(language)
      case .event, .article, .report: nil
      }
    return name ?? id(kind, row)
  }
}
