import KhabarModel
import KhabarSyntax

// Models are scripts of `define` statements; the loader makes records of them.
//
// What enters: parsed scripts, and the model that they add to (none, for a model file). What leaves: a
// `StoreBuilder` with their records, and everything that is wrong with them.
//
//     define place granada ( name en "Granada" ar "غرناطة", within spain_land background )
//        → Place(id: "granada", names: …, within: [14], background: ["within"])
//
// Two passes, so that the order of statements does not matter: the first gives every id its index, the second
// fills in the records. After that what no single statement shows is checked: circles, and events without a
// report. Whatever is wrong, the builder that leaves holds valid indices only and can be built.

package struct ModelLoader {
  var builder: StoreBuilder
  var diagnostics: [Diagnostic] = []
  /// For each diagnostic the source of its script.
  var diagnosticSources: [Int] = []
  /// Of the script that is being read.
  var source = 0
  /// The article that lines refer to: the one last defined above.
  var article: Int32
  var indices: [EntityKind: [String: Int32]] = [:]
  var declared: [Declared] = []
  var links: [Link] = []
  /// Whether, of an id that is not there, the nearest is looked for.
  var isSuggesting = true
  /// The events that a report names, be it complete or not.
  var reportedEvents: Set<Int32> = []

  /// One `define` statement with the record that it fills.
  struct Declared {
    var kind: DefinitionKind
    var definition: Definition
    var span: Span
    var source: Int
    /// The row of the record; of a type its index in the vocabulary. Reports get theirs when they are
    /// complete.
    var index: Int32
    var article: Int32
  }

  /// One step of a relation that must not lead back to where it starts, with the text that makes it.
  struct Link {
    var field: String
    var from: Int32
    var to: Int32
    var span: Span
    var source: Int
  }

  package struct Outcome {
    package var builder: StoreBuilder
    package var diagnostics: [Diagnostic]
    /// For each diagnostic the `source` of the script that it is about.
    package var sources: [Int]

    package var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
  }

  init(_ builder: StoreBuilder) {
    self.builder = builder
    article = Int32(builder.articles.count) &- 1
    indices[.actor] = Self.indices(builder.actors.map(\.id))
    indices[.place] = Self.indices(builder.places.map(\.id))
    indices[.article] = Self.indices(builder.articles.map(\.id))
    indices[.topic] = Self.indices(builder.topics.map(\.id))
    indices[.event] = Self.indices(builder.events.map(\.id))
  }

  private static func indices(_ ids: [String]) -> [String: Int32] {
    Dictionary(
      ids.enumerated().map { ($0.element, Int32($0.offset)) }, uniquingKeysWith: { first, _ in first })
  }

  package static func load(
    _ scripts: [(script: Script, source: Int)], vocabulary: Vocabulary = .plover
  ) -> Outcome {
    load(scripts, onto: StoreBuilder(vocabulary: vocabulary))
  }

  /// Adds definitions to a model: those typed in the shell to the one that is open.
  package static func load(_ scripts: [(script: Script, source: Int)], onto builder: StoreBuilder) -> Outcome
  {
    var loader = ModelLoader(builder)
    for (script, source) in scripts { loader.declare(script, source) }
    for declared in loader.declared where declared.kind == .type { loader.fill(declared) }
    for declared in loader.declared where declared.kind != .type { loader.fill(declared) }
    loader.checkCircles()
    loader.checkReports()
    return Outcome(
      builder: loader.builder, diagnostics: loader.diagnostics, sources: loader.diagnosticSources)
  }

  /// What in a script is no definition, or of no kind and with no entry that there is.
  package static func unreadable(_ script: Script) -> [Diagnostic] {
    script.statements.flatMap { statement -> [Diagnostic] in
      do throws(DefinitionFailure) {
        let (kind, definition) = try readable(statement)
        return definition.entries.filter { !kind.fields.contains($0.field.text) }.map {
          DefinitionError.unknownField($0.field, kind).diagnostic
        }
      } catch {
        return [error.error.diagnostic]
      }
    }
  }

  /// The definition that a statement is, of a kind that there is.
  private static func readable(
    _ statement: Statement
  ) throws(DefinitionFailure) -> (kind: DefinitionKind, definition: Definition) {
    guard case .define(let definition) = statement.kind else {
      throw DefinitionFailure(.notADefinition(span: statement.span))
    }
    guard let kind = DefinitionKind(rawValue: definition.kind.text) else {
      throw DefinitionFailure(.unknownKind(definition.kind))
    }
    return (kind, definition)
  }

  mutating func report(_ error: DefinitionError) {
    diagnostics.append(error.diagnostic)
    diagnosticSources.append(source)
  }
}

// MARK: - Declaring

extension ModelLoader {
  private mutating func declare(_ script: Script, _ source: Int) {
    self.source = source
    for statement in script.statements {
      do throws(DefinitionFailure) {
        let (kind, definition) = try Self.readable(statement)
        guard let index = declare(kind, definition) else { continue }
        if kind == .article { article = index }
        declared.append(
          Declared(
            kind: kind, definition: definition, span: statement.span, source: source, index: index,
            article: article))
      } catch {
        report(error.error)
      }
    }
  }

  /// Makes room for a record; nil if it cannot be defined.
  mutating func declare(_ kind: DefinitionKind, _ definition: Definition) -> Int32? {
    if kind == .report {
      if let id = definition.id { report(.unexpectedID(id)) }
      return -1
    }
    guard let id = definition.id else {
      report(.missingID(kind: kind.rawValue, span: definition.kind.span))
      return nil
    }
    if id.isQuoted {
      report(.wrongValue(found: "a string", expected: "an id: a word without quotes", span: id.span))
      return nil
    }
    if DefinitionKind.isReserved(id.text) {
      report(.reservedID(id))
      return nil
    }
    guard let entity = kind.entity else { return declareType(id) }
    if let known = indices[entity]?[id.text] {
      report(.duplicateID(id, kind: DefinitionError.article(entity.name), first: firstSpan(entity, known)))
      return nil
    }
    guard let index = append(id.text, kind) else { return nil }
    indices[entity, default: [:]][id.text] = index
    return index
  }

  private mutating func declareType(_ id: Name) -> Int32? {
    guard let known = builder.vocabulary.type(id.text) else {
      let index = builder.vocabulary.defineType(id.text)
      return index < 0 ? nil : Int32(index)
    }
    // Of PLOVER's types a model may say more, which is seen when it is filled in.
    if Vocabulary.plover.type(id.text) != nil { return Int32(known) }
    let first = declared.first { $0.kind == .type && $0.index == Int32(known) && $0.source == source }
    report(.duplicateID(id, kind: "a type", first: first?.definition.id?.span))
    return nil
  }

  /// Where an id was defined, if in this same script.
  private func firstSpan(_ entity: EntityKind, _ index: Int32) -> Span? {
    // Nobody reads the hundredth label, and each takes a search.
    guard diagnostics.count < 100 else { return nil }
    let first = declared.first { $0.kind.entity == entity && $0.index == index && $0.source == source }
    return first?.definition.id?.span
  }

  private mutating func append(_ id: String, _ kind: DefinitionKind) -> Int32? {
    switch kind {
    case .article: return append(Article(id: id), to: \.articles)
    case .topic: return append(Topic(id: id), to: \.topics)
    case .place: return append(Place(id: id), to: \.places)
    case .event: return append(EventRecord(id: id, type: 0), to: \.events)
    case .state, .person, .organization, .group:
      guard let actorKind = kind.actorKind else { return nil }
      return append(Actor(id: id, kind: actorKind), to: \.actors)
    case .report, .type: return nil
    }
  }

  private mutating func append<Record>(
    _ record: Record, to records: WritableKeyPath<StoreBuilder, [Record]>
  ) -> Int32? {
    guard let index = Int32(exactly: builder[keyPath: records].count) else { return nil }
    builder[keyPath: records].append(record)
    return index
  }
}

// MARK: - Filling in

extension ModelLoader {
  mutating func fill(_ declared: Declared) {
    source = declared.source
    article = declared.article
    checkFields(declared)
    switch declared.kind {
    case .article: fillArticle(declared)
    case .topic: fillTopic(declared)
    case .state, .person, .organization, .group: fillActor(declared)
    case .place: fillPlace(declared)
    case .event: fillEvent(declared)
    case .report: fillReport(declared)
    case .type: fillType(declared)
    }
  }

  private mutating func checkFields(_ declared: Declared) {
    var seen: Set<String> = []
    for entry in declared.definition.entries {
      let field = entry.field.text
      if !declared.kind.fields.contains(field) {
        report(.unknownField(entry.field, declared.kind))
      } else if !seen.insert(field).inserted, !DefinitionKind.repeatable.contains(field) {
        report(.repeatedEntry(entry.field))
      }
    }
  }

  /// Reads each entry that the kind knows, to its end, and gives the fields that are background, in the order of the
  /// kind's fields. An entry that cannot be read is reported and left out.
  mutating func readEntries<Record>(
    _ declared: Declared, into record: inout Record,
    _ read: (inout ModelLoader, inout EntryReader, inout Record) throws(DefinitionFailure) -> Void
  ) -> [String] {
    var background: Set<String> = []
    for entry in declared.definition.entries where declared.kind.fields.contains(entry.field.text) {
      var reader = EntryReader(entry)
      do throws(DefinitionFailure) {
        try read(&self, &reader, &record)
        if !reader.isAtEnd { throw reader.unexpected("the end of the entry: `,` or `)`") }
        if reader.isBackground { background.insert(entry.field.text) }
      } catch {
        report(error.error)
      }
    }
    return declared.kind.fields.filter(background.contains)
  }

  func has(_ field: String, _ declared: Declared) -> Bool {
    declared.definition.entries.contains { $0.field.text == field }
  }
}
