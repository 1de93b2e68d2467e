/// Two texts line by line, as `diff` shows them.
package enum LineDifference {
  /// Lines that were expected and are missing begin with `-`, lines that came instead with `+`.
  package static func lines(from expected: String, to actual: String) -> String {
    let old = expected.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let new = actual.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    return merged(old, removed, new, inserted).joined(separator: "\n")
  }

  private static func merged(
    _ old: [String], _ removed: Set<Int>, _ new: [String], _ inserted: Set<Int>
  ) -> [String] {
    var lines: [String] = []
    var (first, second) = (0, 0)
    while first < old.count || second < new.count {
      if first < old.count, removed.contains(first) {
        lines.append("- \(old[first])")
        first += 1
      } else if second < new.count, inserted.contains(second) {
        lines.append("+ \(new[second])")
        second += 1
      } else {
        if first < old.count { lines.append("  \(old[first])") }
        first += 1
        second += 1
      }
    }
    return lines
  }
}
