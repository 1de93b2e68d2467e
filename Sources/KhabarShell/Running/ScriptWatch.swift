import Glibc
import KhabarTable
import KhabarText

/// `khabar run --watch`: runs a script again whenever a file that it has read changes, until Ctrl-C.
///
/// Times of files are looked at, since that works on every file system, also for files that are not there yet. An editor
/// or a download may write a file in several steps: a run begins when nothing has changed for a moment.
package struct ScriptWatch {
  /// The script, and the models.
  private let named: [String]
  /// Runs the script, and notes the files that it reads.
  private let run: (ReadLog) -> Void
  private let style: OutputStyle

  private static var period: Int32 { 200 }

  package init(_ named: [String], style: OutputStyle, run: @escaping (ReadLog) -> Void) {
    self.named = named
    self.style = style
    self.run = run
  }

  package func begin() -> Never {
    while true {
      let log = ReadLog()
      named.forEach(log.note)
      run(log)
      tell(ScriptWatch.waitForChange(of: log.files))
    }
  }

  /// The first of the files that has changed, once all have come to rest.
  private static func waitForChange(of files: [String: FileStamp?]) -> String {
    var last = files
    while true {
      _ = poll(nil, 0, period)
      let now = Dictionary(uniqueKeysWithValues: files.keys.map { ($0, FileStamp($0)) })
      if now == last, now != files { return now.keys.sorted().first { now[$0] != files[$0] } ?? "" }
      last = now
    }
  }

  /// A line between two runs, for people only.
  private func tell(_ file: String) {
    guard Terminal.isTerminal(STDERR_FILENO) else { return }
    let errors = OutputFile(STDERR_FILENO)
    let text = VisibleText.escape("── \(LocalClock.now()) · \(file) has changed ──", keepsMarks: true)
    errors.write("\n" + TerminalStyle.dim.apply(text, enabled: style.colour(STDERR_FILENO)) + "\n")
    errors.flush()
  }
}
