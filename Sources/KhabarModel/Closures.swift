/// Who represents whom, taken to its end: Zakharova, her ministry, Russia.
package struct Representation: Sendable {
  /// For each actor whoever represents it, itself first.
  package let representatives: OffsetArray<Int32>
  /// For each actor whom it represents, itself first.
  package let represented: OffsetArray<Int32>

  package init(_ actors: [Actor]) {
    let up = actors.map(\.represents)
    represented = OffsetArray(Closure.reachable(up))
    representatives = OffsetArray(Closure.reachable(Closure.reversed(up)))
  }
}

/// What lies within what, taken to its end.
package struct Containment: Sendable {
  /// For each place those it lies within, itself first.
  package let ancestors: OffsetArray<Int32>
  /// For each place those that lie within it, itself first.
  package let descendants: OffsetArray<Int32>

  package init(_ places: [Place]) {
    let up = places.map(\.within)
    ancestors = OffsetArray(Closure.reachable(up))
    descendants = OffsetArray(Closure.reachable(Closure.reversed(up)))
  }
}

package enum Closure {
  /// For each node those that can be reached from it, itself first, nearer ones before farther.
  package static func reachable(_ edges: [[Int32]]) -> [[Int32]] {
    var mark = [Int](repeating: -1, count: edges.count)
    return edges.indices.map { start in
      var found = [Int32(start)]
      mark[start] = start
      var next = 0
      while next < found.count {
        for target in edges[Int(found[next])] where mark[Int(target)] != start {
          mark[Int(target)] = start
          found.append(target)
        }
        next += 1
      }
      return found
    }
  }

  package static func reversed(_ edges: [[Int32]]) -> [[Int32]] {
    var reversed = [[Int32]](repeating: [], count: edges.count)
    for (source, targets) in edges.enumerated() {
      for target in targets { reversed[Int(target)].append(Int32(source)) }
    }
    return reversed
  }

  /// A node from which a path leads back to it, if there is any, with the nodes of that path.
  package static func cycle(_ edges: [[Int32]]) -> [Int32]? {
    var state = [UInt8](repeating: 0, count: edges.count)
    for start in edges.indices where state[start] == 0 {
      var path: [(node: Int32, next: Int)] = [(Int32(start), 0)]
      state[start] = 1
      while let top = path.last {
        let targets = edges[Int(top.node)]
        guard top.next < targets.count else {
          state[Int(top.node)] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let target = targets[top.next]
        if state[Int(target)] == 1 {
          let first = path.firstIndex { $0.node == target } ?? 0
          return path[first...].map(\.node)
        }
        if state[Int(target)] == 0 {
          state[Int(target)] = 1
          path.append((target, 0))
        }
      }
    }
    return nil
  }
}
