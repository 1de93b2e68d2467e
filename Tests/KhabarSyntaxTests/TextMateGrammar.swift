import KhabarSyntax

// The grammar by which editors colour scripts, made of the keyword table: `Grammar/khabar.tmLanguage.json`.
//
// It tells words apart by their spelling alone, where the parser goes by their place; a word with several roles has the
// colour of the first group below that it is in. Scopes are those that colour schemes know (TextMate's manual, 12.4).

struct TextMateGrammar {
  /// Keywords of some roles, and their scope.
  private static let groups: [(scope: String, roles: Keyword.Roles)] = [
    ("keyword.control.statement", .statement), ("storage.modifier.status", .adjective),
    ("support.type.noun", [.noun, .type]), ("keyword.control.stage", .stage),
    ("keyword.other.clause", .clause), ("keyword.operator.word", [.operator, .structure]),
    ("constant.language", .literal), ("support.function", [.function, .aggregate]),
    ("constant.other.unit", .unit), ("variable.other.member", .field),
    ("support.constant.value", .value), ("entity.name.tag", [.definition, .entry, .mark]),
  ]

  var json: String {
    var left = Keyword.rows
    let words = Self.groups.map { group in
      let rows = left.filter { !$0.roles.isDisjoint(with: group.roles) }
      left.removeAll { !$0.roles.isDisjoint(with: group.roles) }
      return Self.rule(group.scope, Self.pattern(rows.flatMap { $0.english + $0.arabic }))
    }
    return Self.object([
      ("name", Self.quoted("Khabar")), ("scopeName", Self.quoted("source.khabar")),
      ("fileTypes", "[\"khabar\"]"), ("firstLineMatch", Self.quoted("^#!.*\\bkhabar\\b")),
      (
        "patterns",
        "[\n" + (Self.shapes + words + [Self.symbols]).map { "    " + $0 }.joined(separator: ",\n") + "\n  ]"
      ),
    ]) + "\n"
  }

  // MARK: - What no table has

  private static var shapes: [String] {
    let escapes = rule("constant.character.escape", #"\\(?:u\{[0-9A-Fa-f]+\}|.)"#)
    let strings = [("\"", "\""), ("“", "”"), ("«", "»")].map { open, close in
      object(
        [
          ("name", quoted("string.quoted.double.khabar")), ("begin", quoted(open)),
          ("end", quoted(close + "|$")),
          ("patterns", "[\(escapes)]"),
        ], separator: ", ")
    }
    return [
      rule("comment.line.number-sign", "#.*$"),
      rule("string.unquoted.expected", #"^[ \t]*=(?=[ \t]|$).*$"#),
    ] + strings + [
      rule(
        "constant.numeric.time",
        #"(?<![\p{L}\p{M}\p{N}_])-?[0-9X٠-٩۰-۹]{4}(?:-[0-9X٠-٩۰-۹]{2}){1,2}(?:T[0-9:.+Z-]+)?[~?%؟٪]?"#),
      rule(
        "constant.numeric.time",
        #"(?<![\p{L}\p{M}\p{N}_])[0-9]{4}[~?%؟٪]|\[[0-9XYE.,~?% -]*\]|\.\.(?=/)|(?<=/)\.\."#),
      rule("constant.numeric", #"(?<![\p{L}\p{M}\p{N}_])[0-9٠-٩۰-۹]+(?:[.٫][0-9٠-٩۰-۹]+)?"#),
    ]
  }

  private static let symbols = rule("keyword.operator", #"[|=<>≠≤≥]|!=|<=|>="#)

  // MARK: - Words

  /// Any of the spellings as a whole word, the longest first; in Arabic perhaps with `و` (and) before it, and in any
  /// spelling of its letters that is read as the same.
  private static func pattern(_ spellings: [String]) -> String {
    let ordered = Set(spellings).sorted { ($1.count, $0) < ($0.count, $1) }
    let words = ordered.map { spelling in
      spelling.unicodeScalars.reduce(into: "") { $0 += variants($1) }
    }
    return #"(?i)(?<![\p{L}\p{M}\p{N}_.])و?(?:"# + words.joined(separator: "|") + #")(?![\p{L}\p{M}\p{N}_])"#
  }

  private static func variants(_ scalar: Unicode.Scalar) -> String {
    let alike: [Set<Unicode.Scalar>] = [["ا", "أ", "إ", "آ"], ["ى", "ي"], ["ة", "ه"], ["ؤ", "ئ", "ء"]]
    if scalar == " " { return #"\s+"# }
    guard let set = alike.first(where: { $0.contains(scalar) }) else { return String(scalar) }
    return "[" + set.sorted().reduce(into: "") { $0.unicodeScalars.append($1) } + "]"
  }

  // MARK: - JSON

  private static func rule(_ scope: String, _ pattern: String) -> String {
    object([("name", quoted(scope + ".khabar")), ("match", quoted(pattern))], separator: ", ")
  }

  private static func object(_ members: [(String, String)], separator: String = ",\n  ") -> String {
    let isShort = separator == ", "
    let body = members.map { "\(quoted($0.0)): \($0.1)" }.joined(separator: separator)
    return isShort ? "{ \(body) }" : "{\n  \(body)\n}"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : String($1) } + "\""
  }
}
