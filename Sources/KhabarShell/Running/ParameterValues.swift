import Khabar
import KhabarSyntax

/// Values for the parameters of scripts, as the command line, the environment and files give them.
package enum ParameterValues {
  /// `NAME=VALUE`, or a NAME whose value is in the environment; nil: neither.
  package static func pair(_ item: String) -> (String, String)? {
    if let pair = divided(item[...]) { return pair }
    guard !item.contains("="), let value = Terminal.environment(item) else { return nil }
    return (item, value)
  }

  private static func divided(_ line: Substring) -> (String, String)? {
    guard let equal = line.firstIndex(of: "="), equal > line.startIndex else { return nil }
    return (String(line[..<equal]), String(line[line.index(after: equal)...]))
  }

  /// The lines `NAME=VALUE` of a text. What is after the first `=` is the value as it is; empty lines, and those that
  /// begin with `#`, say nothing.
  ///
  /// - Throws: `KhabarError` (E0663) with each line that is none.
  package static func pairs(of source: SourceText) throws -> [(String, String)] {
    var pairs: [(String, String)] = []
    var wrong: [Diagnostic] = []
    var start = 0
    for line in source.text.split(
      omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" })
    {
      let end = start + line.utf8.count
      // A newline after a carriage return is one character of two bytes.
      defer { start = end + (source.utf8.dropFirst(end).starts(with: [0x0D, 0x0A]) ? 2 : 1) }
      if line.allSatisfy(\.isWhitespace) || line.first == "#" { continue }
      if let pair = divided(line) {
        pairs.append(pair)
      } else {
        wrong.append(
          Diagnostic(
            "E0663", "expected `NAME=VALUE`; found `\(line)`", at: Span(start, end),
            help: ["a line for each parameter, as in `who=Lavrov`"]))
      }
    }
    if !wrong.isEmpty { throw KhabarError(wrong, in: source) }
    return pairs
  }
}
