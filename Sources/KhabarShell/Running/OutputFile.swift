import Glibc

/// Standard output or standard error, written in blocks.
///
/// When the reader of a pipe has gone away nobody is left to tell: the process ends quietly. Any other failure is told
/// once, and ends it with status 1: results that are lost must not look like results. Of a file that was opened for one
/// answer, whoever opened it looks after failures.
package final class OutputFile: TextOutputStream {
  package static let blockSize = 1 << 16

  package let descriptor: Int32
  private var buffer: [UInt8] = []
  /// Asked before each block whether what is left of this output should be dropped.
  package var isDropped: () -> Bool = { false }

  private let endsProcess: Bool
  /// The number of what went wrong; what is written after that is dropped.
  private(set) var failure: Int32?

  package init(_ descriptor: Int32, endsProcess: Bool = true) {
    self.descriptor = descriptor
    self.endsProcess = endsProcess
  }

  package func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= OutputFile.blockSize { flush() }
  }

  /// Writes what is left.
  package func flush() {
    if failure == nil, !isDropped() { writeAll() }
    buffer.removeAll(keepingCapacity: true)
  }

  private func writeAll() {
    var written = 0
    while written < buffer.count {
      let count = buffer[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        written += count
      } else if count == 0 || errno == EINTR {
        if isDropped() { return }
      } else if errno == EAGAIN {
        var output = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&output, 1, -1)
      } else {
        return fail(errno)
      }
    }
  }

  private func fail(_ reason: Int32) {
    failure = reason
    guard endsProcess else { return }
    if reason == EPIPE {
      signal(SIGPIPE, SIG_DFL)
      raise(SIGPIPE)
    } else if descriptor != STDERR_FILENO {
      let message = "khabar: cannot write the output: \(String(cString: strerror(reason)))\n"
      _ = Array(message.utf8).withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
    _exit(1)
  }
}
