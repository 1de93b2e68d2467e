import EDTF
import KhabarEval
import KhabarModel
import KhabarPlan

/// An invented model: two actors, a place, an event.
enum Fixture {
  static let store: EventStore = {
    var builder = StoreBuilder(vocabulary: Vocabulary())
    var noor = Actor(id: "noor_halabi", kind: .person)
    noor.names = localized(en: "Noor Halabi", ar: "نور حلبي")
    var avaria = Actor(id: "avaria", kind: .state)
    avaria.names = localized(en: "Avaria")
    var port = Place(id: "port_lumen")
    port.names = localized(en: "Port Lumen", ar: "ميناء لومن")
    builder.actors = [noor, avaria]
    builder.places = [port]
    return builder.build()
  }()

  static func localized(en: String, ar: String? = nil) -> LocalizedText {
    let arabic = ar.map { [LocalizedText.Entry(language: "ar", text: $0)] } ?? []
    return LocalizedText([LocalizedText.Entry(language: "en", text: en)] + arabic)
  }

  static func time(_ text: String) -> Value {
    EDTFTime(text).map { .time(TimeValue(recorded: $0)) } ?? .missing
  }

  static func table(_ columns: [(String, ValueType)], _ rows: [[Value]]) -> ResultTable {
    ResultTable(columns: columns.map { ResultTable.Column($0, $1) }, rows: rows, store: store)
  }

  static let noor = Value.entity(.actor, 0)
  static let avaria = Value.entity(.actor, 1)
  static let port = Value.entity(.place, 0)

  /// A row with everything, and one with next to nothing.
  static let events = table(
    [
      ("id", .text), ("time", .time), ("label", .localized), ("place", .entity(.place)),
      ("actors", .list(.entity(.actor))), ("score", .number),
    ],
    [
      [
        .text("lumen_talks"), time("2031-05-01/2031-05-04"),
        .localized(localized(en: "Talks", ar: "محادثات")),
        port, .list([noor, avaria]), .number(7),
      ],
      [.text("storm"), .missing, .missing, .missing, .list([]), .number(-2.5)],
    ])

  static let empty = table([("id", .text), ("score", .number)], [])
}
