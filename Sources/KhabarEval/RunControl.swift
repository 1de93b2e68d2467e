import Glibc
import KhabarModel
import KhabarPlan
import KhabarSyntax
import Synchronization

/// What each statement may use up; nil: as much as it likes.
package struct RunLimits: Hashable, Sendable {
  package var nanoseconds: Int?
  /// Of an answer, and of what is found on the way to it.
  package var rows: Int?
  /// By which the process may grow while the statement runs.
  package var bytes: Int?
  /// At the same time; nil: as many as the machine runs at once. Answers do not depend on it.
  package var threads: Int?

  package init(nanoseconds: Int? = nil, rows: Int? = nil, bytes: Int? = nil, threads: Int? = nil) {
    self.nanoseconds = nanoseconds
    self.rows = rows
    self.bytes = bytes
    self.threads = threads
  }
}

/// Between a run and whoever waits for it: how far it has come, whether it is still wanted, and what it may use up.
///
///     let control = RunControl(limits: RunLimits(rows: 10_000)) { Signals.interruptRequested }
///     try session.run(source, control: control) { … }     // on one thread
///     control.progress.state                              // on another
package final class RunControl: Sendable {
  package let limits: RunLimits
  /// How many threads a run may use.
  package let threads: Int
  let thresholds: Thresholds
  package let progress = Progress()
  private let isCancelled: @Sendable () -> Bool
  private let isLeft = Atomic(false)
  private let start = Atomic(0)
  private let residentAtStart = Atomic(0)
  /// When memory is looked at again: a look costs more than a batch may.
  private let nextLook = Atomic(0)

  package init(
    limits: RunLimits = RunLimits(), thresholds: Thresholds = Thresholds(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.limits = limits
    self.thresholds = thresholds
    threads = max(1, limits.threads ?? Threads.available)
    self.isCancelled = isCancelled
  }

  /// A statement begins: what it may use up is counted from here.
  package func begin() {
    progress.clear()
    guard limits != RunLimits() else { return }
    start.store(Profile.now(), ordering: .relaxed)
    if limits.bytes != nil { residentAtStart.store(Self.residentBytes(), ordering: .relaxed) }
  }

  /// Nobody waits for the run any more.
  package func cancel() { isLeft.store(true, ordering: .relaxed) }

  /// Whether nobody wants the run any more.
  package var isStopped: Bool { isLeft.load(ordering: .relaxed) || isCancelled() }

  /// The last statement has ended.
  package func finish() {
    start.store(0, ordering: .relaxed)
    progress.clear()
  }

  /// Stops a run that nobody wants, or that has used up what it may.
  func check() throws(EvaluationError) {
    if isStopped { throw .cancelled }
    guard limits.nanoseconds != nil || limits.bytes != nil else { return }
    let now = Profile.now()
    if let error = timeError(at: now) { throw .failed(error) }
    guard let most = limits.bytes, now >= nextLook.load(ordering: .relaxed) else { return }
    nextLook.store(now + Self.timeBetweenLooks, ordering: .relaxed)
    let growth = Self.residentBytes() - residentAtStart.load(ordering: .relaxed)
    if growth > most { throw .failed(LimitError.memory(growth, most).diagnostic) }
  }

  func check(rows: Int) throws(EvaluationError) {
    if let most = limits.rows, rows > most { throw .failed(LimitError.rows(rows, most).diagnostic) }
  }

  /// What is wrong with the statement's time, if it has run for so much longer than it may: also for those who wait for
  /// a run that does not look, within a pattern for example.
  package func timeError(patience: Int = 0) -> Diagnostic? {
    limits.nanoseconds == nil ? nil : timeError(at: Profile.now() - patience)
  }

  private func timeError(at now: Int) -> Diagnostic? {
    let start = start.load(ordering: .relaxed)
    guard let most = limits.nanoseconds, start > 0, now - start > most else { return nil }
    return LimitError.time(now - start, most).diagnostic
  }

  // MARK: - Memory

  private static var timeBetweenLooks: Int { 5_000_000 }

  /// What of the process lies in memory.
  private static func residentBytes() -> Int {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 128) { buffer, initialized in
      count = read(descriptor, buffer.baseAddress, 128)
      initialized = max(0, count)
    }
    let pages = bytes.split(separator: UInt8(ascii: " ")).dropFirst().first
    return (pages.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0) * Int(getpagesize())
  }
}

/// What was used up.
private enum LimitError {
  case time(Int, Int)
  case rows(Int, Int)
  case memory(Int, Int)

  var diagnostic: Diagnostic {
    switch self {
    case .time(let reached, let most):
      error(
        "E0507", "it has run for \(Quantity.time(reached)); the limit of time is \(Quantity.time(most))",
        "time", Quantity.time(most * 10))
    case .rows(let reached, let most):
      error(
        "E0508", "\(Quantity.count(reached)) rows were reached; the limit of rows is \(Quantity.count(most))",
        "rows", String(most * 10))
    case .memory(let reached, let most):
      error(
        "E0509",
        "memory has grown by \(Quantity.memory(reached)); the limit of memory is \(Quantity.memory(most))",
        "memory", Quantity.memory(most * 10))
    }
  }

  private func error(_ id: String, _ message: String, _ limit: String, _ more: String) -> Diagnostic {
    let value = more.filter { $0 != " " }
    return Diagnostic(
      id, message, at: .none,
      help: [
        "raise it with `.limit \(limit) \(value)` in the shell, or `--limit-\(limit) \(value)`",
        "or ask for less: a narrower clause, a shorter time, `| take 100` earlier",
      ])
  }
}

/// Amounts as a person reads them, and as limits are written.
package enum Quantity {
  /// `412 µs`, `13.2 ms`, `1.204 s`; of nanoseconds.
  package static func time(_ nanoseconds: Int) -> String {
    let micros = nanoseconds / 1000
    if micros < 1000 { return "\(micros) µs" }
    if micros < 1_000_000 { return decimal(micros, 1000, digits: 1) + " ms" }
    return decimal(micros, 1_000_000, digits: 3) + " s"
  }

  /// `12,345`
  package static func count(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `500 MB`, `1.5 GB`; a kilobyte is 1,000 bytes.
  package static func memory(_ bytes: Int) -> String {
    let units = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "KB")]
    guard let (unit, name) = units.first(where: { bytes >= $0.0 }) else { return "\(bytes) B" }
    return decimal(bytes, unit, digits: 1) + " " + name
  }

  /// A quotient with as many digits after the point, zeros at its end left out.
  private static func decimal(_ number: Int, _ unit: Int, digits: Int) -> String {
    var scale = 1
    for _ in 0..<digits { scale *= 10 }
    let rest = String(number % unit / max(1, unit / scale))
    var fraction = String(repeating: "0", count: max(0, digits - rest.count)) + rest
    while fraction.last == "0" { fraction.removeLast() }
    return "\(number / unit)" + (fraction.isEmpty ? "" : "." + fraction)
  }
}
