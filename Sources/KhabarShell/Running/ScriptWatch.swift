import Glibc
import Khabar
import KhabarText

/// `khabar run --watch`: runs a script again whenever a file that it has read changes, until Ctrl-C.
///
/// Times of files are looked at, since that works on every file system, also for files that are not there yet. An editor
/// or a download may write a file in several steps: a run begins when nothing has changed for a moment.
package struct ScriptWatch {
  /// The files that are known before a run: the script, and the models.
  private let named: [String]
  /// Runs the script, and gives all the files that its answers come from.
  private let run: () -> [String]
  private let style: OutputStyle

  private static var period: Int32 { 200 }

  package init(_ named: [String], style: OutputStyle, run: @escaping () -> [String]) {
    self.named = named
    self.style = style
    self.run = run
  }

  package func begin() -> Never {
    var files = named
    while true {
      // What changes while a run reads it is a change, too.
      let before = FileStamps(files)
      let read = run()
      let stamps = read == files ? before : FileStamps(read)
      files = read
      tell(ScriptWatch.waitForChange(of: files, since: stamps))
    }
  }

  /// The first of the files that has changed, once all have come to rest.
  static func waitForChange(of files: [String], since stamps: FileStamps) -> String {
    var last = stamps
    while true {
      _ = poll(nil, 0, period)
      let now = FileStamps(files)
      if now == last, now != stamps { return now.firstDifference(from: stamps).map { files[$0] } ?? "" }
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
