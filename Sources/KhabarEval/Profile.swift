import Glibc
import KhabarPlan

/// What each operator of a plan gave, and how long it took: for `explain run`.
package final class Profile {
  /// An operator that has run, with those below it.
  package struct Node: Sendable {
    package var plan: Plan
    package var rows = 0
    /// In nanoseconds, what it waited for others left out.
    package var time = 0
    package var inputs: [Node] = []
  }

  /// The operators that have ended, of those that are still running the innermost last.
  private var open: [[Node]] = [[]]

  package init() {}

  /// What has run, the plan itself last.
  package var nodes: [Node] { open[0] }

  func begin() { open.append([]) }

  func end(_ plan: Plan, rows: Int, took total: Int) {
    let inputs = open.removeLast()
    let node = Node(
      plan: plan, rows: rows, time: max(0, total - inputs.reduce(0) { $0 + $1.total }), inputs: inputs)
    open[open.count - 1].append(node)
  }

  /// An operator that is no call of its own, above those that have ended within the one that is running.
  func add(_ plan: Plan, rows: Int, time: Int) {
    let inputs = open.removeLast()
    open.append([Node(plan: plan, rows: rows, time: time, inputs: inputs)])
  }

  /// Nanoseconds of a clock that only goes on.
  static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}

extension Profile.Node {
  /// With all below it.
  package var total: Int { inputs.reduce(time) { $0 + $1.total } }
}
