import KhabarModel
import KhabarPlan

extension Evaluator {
  /// The records related to those of the input, each once, in the store's order.
  func walk(_ input: RowSet, _ step: WalkStep) throws(EvaluationError) -> RowSet {
    guard case .records(_, let records) = input else { return input }
    switch step.kind {
    case .eventsOfActors: return .records(.event, eventsTakenPart(records))
    case .participationsOfActors: return .records(.participation, participations(of: records))
    case .reportsOfActors: return .records(.report, reports(attributedTo: records))
    case .eventsOfPlaces: return .records(.event, eventsPlaced(records))
    case .field(let field):
      var marks = Marks(store.rowCount(step.target))
      try self.step(.walk, of: records.count) { () throws(EvaluationError) in
        for (index, batch) in input.batches().enumerated() {
          try report(index * Self.batchSize, rows: 0)
          if try mark(field, batch, &marks) { continue }
          for value in try values(field, batch) { marks.mark(value) }
        }
      }
      return .records(step.target, marks.records)
    }
  }

  /// Marks what a field refers to where that lies in a column; false where it must be found for each record.
  private func mark(
    _ expression: PlanExpression, _ batch: Batch, _ marks: inout Marks
  ) throws(EvaluationError) -> Bool {
    guard case .field(let field) = expression.kind, case .records(_, let records) = batch, field.known == nil,
      field.merging == nil
    else { return false }
    switch (field.owner, field.id) {
    case (.event, .participants):
      for event in records { marks.mark(store.events.participations.range(Int(event))) }
    case (.event, .reports):
      for event in records { marks.mark(store.events.reports.range(Int(event))) }
    case (.event, .actors):
      let participations = store.events.participations
      for event in records {
        for row in participations.range(Int(event)) { marks.mark(participations.actor[row]) }
      }
    case (.event, .place), (.report, .event), (.report, .article), (.report, .source),
      (.participation, .event),
      (.participation, .actor):
      for record in try codes(expression, batch) where record >= 0 { marks.mark(record) }
    default: return false
    }
    return true
  }

  /// The events in which the actors, or who represents them, take part.
  func eventsTakenPart(_ actors: [Int32]) -> [Int32] {
    var marks = Marks(store.events.count)
    for actor in representatives(actors) {
      for event in store.eventsOfActor[Int(actor)] { marks.mark(event) }
    }
    return marks.records
  }

  private func participations(of actors: [Int32]) -> [Int32] {
    let wanted = representatives(actors)
    let all = store.events.participations
    var marks = Marks(all.count)
    for event in eventsTakenPart(actors) {
      for row in all.range(Int(event)) where wanted.contains(all.actor[row]) { marks.mark(Int32(row)) }
    }
    return marks.records
  }

  private func reports(attributedTo actors: [Int32]) -> [Int32] {
    let wanted = representatives(actors)
    return (0..<Int32(store.reports.count)).filter { wanted.contains(store.reports.source[Int($0)]) }
  }

  private func representatives(_ actors: [Int32]) -> Set<Int32> {
    actors.reduce(into: []) { $0.formUnion(store.representation.representatives[Int($1)]) }
  }

  /// The events placed at the places or within them.
  func eventsPlaced(_ places: [Int32]) -> [Int32] {
    var marks = Marks(store.events.count)
    for place in places {
      for inner in store.containment.descendants[Int(place)] {
        for event in store.eventsOfPlace[Int(inner)] { marks.mark(event) }
      }
    }
    return marks.records
  }
}

/// A set of record numbers that is read in ascending order.
struct Marks {
  private var isMarked: [Bool]

  init(_ count: Int) { isMarked = [Bool](repeating: false, count: count) }

  mutating func mark(_ record: Int32) { isMarked[Int(record)] = true }

  mutating func mark(_ records: Range<Int>) { for record in records { isMarked[record] = true } }

  mutating func mark(_ value: Value) {
    switch value {
    case .entity(_, let record): mark(record)
    case .list(let values): for value in values { mark(value) }
    default: break
    }
  }

  var records: [Int32] {
    var records: [Int32] = []
    for (record, isMarked) in isMarked.enumerated() where isMarked {
      records.append(Int32(truncatingIfNeeded: record))
    }
    return records
  }
}
