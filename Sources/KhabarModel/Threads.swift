import Glibc

/// Work that is cut into parts of equal kind, each done on a thread of its own.
package enum Threads {
  /// As many as the environment says in KHABAR_THREADS, else as many as the machine runs at once.
  package static let available = max(
    1, getenv("KHABAR_THREADS").flatMap { Int(String(cString: $0)) } ?? sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Does the parts `0..<count`, and returns when all are done. A part must not touch what another writes.
  package static func run(_ count: Int, _ body: (Int) -> Void) {
    guard count > 1 else {
      if count == 1 { body(0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let threads = (1..<count).map { part in Started(part, body) }
      body(0)
      threads.forEach { $0.finish() }
    }
  }

  /// Cuts rows into ranges of about the same length, one for each thread, and does these.
  package static func run(_ count: Int, rows: Int, _ body: (_ part: Int, Range<Int>) -> Void) {
    let count = max(1, min(count, rows / leastRows + 1))
    run(count) { part in body(part, range(part, of: count, rows: rows)) }
  }

  /// The rows of a part.
  package static func range(_ part: Int, of count: Int, rows: Int) -> Range<Int> {
    (rows * part / count)..<(rows * (part + 1) / count)
  }

  /// For fewer rows a thread is not worth its start.
  private static let leastRows = 1 << 14

  /// A part on its thread; where there is none to be had, it is done when it is waited for.
  private final class Started {
    private let part: Int
    private let body: (Int) -> Void
    private var thread: pthread_t?

    init(_ part: Int, _ body: @escaping (Int) -> Void) {
      self.part = part
      self.body = body
      var thread = pthread_t()
      let context = Unmanaged.passRetained(self)
      let status = pthread_create(
        &thread, nil,
        { pointer in
          guard let pointer else { return nil }
          let started = Unmanaged<Started>.fromOpaque(pointer).takeRetainedValue()
          started.body(started.part)
          return nil
        }, context.toOpaque())
      if status == 0 { self.thread = thread } else { context.release() }
    }

    func finish() {
      if let thread { pthread_join(thread, nil) } else { body(part) }
    }
  }
}
