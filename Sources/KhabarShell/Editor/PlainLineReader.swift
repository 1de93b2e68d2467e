import Glibc

/// Lines of a descriptor, for pipes, files, and terminals that can't be edited on.
///
/// Lines come as they are, without their newline; bytes that are no UTF-8 come as U+FFFD, NUL bytes as themselves.
/// With `isComplete` the lines are put together to statements, an empty line ending one that isn't complete.
final class PlainLineReader: LineEditor {
  private let descriptor: Int32
  private let showsPrompts: Bool
  private let isComplete: ((String) -> Bool)?
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// Prompts are shown when `descriptor` and standard output are terminals.
  init(descriptor: Int32 = STDIN_FILENO, isComplete: ((String) -> Bool)? = nil) {
    self.descriptor = descriptor
    self.isComplete = isComplete
    showsPrompts = Terminal.isTerminal(descriptor) && Terminal.isTerminal(STDOUT_FILENO)
  }

  func readStatement(prompt: String, continuation: String) -> ReadResult {
    var statement = ""
    var nextPrompt = prompt
    while true {
      show(nextPrompt)
      switch readLine() {
      case .statement(let line):
        if line.isEmpty { return .statement(statement) }
        statement += statement.isEmpty ? line : "\n" + line
        guard let isComplete, !isComplete(statement) else { return .statement(statement) }
        nextPrompt = continuation
      case .endOfInput:
        return statement.isEmpty ? .endOfInput : .statement(statement)
      case let other:
        return other
      }
    }
  }

  private func readLine() -> ReadResult {
    var searched = start
    while true {
      if let newline = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        return .statement(take(upTo: newline, next: newline + 1))
      }
      searched = buffer.count
      if isAtEnd {
        guard start < buffer.count else { return .endOfInput }
        return .statement(take(upTo: buffer.count, next: buffer.count))
      }
      let consumed = start
      if let failure = fill() { return failure }
      searched -= consumed - start
    }
  }

  private func take(upTo end: Int, next: Int) -> String {
    let line = String(decoding: buffer[start..<end], as: UTF8.self)
    start = next
    return line
  }

  /// Reads once; what it returns ends the reading of this line.
  private func fill() -> ReadResult? {
    buffer.removeSubrange(..<start)
    start = 0
    let capacity = 1 << 16
    var count = 0
    let chunk = [UInt8](unsafeUninitializedCapacity: capacity) { bytes, initialized in
      count = read(descriptor, bytes.baseAddress, capacity)
      initialized = max(0, count)
    }
    let reason = errno
    if count > 0 {
      buffer += chunk
    } else if count == 0 {
      // A terminal can go on after Ctrl-D; a pipe cannot, and is not asked again.
      isAtEnd = !showsPrompts || !buffer.isEmpty
      return buffer.isEmpty ? .endOfInput : nil
    } else if reason == EINTR {
      return interrupt()
    } else if reason == EIO, showsPrompts {
      return .endOfInput  // the terminal is gone
    } else if reason != EAGAIN {
      return .failed(String(cString: strerror(reason)))
    } else {
      waitForInput()
    }
    return nil
  }

  private func interrupt() -> ReadResult? {
    guard Signals.interruptRequested else { return nil }
    Signals.clearInterrupt()
    buffer.removeAll()
    start = 0
    if showsPrompts { writeToTerminal("\n") }
    return .interrupted
  }

  private func waitForInput() {
    var input = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    _ = poll(&input, 1, -1)
  }

  private func show(_ prompt: String) {
    if showsPrompts { writeToTerminal(prompt) }
  }
}
