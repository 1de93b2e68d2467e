import Synchronization

/// How far a run has come. The operator that is at work, the innermost of them, says what it does, how much of it is done
/// where that is known, and how many rows it has found.
package final class Progress: Sendable {
  /// Raw values are what is shown.
  package enum Step: String, Sendable {
    case filter, columns, sort, groups, join, sequence, path, walk
  }

  package struct State: Sendable {
    /// Nil before the first operator that takes long.
    package var step: Step?
    package var done = 0
    /// Nil: it cannot be known before the end.
    package var total: Int?
    package var rows = 0
    /// When the step began, in nanoseconds of a clock that only goes on.
    var start = 0

    package init() {}

    init(step: Step, total: Int?, start: Int) {
      self.step = step
      self.total = total
      self.start = start
    }

    /// Nil where it is not known.
    package var share: Double? {
      guard let total, total > 0 else { return nil }
      return min(1, Double(done) / Double(total))
    }

    /// Nanoseconds until the step is done, if it goes on as it did so far; nil before that can be guessed.
    package var left: Int? {
      guard let share, share >= 0.01 else { return nil }
      return Int(exactly: (Double(Profile.now() - start) * (1 - share) / share).rounded())
    }
  }

  private let current = Mutex(State())

  package init() {}

  package var state: State { current.withLock { $0 } }

  func clear() { current.withLock { $0 = State() } }

  /// A step begins; the one that waits for it meanwhile is given back to `end`.
  func begin(_ step: Step, of total: Int? = nil) -> State {
    let now = Profile.now()
    return current.withLock { state in
      defer { state = State(step: step, total: total, start: now) }
      return state
    }
  }

  func end(_ outer: State) { current.withLock { $0 = outer } }

  func report(_ done: Int, rows: Int) {
    current.withLock {
      $0.done = done
      $0.rows = rows
    }
  }
}
