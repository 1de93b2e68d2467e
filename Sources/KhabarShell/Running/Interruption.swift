import Glibc
import Synchronization

/// Ctrl-C where nobody can go on after it.
package enum Interruption {
  private static let isLineDrawn = Atomic(false)

  /// Ctrl-C ends the process with status 130, unless whoever started it wants it ignored.
  package static func endsProcess() {
    hasLine(false)
    var action = sigaction()
    guard sigaction(SIGINT, nil, &action) == 0 else { return }
    if unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1 { return }  // SIG_IGN
    signal(SIGINT) { _ in
      if Interruption.isLineDrawn.load(ordering: .relaxed) {
        var erase: (UInt8, UInt8, UInt8, UInt8) = (0x0D, 0x1B, 0x5B, 0x4B)
        _ = write(STDERR_FILENO, &erase, 4)
      }
      _exit(130)
    }
  }

  /// Whether there is a line on standard error that the end would leave behind.
  static func hasLine(_ isDrawn: Bool) { isLineDrawn.store(isDrawn, ordering: .relaxed) }
}
