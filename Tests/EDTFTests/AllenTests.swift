import EDTF
import Testing

/// Allen's relation of two intervals, read off their half-open ends.
func allenRelation(_ first: Completion, _ second: Completion) -> AllenRelation {
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
    for second in right.completions { set.insert(AllenSet(allenRelation(first, second))) }
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

  /// The composition of two relations, all 169 cells, which hold 409 relations (Allen 1983, figure 4): a row for each
  /// relation of a first interval to a second, a column for each of the second to a third, in the order of the names.
  @Test func composition() {
    let table = """
      b b b b bmosd bmosd b bmosdfeBMOSDF bmosd bmosd b b b
      b b b m osd osd m BMOSD feF osd m b b
      b b bmo o osd osd o BMOSD OSD osdfeOSDF oDF bmoDF bmo
      b b bmo s d d s B M dfO seS bmoDF bmo
      b b bmosd d d d d B B dfBMO dfBMO bmosdfeBMOSDF bmosd
      b m osd d d f f B B BMO BMO BMOSD feF
      b m o s d f e B M O S D F
      bmosdfeBMOSDF dfBMO dfBMO dfBMO dfBMO B B B B B B B B
      bmoDF seS dfO dfO dfO M M B B B B B M
      bmoDF oDF osdfeOSDF dfO dfO O O B B BMO BMO BMOSD OSD
      bmoDF oDF oDF seS dfO O S B M O S D D
      bmoDF oDF oDF oDF osdfeOSDF OSD D BMOSD OSD OSD D D D
      b m o o osd feF F BMOSD OSD OSD D D F
      """
    let names = Dictionary(uniqueKeysWithValues: zip(AllenRelation.allCases, "bmosdfeBMOSDF"))
    let intervals = (0..<8).flatMap { start in (start..<8).map { TimeBounds(window: start, $0) } }
    var cells: [[AllenRelation]: AllenSet] = [:]
    for (first, second) in intervals.flatMap({ first in intervals.map { (first, $0) } }) {
      guard let left = first.relation(to: second) else { continue }
      for third in intervals {
        guard let right = second.relation(to: third), let whole = first.relation(to: third) else { continue }
        cells[[left, right], default: []].insert(AllenSet(whole))
      }
    }
    let found = AllenRelation.allCases.map { left in
      AllenRelation.allCases.map { right in
        String((cells[[left, right]] ?? []).relations.compactMap { names[$0] })
      }.joined(separator: " ")
    }
    #expect(found == table.split(separator: "\n").map(String.init))
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
