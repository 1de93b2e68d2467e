/// The few styles output uses, as SGR sequences (ECMA-48, 8.3.117).
package enum TerminalStyle: String, Sendable {
  case plain = ""
  case bold = "1"
  case dim = "2"
  case red = "1;31"
  case green = "1;32"
  case yellow = "1;33"
  case cyan = "1;36"

  /// `text` in this style; as it is when `enabled` is false.
  package func apply(_ text: String, enabled: Bool = true) -> String {
    guard enabled, self != .plain, !text.isEmpty else { return text }
    return "\u{1B}[\(rawValue)m\(text)\u{1B}[0m"
  }
}
