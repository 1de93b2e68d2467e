extension Parser {
  /// Stage ::= Where | Sort | Take | Skip | Top | Distinct | Select | 'count' | Summarize | Walk | Join
  ///         | 'union' Group | 'intersect' Group | 'except' Group | 'evidence' | 'one_a_day' | Timeline | Chart
  ///         | 'graph'
  mutating func parseStage() throws(Failure) -> Stage {
    let start = token.span
    guard let keyword = at(role: .stage) else { throw failStage() }
    advanceKeyword()
    let kind = try parseStageKind(keyword)
    var stage = Stage(kind, span: span(from: start))
    if stage.isDrawing, take(.to) {
      listener?.hear([.script], at: position)
      guard atString else {
        throw fail(.statement("a file's name in quotes, as in `to \"talks.svg\"`", found: found))
      }
      stage.file = takeWord()
      stage.span = span(from: start)
    }
    return stage
  }

  private mutating func failStage() -> Failure {
    var nearest: String?
    if case .word(let text) = token.kind {
      nearest = ForeignWords.stage(for: text) ?? Keyword.nearest(to: text, with: .stage)
    }
    return fail(.expectedStage(found: found, nearest: nearest))
  }

  private mutating func parseStageKind(_ keyword: Keyword) throws(Failure) -> Stage.Kind {
    switch keyword {
    case .where: return .where(try parseExpression())
    case .sort: return try parseSort()
    case .take: return .take(try parseCount(after: "take"))
    case .skip: return .skip(try parseCount(after: "skip"))
    case .top: return try parseTop()
    case .distinct: return .distinct(atStageEnd ? [] : try parseExpressions())
    case .select: return .select(try parseNamedExpressions())
    case .count: return .count
    case .summarize: return try parseSummarize()
    case .join: return try parseJoin()
    case .union: return .union(try parseOperandQuery("union"))
    case .intersect: return .intersect(try parseOperandQuery("intersect"))
    case .except: return .except(try parseOperandQuery("except"))
    case .evidence: return .evidence
    case .oneADay: return .oneADay
    case .timeline: return .timeline(by: take(.byKey) ? try parseExpression() : nil)
    case .chart: return .chart(try parseExpression())
    case .graph: return .graph
    default:
      guard let walk = Walk(keyword) else { throw failStage() }
      return .walk(walk)
    }
  }

  /// Sort ::= 'sort' 'by' SortKey (',' SortKey)*         SortKey ::= Expression ('asc' | 'desc')?
  private mutating func parseSort() throws(Failure) -> Stage.Kind {
    try expect(.byKey, after: "`sort`")
    var keys: [SortKey] = []
    repeat {
      listener?.hearTrial("sort by ", at: position)
      let expression = try parseExpression()
      let isDescending = take(.desc)
      if !isDescending { _ = take(.asc) }
      keys.append(SortKey(expression, isDescending: isDescending))
    } while take(.comma)
    return .sort(keys)
  }

  /// Top ::= 'top' Count 'by' Expression
  private mutating func parseTop() throws(Failure) -> Stage.Kind {
    let number = try parseCount(after: "top")
    try expect(.byKey, after: "the number of rows")
    listener?.hearTrial("top 1 by ", at: position)
    return .top(number, by: try parseExpression())
  }

  /// Summarize ::= 'summarize' NamedExpressions ('by' NamedExpressions 'dense'?)?
  private mutating func parseSummarize() throws(Failure) -> Stage.Kind {
    let aggregates = try parseNamedExpressions(.aggregate)
    guard take(.byKey) else { return .summarize(aggregates, by: [], dense: nil) }
    let keys = try parseNamedExpressions()
    let start = token.span
    return .summarize(aggregates, by: keys, dense: take(.dense) ? span(from: start) : nil)
  }

  /// Join ::= 'join' '(' Query ')' 'as' Name 'on' Expression
  private mutating func parseJoin() throws(Failure) -> Stage.Kind {
    let query = try parseOperandQuery("join")
    try expect(.as, after: "the joined query")
    let name = try parseColumnName()
    guard take(.joinOn) || take(.on) else {
      throw fail(.expectedKeyword("on", after: "the joined query's name", found: found))
    }
    return .join(query, as: name, on: try parseExpression())
  }

  private mutating func parseOperandQuery(_ stage: String) throws(Failure) -> Query {
    guard at(.leftParenthesis) else {
      let help = "write the other query in parentheses, as in `\(stage) (events in Moscow)`"
      throw fail(.missingArgument("`(` after `\(stage)`", found: found, help: help))
    }
    return try parseGroup()
  }

  /// Expressions ::= Expression (',' Expression)*
  private mutating func parseExpressions() throws(Failure) -> [Expression] {
    var expressions = [try parseExpression()]
    while take(.comma) { expressions.append(try parseExpression()) }
    return expressions
  }

  /// NamedExpressions ::= Expression ('as' Name)? (',' Expression ('as' Name)?)*
  private mutating func parseNamedExpressions(
    _ role: Keyword.Roles = []
  ) throws(Failure) -> [NamedExpression] {
    var result: [NamedExpression] = []
    repeat {
      if listener != nil, !role.isEmpty {
        _ = at(role: role)
        listener?.hearTrial("summarize ", at: position)
      }
      let expression = try parseExpression()
      result.append(NamedExpression(expression, name: take(.as) ? try parseColumnName() : nil))
    } while take(.comma)
    return result
  }

  private mutating func parseColumnName() throws(Failure) -> Name {
    guard atWord || atString else {
      throw fail(.expectedName("a name", after: "as", found: found, help: nil))
    }
    return takeWord()
  }

  /// Count ::= Number | Word          a number without a fraction, or a parameter
  mutating func parseCount(after word: String) throws(Failure) -> Expression {
    listener?.hear([.number], at: position)
    if atParameter { return takeParameter() }
    guard case .number(let value, let text) = token.kind, Int(text) != nil else {
      throw fail(.expectedWholeNumber(after: word, found: found))
    }
    let span = advance().span
    return Expression(.number(NumberLiteral(value, text: text, span: span)), span: span)
  }
}

extension Walk {
  init?(_ keyword: Keyword) { self.init(rawValue: keyword == .event ? "" : keyword.rawValue) }
}
