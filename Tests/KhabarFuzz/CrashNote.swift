import Glibc

/// The text that is being read, where a signal handler finds it.
enum CrashNote {
  static let capacity = 1 << 16
  // Written by the one thread that fuzzes, read by the handler when that thread has stopped.
  nonisolated(unsafe) private static let text = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
  nonisolated(unsafe) private static var count = 0

  static func remember(_ bytes: [UInt8]) {
    count = min(bytes.count, capacity)
    bytes.withUnsafeBufferPointer { source in
      if let start = source.baseAddress { memcpy(text, start, count) }
    }
  }

  static func install() {
    // A trap by stack overflow needs a stack of its own to be told.
    let size = 1 << 16
    var stack = stack_t(ss_sp: malloc(size), ss_flags: 0, ss_size: size)
    sigaltstack(&stack, nil)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { signal in CrashNote.tell(signal) }
    action.sa_flags = SA_ONSTACK | Int32(bitPattern: UInt32(SA_RESETHAND))
    for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGALRM] {
      sigaction(signal, &action, nil)
    }
  }

  /// Only what may be called in a signal handler.
  private static func tell(_ signal: Int32) {
    write(STDERR_FILENO, "\nfailed on:\n", 12)
    write(STDERR_FILENO, text, count)
    write(STDERR_FILENO, "\n", 1)
    let file = open("fuzz-crash.txt", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    if file >= 0 {
      write(file, text, count)
      close(file)
    }
    raise(signal)
    _exit(1)
  }
}
