import EDTF
import KhabarModel
import KhabarSyntax

// §4, paths and sequences.
extension Reference {
  /// With one step more each time, to each actor the chain whose events come first.
  func rows(_ path: Path) throws -> Rows {
    let (from, to) = try (require(path.from, .actor), require(path.to, .actor))
    let events = try set(path.through.map { try rows($0) } ?? rows(.event)).cells.map { $0[0] }
    let most = from == to ? 0 : min(path.steps.map { Int($0.value) } ?? .max, all[.actor]?.count ?? 0)
    func ranks(_ chain: [Row]) -> [Int] {
      chain.compactMap { link in events.firstIndex { $0 == link["event"] } }
    }
    var best: [Cell: [Row]] = [from: []]
    for step in 0..<most where best[to] == nil {
      var longer: [Cell: [Row]] = [:]
      for (actor, chain) in best.sorted(by: { $0.key.index < $1.key.index }) {
        for event in events where self[event, "actors"].elements.contains(actor) {
          for other in self[event, "actors"].elements where other != actor {
            let link: Row = ["step": .number(Double(step + 1)), "from": actor, "event": event, "to": other]
            let isLater = longer[other].map { !ranks(chain + [link]).lexicographicallyPrecedes(ranks($0)) }
            if isLater != true { longer[other] = chain + [link] }
          }
        }
      }
      best = longer
    }
    return Rows(columns: ["step", "from", "event", "to"], rows: best[to] ?? [], world: self)
  }

  /// Each step starts after the one before has ended; from the first start to the last end at most D.
  func rows(_ sequence: SequencePattern) throws -> Rows {
    let steps = try sequence.steps.map(rows)
    let times = try CountedTimes(
      self, sequence.on, (steps + (try sequence.until.map { [try rows($0)] } ?? [])))
    let (events, key) = (try steps.map { times.sorted(try keyed($0, sequence.key)) }, sequence.key)
    let until = try sequence.until.map { try keyed(rows($0), key) } ?? []
    let length = try sequence.within.map { try cell($0, [:]) }
    let names = Array(["first", "second", "third", "fourth"].prefix(steps.count))
    var chains: [Row] = []
    for first in events[0] {
      func fits(_ event: Cell) -> Bool {
        guard let start = times[first.event]?.startMin, let end = times[event]?.endMax else { return false }
        guard case .length(let said, let days) = length else { return true }
        return end <= Self.moved(start, said ?? CalendarDuration(days: days.lowerBound))
      }
      var open = fits(first.event) ? [[first.event]] : []
      for step in events.dropFirst() {
        open = open.flatMap { chain in
          let next = step.filter { event, key in
            key == first.key && fits(event) && holds("after", times[event], times[chain.last]) == true
          }
          return (sequence.isEvery ? next : Array(next.prefix(1))).map { chain + [$0.event] }
        }
      }
      for chain in open where !until.contains(where: { $1 == first.key && mayFall($0, within: chain, times) })
      {
        chains.append(Row(zip(names + ["key", "span"], chain + [first.key, span(chain, times)])) { $1 })
      }
    }
    let sorted = try sorted(
      chains, (["first", "key"] + names).map { SortKey(Expression(.path([Name($0)]), span: .none)) })
    let world = Reference(self, seen: Dictionary(zip(names, steps.map(\.world))) { $1 })
    return Rows(columns: (key == nil ? [] : ["key"]) + names + ["span"], rows: sorted, world: world)
  }

  /// The time of each event that counts: its own, or what `on` says.
  private struct CountedTimes {
    private var times: [Cell: TimeBounds] = [:]
    private let isOwn: Bool

    init(_ reference: Reference, _ on: Expression?, _ steps: [Rows]) throws {
      isOwn = on == nil
      for event in steps.flatMap(\.cells).compactMap(\.first) {
        times[event] = reference.moment(try on.map { try reference.cell($0, ["": event]) } ?? event)
      }
    }

    subscript(event: Cell?) -> TimeBounds? { event.flatMap { times[$0] } }

    /// By the first day on which they may start.
    func sorted(_ events: [(event: Cell, key: Cell)]) -> [(event: Cell, key: Cell)] {
      if isOwn { return events }
      let starts = events.map { self[$0.event]?.startMin ?? Int.max }
      return events.indices.sorted { (starts[$0], $0) < (starts[$1], $1) }.map { events[$0] }
    }
  }

  private func span(_ chain: [Cell], _ times: CountedTimes) -> Cell {
    guard let first = times[chain.first], let last = times[chain.last] else { return .missing }
    return Cell(
      TimeBounds(startMin: first.startMin, startMax: first.startMax, endMin: last.endMin, endMax: last.endMax)
    )
  }

  /// Whether an event perhaps falls between the first and the last of a chain, none of which it is.
  private func mayFall(_ event: Cell, within chain: [Cell], _ times: CountedTimes) -> Bool {
    guard let first = times[chain.first], let last = times[chain.last] else { return false }
    if event == chain.first || event == chain.last { return false }
    guard let time = times[event] else { return true }
    return Self.stretches(time, Self.turns([time, first, last], -1...1)).contains {
      $0.start > first.endMin && $0.end < last.startMax
    }
  }

  /// The events of a step in their order, each under each of its keys.
  private func keyed(_ rows: Rows, _ key: Expression?) throws -> [(event: Cell, key: Cell)] {
    try set(rows).cells.flatMap { cells in try keys(key, cells[0]).map { (cells[0], $0) } }
  }

  func keys(_ key: Expression?, _ event: Cell) throws -> [Cell] {
    guard let key else { return [.missing] }
    let actors = self[event, "actors"].elements.sorted { $0.index < $1.index }
    switch Self.word(key) {
    case "states":
      let represented = actors.flatMap { [$0] + self[$0, "represents"].elements }
      return Self.unique(represented.filter { self[$0, "kind"] == .text("state") })
    case "pair": return actors.flatMap { a in actors.filter { a.index < $0.index }.map { .list([a, $0]) } }
    default: return Self.unique(try cell(key, ["": event]).elements)
    }
  }
}
