import Glibc
import Synchronization

/// Work on a thread of its own, which sends what it finds out as it goes.
///
/// Ctrl-C has to be answered at once, but what a query has piled up until then takes its time to be given back. So
/// whoever waits leaves, and the thread, told that it is cancelled, tidies up by itself.
///
///     let run = BackgroundRun<Int> { run in for number in 1... where !run.isCancelled { run.send(number) } }
///     while let number = run.next(unless: { Signals.interruptRequested }) { … }
final class BackgroundRun<Message: Sendable>: Sendable {
  private struct Mailbox {
    var messages: ArraySlice<Message> = []
    var isAtEnd = false
  }

  private let mailbox = Mutex(Mailbox())
  private let isLeft = Atomic(false)
  /// A byte in this pipe says that something has happened to the mailbox.
  private let bell = Bell()

  /// Milliseconds after which the waiting look round even if nothing rings: a signal may have come just before.
  private static var patience: Int32 { 20 }
  init(_ work: @escaping @Sendable (BackgroundRun) -> Void) {
    let body: @Sendable () -> Void = {
      work(self)
      self.mailbox.withLock { $0.isAtEnd = true }
      self.bell.ring()
    }
    if !ThreadBody(body).start() { body() }
  }

  var isCancelled: Bool { isLeft.load(ordering: .relaxed) }

  func send(_ message: Message) {
    mailbox.withLock { $0.messages.append(message) }
    bell.ring()
  }

  /// The next message; nil at the end, or when the work has been cancelled because of what `isInterrupted` said.
  func next(unless isInterrupted: () -> Bool) -> Message? {
    while true {
      if isInterrupted() {
        isLeft.store(true, ordering: .relaxed)
        return nil
      }
      let (message, isAtEnd) = mailbox.withLock { ($0.messages.popFirst(), $0.isAtEnd) }
      if message != nil || isAtEnd { return message }
      bell.wait(milliseconds: BackgroundRun.patience)
    }
  }
}

/// What a thread is to do.
private final class ThreadBody: Sendable {
  private let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }

  /// False: there is no thread to be had.
  func start() -> Bool {
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else { return false }
    pthread_attr_setstacksize(&attributes, ThreadBody.stackSize)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var thread = pthread_t()
    let context = Unmanaged.passRetained(self)
    let status = pthread_create(&thread, &attributes, ThreadBody.main, context.toOpaque())
    pthread_attr_destroy(&attributes)
    if status != 0 { context.release() }
    return status == 0
  }

  /// The parser's and the evaluator's recursion is bounded for what main threads usually have, and more.
  private static var stackSize: Int { 64 << 20 }

  private static let main: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    pointer in
    if let pointer { Unmanaged<ThreadBody>.fromOpaque(pointer).takeRetainedValue().run() }
    return nil
  }
}

/// Wakes one that waits. Without a pipe to be had, waiting takes as long as it may.
private final class Bell: Sendable {
  private let reader: Int32
  private let writer: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    let isMade = pipe(&ends) == 0
    if isMade { ends.forEach { _ = fcntl($0, F_SETFL, O_NONBLOCK) } }
    reader = isMade ? ends[0] : -1
    writer = isMade ? ends[1] : -1
  }

  deinit {
    if reader >= 0 { close(reader) }
    if writer >= 0 { close(writer) }
  }

  func ring() {
    var byte: UInt8 = 1
    _ = write(writer, &byte, 1)
  }

  func wait(milliseconds: Int32) {
    var waiting = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
    _ = poll(&waiting, 1, milliseconds)
    var bytes: UInt64 = 0
    _ = read(reader, &bytes, MemoryLayout<UInt64>.size)
  }
}
