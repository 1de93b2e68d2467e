import Glibc

/// Ctrl-C where nobody can go on after it.
package enum Interruption {
  /// Ctrl-C ends the process with status 130, unless whoever started it wants it ignored.
  package static func endsProcess() {
    var action = sigaction()
    guard sigaction(SIGINT, nil, &action) == 0 else { return }
    if unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1 { return }  // SIG_IGN
    signal(SIGINT) { _ in _exit(130) }
  }
}
