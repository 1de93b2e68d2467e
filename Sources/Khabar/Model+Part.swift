import KhabarEval
import KhabarModel
import KhabarSyntax

extension Model {
  /// The part of the model that the events of a query need: their reports, articles, actors, places and topics, with whom
  /// and what these refer to, and the relations among the events. What the query names is there as well, so that it can be
  /// asked of the part.
  ///
  /// - Throws: `KhabarError` with all that is wrong with the query; E0690 where it does not give events.
  package func part(_ query: String) throws -> Model {
    Model(store.part(events: try eventTable(query).records, named: named(in: query)), name: name)
  }

  /// The answer of a query that gives events.
  func eventTable(_ query: String) throws -> ResultTable {
    let table = try self.query(query).table
    guard table.kind == .event else {
      throw KhabarError(
        "let it end in events, as in `meetings in Moscow`, or take its rows as they are: `khabar -f jsonl -c QUERY`",
        id: "E0690", "the query does not give events")
    }
    return table
  }

  /// The records that words of a text are names of.
  private func named(in text: String) -> [EntityName] {
    Lexer.tokens(of: SourceText(name: "", text: text)).tokens.flatMap { token -> [EntityName] in
      switch token.kind {
      case .word(let name), .string(let name):
        if case .found(let found) = store.names.resolve(name, .all) { return found }
        return []
      default: return []
      }
    }
  }
}
