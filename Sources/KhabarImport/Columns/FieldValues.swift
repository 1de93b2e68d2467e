import EDTF
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// What the texts of fields mean, each found out once.
///
/// The model loader says it: it reads a definition of nothing but the field, and so words are those that it knows, and what
/// is wrong is told in its words.
struct FieldValues {
  private(set) var vocabulary: Vocabulary
  /// The different times, and the different publishers and so on.
  private(set) var times: [EDTFTime] = []
  private(set) var words: [RowProgram.Field: [String]] = [:]
  /// What is wrong, by what is less than `none`.
  private var messages: [String] = []
  private var codes: [RowProgram.Field: [String: Int32]] = [:]
  private var codeOfTime: [String: Int32] = [:]

  static let none: Int32 = -1

  /// How many roles there were before.
  let roleCount: Int

  init(vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    roleCount = vocabulary.roles.count
  }

  func message(_ code: Int32) -> String { messages[Int(-2 - code)] }

  mutating func wrong(_ message: String) -> Int32 {
    messages.append(message)
    return -1 - Int32(truncatingIfNeeded: messages.count)
  }

  // MARK: - Fields

  mutating func time(_ time: EDTFTime) -> Int32 {
    let text = time.description
    if let known = codeOfTime[text] { return known }
    let code = Int32(truncatingIfNeeded: times.count)
    times.append(time)
    codeOfTime[text] = code
    return code
  }

  /// The code of what stands in a field: of what is wrong, less than `none`.
  mutating func code(_ field: RowProgram.Field, _ kind: Definition.Value.Kind) -> Int32 {
    let text: String
    switch kind {
    case .word(let word), .string(let word): text = word
    case .number(let number): text = number.text
    case .time(let time): return self.time(time)
    case .entries: return Self.none
    }
    if let known = codes[field]?[text] { return known }
    let code = newCode(field, kind, text)
    codes[field, default: [:]][text] = code
    return code
  }

  private mutating func newCode(
    _ field: RowProgram.Field, _ kind: Definition.Value.Kind, _ text: String
  ) -> Int32 {
    switch field {
    // Whether a mode is right depends on the type.
    case .mode, .publisher: return newWord(field, text)
    case .participant: return role(text)
    case .type, .score, .context: return event(field, kind)
    case .language, .sha256: return article(field, kind)
    case .status, .certainty: return report(field, kind)
    case .time, .place, .label, .published, .title, .event, .article, .source, .date, .gist, .topic:
      return Self.none
    }
  }

  /// New roles have codes above those that there are.
  private mutating func role(_ text: String) -> Int32 {
    if let known = vocabulary.role(text) { return Int32(known) }
    let key = NameKey.key(text)
    let new = words[.participant]?.firstIndex { NameKey.key($0) == key }
    return Int32(roleCount) + (new.map { Int32($0) } ?? newWord(.participant, text))
  }

  /// Makes a role of a new one's code.
  mutating func learnRole(_ code: Int32) -> Int16 {
    vocabulary.internRole(words[.participant]?[Int(code) - roleCount] ?? "")
  }

  private mutating func newWord(_ field: RowProgram.Field, _ text: String) -> Int32 {
    words[field, default: []].append(text)
    return Int32(truncatingIfNeeded: (words[field]?.count ?? 0) - 1)
  }

  private mutating func event(_ field: RowProgram.Field, _ kind: Definition.Value.Kind) -> Int32 {
    let name = field == .type ? "type" : field == .score ? "score" : "context"
    let (event, message) = probe("event", [(name, kind)], \.events)
    guard let event, message == nil else { return wrong(message ?? "") }
    switch field {
    case .type: return Int32(event.type)
    case .score: return event.score.map { Int32($0) + Int32(ScoreColumn.limit / 2) } ?? Self.none
    default: return event.contexts.first.map(Int32.init) ?? Self.none
    }
  }

  private mutating func article(_ field: RowProgram.Field, _ kind: Definition.Value.Kind) -> Int32 {
    let (article, message) = probe(
      "article", [(field == .language ? "language" : "sha256", kind)], \.articles)
    guard let text = field == .language ? article?.language : article?.sha256, message == nil else {
      return wrong(message ?? "")
    }
    return newWord(field, text)
  }

  private mutating func report(_ field: RowProgram.Field, _ kind: Definition.Value.Kind) -> Int32 {
    var builder = StoreBuilder(vocabulary: Vocabulary())
    builder.articles = [Article(id: "probe")]
    builder.events = [EventRecord(id: "probe", type: 0)]
    var entries: [(String, Definition.Value.Kind)] = [("event", .word("probe")), ("article", .word("probe"))]
    entries += field == .status ? [("status", kind)] : [("status", .word("occurred")), ("certainty", kind)]
    let (report, message) = probe("report", entries, \.reports, onto: builder)
    guard let report, message == nil else { return wrong(message ?? "") }
    return Int32(field == .status ? report.status.rawValue : report.certainty.rawValue)
  }

  /// The mode of an event of a type; ours may get new ones.
  mutating func mode(_ word: Int32, ofType type: Int32) -> Int32 {
    let words: [(String, Definition.Value.Kind)] = [
      ("type", .word(vocabulary.types[Int(type)].id)), ("mode", .word(self.words[.mode]?[Int(word)] ?? "")),
    ]
    let (event, message) = probe("event", words, \.events, learns: true)
    guard let event, message == nil else { return wrong(message ?? "") }
    return Int32(event.mode)
  }

  // MARK: - Asking the loader

  private mutating func probe<Record>(
    _ kind: String, _ entries: [(String, Definition.Value.Kind)], _ records: KeyPath<StoreBuilder, [Record]>,
    onto builder: StoreBuilder? = nil, learns: Bool = false
  ) -> (Record?, message: String?) {
    let definition = Definition(
      kind: Name(kind), id: kind == "report" ? nil : Name("probe"),
      entries: entries.map {
        Definition.Entry(field: Name($0), values: [Definition.Value($1, span: .none)], span: .none)
      })
    let outcome = ModelLoader.load(
      [(Script([Statement(.define(definition), span: .none)]), 0)],
      onto: builder ?? StoreBuilder(vocabulary: vocabulary))
    // What a whole definition would need is another matter.
    let wrong = outcome.diagnostics.first { $0.severity == .error && $0.id != "E0409" }
    if learns, wrong == nil { vocabulary = outcome.builder.vocabulary }
    return (outcome.builder[keyPath: records].last, wrong?.message)
  }
}

extension RowProgram.Field {
  /// What a text without columns is in this field.
  func kind(ofFixed text: String) -> Definition.Value.Kind {
    switch self {
    case .score: .number(NumberLiteral(Double(text) ?? 0, text: text, span: .none))
    case .time, .published, .date: EDTFTime(text).map { .time($0) } ?? .word(text)
    case .publisher, .sha256: .string(text)
    default: .word(text)
    }
  }
}
