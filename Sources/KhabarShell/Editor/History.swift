import Glibc

/// The statements of this and former shells, oldest first, kept in a file that several shells share.
///
/// The file holds one entry a line; in an entry a newline is `\n` and a backslash `\\`. An entry is appended with one
/// write as soon as its statement is submitted, so a shell that is killed loses nothing and shells side by side
/// don't lose each other's. Lines that can't be read as entries are skipped and left where they are.
///
///     let history = History()
///     history.append("events | count")
///     history.entries.last
///
/// Whatever goes wrong with the file, the entries of this shell are kept in memory, and `takeNote()` says once what
/// went wrong.
final class History {
  private let file: HistoryFile?
  private let limit: Int
  private var loaded: [String] = []
  private var isLoaded = false
  private var note: String?
  private var hasNoted = false

  /// Longer entries are kept for this shell only.
  static let longestEntry = 1 << 16

  init(path: String? = History.defaultPath(), limit: Int = 10_000) {
    file = path.map { HistoryFile(path: $0) }
    self.limit = max(1, limit)
    if path == nil {
      disclose("the history is not kept: neither XDG_STATE_HOME nor HOME names a directory")
    }
  }

  /// Oldest first; reads the file when first asked.
  var entries: [String] {
    load()
    return loaded
  }

  /// Reads the file, once, and cuts it to the newest `limit` entries if it has become much longer.
  func load() {
    guard !isLoaded else { return }
    isLoaded = true
    guard let file else { return }
    switch file.readLines() {
    case .success(let lines):
      loaded = lines.compactMap { HistoryEntry(line: $0)?.statement }
      if loaded.count > limit { loaded.removeFirst(loaded.count - limit) }
      if lines.count > limit + limit / 4, let failure = file.trim(toLines: limit) { noteFailure(failure) }
    case .failure(let failure):
      noteFailure(failure)
    }
  }

  /// Keeps a statement, unless it is blank, begins with a space or repeats the one before.
  func append(_ statement: String) {
    load()
    let isBlank = statement.allSatisfy { $0.isWhitespace }
    guard !isBlank, !statement.hasPrefix(" "), statement != loaded.last else { return }
    loaded.append(statement)
    if loaded.count > limit { loaded.removeFirst(loaded.count - limit) }
    guard let file, statement.utf8.count <= History.longestEntry else { return }
    if let failure = file.append(HistoryEntry(statement: statement).line) { noteFailure(failure) }
  }

  /// What went wrong, the first time it is asked for.
  func takeNote() -> String? {
    defer { note = nil }
    return note
  }

  private func noteFailure(_ failure: HistoryFile.Failure) {
    disclose("the history is not kept: \(failure.path): \(failure.reason)")
  }

  private func disclose(_ text: String) {
    guard !hasNoted else { return }
    hasNoted = true
    note = text
  }

  /// `$XDG_STATE_HOME/khabar/history`, by default `~/.local/state/khabar/history`. As the XDG specification has it,
  /// a relative $XDG_STATE_HOME counts as none.
  static func defaultPath(environment: (String) -> String? = Terminal.environment) -> String? {
    if let state = environment("XDG_STATE_HOME"), state.hasPrefix("/") { return state + "/khabar/history" }
    if let home = environment("HOME"), home.hasPrefix("/") { return home + "/.local/state/khabar/history" }
    return nil
  }
}

/// One statement as one line of the file.
struct HistoryEntry: Equatable {
  let statement: String

  init(statement: String) {
    self.statement = statement
  }

  /// Nil for a line that is empty or no UTF-8.
  init?(line: some Collection<UInt8>) {
    guard !line.isEmpty, let text = String(validating: line, as: UTF8.self) else { return nil }
    guard line.contains(UInt8(ascii: "\\")) else {
      statement = text
      return
    }
    var statement = String.UnicodeScalarView()
    var isEscaped = false
    for scalar in text.unicodeScalars {
      if isEscaped {
        // A backslash before anything else is a foreign one and stays.
        if scalar != "n", scalar != "r", scalar != "\\" { statement.append("\\") }
        statement.append(scalar == "n" ? "\n" : scalar == "r" ? "\r" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        statement.append(scalar)
      }
    }
    if isEscaped { statement.append("\\") }
    self.statement = String(statement)
  }

  var line: [UInt8] {
    var bytes: [UInt8] = []
    for byte in statement.utf8 {
      switch byte {
      case UInt8(ascii: "\n"): bytes += Array("\\n".utf8)
      case UInt8(ascii: "\r"): bytes += Array("\\r".utf8)
      case UInt8(ascii: "\\"): bytes += Array("\\\\".utf8)
      default: bytes.append(byte)
      }
    }
    return bytes
  }
}
