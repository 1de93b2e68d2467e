import KhabarModel
import KhabarPlan
import KhabarSyntax

/// What is done with each row of a table, where it can be done in columns.
///
///     define event "e{id}" ( type "{type}", time "{time}", place "p{place}" )
///
/// A row becomes as many numbers as the definitions have different texts with columns: its slots. The slot of an id or
/// a reference is the number behind the letters, or that of the text in a table of texts; that of a word, a time or
/// a name its number in a table of texts. What these mean is found out once for each different text, when all rows have
/// been read.
///
///     e{id}  {type}  {time}  p{place}
///      412       3      17         88
///
/// Events, reports and articles are made of the slots. Of actors, places and topics there are fewer, and more can be
/// said: of each different row of slots a definition is made, which the model loader reads. Not everything can be said
/// so; of a mapping that says more there is no program.
struct RowProgram: Sendable {
  struct Slot: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      /// An id, or a reference, of a record of that kind.
      case key(EntityKind)
      /// The word, number, time … that the text is.
      case value(DefinitionKind.ValueMeaning)
      /// A text of its own for most rows: titles, labels.
      case text(language: String)
      /// A column as it stands.
      case column
    }

    let kind: Kind
    let texts: [ColumnText]
    /// Of further texts of an entry.
    var languages: [String] = []

    /// Where the text is letters with a number behind them, the letters: of such an id only the number is kept.
    var prefix: String? {
      guard case .key = kind, texts[0].fields.count == 1 else { return nil }
      switch texts[0].parts.count {
      // A number alone is made a word by this letter.
      case 1: return "n"
      case 2:
        guard case .text(let prefix) = texts[0].parts[0], RecordCollector.idWord(prefix) == prefix,
          let last = prefix.utf8.last, !(0x30...0x39).contains(last)
        else { return nil }
        return prefix
      default: return nil
      }
    }
  }

  /// A slot, or what is the same for all rows.
  enum Operand: Sendable {
    case slot(Int)
    case fixed(String)
  }

  enum Field: Int, Sendable, CaseIterable {
    // Of events.
    case type, mode, score, time, place, label
    // Of articles.
    case publisher, language, published, sha256, title
    // Of reports.
    case event, article, source, status, certainty, date, gist
    // Of events, several times.
    case participant, context, topic
  }

  /// An entry of a definition, by the part that it is.
  struct Entry: Sendable {
    let field: Field
    let value: Operand
    /// Of participants.
    var role: Operand?
    var certainty: Operand?
    /// By which of the entries that name participants it is said.
    var name = ""
    let part: Int
  }

  struct Definition: Sendable {
    let kind: DefinitionKind
    /// Its number in the table's mapping, and among the parts.
    let index: Int
    let part: Int
    /// The slot of the id.
    var key: Int?
    var entries: [Entry] = []
    /// Of reports: the articles that stand above, the nearest first, the last of them without columns.
    var articles: [Operand] = []
    /// Of actors, places and topics: the slots that it is made of.
    var columns: [(slot: Int, field: Int)] = []

    func entry(_ field: Field) -> Entry? { entries.first { $0.field == field } }
  }

  let mapping: TableMapping
  private(set) var slots: [Slot] = []
  private(set) var definitions: [Definition] = []

  /// nil: it cannot be done in columns.
  init?(_ mapping: TableMapping) {
    self.mapping = mapping
    var articles: [Operand] = []
    for (index, template) in mapping.templates.enumerated() {
      guard var definition = compile(template, index) else { return nil }
      if template.kind == .report {
        definition.articles = articles + (template.article.map { [.fixed($0.text)] } ?? [])
      }
      if template.kind == .article, let key = definition.key { articles.insert(.slot(key), at: 0) }
      definitions.append(definition)
    }
  }

  private mutating func slot(_ slot: Slot) -> Int {
    if let known = slots.firstIndex(of: slot) { return known }
    slots.append(slot)
    return slots.count - 1
  }

  private mutating func compile(_ template: Mapping.Template, _ index: Int) -> Definition? {
    let part = mapping.firstParts[index]
    var definition = Definition(kind: template.kind, index: index, part: part)
    switch template.kind {
    case .type: return nil
    case .topic, .state, .person, .organization, .group, .place:
      // Lines are in articles, of which the loader of these knows nothing.
      if template.entries.contains(where: { $0.field == "lines" }) { return nil }
      let texts = [template.id] + template.entries.flatMap(\.values).map(\.text)
      for field in Set(texts.compactMap { $0 }.flatMap(\.fields)).sorted() {
        definition.columns.append((slot(Slot(kind: .column, texts: [.field(field)])), field))
      }
      return definition
    case .article, .event:
      guard let id = template.id, !id.fields.isEmpty else { return nil }
      definition.key = slot(Slot(kind: .key(template.kind == .event ? .event : .article), texts: [id]))
    case .report:
      if template.id != nil { return nil }
    }
    var next = part + 1
    for entry in template.entries {
      guard let compiled = compile(entry, of: template.kind, part: next) else { return nil }
      // What may be said once is said once.
      if !DefinitionKind.repeatable.contains(entry.field), definition.entry(compiled.field) != nil {
        return nil
      }
      definition.entries.append(compiled)
      next += entry.values.count
    }
    return definition
  }

  private mutating func compile(
    _ entry: Mapping.Template.Entry, of kind: DefinitionKind, part: Int
  ) -> Entry? {
    if case .fixed(.word("background"))? = entry.values.last { return nil }
    switch (kind, entry.field) {
    case (.event, "type"): return single(.type, entry, part)
    case (.event, "mode"): return single(.mode, entry, part)
    case (.event, "score"): return single(.score, entry, part)
    case (.event, "time"): return single(.time, entry, part)
    case (.event, "context"): return single(.context, entry, part)
    case (.event, "place"): return reference(.place, .place, entry, part)
    case (.event, "topic"): return reference(.topic, .topic, entry, part)
    case (.event, "label"): return texts(.label, entry, part)
    case (.event, "actor"), (.event, "recipient"), (.event, "host"), (.event, "participant"):
      return participant(entry, part)
    case (.article, "title"): return texts(.title, entry, part)
    case (.article, "publisher"): return single(.publisher, entry, part)
    case (.article, "language"): return single(.language, entry, part)
    case (.article, "published"): return single(.published, entry, part)
    case (.article, "sha256"): return single(.sha256, entry, part)
    case (.report, "event"): return reference(.event, .event, entry, part)
    case (.report, "article"): return reference(.article, .article, entry, part)
    case (.report, "source"): return reference(.source, .actor, entry, part)
    case (.report, "status"): return single(.status, entry, part)
    case (.report, "certainty"): return single(.certainty, entry, part)
    case (.report, "date"): return single(.date, entry, part)
    case (.report, "gist"): return texts(.gist, entry, part)
    default: return nil
    }
  }

  private mutating func single(_ field: Field, _ entry: Mapping.Template.Entry, _ part: Int) -> Entry? {
    guard entry.values.count == 1, let value = operand(entry.values[0]) else { return nil }
    return Entry(field: field, value: value, part: part)
  }

  /// The value of a word, a number, a time.
  private mutating func operand(_ value: Mapping.Template.Value) -> Operand? {
    switch value {
    case .columns(let text, let meaning): .slot(slot(Slot(kind: .value(meaning), texts: [text])))
    case .fixed(.word(let word)): .fixed(word)
    case .fixed(.time(let time)): .fixed(time.description)
    case .fixed(.number(let number)): .fixed(number.text)
    case .fixed(.string), .fixed(.entries): nil
    }
  }

  private mutating func reference(
    _ field: Field, _ kind: EntityKind, _ entry: Mapping.Template.Entry, _ part: Int
  ) -> Entry? {
    guard entry.values.count == 1, let value = reference(kind, entry.values[0]) else { return nil }
    return Entry(field: field, value: value, part: part)
  }

  private mutating func reference(_ kind: EntityKind, _ value: Mapping.Template.Value) -> Operand? {
    switch value {
    case .columns(let text, _): .slot(slot(Slot(kind: .key(kind), texts: [text])))
    case .fixed(.word(let word)): .fixed(word)
    default: nil
    }
  }

  /// `actor "{a}"`, `participant "{a}" as "{role}" probable`
  private mutating func participant(_ entry: Mapping.Template.Entry, _ part: Int) -> Entry? {
    guard let first = entry.values.first, let actor = reference(.actor, first) else { return nil }
    var rest = entry.values.dropFirst()
    var role = Operand.fixed(entry.field)
    if entry.field == "participant" {
      guard case .fixed(.word("as"))? = rest.popFirst(), let value = rest.popFirst(),
        let said = operand(value)
      else { return nil }
      role = said
    }
    var compiled = Entry(field: .participant, value: actor, role: role, name: entry.field, part: part)
    if let value = rest.popFirst() {
      guard case .fixed(.word(let word)) = value, Certainty.allCases.contains(where: { $0.name == word })
      else {
        return nil
      }
      compiled.certainty = .fixed(word)
    }
    return rest.isEmpty ? compiled : nil
  }

  /// `"{a}"`, `en "{a}" ar "{b}"`
  private mutating func texts(_ field: Field, _ entry: Mapping.Template.Entry, _ part: Int) -> Entry? {
    var languages: [String] = []
    var texts: [ColumnText] = []
    var language: String?
    for value in entry.values {
      switch value {
      case .fixed(.word(let tag)) where language == nil:
        guard let canonical = LanguageTag.canonical(tag) else { return nil }
        language = canonical
      case .fixed(.string(let text)): texts.append(ColumnText(fixed: text))
      case .columns(let text, .text): texts.append(text)
      default: return nil
      }
      if texts.count > languages.count {
        languages.append(language ?? "en")
        language = nil
      }
    }
    guard let first = languages.first, language == nil, Set(languages).count == languages.count else {
      return nil
    }
    let slot = slot(
      Slot(kind: .text(language: first), texts: texts, languages: Array(languages.dropFirst())))
    return Entry(field: field, value: .slot(slot), part: part)
  }
}

extension Mapping.Template.Value {
  fileprivate var text: ColumnText? { if case .columns(let text, _) = self { text } else { nil } }
}

extension ColumnText {
  fileprivate static func field(_ field: Int) -> ColumnText { ColumnText(parts: [.field(field)]) }
  fileprivate init(fixed text: String) { self.init(parts: [.text(text)]) }
}
