import EDTF
@testable import Khabar
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// A model asked both ways.
struct Comparison {
  let builder: StoreBuilder
  let session: Session
  let reference: Reference

  static let prologue = "set today 2031-04-01; let bound = meetings possibly during 2031-03"

  init(_ builder: StoreBuilder) throws {
    self.builder = builder
    var session = Session(Model(name: "random", builder: builder))
    try session.run(Self.prologue)
    self.session = session
    reference = Reference(
      PlainRecords(builder), today: try EDTFTime(parsing: "2031-04-01").bounds,
      bindings: ["bound": try Self.query("meetings possibly during 2031-03")])
  }

  struct Unreadable: Error, CustomStringConvertible { var description: String }

  static func query(_ text: String) throws -> Query {
    let (script, diagnostics) = Parser.parse(SourceText(name: "<query>", text: text))
    if let statement = script.statements.first, case .query(let query) = statement.kind { return query }
    throw Unreadable(description: diagnostics.first?.message ?? "no query")
  }

  /// The query as the formatter prints it in Arabic.
  static func arabic(_ text: String) throws -> String { SyntaxPrinter(.arabic).print(try query(text)) }

  /// The evaluator's rows, a line each.
  ///
  /// - Parameter thresholds: From how many rows on other ways are taken.
  func evaluated(_ text: String, _ thresholds: Thresholds = Thresholds()) throws -> [String] {
    var session = session
    var lines: [String] = []
    let control = RunControl(limits: RunLimits(threads: 3), thresholds: thresholds)
    try session.run(SourceText(name: "<query>", text: text), control: control) { outcome, _, _ in
      guard case .result(let table) = outcome else { return }
      let store = table.store
      if let kind = table.kind {
        lines = table.records.map { Self.text(.entity(kind, $0), store) }
      } else {
        lines = table.rows.map { row in row.map { Self.text($0, store) }.joined(separator: " | ") }
      }
    }
    return lines
  }

  /// The reference's rows in the same form.
  func expected(_ text: String) throws -> [String] {
    try reference.rows(Self.query(text)).cells.map { row in
      row.map { self.text($0) }.joined(separator: " | ")
    }
  }

  /// How many rows both answer, that both refuse, or what differs.
  enum Outcome {
    case agreement(rows: Int)
    case refusal
    case difference(String)
  }

  /// The reference reads the query as it is; the evaluator in Arabic as well, if it is asked to.
  func outcome(_ text: String, inArabic: Bool = false) -> Outcome {
    let (found, expected) = (
      Swift.Result { () -> [String] in try evaluated(inArabic ? Self.arabic(text) : text) },
      Swift.Result { () -> [String] in try self.expected(text) }
    )
    switch (found, expected) {
    case (.success(let found), .success(let expected)):
      if found == expected {
        let others = try? evaluated(text, .none)
        return others == expected
          ? .agreement(rows: found.count) : .difference("in parts: \(others ?? [])\nas a whole: \(found)")
      }
      let same = zip(found, expected).prefix { $0 == $1 }.count
      let rest = [found, expected].map { $0.dropFirst(same).prefix(8).map { "\n  row \($0)" }.joined() }
      return .difference("\(same) rows agree; then evaluator:\(rest[0])\nreference:\(rest[1])")
    case (.failure(_ as KhabarError), .failure(Refusal.mistake)): return .refusal
    default: return .difference("evaluator: \(found)\nreference: \(expected)")
    }
  }

  // MARK: - Values as text

  private static func text(_ value: KhabarPlan.Value, _ store: EventStore) -> String {
    switch value {
    case .missing: return "—"
    case .truth(let truth): return "\(truth)"
    case .number(let number): return "\(number)"
    case .text(let text): return text
    case .localized(let text): return "\(text.entries.map(\.text))"
    case .time(let time): return text(time.bounds)
    case .duration(let length): return text(length.calendar?.months ?? 0, length.days)
    case .entity(.report, let row): return store.reports.gist[Int(row)].entries.first?.text ?? ""
    case .entity(.participation, let row):
      let participations = store.events.participations
      for event in 0..<store.events.count where participations.range(event).contains(Int(row)) {
        return "\(store.events.ids[event])/\(Int(row) - participations.range(event).lowerBound)"
      }
      return "?"
    case .entity(.office, let row): return "\(store.offices[Int(row)].title.entries.map(\.text))"
    case .entity(let kind, let row): return store.id(kind, row)
    case .symbol(let kind, let code): return store.word(kind, code)
    case .list(let values): return "[\(values.map { text($0, store) }.joined(separator: ", "))]"
    }
  }

  private func text(_ cell: Cell) -> String {
    switch cell {
    case .missing: "—"
    case .truth(let truth): "\(truth)"
    case .number(let number): "\(number)"
    case .text(let text): text
    case .texts(let texts): "\(texts.entries.map(\.text))"
    case .time(let time, _): Self.text(time)
    case .length(let length, let days): Self.text(length?.months ?? 0, days)
    case .record(.report, _): reference[cell, "gist"].texts.first ?? ""
    case .record(.participation, let index): "\(text(reference[cell, "event"]))/\(index % 1000)"
    case .record(.office, _): text(reference[cell, "title"])
    case .record: reference[cell, "id"].texts.first ?? ""
    case .list(let cells): "[\(cells.map { text($0) }.joined(separator: ", "))]"
    }
  }

  private static func text(_ months: Int, _ days: ClosedRange<Int>) -> String {
    "\(months) months \(days) days"
  }

  private static func text(_ time: TimeBounds) -> String {
    let days = [time.startMin, time.startMax, time.endMin, time.endMax].map { day in
      abs(day) < 1 << 40 ? "\(EDTFTime.day(day))" : abs(day) > 1 << 44 ? "open" : "?"
    }
    return "<\(days.joined(separator: " "))>"
  }
}
