import Glibc

/// What is known about the terminal without asking it anything: a terminal that is asked may not answer.
package enum Terminal {
  package struct Size: Equatable {
    package var columns: Int
    package var rows: Int
  }

  package static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
  }

  /// Somebody types and somebody looks: standard input and output are terminals.
  package static var isInteractive: Bool {
    isTerminal(STDIN_FILENO) && isTerminal(STDOUT_FILENO)
  }

  /// The window's size, or nil where there is no window or it doesn't tell.
  package static func windowSize(of descriptor: Int32 = STDOUT_FILENO) -> Size? {
    var window = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else {
      return nil
    }
    return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
  }

  /// The width to fit output to: the window's, else $COLUMNS, else 80.
  package static var width: Int {
    if let size = windowSize() { return size.columns }
    if let columns = environment("COLUMNS").flatMap({ Int($0) }), columns > 0 { return columns }
    return 80
  }

  /// Whether `descriptor` may be written colours to; `NO_COLOR` as no-color.org has it.
  package static func allowsColour(on descriptor: Int32 = STDOUT_FILENO) -> Bool {
    isTerminal(descriptor) && understandsEscapes && (environment("NO_COLOR") ?? "").isEmpty
  }

  /// Whether the terminal knows escape sequences, as far as its name says.
  static var understandsEscapes: Bool {
    let name = environment("TERM") ?? ""
    return !name.isEmpty && name != "dumb" && name != "emacs"
  }

  /// Whether the locale is one of Unicode, as far as its name says; where none is named, it may be.
  static var localeHasUnicode: Bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment($0) }
    guard let name = names.first(where: { !$0.isEmpty })?.lowercased() else { return true }
    return name.contains("utf-8") || name.contains("utf8")
  }

  static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
  }
}
