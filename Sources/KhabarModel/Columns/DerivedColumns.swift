// What follows from other columns.

extension EventColumns {
  /// An event's own status and certainty are those of its latest report; without any, it is reported by nobody and
  /// counts as hypothetical and possible.
  mutating func setStatuses(_ reports: ReportColumns, _ threads: Int) {
    let latest = Memory<Int32>(count: count)
    let offsets = self.reports
    Threads.run(threads, rows: count) { _, rows in
      for row in rows {
        let range = offsets.range(row)
        latest.base[row] = range.isEmpty ? -1 : Int32(truncatingIfNeeded: range.upperBound - 1)
      }
    }
    status = Self.taken(reports.status, latest, none: Status.hypothetical.rawValue, threads)
    certainty = Self.taken(reports.certainty, latest, none: Certainty.possible.rawValue, threads)
  }

  private static func taken(
    _ codes: CodeColumn<Int8>, _ rows: Memory<Int32>, none: Int8, _ threads: Int
  ) -> CodeColumn<Int8> {
    let taken = Memory<Int32>(count: rows.count)
    Threads.run(threads, rows: rows.count) { _, range in
      for row in range {
        let source = Int(rows.base[row])
        taken.base[row] = Int32(source < 0 ? none : codes[source])
      }
    }
    return CodeColumn(taken, threads: threads)
  }

  /// The relations of events, seen from both.
  ///
  /// - Parameter stated: Those of each event that has some, events in their order.
  static func relationArrays(
    events: Int, _ stated: some Sequence<(row: Int32, relations: [Relation])>
  ) -> [RelationKind: OffsetArray<Int32>] {
    var pairs: [RelationKind: Set<[Int32]>] = [:]
    for (row, relations) in stated {
      for relation in relations {
        pairs[relation.kind, default: []].insert([row, relation.target])
        if let inverse = relation.kind.inverse { pairs[inverse, default: []].insert([relation.target, row]) }
      }
    }
    return pairs.mapValues { pairs in
      let sorted = pairs.sorted { $0[0] == $1[0] ? $0[1] < $1[1] : $0[0] < $1[0] }
      return OffsetArray(rows: events, pairs: sorted.map { (row: $0[0], value: $0[1]) })
    }
  }
}

extension ParticipationColumns {
  /// For each actor the events in which it is listed.
  func eventsOfActor(count: Int, _ threads: Int) -> OffsetArray<Int32> {
    let rows = ofEvent.count
    let parts = max(1, min(threads, rows / (1 << 14) + 1))
    let counters = (0..<parts).map { _ in Memory<UInt32>(repeating: 0, count: count) }
    Threads.run(parts) { part in
      let counter = counters[part].base
      visitActors(Threads.range(part, of: parts, rows: rows)) { _, actor in counter[actor] &+= 1 }
    }
    let starts = Memory<UInt32>(count: count + 1)
    let values = Memory<Int32>(count: RowGroups.setStarts(counters.map(\.base), starts))
    Threads.run(parts) { part in
      let next = counters[part].base
      visitActors(Threads.range(part, of: parts, rows: rows)) { event, actor in
        values.base[Int(next[actor])] = Int32(truncatingIfNeeded: event)
        next[actor] &+= 1
      }
    }
    return OffsetArray(offsets: Offsets(starts: starts), values: Column(values))
  }

  /// The actors of events, each once.
  @inline(__always) private func visitActors(
    _ events: Range<Int>, _ visit: (_ event: Int, _ actor: Int) -> Void
  ) {
    let actors = actor
    for event in events {
      let rows = range(event)
      if rows.count > 32 {
        var seen: Set<Int32> = []
        for row in rows where seen.insert(actors[row]).inserted { visit(event, Int(actors[row])) }
        continue
      }
      for row in rows {
        let actor = actors[row]
        var before = rows.lowerBound
        while before < row, actors[before] != actor { before += 1 }
        if before == row { visit(event, Int(actor)) }
      }
    }
  }
}

extension RowGroups {
  /// The rows of each code.
  static func array(_ codes: CodeColumn<Int32>, count: Int, _ threads: Int) -> OffsetArray<Int32> {
    let numbers = Memory<Int32>(count: codes.count)
    Threads.run(threads, rows: codes.count) { _, rows in for row in rows { numbers.base[row] = codes[row] } }
    return RowGroups(numbers, count: count, threads: threads).array
  }
}

extension Offsets {
  /// Of each value its row.
  func rowOfEach(_ threads: Int) -> Memory<Int32> {
    let rowOfEach = Memory<Int32>(count: total)
    Threads.run(threads, rows: count) { _, rows in
      for row in rows {
        for place in range(row) { rowOfEach.base[place] = Int32(truncatingIfNeeded: row) }
      }
    }
    return rowOfEach
  }
}

extension OffsetArray {
  func mapValues(_ body: (Element) -> Element) -> OffsetArray {
    OffsetArray(offsets: offsets, values: Column(values.map(body)))
  }
}
