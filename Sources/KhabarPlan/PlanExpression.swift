import EDTF
import KhabarModel
import KhabarSyntax

/// A typed expression over the rows of a plan.
package struct PlanExpression: Sendable {
  package indirect enum Kind: Sendable {
    case constant(Value)
    /// A field of the record that the row is.
    case field(Field)
    /// A column of the row.
    case column(Int)
    /// The record that the row is.
    case rowItself
    /// A field of the record, or of each of the records, that `base` yields.
    case through(PlanExpression, Field)
    /// A text in several languages, or each of a list of such, in one of them.
    case inLanguage(PlanExpression, String)

    /// The values of a key that events have many of and no field holds.
    case eventKey(EventKey)

    // What clauses become.
    /// The truth that a table gives for the code of an expression (an entity or a symbol).
    case lookup(PlanExpression, TruthTable)
    /// Whether any element of a list of codes has true in the table: never unknown.
    case anyElement(PlanExpression, TruthTable)
    /// Whether any participant of the event is in the table, in the role if one is named.
    case takesPart(TruthTable, role: Int16?)
    /// Whether some report of the event, known on the date if there is one, satisfies an expression over reports.
    case someReport(PlanExpression, known: KnowledgeDate?, merging: DailyMerge? = nil)
    /// Whether the event of this report, or participation, satisfies an expression over events.
    case ofEvent(PlanExpression)
    /// Whether some event that this one is `about` satisfies an expression over events: never unknown.
    case someRelated(RelationKind, PlanExpression)

    case time(TimeOperator, PlanExpression, PlanExpression)
    case between(PlanExpression, PlanExpression, PlanExpression)
    case within(PlanExpression, DurationExpression, of: PlanExpression)

    case compare(Comparison, PlanExpression, PlanExpression)
    case isMissing(PlanExpression)
    /// The record, or the word of a vocabulary, that a text names: beside a field that holds such.
    case named(PlanExpression)
    /// Whether the value, or any element of the list, is in the first column of a query.
    case member(PlanExpression, of: Subquery)
    case has(PlanExpression, PlanExpression)
    case contains(PlanExpression, PlanExpression)
    case matches(PlanExpression, Pattern)
    case and(PlanExpression, PlanExpression)
    case or(PlanExpression, PlanExpression)
    case not(PlanExpression)
    case possibly(PlanExpression)

    case arithmetic(Arithmetic, PlanExpression, PlanExpression)
    case negate(PlanExpression)
    case call(Function, [PlanExpression])
    case subquery(SubqueryUse, Subquery)
    /// An expression that is evaluated once for each of what it depends on: made for the evaluator, last of all.
    case dependent(DependentExpression)
  }

  package var kind: Kind
  package var type: ValueType
  package var span: Span

  package init(_ kind: Kind, _ type: ValueType, span: Span = .none) {
    self.kind = kind
    self.type = type
    self.span = span
  }

  package static func constant(_ value: Value, _ type: ValueType, span: Span = .none) -> PlanExpression {
    PlanExpression(.constant(value), type, span: span)
  }

  package static func and(_ expressions: [PlanExpression]) -> PlanExpression? {
    joined(expressions[...]) { PlanExpression(.and($0, $1), .truth, span: $1.span) }
  }

  package static func or(_ expressions: [PlanExpression]) -> PlanExpression? {
    joined(expressions[...]) { PlanExpression(.or($0, $1), .truth, span: $1.span) }
  }

  /// A tree of equal halves: a list of any length stays low enough to be walked.
  private static func joined(
    _ expressions: ArraySlice<PlanExpression>, _ join: (PlanExpression, PlanExpression) -> PlanExpression
  ) -> PlanExpression? {
    guard expressions.count > 1 else { return expressions.first }
    let middle = expressions.startIndex + expressions.count / 2
    guard let left = joined(expressions[..<middle], join), let right = joined(expressions[middle...], join)
    else {
      return nil
    }
    return join(left, right)
  }
}

/// What events share that is no field of theirs: keys of sequences and groups. Raw values are their spellings.
package enum EventKey: String, Sendable {
  /// The states that take part, or are represented.
  case states
  /// Two of the participants, in either order.
  case pair

  /// Of one value.
  package var type: ValueType {
    switch self {
    case .states: .entity(.actor)
    case .pair: .list(.entity(.actor))
    }
  }
}

/// A truth for each code of a vocabulary or row of a table, and one for none.
package struct TruthTable: Sendable, Hashable {
  /// `values[code + 1]`; `values[0]` is for none.
  package var values: [Truth]

  package init(count: Int, missing: Truth, others: Truth = .false) {
    values = [Truth](repeating: others, count: count + 1)
    values[0] = missing
  }

  package init(count: Int, missing: Truth, true codes: some Sequence<Int>) {
    self.init(count: count, missing: missing)
    for code in codes { self[code] = .true }
  }

  package subscript(code: Int) -> Truth {
    get { values[code + 1] }
    set { values[code + 1] = newValue }
  }

  /// The codes that are true, in ascending order.
  package var trueCodes: [Int] { values.indices.dropFirst().filter { values[$0] == .true }.map { $0 - 1 } }
}

/// The day up to which reports are known: `as of T`.
package final class KnowledgeDate: Sendable, Hashable {
  package let time: PlanExpression
  package init(_ time: PlanExpression) { self.time = time }

  /// The same day, said once or twice.
  package static func == (a: KnowledgeDate, b: KnowledgeDate) -> Bool {
    if a === b { return true }
    guard case .constant(let first) = a.time.kind, case .constant(let second) = b.time.kind else {
      return false
    }
    return first == second
  }

  package func hash(into _: inout Hasher) {}
}

/// What a stage `one_a_day` finds out when it is run: which events each of its rows stands for. Reports of all of them
/// are those of the row.
package final class DailyMerge: Hashable, Sendable {
  /// That of a stage before, whose rows were merged once more.
  package let earlier: DailyMerge?

  init(after earlier: DailyMerge?) { self.earlier = earlier }

  package static func == (a: DailyMerge, b: DailyMerge) -> Bool { a === b }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}

package enum Comparison: String, Sendable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

package enum Arithmetic: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

/// An expression that yields a duration.
package typealias DurationExpression = PlanExpression

/// A query inside an expression. It does not see the row around it, so it is run once; a class, so that its identity can
/// be the key under which the answer is kept.
package final class Subquery: Sendable {
  package let plan: Plan
  package let shape: RowShape
  /// What it has answered already.
  package let answer: Answer?

  package enum Answer: Sendable {
    case records([Int32])
    case rows([[Value]])
  }

  package init(_ plan: Plan, shape: RowShape, answer: Answer? = nil) {
    self.plan = DependentExpression.marked(Rewriter.rewritten(plan))
    self.shape = shape
    self.answer = answer
  }
}

package enum SubqueryUse: Sendable {
  /// The number of rows.
  case count
  /// Whether there is a row.
  case exists
  /// The value of the first column of the first row.
  case value
  /// The same, of a query that should have one row.
  case onlyValue
  /// The hull of the rows' times; `span` is where to warn that there are none.
  case hull
}

/// A compiled regular expression.
package final class Pattern: @unchecked Sendable {
  package let text: String
  // `Regex` is not Sendable; it is immutable once compiled, and matching makes its own state.
  private let regex: Regex<AnyRegexOutput>

  package init(_ text: String) throws {
    self.text = text
    regex = try Regex(text)
  }

  package func matches(_ text: String) -> Bool { text.firstMatch(of: regex) != nil }
}
