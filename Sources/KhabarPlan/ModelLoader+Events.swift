import EDTF
import KhabarModel
import KhabarSyntax

// Events, and the types that they are of.

extension ModelLoader {
  /// `define event ID ( type WORD, mode WORD, context WORD…, label …, score NUMBER, time TIME, place ID, actor ID…, … )`
  mutating func fillEvent(_ declared: Declared) {
    var event = builder.events[Int(declared.index)]
    var hasType = false
    let background = readEntries(declared, into: &event) { loader, reader, event throws(DefinitionFailure) in
      switch reader.field.text {
      case "type":
        event.type = try loader.readType(&reader)
        hasType = true
      // The mode waits for the type, which may stand below it.
      case "mode": _ = reader.take()
      case "context": try loader.readContexts(&reader, into: &event.contexts)
      case "label": try loader.readTexts(&reader, into: &event.label)
      case "score": event.score = Int16(try loader.readScore(&reader))
      case "time": event.time = try reader.time()
      case "place": event.place = try loader.readReference(.place, &reader)
      case "topic":
        let known = event.topics
        var topics = known
        try loader.readReferences(.topic, &reader) { topic, _ in
          if !topics.contains(topic) { topics.append(topic) }
        }
        event.topics = topics
      case "actor", "recipient", "host", "participant":
        try loader.readParticipants(&reader, into: &event.participants)
      default: try loader.readRelations(&reader, from: declared.index, into: &event.relations)
      }
    }
    event.background = background.filter { RelationKind(rawValue: $0) == nil }
    if hasType {
      readMode(declared, into: &event)
    } else if !has("type", declared) {
      report(
        .missingEntry("type", of: "event", example: "type CONSULT", span: declared.definition.kind.span))
    }
    builder.events[Int(declared.index)] = event
  }

  private func readType(_ reader: inout EntryReader) throws(DefinitionFailure) -> Int16 {
    let (text, span) = try reader.word("an event type, such as `CONSULT`")
    if let type = builder.vocabulary.type(text) { return type }
    throw DefinitionFailure(
      .unknownWord(text, of: "event type", words: builder.vocabulary.types.map(\.id), span: span))
  }

  private mutating func readMode(_ declared: Declared, into event: inout EventRecord) {
    for entry in declared.definition.entries where entry.field.text == "mode" {
      var reader = EntryReader(entry)
      do throws(DefinitionFailure) {
        event.mode = try readMode(&reader, ofType: event.type)
      } catch {
        report(error.error)
      }
    }
  }

  /// A mode of the type; PLOVER's types have no others, ours may get new ones.
  private mutating func readMode(_ reader: inout EntryReader, ofType type: Int16) throws(DefinitionFailure)
    -> Int16
  {
    let (text, span) = try reader.word("a mode, such as `multilateral`")
    let vocabulary = builder.vocabulary
    let modes = vocabulary.modes(ofType: type)
    if let mode = vocabulary.mode(text), modes.contains(mode) { return mode }
    let names = modes.map { vocabulary.modes[Int($0)] }
    let record = vocabulary.types[Int(type)]
    if !record.isExtension || !Spelling.nearest(to: text, in: names).isEmpty {
      throw DefinitionFailure(.foreignMode(text, type: record.id, modes: names, span: span))
    }
    let mode = builder.vocabulary.internMode(text)
    builder.vocabulary.addMode(mode, toType: type)
    return mode
  }

  private mutating func readContexts(
    _ reader: inout EntryReader, into contexts: inout [Int16]
  ) throws(DefinitionFailure) {
    repeat {
      let (text, span) = try reader.word("a context, such as `diplomatic`")
      if let context = builder.vocabulary.context(text) {
        if !contexts.contains(context) { contexts.append(context) }
      } else {
        report(.unknownWord(text, of: "context", words: builder.vocabulary.contexts, span: span))
      }
    } while !reader.isAtEnd
  }

  /// `actor ID [CERTAINTY]…`, `participant ID as ROLE [CERTAINTY] …`
  private mutating func readParticipants(
    _ reader: inout EntryReader, into participants: inout [Participation]
  ) throws(DefinitionFailure) {
    let field = reader.field.text
    repeat {
      let actor = try readReference(.actor, &reader)
      let role = field == "participant" ? try readRole(&reader) : builder.vocabulary.internRole(field)
      let certainty = reader.take(oneOf: Certainty.self, \.name) ?? .certain
      participants.append(Participation(actor: actor, role: role, certainty: certainty))
    } while !reader.isAtEnd
  }

  private mutating func readRole(_ reader: inout EntryReader) throws(DefinitionFailure) -> Int16 {
    guard reader.take(word: "as") else { throw reader.unexpected("`as` and the role") }
    let (text, span) = try reader.word("a role, such as `mediator`")
    if let known = builder.vocabulary.role(text) { return known }
    if let near = Spelling.nearest(to: text, in: builder.vocabulary.roles).first {
      report(.newRole(text, near: near, span: span))
    }
    return builder.vocabulary.internRole(text)
  }

  /// `follows ID… [[in ARTICLE] line N [span LO HI]]`
  private mutating func readRelations(
    _ reader: inout EntryReader, from event: Int32, into relations: inout [Relation]
  ) throws(DefinitionFailure) {
    guard let kind = RelationKind(rawValue: reader.field.text) else { return }
    let isBackground = reader.isBackground
    var targets: [(event: Int32, span: Span)] = []
    repeat {
      let span = reader.span
      targets.append((try readReference(.event, &reader), span))
    } while !reader.isAtEnd && !startsCitation(reader)
    var citation: Citation?
    if !reader.isAtEnd { citation = try readCitation(&reader, try readArticle(&reader)) }
    for target in targets {
      addLink(kind, from: event, to: target.event, target.span)
      relations.append(Relation(kind, target: target.event, citation: citation, isBackground: isBackground))
    }
  }

  private func startsCitation(_ reader: EntryReader) -> Bool {
    reader.next?.kind == .word("in") || reader.next?.kind == .word("line")
  }

  private mutating func addLink(_ kind: RelationKind, from: Int32, to: Int32, _ span: Span) {
    switch kind {
    case .partOf, .causes:
      links.append(Link(field: kind.rawValue, from: from, to: to, span: span, source: source))
    case .parts, .consequences:
      let field = kind == .parts ? RelationKind.partOf : .causes
      links.append(Link(field: field.rawValue, from: to, to: from, span: span, source: source))
    case .follows, .followedBy, .alongside, .about: break
    }
  }
}

extension ModelLoader {
  /// `define type WORD ( of PARENT, nouns "…" "…", quad "…", score NUMBER, mode WORD…, context WORD… )`; a type of PLOVER's
  /// gets more nouns, modes and contexts.
  mutating func fillType(_ declared: Declared) {
    guard let index = Int16(exactly: declared.index) else { return }
    let id = builder.vocabulary.types[Int(index)].id
    if let name = declared.definition.id, Vocabulary.plover.type(id) != nil, !addsWords(declared) {
      return report(.duplicateID(name, kind: "a type", first: nil))
    }
    var type = builder.vocabulary.types[Int(index)]
    _ = readEntries(declared, into: &type) { loader, reader, type throws(DefinitionFailure) in
      switch reader.field.text {
      case "of":
        let span = reader.span
        type.parent = try loader.readType(&reader)
        loader.links.append(
          Link(field: "of", from: Int32(index), to: Int32(type.parent), span: span, source: loader.source))
      case "quad": type.quad = try loader.readQuad(&reader)
      case "score": type.score = try loader.readScore(&reader)
      case "nouns": try loader.readNouns(&reader, of: index)
      case "mode":
        repeat {
          let mode = loader.builder.vocabulary.internMode(try reader.word("a mode").text)
          loader.builder.vocabulary.addMode(mode, toType: index)
        } while !reader.isAtEnd
      default:
        repeat {
          _ = loader.builder.vocabulary.internContext(try reader.word("a context").text)
        } while !reader.isAtEnd
      }
    }
    builder.vocabulary.defineType(id, parent: type.parent, quad: type.quad, score: type.score)
  }

  /// Whether a definition gives a type of PLOVER's nouns, modes and contexts, and leaves it as it is.
  private func addsWords(_ declared: Declared) -> Bool {
    let fields = declared.definition.entries.map(\.field.text)
    return !fields.isEmpty && fields.allSatisfy { ["nouns", "mode", "context"].contains($0) }
  }

  private func readQuad(_ reader: inout EntryReader) throws(DefinitionFailure) -> Int8 {
    let span = reader.span
    let text = try reader.string("a quad category, such as `\"material conflict\"`")
    if let quad = builder.vocabulary.quad(text) { return quad }
    throw DefinitionFailure(.unknownWord(text, of: "quad category", words: Vocabulary.quads, span: span))
  }

  /// Scores are kept in tenths, and lie between -10 and 10.
  private func readScore(_ reader: inout EntryReader) throws(DefinitionFailure) -> Int {
    let before = reader
    let expected = "a score between -10 and 10 with at most one decimal"
    let number = try reader.number(expected)
    guard abs(number.value) <= 10 else { throw before.unexpected(expected) }
    let tenths = Int(number.value * 10 + (number.value < 0 ? -0.5 : 0.5))
    guard abs(Double(tenths) - number.value * 10) < 0.001 else { throw before.unexpected(expected) }
    return tenths
  }

  private mutating func readNouns(_ reader: inout EntryReader, of type: Int16) throws(DefinitionFailure) {
    repeat {
      let span = reader.span
      let noun = try reader.string()
      if let taken = builder.vocabulary.noun(noun), taken.type != type {
        report(.takenNoun(noun, type: builder.vocabulary.types[Int(taken.type)].id, span: span))
      } else {
        builder.vocabulary.addNoun(noun, Vocabulary.NounMeaning(type: type))
      }
    } while !reader.isAtEnd
  }
}
