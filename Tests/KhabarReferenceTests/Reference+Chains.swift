import EDTF
import KhabarModel
import KhabarSyntax

extension Reference {
  // MARK: - Paths

  /// For one step more each time, the chain to each actor whose events come first.
  func rows(_ path: Path) throws -> Rows {
    let from = try require(path.from, .actor)
    let to = try require(path.to, .actor)
    let columns = Rows(names: ["step", "from", "event", "to"])
    let allowed = try path.through.map { try rows($0).rows.compactMap { $0.record?.index } }
    let events = (order[.event] ?? []).filter { allowed?.contains($0) ?? true }
    let most = min(path.steps.map { Int($0.value) } ?? model.actors.count, model.actors.count)
    typealias Chain = (events: [Int], actors: [Int])
    var best: [Int: Chain] = [from: ([], [from])]
    for _ in 0..<(from == to ? 0 : most) {
      var next: [Int: Chain] = [:]
      for (actor, chain) in best.sorted(by: { $0.key < $1.key }) {
        for event in events {
          let actors = Self.unique(model.events[event].participants.map { Int($0.actor) })
          guard actors.contains(actor) else { continue }
          let longer = chain.events + [rank(.event, event)]
          for other in actors where other != actor {
            if let known = next[other], !longer.lexicographicallyPrecedes(known.events) { continue }
            next[other] = (longer, chain.actors + [other])
          }
        }
      }
      best = next
      if let found = best[to] {
        var rows = columns
        rows.cells = found.events.enumerated().map { step, event in
          [
            .number(Double(step + 1)), .record(.actor, found.actors[step]),
            .record(.event, (order[.event] ?? [])[event]), .record(.actor, found.actors[step + 1]),
          ]
        }
        return rows
      }
    }
    return columns
  }

  // MARK: - Sequences

  private struct Chain {
    var key: Cell?
    var events: [Int]
  }

  func rows(_ sequence: SequencePattern) throws -> Rows {
    let steps = try sequence.steps.map { try keyed($0, sequence.key) }
    let until = try sequence.until.map { try keyed($0, sequence.key) } ?? []
    var limit: (Int) -> Int = { _ in Int.max }
    if let within = sequence.within, case .length(let months, let days) = try cell(within, Row()) {
      limit = { Self.moved($0, months, days.lowerBound) }
    }
    var chains: [Chain] = []
    for first in steps[0] {
      guard let start = bounds(first.event) else { continue }
      func fits(_ event: Int) -> Bool { (bounds(event)?.endMax).map { $0 <= limit(start.startMin) } ?? false }
      guard fits(first.event) else { continue }
      var open = [[first.event]]
      for step in steps.dropFirst() {
        open = open.flatMap { chain -> [[Int]] in
          let next = step.filter { candidate in
            candidate.key == first.key && fits(candidate.event)
              && ask("after", bounds(candidate.event), bounds(chain[chain.count - 1])) == true
          }
          return (sequence.isEvery ? next : Array(next.prefix(1))).map { chain + [$0.event] }
        }
      }
      chains += open.filter { chain in
        !until.contains { $0.key == first.key && mayBreak(chain, $0.event) }
      }.map { Chain(key: first.key, events: $0) }
    }
    return table(chains, sequence)
  }

  private func bounds(_ event: Int) -> TimeBounds? { recordedTime(.event, event) }

  private func mayBreak(_ chain: [Int], _ event: Int) -> Bool {
    guard let first = chain.first.flatMap(bounds), let last = chain.last.flatMap(bounds) else { return false }
    if event == chain.first || event == chain.last { return false }
    return bounds(event).map { Self.mayFall($0, between: first, and: last) } ?? true
  }

  /// The events of a step in their order, each under each of its keys.
  private func keyed(_ query: Query, _ key: Expression?) throws -> [(event: Int, key: Cell?)] {
    let found = Set(try rows(query).rows.compactMap { $0.record?.index })
    var keyed: [(event: Int, key: Cell?)] = []
    for event in (order[.event] ?? []).filter(found.contains) {
      let keys: [Cell?] = try key.map { try self.keys($0, event) } ?? [nil]
      for key in keys { keyed.append((event, key)) }
    }
    return keyed
  }

  private func keys(_ key: Expression, _ event: Int) throws -> [Cell] {
    let actors = Self.unique(model.events[event].participants.map { Int($0.actor) })
    if case .path(let names) = key.kind, names.count == 1 {
      switch names[0].text {
      case "states":
        let states = actors.flatMap(represented).filter { model.actors[$0].kind == .state }
        return Self.unique(states).map { .record(.actor, $0) }
      case "pair":
        return actors.flatMap { a in
          actors.filter { a < $0 }.map { .list([.record(.actor, a), .record(.actor, $0)]) }
        }
      default: break
      }
    }
    return Self.unique(try cell(key, Row(record: (.event, event))).elements)
  }

  private func table(_ chains: [Chain], _ sequence: SequencePattern) -> Rows {
    let sorted = chains.sorted { a, b in
      let ranks = [a, b].map { $0.events.map { rank(.event, $0) } }
      if a.events.first != b.events.first { return ranks[0][0] < ranks[1][0] }
      let byKey = ascending(a.key ?? .missing, b.key ?? .missing)
      return byKey == 0 ? ranks[0].lexicographicallyPrecedes(ranks[1]) : byKey < 0
    }
    let ordinals = ["first", "second", "third", "fourth"].prefix(sequence.steps.count)
    var rows = Rows(names: (sequence.key == nil ? [] : ["key"]) + ordinals + ["span"])
    rows.cells = sorted.map { chain in
      var span = Cell.missing
      if let first = chain.events.first.flatMap(bounds), let last = chain.events.last.flatMap(bounds) {
        span = .time(
          TimeBounds(
            startMin: first.startMin, startMax: first.startMax, endMin: last.endMin, endMax: last.endMax))
      }
      return (chain.key.map { [$0] } ?? []) + chain.events.map { .record(.event, $0) } + [span]
    }
    return rows
  }
}
