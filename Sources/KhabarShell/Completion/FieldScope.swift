import Khabar
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// Which fields there are at a place in a statement that is still being written.
struct FieldScope {
  private let session: Session
  /// Words taken off the end before it is given up.
  private static let patience = 24

  init(_ session: Session) {
    self.session = session
  }

  typealias NamedField = (name: String, type: ValueType)

  /// The fields that may be named after `text`: those of the rows there, or, after `place.`, those of places.
  func fields(before text: String) -> [NamedField] {
    let (rows, path) = split(text)
    let resolved = self.resolved(before: rows)
    var fields = self.fields(of: resolved?.shape ?? .records(.event))
    if resolved?.merging != nil { fields.append((Field.merged.name, Field.merged.type)) }
    for name in path {
      guard let field = fields.first(where: { $0.name == name }), case .entity(let kind) = field.type.element
      else { return [] }
      fields = self.fields(of: .records(kind))
    }
    return fields
  }

  private func fields(of shape: RowShape) -> [NamedField] {
    switch shape {
    case .records(let kind): Field.fields(of: kind).map { ($0.name, $0.type) }
    case .columns(let columns): columns.map { ($0.name, $0.type) }
    }
  }

  /// `… where place.country.` is `… where ` and the path place, country.
  private func split(_ text: String) -> (rows: String, path: [String]) {
    var rest = Substring(text)
    var path: [String] = []
    while rest.last == "." {
      let name = rest.dropLast().reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      guard !name.isEmpty else { break }
      path.insert(String(name.reversed()), at: 0)
      rest = rest.dropLast(name.count + 1)
    }
    return (String(rest), path)
  }

  // MARK: - The rows

  /// What the rows are: those before the last `|`, or else of the longest beginning that can be understood.
  private func resolved(before text: String) -> ResolvedQuery? {
    if let pipe = lastPipe(in: text) { return resolved(String(text[..<pipe])) }
    var rest = Substring(text)
    for _ in 0..<FieldScope.patience {
      while rest.last?.isWhitespace ?? false { rest.removeLast() }
      if rest.isEmpty { return nil }
      if let query = resolved(String(rest)) { return query }
      let end = rest.lastIndex { $0.isWhitespace || $0 == "(" } ?? rest.startIndex
      rest = rest[..<end]
    }
    return nil
  }

  /// The last `|` that stands in the parentheses that the end of the text stands in.
  private func lastPipe(in text: String) -> String.Index? {
    var depth = 0
    for index in text.indices.reversed() {
      switch text[index] {
      case ")": depth += 1
      case "(": depth = max(0, depth - 1)
      case "|" where depth == 0: return index
      default: continue
      }
    }
    return nil
  }

  private func resolved(_ text: String) -> ResolvedQuery? {
    let (script, diagnostics) = Parser.parse(SourceText(name: "", text: text))
    guard !diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    switch script.statements.last?.kind {
    case .query(let query), .letBinding(_, let query), .explain(let query, _):
      return Resolver.resolveBinding(query, in: session.environment).0
    default: return nil
    }
  }
}
