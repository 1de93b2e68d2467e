import KhabarModel
import KhabarSyntax

/// Definitions that come one at a time, so that none has to be kept: each is declared first, so that others can speak of
/// its record, and filled in when all are declared, those of types before the others.
///
/// What is wrong is told by the definition's source, a number of the caller's, and by the lower bound of the span where it
/// is wrong, which may be any number as well. Warnings are not told.
package struct DefinitionStream {
  private var loader: ModelLoader

  package struct Problem {
    package let source: Int
    package let place: Int
    package let message: String
  }

  package init(onto builder: StoreBuilder) {
    loader = ModelLoader(builder)
    // Among millions of ids that takes long, and a message has no room for it.
    loader.isSuggesting = false
  }

  /// Makes room for a record.
  ///
  /// - Returns: Where it will stand; nil: it cannot be defined.
  package mutating func declare(_ kind: DefinitionKind, _ id: Name?, source: Int) -> Int32? {
    loader.source = source
    let name = Name(kind.rawValue, span: id?.span ?? .none)
    return loader.declare(kind, Definition(kind: name, id: id, entries: []))
  }

  /// Where the record of an id stands.
  package func index(of id: String, _ kind: DefinitionKind) -> Int32? {
    kind.entity.flatMap { loader.indices[$0]?[id] }
  }

  /// Fills in what has been declared.
  package mutating func fill(_ definition: Definition, _ kind: DefinitionKind, at index: Int32, source: Int) {
    loader.fill(
      ModelLoader.Declared(
        kind: kind, definition: definition, span: definition.kind.span, source: source, index: index,
        article: -1))
  }

  /// Looks, when all is filled in, for what no single definition shows.
  package mutating func checkCircles() { loader.checkCircles() }

  /// What has been found to be wrong since this was last asked.
  package mutating func takeProblems() -> [Problem] {
    defer { (loader.diagnostics, loader.diagnosticSources) = ([], []) }
    return zip(loader.diagnostics, loader.diagnosticSources).filter { $0.0.severity == .error }
      .map { Problem(source: $1, place: $0.span.lower, message: $0.message) }
  }

  /// The records so far.
  package var builder: StoreBuilder { loader.builder }
}
