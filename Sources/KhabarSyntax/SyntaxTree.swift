import EDTF

// The syntax tree: what was said, with spans, before anything is known of names and types. The parser builds it
// and never changes it; the resolver in KhabarPlan makes a plan of it. Spans take no part in equality.

/// A word or a quoted string that names something: `Lavrov`, `"Sergei Lavrov"`, `sergei_lavrov`, `count`.
package struct Name: Hashable, Sendable {
  package var text: String
  package var isQuoted: Bool
  package var span: Span

  package init(_ text: String, isQuoted: Bool = false, span: Span = .none) {
    self.text = text
    self.isQuoted = isQuoted
    self.span = span
  }
}

/// The statements of one source text.
package struct Script: Hashable, Sendable {
  package var statements: [Statement]
  package init(_ statements: [Statement]) { self.statements = statements }
}

package struct Statement: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    /// `meetings in Moscow | count`
    case query(Query)
    /// `let talks = negotiations with Armenia`
    case letBinding(Name, Query)
    /// `define person x ( … )`
    case define(Definition)
    /// `set lang ar`, `set today 2023-05-19`
    case set(Name, Setting)
    /// `def met(a, b) = meetings with a, b`
    case function(FunctionDefinition)
    /// `param NAME = DEFAULT`
    case parameter(Name, Expression)
    /// `import "FILE"`
    case `import`(Name)
    /// `explain QUERY`; `explain run QUERY` runs it and tells what it took
    case explain(Query, isRun: Bool)
    /// `assert E [, "message"]`
    case assert(Expression, message: Name?)
    /// `expect QUERY` and the lines below it that begin with `=`
    case expect(Query, ExpectedTable)
    /// `print "text with {expression}"`
    case print(Interpolation)
  }
  package var kind: Kind
  package var span: Span

  package init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// What `def` gives a name to: a query or an expression in which the parameters stand for what a call gives.
package struct FunctionDefinition: Hashable, Sendable {
  package indirect enum Body: Hashable, Sendable {
    case query(Query)
    case expression(Expression)
  }
  package var name: Name
  package var parameters: [Name]
  package var body: Body

  package init(name: Name, parameters: [Name], body: Body) {
    self.name = name
    self.parameters = parameters
    self.body = body
  }
}

/// What `set` gives: a word, a string, a number or a time, as written and not yet interpreted.
package struct Setting: Hashable, Sendable {
  package var text: String
  package var span: Span
  package init(_ text: String, span: Span) {
    self.text = text
    self.span = span
  }
}

/// A string with `{expression}` parts.
package struct Interpolation: Hashable, Sendable {
  package enum Part: Hashable, Sendable {
    case text(String)
    case expression(Expression)
  }
  package var parts: [Part]
  package var span: Span
  package init(_ parts: [Part], span: Span) {
    self.parts = parts
    self.span = span
  }
}

// MARK: - Queries

/// `SOURCE | STAGE | STAGE …`
package struct Query: Hashable, Sendable {
  package var source: Source
  package var stages: [Stage]
  package var span: Span

  package init(_ source: Source, stages: [Stage] = [], span: Span) {
    self.source = source
    self.stages = stages
    self.span = span
  }
}

package indirect enum Source: Hashable, Sendable {
  /// `planned meetings with Lavrov in Moscow`
  case phrase(NounPhrase)
  /// `path from A to B [through (QUERY)] [within N steps]`
  case path(Path)
  /// `[every] sequence [by KEY] (Q1) then (Q2) … [on TIME] [within D] [until (Q)]`
  case sequence(SequencePattern)
}

package struct NounPhrase: Hashable, Sendable {
  package var adjectives: [Adjective]
  package var noun: Noun
  package var clauses: [Clause]
  package var span: Span

  package init(adjectives: [Adjective] = [], noun: Noun, clauses: [Clause] = [], span: Span) {
    self.adjectives = adjectives
    self.noun = noun
    self.clauses = clauses
    self.span = span
  }
}

/// `planned`, `contested`: the keyword's English spelling.
package struct Adjective: Hashable, Sendable {
  package var word: String
  package var span: Span
  package init(_ word: String, span: Span) {
    self.word = word
    self.span = span
  }
}

package struct Noun: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    /// `events`, `people`, `reports`, …
    case rows(RowNoun)
    /// A word the parser does not know: an event type's noun, a name bound by `let`, or an entity's name.
    case word(Name)
    /// `place Moscow`, `event lachin_checkpoint`
    case entity(EntityNoun, Name)
    /// `(QUERY)`
    case group(Query)
    /// `table "FILE"`
    case table(Name)
    /// `met(Russia, Armenia)`: what `def` has given a name to
    case call(Name, [Expression])
  }
  package var kind: Kind
  package var span: Span
  package init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }
}

package enum RowNoun: String, Hashable, Sendable, CaseIterable {
  case events, actors, people, states, organizations, groups, places, reports, articles
}

package enum EntityNoun: String, Hashable, Sendable, CaseIterable {
  case event, actor, place, article
}

// MARK: - Clauses

package struct Clause: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    /// `not CLAUSE`
    case not(Clause)
    /// `possibly CLAUSE`
    case possibly(Clause)
    /// `with A, B` · `with any of A, B` · `with exactly A` · `with A as ROLE` · `by A` · `to A` · `hosted by A`
    case with(NameList, role: Name?)
    /// `without A`
    case without(NameList)
    /// `in P`
    case place(NameList)
    /// `before T`, `after T`, `during T`, `on T`, `since T`, `until T`, `overlapping T`
    case time(TimeOperator, Expression)
    /// `between T and U`
    case between(Expression, Expression)
    /// `within D of T`
    case within(Expression, of: Expression)
    /// `about X`
    case about(NameList)
    /// `according to A`
    case accordingTo(NameList)
    /// `reported by P`
    case reportedBy(NameList)
    /// `reported in ARTICLE`
    case reportedIn(NameList)
    /// `as of T`
    case asOf(Expression)
    /// `representing A`
    case representing(NameList)
    /// `where E`
    case `where`(Expression)
  }
  package var kind: Kind
  package var span: Span
  package init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }
}

/// `A, B` · `A and B` (all) · `any of A, B` · `exactly A`
package struct NameList: Hashable, Sendable {
  package enum Quantifier: String, Hashable, Sendable { case all, any, exactly }
  package var quantifier: Quantifier
  package var names: [Name]
  package var span: Span
  package init(_ quantifier: Quantifier = .all, _ names: [Name], span: Span) {
    self.quantifier = quantifier
    self.names = names
    self.span = span
  }
}

/// The seven time clauses that take one time. Raw values are the keywords.
package enum TimeOperator: String, Hashable, Sendable, CaseIterable {
  case before, after, during, on, since, until, overlapping
}

// MARK: - Paths and sequences

package struct Path: Hashable, Sendable {
  package var from: Name
  package var to: Name
  package var through: Query?
  /// A number, or a parameter's name.
  package var steps: Expression?
  package var span: Span
  package init(from: Name, to: Name, through: Query? = nil, steps: Expression? = nil, span: Span) {
    self.from = from
    self.to = to
    self.through = through
    self.steps = steps
    self.span = span
  }
}

package struct SequencePattern: Hashable, Sendable {
  package var isEvery: Bool
  package var key: Expression?
  package var steps: [Query]
  /// The time of each event that counts, where that is not its own.
  package var on: Expression?
  package var within: Expression?
  package var until: Query?
  package var span: Span
  package init(
    isEvery: Bool, key: Expression?, steps: [Query], on: Expression? = nil, within: Expression? = nil,
    until: Query? = nil, span: Span
  ) {
    self.isEvery = isEvery
    self.key = key
    self.steps = steps
    self.on = on
    self.within = within
    self.until = until
    self.span = span
  }
}

// MARK: - Stages

package struct Stage: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    case `where`(Expression)
    case sort([SortKey])
    // The number of rows is a number, or a parameter's name.
    case take(Expression)
    case skip(Expression)
    case top(Expression, by: Expression)
    case distinct([Expression])
    case select([NamedExpression])
    case count
    /// `summarize AGG, … by E, … [dense]`: where `dense` stands, if it is said
    case summarize([NamedExpression], by: [NamedExpression], dense: Span?)
    case walk(Walk)
    case join(Query, as: Name, on: Expression)
    case union(Query)
    case intersect(Query)
    case except(Query)
    case evidence
    case oneADay
    case timeline(by: Expression?)
    case chart(Expression)
    case graph
  }
  package var kind: Kind
  /// `to "FILE"` after a stage that draws: where the picture goes.
  package var file: Name?
  package var span: Span
  package init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }
}

extension Stage {
  package var isDrawing: Bool {
    switch kind {
    case .timeline, .chart, .graph: true
    default: false
    }
  }
}

/// From rows to what is related to them. Raw values are the keywords.
package enum Walk: String, Hashable, Sendable, CaseIterable {
  case participants, actors, places, reports, articles, events
  case parts, causes, consequences
  case partOf = "part_of"
  case follows
  case followedBy = "followed_by"
  case alongside, about
}

package struct SortKey: Hashable, Sendable {
  package var expression: Expression
  package var isDescending: Bool
  package init(_ expression: Expression, isDescending: Bool = false) {
    self.expression = expression
    self.isDescending = isDescending
  }
}

/// `E [as NAME]`; without a name the column is called after the expression.
package struct NamedExpression: Hashable, Sendable {
  package var expression: Expression
  package var name: Name?
  package init(_ expression: Expression, name: Name? = nil) {
    self.expression = expression
    self.name = name
  }
}

package struct NumberLiteral: Hashable, Sendable {
  package var value: Double
  /// As written, in ASCII digits: `2023` may turn out to be a year.
  package var text: String
  package var span: Span
  package init(_ value: Double, text: String, span: Span) {
    self.value = value
    self.text = text
    self.span = span
  }
}

/// `14 days`, `2 weeks`: in the unit that it was written in.
package struct DurationLiteral: Hashable, Sendable {
  /// Raw values are the keywords.
  package enum Unit: String, Hashable, Sendable, CaseIterable { case days, weeks, months, years }

  package var count: Int
  package var unit: Unit
  package init(_ count: Int, _ unit: Unit) {
    self.count = count
    self.unit = unit
  }

  /// In months and days. The parser takes no count that could overflow.
  package var value: CalendarDuration {
    switch unit {
    case .days: CalendarDuration(days: count)
    case .weeks: CalendarDuration(days: count.multipliedReportingOverflow(by: 7).partialValue)
    case .months: CalendarDuration(months: count)
    case .years: CalendarDuration(months: count.multipliedReportingOverflow(by: 12).partialValue)
    }
  }
}

// MARK: - Expressions

package struct Expression: Hashable, Sendable {
  package indirect enum Kind: Hashable, Sendable {
    case number(NumberLiteral)
    case string(String)
    case time(EDTFTime)
    /// `14 days`
    case duration(DurationLiteral)
    case truth(Bool)
    /// `none`
    case none
    /// A field, a column, or a bare word that names something: `place.country`, `planned`.
    case path([Name])
    /// `year(time)`; aggregates (`count`, `sum(score)`) are calls too, `count` alone is a path.
    case call(Name, [Expression])
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// `x between T and U`
    case between(Expression, Expression, Expression)
    /// `x within D of T`
    case within(Expression, Expression, of: Expression)
    /// `x in (a, b)`
    case member(Expression, [Expression])
    /// `x in (QUERY)`
    case memberOfQuery(Expression, Query)
    /// A query as an operand: of a time operator, `count(QUERY)`, `exists(QUERY)`, `value(QUERY)`.
    case query(Query)
  }
  package var kind: Kind
  package var span: Span
  package init(_ kind: Kind, span: Span) {
    self.kind = kind
    self.span = span
  }
}

package enum UnaryOperator: String, Hashable, Sendable {
  case negate = "-"
  case not
  case possibly
}

/// Raw values are the spellings in English.
package enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case or, and
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case `is`, has, contains, matches
  case before, after, during, on, since, until, overlapping
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

// MARK: - Definitions

/// `define KIND [ID] ( ENTRY, … )`: a property list, interpreted by the model loader.
package struct Definition: Hashable, Sendable {
  package var kind: Name
  package var id: Name?
  package var entries: [Entry]
  package init(kind: Name, id: Name?, entries: [Entry]) {
    self.kind = kind
    self.id = id
    self.entries = entries
  }

  package struct Entry: Hashable, Sendable {
    package var field: Name
    package var values: [Value]
    package var span: Span
    package init(field: Name, values: [Value], span: Span) {
      self.field = field
      self.values = values
      self.span = span
    }
  }

  package struct Value: Hashable, Sendable {
    package indirect enum Kind: Hashable, Sendable {
      case word(String)
      case string(String)
      case number(NumberLiteral)
      case time(EDTFTime)
      case entries([Entry])
    }
    package var kind: Kind
    package var span: Span
    package init(_ kind: Kind, span: Span) {
      self.kind = kind
      self.span = span
    }
  }
}
