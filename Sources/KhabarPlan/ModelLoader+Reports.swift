import EDTF
import KhabarModel
import KhabarSyntax

// Reports, and what holds of the model as a whole.

extension ModelLoader {
  /// A report whose entries are read before it is known whether it is complete.
  private struct Draft {
    var record: ReportRecord
    var event: Int32?
    var status: Status?
    var hasArticle = true
  }

  /// `define report`
  /// `( event ID, article ID, source ID, status WORD, certainty WORD, gist …, evidence …, date TIME )`
  mutating func fillReport(_ declared: Declared) {
    var draft = Draft(record: ReportRecord(event: 0, article: declared.article, status: .occurred))
    readArticle(of: declared, into: &draft)
    let background = readEntries(declared, into: &draft) { loader, reader, draft throws(DefinitionFailure) in
      switch reader.field.text {
      case "event": draft.event = try loader.readReference(.event, &reader)
      case "article": _ = reader.take()
      case "source": draft.record.source = try loader.readReference(.actor, &reader)
      case "status": draft.status = try loader.readWord("status", &reader, \.name)
      case "certainty": draft.record.certainty = try loader.readWord("certainty", &reader, \.name)
      case "gist": try loader.readTexts(&reader, into: &draft.record.gist)
      case "date": draft.record.date = try reader.time()
      default:
        let article = try loader.readArticle(&reader, default: draft.record.article)
        draft.record.evidence.append(try loader.readCitation(&reader, article))
      }
    }
    draft.record.background = background
    finish(draft, declared)
  }

  /// The article comes first: evidence is in it unless it says otherwise.
  private mutating func readArticle(of declared: Declared, into draft: inout Draft) {
    for entry in declared.definition.entries where entry.field.text == "article" {
      var reader = EntryReader(entry)
      do throws(DefinitionFailure) {
        draft.record.article = try readReference(.article, &reader)
      } catch {
        draft.hasArticle = false
        report(error.error)
      }
    }
    if draft.record.article < 0, draft.hasArticle {
      draft.hasArticle = false
      report(.noArticle(span: declared.definition.kind.span))
    }
  }

  /// Adds the report if it is complete; what is missing and not yet reported is reported.
  private mutating func finish(_ draft: Draft, _ declared: Declared) {
    let span = declared.definition.kind.span
    if draft.event == nil, !has("event", declared) {
      report(.missingEntry("event", of: "report", example: "event ID", span: span))
    }
    if draft.status == nil, !has("status", declared) {
      report(.missingEntry("status", of: "report", example: "status occurred", span: span))
    }
    guard let event = draft.event else { return }
    reportedEvents.insert(event)
    guard let status = draft.status, draft.hasArticle else { return }
    var record = draft.record
    record.event = event
    record.status = status
    builder.reports.append(record)
  }
}

// MARK: - The model as a whole

extension ModelLoader {
  /// Whoever represents somebody does not represent himself in the end; so for what lies within, parts and
  /// causes.
  mutating func checkCircles() {
    for field in ["of", "within", "represents", RelationKind.partOf.rawValue, RelationKind.causes.rawValue] {
      let made = links.filter { $0.field == field }
      if !made.isEmpty { checkCircles(field, made) }
    }
  }

  private mutating func checkCircles(_ field: String, _ made: [Link]) {
    var edges = edges(of: field)
    // Each circle is reported at one of its links, which is then removed; a few are enough to see what is
    // wrong.
    for _ in 0..<20 {
      guard let circle = Closure.cycle(edges) else { return }
      let steps = zip(circle, circle.dropFirst() + circle.prefix(1))
      guard
        let link = steps.lazy.compactMap({ step in made.last { $0.from == step.0 && $0.to == step.1 } }).first
      else { return }
      source = link.source
      let start = circle.firstIndex(of: link.from) ?? 0
      let path = Array(circle[start...] + circle[..<start]) + [link.from]
      report(.cycle(field, path: path.map { id($0, field) }, span: link.span))
      edges[Int(link.from)].removeAll { $0 == link.to }
    }
  }

  private func edges(of field: String) -> [[Int32]] {
    switch field {
    case "of": return builder.vocabulary.types.map { $0.parent < 0 ? [] : [Int32($0.parent)] }
    case "within": return builder.places.map(\.within)
    case "represents": return builder.actors.map(\.represents)
    default:
      var edges = [[Int32]](repeating: [], count: builder.events.count)
      for (index, event) in builder.events.enumerated() {
        for relation in event.relations {
          if relation.kind.rawValue == field { edges[index].append(relation.target) }
          if relation.kind.inverse?.rawValue == field { edges[Int(relation.target)].append(Int32(index)) }
        }
      }
      return edges
    }
  }

  private func id(_ index: Int32, _ field: String) -> String {
    switch field {
    case "of": builder.vocabulary.types[Int(index)].id
    case "within": builder.places[Int(index)].id
    case "represents": builder.actors[Int(index)].id
    default: builder.events[Int(index)].id
    }
  }

  /// An event that nobody reports counts as hypothetical: rarely meant. Where something else is wrong the
  /// report may be what could not be read, so nothing is said.
  mutating func checkReports() {
    if diagnostics.contains(where: { $0.severity == .error }) { return }
    for declared in declared where declared.kind == .event && !reportedEvents.contains(declared.index) {
      guard let id = declared.definition.id else { continue }
      source = declared.source
      report(.unreportedEvent(id))
    }
  }
}
