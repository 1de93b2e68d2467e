import Glibc
import Khabar
import KhabarSyntax
import KhabarTable
import KhabarText

// `.watch`: a query asked again and again.
extension Shell {
  func watch(_ line: DotLine) throws {
    guard isInteractive else {
      throw line.error("E0634", "`.watch` needs a terminal", at: line.name, help: "use it in the shell")
    }
    guard let first = line.words.first, let seconds = Double(first.text), (0.1...86_400).contains(seconds)
    else {
      throw line.error(
        "E0610", "expected a number of seconds from 0.1 to 86400 after `.watch`",
        at: line.words.first ?? line.name, help: "for example `.watch 2 events | count`")
    }
    let query = line.text(after: first)
    guard !query.text.allSatisfy(\.isWhitespace), line.words.count > 1 else {
      throw line.error(
        "E0610", "expected a query after the seconds", at: first,
        help: "for example `.watch 2 events | count`")
    }
    var files = stamps
    repeat {
      try reloadIfChanged(&files)
      clearScreen()
      let text = query.text.trimmingBlanks
      runner.output.write("every \(first.text) s: \(VisibleText.escape(text)) · \(LocalClock.now())\n\n")
      runner.output.flush()
      if !run(query) { throw ScriptFailure() }
    } while waited(seconds)
    runner.tell("")
  }

  private var stamps: [FileStamp?] { runner.session.model.filesOnDisk.map { FileStamp($0) } }

  private func reloadIfChanged(_ files: inout [FileStamp?]) throws {
    let now = stamps
    guard now != files else { return }
    runner.session = try runner.session.reloaded()
    files = now
  }

  private func clearScreen() {
    if Terminal.understandsEscapes { runner.output.write("\u{1B}[H\u{1B}[2J\u{1B}[3J") }
  }

  /// False: Ctrl-C came first.
  private func waited(_ seconds: Double) -> Bool {
    let watch = Stopwatch()
    let end = Int(seconds * 1e9)
    while !Signals.interruptRequested {
      let left = end - watch.nanoseconds
      if left <= 0 { return true }
      // Short sleeps: a signal may come just before one.
      _ = poll(nil, 0, Int32(min(50, left / 1_000_000 + 1)))
    }
    return false
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
