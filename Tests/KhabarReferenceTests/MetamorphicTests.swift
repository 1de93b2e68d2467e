import Khabar
import KhabarModel
import Testing

/// Laws that hold of the answers of one evaluator, whatever the model: what a reference that errs in the same
/// way would not show.
@Suite struct MetamorphicTests {
  static let models: [UInt64] = Array(1...40)
  static let roundsPerModel = 6

  /// Runs a check on random conditions and clauses of random models.
  private func check(_ holds: (Comparison, inout RandomQuery) throws -> Void) throws {
    for seed in Self.models {
      let comparison = try Comparison(RandomModel.make(seed &+ 500_000))
      var random = RandomQuery(comparison.builder, RandomSource(seed: seed))
      for _ in 0..<Self.roundsPerModel { try holds(comparison, &random) }
    }
  }

  @Test func conditionsPartitionTheirRows() throws {
    try check { model, random in
      let condition = random.condition(.event, 2)
      let all = try model.evaluated("events")
      let isTrue = try model.evaluated("events where (\(condition))")
      let isFalse = try model.evaluated("events where not (\(condition))")
      let isUnknown = try model.evaluated(
        "events where possibly (\(condition)) and possibly not (\(condition))")
      #expect((isTrue + isFalse + isUnknown).sorted() == all.sorted(), "\(condition)")
    }
  }

  @Test func possiblyKeepsWhatIsUnknown() throws {
    try check { model, random in
      let clause = random.plainClause(.event)
      let all = Set(try model.evaluated("events"))
      let surely = Set(try model.evaluated("events \(clause)"))
      #expect(surely.isSubset(of: try model.evaluated("events possibly \(clause)")), "\(clause)")
      #expect(
        all.subtracting(surely) == Set(try model.evaluated("events possibly not \(clause)")), "\(clause)")
      let surelyNot = Set(try model.evaluated("events not \(clause)"))
      #expect(
        all.subtracting(surelyNot) == Set(try model.evaluated("events possibly \(clause)")), "\(clause)")
    }
  }

  @Test func conditionsMayBeExchanged() throws {
    try check { model, random in
      let (first, second) = (random.condition(.event, 1), random.condition(.event, 1))
      let expected = try model.evaluated("events where (\(first)) and (\(second))")
      #expect(
        try model.evaluated("events | where \(first) | where \(second)") == expected, "\(first); \(second)")
      #expect(
        try model.evaluated("events | where \(second) | where \(first)") == expected, "\(first); \(second)")
    }
  }

  @Test func negationFollowsDeMorgan() throws {
    try check { model, random in
      let (first, second) = (random.condition(.event, 1), random.condition(.event, 1))
      for certainty in ["", "possibly "] {
        let conjunction = try model.evaluated("events where \(certainty)(not ((\(first)) and (\(second))))")
        let disjunction = try model.evaluated(
          "events where \(certainty)((not (\(first))) or (not (\(second))))")
        #expect(conjunction == disjunction, "\(first); \(second)")
      }
    }
  }

  @Test func setsFollowTheirLaws() throws {
    try check { model, random in
      let (a, b) = (random.phrase(.event), random.phrase(.event))
      let union = try model.evaluated("(\(a)) | union (\(b))")
      let shared = try model.evaluated("(\(a)) | intersect (\(b))")
      let firstAlone = try model.evaluated("(\(a)) | except (\(b))")
      let secondAlone = try model.evaluated("(\(b)) | except (\(a))")
      let first = try model.evaluated("(\(a)) | union (\(a))")
      #expect(try union == model.evaluated("(\(b)) | union (\(a))"), "\(a); \(b)")
      #expect(try shared == model.evaluated("(\(b)) | intersect (\(a))"), "\(a); \(b)")
      #expect((shared + firstAlone).sorted() == first.sorted(), "\(a); \(b)")
      #expect((firstAlone + shared + secondAlone).sorted() == union.sorted(), "\(a); \(b)")
    }
  }

  @Test func slicesAndSortingKeepRows() throws {
    try check { model, random in
      let phrase = random.phrase(.event)
      let rows = try model.evaluated(phrase)
      let number = random.random.number(0...10)
      let (taken, rest) = (
        try model.evaluated("(\(phrase)) | take \(number)"),
        try model.evaluated("(\(phrase)) | skip \(number)")
      )
      #expect(taken + rest == rows, "\(phrase)")
      #expect(
        try model.evaluated("(\(phrase)) | sort by score desc, place").sorted() == rows.sorted(), "\(phrase)")
      #expect(try model.evaluated("(\(phrase)) | count") == ["\(Double(rows.count))"], "\(phrase)")
      let counted = try model.evaluated("(\(phrase)) | summarize count by type | summarize sum(count)")
      #expect(counted == ["\(Double(rows.count))"], "\(phrase)")
    }
  }

  @Test func timesMayBeTakenApart() throws {
    try check { model, random in
      let first = random.random.number(0...40)
      let middle = first + random.random.number(0...10)
      let last = middle + 1 + random.random.number(0...9)
      func window(_ start: Int, _ end: Int) -> String {
        "\(RandomModel.text(start))/\(RandomModel.text(end))"
      }
      let (whole, one, two) = (window(first, last), window(first, middle), window(middle + 1, last))
      func rows(_ clauses: String) throws -> Set<String> { Set(try model.evaluated("events \(clauses)")) }
      let inside = try rows("during \(whole)")
      #expect(inside.isSuperset(of: try rows("during \(one)").union(rows("during \(two)"))), "\(whole)")
      #expect(try inside == rows("since \(whole) until \(whole)"), "\(whole)")
      #expect(try inside == rows("between \(one) and \(two)"), "\(whole)")
      #expect(try rows("before \(whole)") == rows("before \(one)"), "\(whole)")
      #expect(try rows("after \(whole)") == rows("after \(two)"), "\(whole)")
      let touched = try rows("possibly overlapping \(whole)")
      let parts = try rows("possibly overlapping \(one)").union(rows("possibly overlapping \(two)"))
      #expect(touched == parts, "\(whole)")
      #expect(try rows("overlapping \(whole)") == rows("within 0 days of \(whole)"), "\(whole)")
    }
  }

  @Test func relationsOfTimesMirrorEachOther() throws {
    try check { model, random in
      let (a, b) = (random.name(.event), random.name(.event))
      for (word, mirrored) in [("before", "after"), ("overlapping", "overlapping"), ("after", "before")] {
        for certainty in ["", "possibly "] {
          let one = try model.evaluated("event \(a) \(certainty)\(word) \(b) | count")
          let other = try model.evaluated("event \(b) \(certainty)\(mirrored) \(a) | count")
          #expect(one == other, "\(a) \(certainty)\(word) \(b)")
        }
      }
    }
  }
}
