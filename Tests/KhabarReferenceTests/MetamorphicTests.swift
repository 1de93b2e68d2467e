import EDTF
import KhabarModel
import KhabarRandom
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
      random.isSure = true
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
      let c = random.phrase(.event)
      for (one, other) in [("union", "intersect"), ("intersect", "union")] {
        let whole = try model.evaluated("(\(a)) | \(one) ((\(b)) | \(other) (\(c)))")
        let parts = try model.evaluated("(\(a)) | \(one) (\(b)) | \(other) ((\(a)) | \(one) (\(c)))")
        #expect(whole == parts, "\(a); \(b); \(c)")
      }
      let absorbed = try model.evaluated("(\(a)) | union ((\(a)) | intersect (\(b)))")
      #expect(absorbed == first, "\(a); \(b)")
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
      let (a, b) = (random.id(.event), random.id(.event))
      for (word, mirrored) in [("before", "after"), ("overlapping", "overlapping"), ("after", "before")] {
        for certainty in ["", "possibly "] {
          let one = try model.evaluated("event \(a) \(certainty)\(word) \(b) | count")
          let other = try model.evaluated("event \(b) \(certainty)\(mirrored) \(a) | count")
          #expect(one == other, "\(a) \(certainty)\(word) \(b)")
        }
      }
    }
  }

  /// The laws of Kleene's logic, and those of two values that it does not have, in all three values.
  @Test func conditionsFollowKleene() throws {
    try check { model, random in
      let named = ["p", "q", "r"].map { "(\(random.condition(.event, 1))) as \($0)" }.joined(separator: ", ")
      let laws = [
        ("p and q", "q and p"), ("p or q", "q or p"), ("p and p", "p"), ("p or p", "p"), ("not not p", "p"),
        ("p and (q and r)", "(p and q) and r"), ("p or (q or r)", "(p or q) or r"), ("p and (p or q)", "p"),
        ("p or (p and q)", "p"), ("p and (q or r)", "(p and q) or (p and r)"),
        ("p or (q and r)", "(p or q) and (p or r)"), ("not (p and q)", "(not p) or (not q)"),
        ("p and true", "p"),
        ("p or false", "p"), ("p and false", "false"), ("p or true", "true"),
        ("possibly possibly p", "possibly p"),
        ("possibly (p or q)", "possibly p or possibly q"),
        ("possibly (p and not p)", "possibly p and possibly not p"),
      ]
      let sides = laws.flatMap { ["(\($0.0))", "(\($0.1))"] }.joined(separator: ", ")
      for row in Set(try model.evaluated("events | select \(named) | select \(sides)")) {
        let truths = row.split(separator: " | ")
        for (index, law) in laws.enumerated() where truths[2 * index] != truths[2 * index + 1] {
          Issue.record("\(law.0) is not \(law.1) of \(named)")
        }
      }
    }
  }

  @Test func eventsOfOneDayAreInOneOfTwoHalves() throws {
    try check { model, random in
      let days = [random.random.number(0...30), random.random.number(31...45), random.random.number(46...60)]
      func rows(_ first: Int, _ last: Int) throws -> [String] {
        let window = "\(RandomModel.text(first))/\(RandomModel.text(last))"
        return try model.evaluated("events during \(window) where duration(time) = 1 days")
      }
      let halves = try rows(days[0], days[1]) + rows(days[1] + 1, days[2])
      #expect(try rows(days[0], days[2]) == halves, "\(days)")
    }
  }

  @Test func whoTakesPartIsOneOfThoseWhoRepresent() throws {
    try check { model, random in
      let actor = random.id(.actor)
      let representatives = try model.evaluated(
        "people representing \(actor) | union (actors representing \(actor))")
      let exactly = try ([actor] + representatives).map {
        Set(try model.evaluated("events with exactly \($0)"))
      }
      #expect(
        try Set(model.evaluated("events with \(actor)")) == exactly.reduce([]) { $0.union($1) }, "\(actor)")
      let others = Set(try model.evaluated("events")).subtracting(exactly.reduce([]) { $0.union($1) })
      #expect(try Set(model.evaluated("events without \(actor)")) == others, "\(actor)")
    }
  }

  /// Where every report is dated, all of them are known in the end.
  @Test func inTheEndAllIsKnown() throws {
    for seed in Self.models {
      var builder = RandomModel.make(seed &+ 600_000)
      for report in builder.reports.indices where builder.reports[report].date == nil {
        builder.reports[report].date = EDTFTime.day(22_400)
      }
      let (model, columns) = (try Comparison(builder), "id, status, certainty, contested, reports, sources")
      let known = try model.evaluated("events as of 2099 | select \(columns)")
      #expect(
        try known == model.evaluated("events where reports != none | select \(columns)"), "seed \(seed)")
    }
  }

  @Test func groupsAddUpToTheWhole() throws {
    try check { model, random in
      let phrase = random.phrase(.event)
      let count = try model.evaluated("(\(phrase)) | count")
      for key in ["place", "status", "type, place", "month(time)", "contested, mode", "score > 0"] {
        let counted = try model.evaluated("(\(phrase)) | summarize count by \(key) | summarize sum(count)")
        #expect(counted == count, "\(phrase) by \(key)")
      }
    }
  }

  /// Rows that are alike to all aggregates are taken in together; `max(id)` keeps them apart.
  @Test func rowsTakenInTogetherCountAsThoseTakenInOneByOne() throws {
    let aggregates = [
      "count as a", "count as a, sum(if(time before 2031-03-20, 1, 0)) as b",
      "avg(if(time before 2031-03-20, 1, 0.3)) as a, count as b",
      "sum(if(possibly time during 2031-03-10/2031-03-20, 2.5, none)) as a",
      "avg(if(place.kind = \"city\", 0.33, 1)) as a, count as b",
    ]
    let keys = [
      "month(time) as c", "status as c", "place as c", "place.country as c, place.kind as d", "mode as c",
    ]
    var round = 0
    try check { model, random in
      let phrase = random.phrase(.event)
      round += 1
      for (index, aggregate) in aggregates.enumerated() {
        let key = keys[(index + round) % keys.count]
        let columns = ["c", "d", "a", "b"].filter { "\(aggregate), \(key)".contains("as \($0)") }
        let select = "| select \(columns.joined(separator: ", "))"
        let together = try model.evaluated("(\(phrase)) | summarize \(aggregate) by \(key) \(select)")
        let apart = try model.evaluated(
          "(\(phrase)) | summarize \(aggregate), max(id) as z by \(key) \(select)")
        #expect(together == apart, "\(phrase): \(aggregate) by \(key)")
      }
      let sums = "sum(if(time before 2031-03-20, 1, 0)) as a, avg(if(time before 2031-03-25, 0.1, -0.7)) as b"
      let together = try model.evaluated("(\(phrase)) | summarize \(sums)")
      let apart = try model.evaluated("(\(phrase)) | summarize \(sums), max(id) as z | select a, b")
      #expect(together == apart, "\(phrase)")
    }
  }
}
