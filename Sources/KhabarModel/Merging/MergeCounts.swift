/// What a merge has done with the records that came in.
package struct MergeCounts: Sendable, Equatable {
  package var new = 0
  package var changed = 0
  package var unchanged = 0

  package init() {}

  package static func += (sum: inout MergeCounts, other: MergeCounts) {
    sum.new += other.new
    sum.changed += other.changed
    sum.unchanged += other.unchanged
  }

  mutating func add(_ change: Change, _ count: Int = 1) {
    switch change {
    case .new: new += count
    case .changed: changed += count
    case .unchanged: unchanged += count
    }
  }

  enum Change { case new, changed, unchanged }
}
