import EDTF
import Testing

/// Allen's relation of two intervals, read off their half-open ends.
private func relation(_ first: Completion, _ second: Completion) -> AllenRelation {
  let (firstEnd, secondEnd) = (first.end + 1, second.end + 1)
  if firstEnd < second.start { return .before }
  if firstEnd == second.start { return .meets }
  if secondEnd < first.start { return .after }
  if secondEnd == first.start { return .metBy }
  if first.start == second.start {
    return firstEnd == secondEnd ? .equals : firstEnd < secondEnd ? .starts : .startedBy
  }
  if firstEnd == secondEnd { return first.start > second.start ? .finishes : .finishedBy }
  if first.start < second.start { return firstEnd < secondEnd ? .overlaps : .contains }
  return firstEnd < secondEnd ? .during : .overlappedBy
}

private func relations(_ left: TimeBounds, _ right: TimeBounds) -> AllenSet {
  var set = AllenSet()
  for first in left.completions {
    for second in right.completions { set.insert(AllenSet(relation(first, second))) }
  }
  return set
}

@Suite struct AllenTests {
  @Test func allPairsOfFourDays() {
    let all = shapes(ofDays: 4)
    for left in all {
      for right in all { check(left, right) }
    }
  }

  @Test func somePairsOfEightDays() throws {
    let all = shapes(ofDays: 8)
    var generator = SeededGenerator(state: 13)
    for _ in 0..<6000 {
      check(
        try #require(all.randomElement(using: &generator)), try #require(all.randomElement(using: &generator))
      )
    }
  }

  private func check(_ left: TimeBounds, _ right: TimeBounds) {
    let (found, expected) = (left.possibleRelations(to: right), relations(left, right))
    if found != expected {
      Issue.record("\(left) to \(right): found \(found.relations), expected \(expected.relations)")
    }
  }

  @Test func names() {
    #expect(
      AllenRelation.allCases.map(\.rawValue) == [
        "before", "meets", "overlaps", "starts", "during", "finishes", "equals", "after", "met_by",
        "overlapped_by", "started_by", "contains", "finished_by",
      ])
    #expect(AllenSet.all.relations == AllenRelation.allCases)
    for relation in AllenRelation.allCases {
      #expect(relation.inverse.inverse == relation)
      #expect(AllenSet(relation).only == relation)
    }
    #expect(AllenSet.all.only == nil && AllenSet().only == nil)
  }

  /// The composition of two relations has 169 cells, which hold 409 relations in all (Allen 1983, figure 4).
  @Test func composition() {
    let intervals = (0..<8).flatMap { start in (start..<8).map { TimeBounds(window: start, $0) } }
    var cells: [[AllenRelation]: AllenSet] = [:]
    for (first, second) in intervals.flatMap({ first in intervals.map { (first, $0) } }) {
      guard let left = first.relation(to: second) else { continue }
      for third in intervals {
        guard let right = second.relation(to: third), let whole = first.relation(to: third) else { continue }
        cells[[left, right], default: []].insert(AllenSet(whole))
      }
    }
    #expect(cells.count == 169)
    #expect(cells.values.map(\.rawValue.nonzeroBitCount).reduce(0, +) == 409)
  }

  @Test func daysAreHalfOpen() throws {
    let fourth = try time("2023-05-01/2023-05-04").bounds
    #expect(try fourth.relation(to: time("2023-05-05/2023-05-09").bounds) == .meets)
    #expect(try fourth.relation(to: time("2023-05-06/2023-05-09").bounds) == .before)
    #expect(try fourth.relation(to: time("2023-05-04/2023-05-09").bounds) == .overlaps)
    #expect(try fourth.relation(to: time("2023-05").window) == .starts)
    #expect(try fourth.relation(to: time("2023-05").bounds) == nil)
    #expect(try time("2020/..").window.relation(to: time("2021/..").window) == .finishedBy)
  }
}
