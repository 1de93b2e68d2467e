import KhabarText

/// Words that other languages, or English, would use where Khabar has another.
package enum ForeignWords {
  private static let clauses: [String: String] = [
    "from": "times take `since`, `until` or `between … and …`; a speaker is `by A`",
    "at": "places take `in`, days take `on`",
    "for": "times take `during`; what something is about takes `about`",
    "of": "who takes part is `with A`; what something is about is `about X`",
    "involving": "write `with`", "featuring": "write `with`", "near": "write `in`", "inside": "write `in`",
    "whose": "write `where` and a condition", "that": "write `where` and a condition",
    "which": "write `where` and a condition", "having": "write `where` and a condition",
    "prior": "write `before`", "til": "write `until`", "till": "write `until`", "regarding": "write `about`",
    "through": "write `until`, or `between … and …`",
    "when": "write `where` and a condition, or a time clause",
    "order": "rows are sorted by a stage: `| sort by …`", "limit": "rows are limited by a stage: `| take 10`",
    "group": "rows are grouped by a stage: `| summarize count by …`",
  ]

  private static let stages: [String: String] = [
    "limit": "take", "head": "take", "first": "take", "order": "sort by", "orderby": "sort by",
    "filter": "where",
    "group": "summarize count by", "aggregate": "summarize", "project": "select", "fields": "select",
    "columns": "select", "offset": "skip", "unique": "distinct", "uniq": "distinct", "minus": "except",
    "plot": "chart", "who": "participants", "len": "count", "size": "count",
  ]

  /// The names of months, as times are often begun with.
  private static let months: Set<String> = Set(
    [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
      "November",
      "December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec",
      "يناير", "فبراير", "مارس", "أبريل", "إبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر",
      "نوفمبر",
      "ديسمبر", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول",
    ].map { Folding.fold($0) })

  /// How to write a time that was begun with the name of a month.
  package static func timeHelp(for word: String) -> String? {
    months.contains(Folding.fold(word)) ? "a month is written `2023-05`, a day `2023-05-19`" : nil
  }

  /// What to write instead of a word that was meant to begin a clause.
  static func clauseHelp(for word: String) -> String? { clauses[Folding.fold(word)] }

  /// The stage that a word of another language means.
  static func stage(for word: String) -> String? { stages[Folding.fold(word)] }
}
