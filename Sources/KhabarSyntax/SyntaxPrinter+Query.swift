// Queries: sources, clauses, stages.

extension SyntaxPrinter {
  package func print(_ query: Query) -> String {
    let printer = inRow
    return query.stages.reduce(into: printer.print(query.source)) { $0 += " | " + printer.print($1) }
  }

  func group(_ query: Query) -> String { "(\(print(query)))" }

  /// A parenthesis that the parser takes for a query even where it would rather have an expression; nil where
  /// there is none.
  func plainGroup(_ query: Query, isCounted: Bool = false) -> String? {
    [group(query), leading.group(query)].first { text in
      let source = SourceText(name: "", text: text)
      let parser = Parser(source, tokens: Lexer.tokens(of: source).tokens)
      return parser.looksLikeQuery(at: 0, default: false, isCounted: isCounted)
    }
  }

  private var leading: SyntaxPrinter {
    var printer = self
    printer.adjectivesLead = true
    return printer
  }

  /// A query where an expression could stand, without parentheses.
  func printBody(_ query: Query) -> String {
    plainGroup(query).map { String($0.dropFirst().dropLast()) } ?? print(query)
  }

  private func print(_ source: Source) -> String {
    switch source {
    case .phrase(let phrase): print(phrase)
    case .path(let path): print(path)
    case .sequence(let pattern): print(pattern)
    }
  }

  // MARK: - Phrases

  /// `planned meetings with …`; in Arabic the adjectives follow a noun of one word.
  private func print(_ phrase: NounPhrase) -> String {
    let adjectives = phrase.adjectives.map { word(english: $0.word) }
    let noun = print(phrase.noun)
    let words = adjectivesFollow(phrase.noun) ? [noun] + adjectives : adjectives + [noun]
    return append(phrase.clauses, to: words.joined(separator: " "))
  }

  /// The expression of a `where` would take the next clause for its own if no `and` stood between them; a name and a
  /// keyword would be one keyword if no comma did (`hosted`, `by`).
  private func append(_ clauses: [Clause], to head: String) -> String {
    var text = head
    var endsInExpression = false
    for clause in clauses {
      let next = print(clause)
      text += endsInExpression ? " \(word(.and)) " : runsTogether(text, next) ? comma : " "
      text += next
      endsInExpression = clause.endsInExpression
    }
    return text
  }

  private func adjectivesFollow(_ noun: Noun) -> Bool {
    guard language == .arabic, !adjectivesLead else { return false }
    switch noun.kind {
    case .rows, .word: return true
    case .entity, .group, .table, .call: return false
    }
  }

  private func print(_ noun: Noun) -> String {
    switch noun.kind {
    case .rows(let rows): word(english: rows.rawValue)
    case .word(let name): word(name, as: .type)
    case .entity(let kind, let name): "\(word(english: kind.rawValue)) \(print(name))"
    case .group(let query): group(query)
    case .table(let name): "\(word(.table)) \(print(name))"
    case .call(let name, let arguments): call(name, arguments)
    }
  }

  // MARK: - Clauses

  func print(_ clause: Clause) -> String {
    switch clause.kind {
    case .not(let inner): "\(word(.not)) \(print(inner))"
    case .possibly(let inner): "\(word(.possibly)) \(print(inner))"
    case .with(let names, let role): with(names, role: role)
    case .without(let names): "\(word(.without)) \(print(names))"
    case .place(let names): "\(word(.in)) \(print(names))"
    case .time(let comparison, let time): joined(comparison.rawValue, self.time(time))
    case .between(let first, let last):
      "\(word(.between)) \(time(first)) \(word(.and)) \(time(last))"
    case .within(let duration, let time):
      "\(word(.within)) \(length(duration)) \(word(.of)) \(self.time(time))"
    case .about(let names): "\(word(.about)) \(print(names))"
    case .accordingTo(let names): "\(word(.accordingTo)) \(print(names))"
    case .reportedBy(let names): "\(word(.reportedBy)) \(print(names))"
    case .reportedIn(let names): "\(word(.reportedIn)) \(print(names))"
    case .asOf(let time): "\(word(.asOf)) \(self.time(time))"
    case .representing(let names): "\(word(.representing)) \(print(names))"
    case .where(let expression): "\(word(.where)) \(print(expression))"
    }
  }

  /// The roles with a clause of their own are `by`, `to` and `hosted by`; the others are named with `as`.
  private func with(_ names: NameList, role: Name?) -> String {
    guard let role else { return "\(word(.with)) \(print(names))" }
    switch role.isQuoted ? nil : role.text {
    case "actor": return "\(word(.by)) \(print(names))"
    case "recipient": return "\(word(.to)) \(print(names))"
    case "host": return "\(word(.hostedBy)) \(print(names))"
    default: return "\(word(.with)) \(print(names)) \(word(.asRole)) \(word(role, as: .operand))"
    }
  }

  // MARK: - Paths and sequences

  private func print(_ path: Path) -> String {
    var text = "\(word(.path)) \(word(.from)) \(print(path.from)) \(word(.to)) \(print(path.to))"
    if let through = path.through { text += " \(word(.through)) \(group(through))" }
    if let steps = path.steps { text += " \(word(.within)) \(print(steps)) \(word(.steps))" }
    return text
  }

  private func print(_ pattern: SequencePattern) -> String {
    var text = pattern.isEvery ? "\(word(.every)) \(word(.sequence)) " : "\(word(.sequence)) "
    if let key = pattern.key { text += "\(word(.byKey)) \(print(key: key)) " }
    text += pattern.steps.map(group).joined(separator: " \(word(.then)) ")
    if let on = pattern.on { text += " \(word(.on)) \(operand(on))" }
    if let within = pattern.within { text += " \(word(.within)) \(length(within))" }
    if let until = pattern.until { text += " \(word(.until)) \(group(until))" }
    return text
  }

  /// A key is in parentheses where a call in it would be read as a field and a step.
  private func print(key: Expression) -> String {
    let text = print(key)
    let source = SourceText(name: "", text: text)
    var parser = Parser(source, tokens: Lexer.tokens(of: source).tokens)
    (parser.isKey, parser.hasRow) = (true, true)
    let isWhole = (try? parser.parseExpression()) == key && parser.atEnd
    return isWhole ? text : "(\(text))"
  }

  // MARK: - Stages

  func print(_ stage: Stage) -> String {
    printKind(of: stage) + (stage.file.map { " \(word(.to)) \(print($0))" } ?? "")
  }

  private func printKind(of stage: Stage) -> String {
    switch stage.kind {
    case .where(let expression): "\(word(.where)) \(print(expression))"
    case .sort(let keys): "\(word(.sort)) \(word(.byKey)) \(keys.map(print).joined(separator: comma))"
    case .take(let count): "\(word(.take)) \(print(count))"
    case .skip(let count): "\(word(.skip)) \(print(count))"
    case .top(let count, let key): "\(word(.top)) \(print(count)) \(word(.byKey)) \(print(key))"
    case .distinct(let keys): list(.distinct, keys.map { print($0) })
    case .select(let columns): list(.select, columns.map(print))
    case .count: word(.count)
    case .summarize(let aggregates, let keys, let dense):
      summarize(aggregates, by: keys, isDense: dense != nil)
    case .walk(let walk): word(english: walk.rawValue)
    case .join(let query, let name, let condition):
      "\(word(.join)) \(group(query)) \(word(.as)) \(print(name)) \(word(.joinOn)) \(print(condition))"
    case .union(let query): "\(word(.union)) \(group(query))"
    case .intersect(let query): "\(word(.intersect)) \(group(query))"
    case .except(let query): "\(word(.except)) \(group(query))"
    case .evidence: word(.evidence)
    case .oneADay: word(.oneADay)
    case .timeline(let key): word(.timeline) + (key.map { " \(word(.byKey)) \(print($0))" } ?? "")
    case .chart(let expression): "\(word(.chart)) \(print(expression))"
    case .graph: word(.graph)
    }
  }

  private func list(_ keyword: Keyword, _ items: [String]) -> String {
    items.isEmpty ? word(keyword) : "\(word(keyword)) \(items.joined(separator: comma))"
  }

  private func summarize(
    _ aggregates: [NamedExpression], by keys: [NamedExpression], isDense: Bool
  ) -> String {
    let head = list(.summarize, aggregates.map(print))
    guard !keys.isEmpty else { return head }
    return "\(head) \(list(.byKey, keys.map(print)))" + (isDense ? " \(word(.dense))" : "")
  }

  private func print(_ key: SortKey) -> String {
    print(key.expression) + (key.isDescending ? " \(word(.desc))" : "")
  }

  private func print(_ column: NamedExpression) -> String {
    print(column.expression) + (column.name.map { " \(word(.as)) \(print($0))" } ?? "")
  }
}

extension Clause {
  fileprivate var endsInExpression: Bool {
    switch kind {
    case .where: true
    case .not(let inner), .possibly(let inner): inner.endsInExpression
    default: false
    }
  }
}
