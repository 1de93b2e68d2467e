import CEditLine

/// Ctrl-C during a query. The handler sets a flag and nothing more; whoever runs long polls the flag.
///
///     Signals.install()
///     Signals.clearInterrupt()
///     while more, !Signals.interruptRequested { … }
package enum Signals {
  /// From here on Ctrl-C no longer ends the process.
  package static func install() {
    cel_signals_install()
  }

  /// True from a Ctrl-C until `clearInterrupt()`; cheap, and safe to read from any thread.
  package static var interruptRequested: Bool {
    cel_interrupt_requested()
  }

  package static func clearInterrupt() {
    cel_interrupt_clear()
  }
}
