import KhabarModel
import KhabarSyntax

/// What can be wrong with `define` statements, and how it is said.
enum DefinitionError {
  case unknownKind(Name)
  case duplicateID(Name, kind: String, first: Span?)
  case missingID(kind: String, span: Span)
  case unexpectedID(Name)
  case reservedID(Name)
  case unknownField(Name, DefinitionKind)
  case wrongValue(found: String, expected: String, span: Span)
  case unknownReference(String, kind: String, suggestions: [String], note: String?, span: Span)
  case unknownWord(String, of: String, words: [String], span: Span)
  case foreignMode(String, type: String, modes: [String], span: Span)
  case missingEntry(String, of: String, example: String, span: Span)
  case repeatedEntry(Name)
  case repeatedLanguage(String, span: Span)
  case unreportedEvent(Name)
  case cycle(String, path: [String], span: Span)
  case emptySpan(lower: Int, upper: Int, span: Span)
  case wrongLine(String, span: Span)
  case wrongCoordinate(String, latitude: Bool, span: Span)
  case wrongDigest(String, span: Span)
  case wrongLanguage(String, span: Span)
  case notADefinition(span: Span)
  case newRole(String, near: String, span: Span)
  case wrongCountry(String, span: Span)
  case noArticle(span: Span)
  case takenNoun(String, type: String, span: Span)

  var diagnostic: Diagnostic {
    switch self {
    case .unknownKind(let name):
      Self.unknown(
        "E0401", "`\(name.text)` is nothing that can be defined", name.text,
        among: DefinitionKind.allCases.map(\.rawValue), name.span)
    case .duplicateID(let name, let kind, let first):
      Diagnostic(
        "E0402", "there is already \(kind) `\(name.text)`", at: name.span,
        labels: first.map { [Diagnostic.Label($0, "first defined here")] } ?? [],
        help: ["give one of them another id"])
    case .missingID(let kind, let span):
      Diagnostic(
        "E0403", "this \(kind) has no id", at: span,
        help: ["write it after the kind: `define \(kind) some_id ( … )`"])
    case .unexpectedID(let name):
      Diagnostic(
        "E0403", "a report has no id; found `\(name.text)`", at: name.span,
        help: ["leave it out: `define report ( event …, status … )`"])
    case .reservedID(let name):
      Diagnostic(
        "E0403", "`\(name.text)` has a meaning inside definitions and cannot be an id", at: name.span,
        help: ["add to it: `\(name.text)_1`"])
    case .unknownField(let name, let kind):
      Self.unknown(
        "E0404", "\(Self.article(kind.rawValue)) has no entry `\(name.text)`", name.text, among: kind.fields,
        name.span)
    case .wrongValue(let found, let expected, let span):
      Diagnostic("E0405", "found \(found), expected \(expected)", at: span)
    case .unknownReference(let id, let kind, let suggestions, let note, let span):
      Diagnostic(
        "E0406", "there is no \(kind) with the id `\(id)`", at: span, notes: note.map { [$0] } ?? [],
        help: ResolutionError.didYouMean(suggestions).map { [$0] }
          ?? (note == nil ? ["define it: `define … \(id) ( … )`"] : []))
    case .unknownWord(let word, let kind, let words, let span):
      Self.unknown("E0407", "`\(word)` is no \(kind)", word, among: words, span)
    case .foreignMode(let mode, let type, let modes, let span):
      Self.foreignMode(mode, type, modes, span)
    case .missingEntry(let field, let kind, let example, let span):
      Diagnostic(
        "E0409", "\(Self.article(kind)) needs an entry `\(field)`", at: span, help: ["add it: `\(example)`"])
    case .repeatedEntry(let name):
      Diagnostic(
        "E0410", "the entry `\(name.text)` is given twice", at: name.span,
        help: ["keep one of the two, with all that it should say"])
    case .repeatedLanguage(let language, let span):
      Diagnostic(
        "E0410", "the language `\(language)` is given twice in this entry", at: span,
        help: ["further names are written as `alias \"…\" \"…\"`; a string without a tag is in `en`"])
    case .unreportedEvent(let name):
      Diagnostic(
        "E0411", "nobody reports the event `\(name.text)`, so it counts as hypothetical", at: name.span,
        severity: .warning, help: ["say who does: `define report ( event \(name.text), status occurred )`"])
    case .cycle(let field, let path, let span):
      Diagnostic(
        "E0412", "`\(field)` goes round in a circle here", at: span,
        notes: ["the circle: \(path.map { "`\($0)`" }.joined(separator: " → "))"],
        help: ["remove one of its links"])
    case .emptySpan(let lower, let upper, let span):
      Diagnostic(
        "E0413", "a span ends after it starts; found \(lower) to \(upper)", at: span,
        help: ["the first number is the offset of the first character, the second that after the last"])
    case .wrongLine(let text, let span):
      Diagnostic("E0414", "lines are whole numbers from 1 on; found `\(text)`", at: span)
    case .wrongCoordinate(let text, let latitude, let span):
      Diagnostic(
        "E0415",
        latitude
          ? "latitudes lie between -90 and 90; found `\(text)`"
          : "longitudes lie between -180 and 180; found `\(text)`", at: span,
        help: ["coordinates are degrees, the latitude first: `coordinates 47.01 28.86`"])
    case .wrongDigest(let text, let span):
      Diagnostic(
        "E0416", "a SHA-256 digest is 64 hexadecimal digits; found \(text.unicodeScalars.count) characters",
        at: span,
        help: ["`sha256sum FILE` prints it"])
    case .wrongLanguage(let text, let span):
      Diagnostic(
        "E0417", "`\(text)` is no language tag", at: span,
        help: ["write a BCP 47 tag, such as `en`, `ar`, `zh-Hant`"])
    case .notADefinition(let span):
      Diagnostic(
        "E0418", "a model file holds `define` statements only", at: span,
        help: ["put queries and settings into a script of their own"])
    case .newRole(let role, let near, let span):
      Diagnostic(
        "E0419", "the role `\(role)` is a new one", at: span, severity: .warning,
        help: ["did you mean `\(near)`?"])
    case .wrongCountry(let text, let span):
      Diagnostic(
        "E0420", "`\(text)` is no country code", at: span,
        help: ["write the two letters of ISO 3166-1, such as `MD`"])
    case .noArticle(let span):
      Diagnostic(
        "E0421", "no article is defined above that this could be in", at: span,
        help: ["define the article first, or name it: `article ID`, `in ID line 3`"])
    case .takenNoun(let noun, let type, let span):
      Diagnostic("E0422", "the noun `\(noun)` stands for `\(type)` already", at: span)
    }
  }

  private static func unknown(
    _ id: String, _ message: String, _ word: String, among words: [String], _ span: Span
  ) -> Diagnostic {
    let nearest = Spelling.nearest(to: word, in: words)
    return Diagnostic(
      id, message, at: span, notes: ["known: \(words.joined(separator: ", "))"],
      help: ResolutionError.didYouMean(nearest).map { [$0] } ?? [],
      fixIt: nearest.count == 1 ? nearest.first.map { Diagnostic.FixIt(span, $0) } : nil)
  }

  private static func foreignMode(_ mode: String, _ type: String, _ modes: [String], _ span: Span)
    -> Diagnostic
  {
    if modes.isEmpty {
      return Diagnostic(
        "E0408", "`\(type)` has no modes; found `\(mode)`", at: span, help: ["leave the entry `mode` out"])
    }
    return unknown("E0408", "`\(mode)` is no mode of `\(type)`", mode, among: modes, span)
  }

  /// `a state`, `an event`
  static func article(_ noun: String) -> String {
    let startsWithVowel = noun.first.map { "aeiou".contains($0) } ?? false
    return "\(startsWithVowel ? "an" : "a") \(noun)"
  }
}

/// What importers say of rows in the loader's words.
package enum DefinitionMessage {
  package static func unknown(_ id: String, _ kind: EntityKind) -> String {
    DefinitionError.unknownReference(id, kind: kind.name, suggestions: [], note: nil, span: .none).diagnostic
      .message
  }

  package static func missing(_ field: String, of kind: DefinitionKind) -> String {
    DefinitionError.missingEntry(field, of: kind.rawValue, example: field, span: .none).diagnostic.message
  }

  package static func reserved(_ id: String) -> String {
    DefinitionError.reservedID(Name(id)).diagnostic.message
  }
}
