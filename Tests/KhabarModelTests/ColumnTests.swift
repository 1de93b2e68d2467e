import EDTF
import Testing

@testable import KhabarModel

struct ColumnTests {
  @Test func codesTakeTheBytesThatTheGreatestNeeds() {
    func width(_ codes: [Int32]) -> Int {
      switch CodeColumn(codes).layout {
      case .same, .rows: 0
      case .bytes: 1
      case .halves: 2
      case .words: 4
      }
    }
    #expect(width([]) == 0)
    #expect(width([7, 7]) == 0)
    #expect(width([-1, 254]) == 1)
    #expect(width([-1, 255]) == 2)
    #expect(width([0, 65534]) == 2)
    #expect(width([0, 65535]) == 4)
  }

  @Test(arguments: [[], [-1], [3, 3, 3], [-1, 0, 254], [-1, 255, 9], [65535, -1], [Int32.max, -1]])
  func codesComeBackAsTheyWere(_ codes: [Int32]) {
    #expect(Array(CodeColumn(codes)) == codes)
  }

  @Test(arguments: [[], [2], [0, 1, 2], [-1, 0, 0, 3, 1], [3, 255, 3, 3, 0], [0, 70_000, 5]])
  func codesAreCountedAndGathered(_ codes: [Int32]) {
    let column = CodeColumn(codes)
    let counts = column.counts(in: 0..<codes.count, codes: 300)
    #expect((-1..<300).allSatisfy { code in counts[code + 1] == codes.count { $0 == code } })
    #expect(column.codes(in: 0..<codes.count) == codes)
    let rows = Array((0..<Int32(codes.count)).reversed()) + [-1]
    #expect(column.codes(of: rows[...]) == codes.reversed() + [-1])
  }

  @Test func whatCountsItsRowsIsStoredAsSuch() throws {
    let rows = (0..<70_000).map { Int32($0) }
    let ids = TextColumn(rows.map { "row_\($0 + 7)" })
    var sections = SectionWriter()
    CodeColumn(rows).write("codes", to: &sections)
    ids.write("ids", to: &sections)
    #expect(sections.sections.reduce(0) { $0 + $1.bytes.count } < 100)
    let memory = sections.sections.map { ($0.name, $0.bytes) }
    let reader = SectionReader(owner: nil, Dictionary(uniqueKeysWithValues: memory))
    let read = try CodeColumn<Int32>("codes", from: reader)
    #expect(Array(read) == rows && read.codes(of: [5, -1, 69_999]) == [5, -1, 69_999])
    #expect(try Array(TextColumn("ids", from: reader)) == Array(ids))
  }

  @Test func placesOfRowsLeadBack() {
    let offsets = Offsets(counts: [2, 0, 3, 1])
    #expect(offsets.places(ofRows: [0, 2, 3]) == [0, 1, 2, 3, 4, 5])
    #expect(offsets.places(ofRows: [3, 1]) == [5])
    #expect(offsets.rows(holding: [0, 1, 2, 4, 5, -1, 0]) == [0, 0, 2, 2, 3, -1, 0])
  }

  @Test func smallCodesReachTheirLimits() {
    #expect(Array(CodeColumn<Int8>([-1, 127, 0])) == [-1, 127, 0])
    #expect(Array(CodeColumn<Int16>([-1, 255, 32767])) == [-1, 255, 32767])
  }

  @Test func rowsOfOffsetsAreFoundFromTheirPositions() {
    let offsets = Offsets(counts: [2, 0, 3])
    #expect((0..<3).map { offsets.range($0) } == [0..<2, 2..<2, 2..<5])
    #expect((0..<5).map { offsets.row(holding: $0) } == [0, 0, 2, 2, 2])
    #expect(Offsets().count == 0)
  }

  @Test func timesInRunsAreThoseOfTheirRows() throws {
    // Runs of every length, more rows than between two marks of the index.
    let days = try ["2023-05-01", "2023-05-02", "2023-06", "2023-05-03/2023-05-09"].map {
      try EDTFTime(parsing: $0)
    }
    var times: [EDTFTime?] = []
    for index in 0..<900 {
      times += [EDTFTime?](repeating: days[index % 4], count: index % 7 + (index % 50 == 0 ? 300 : 0))
    }
    times += [nil, nil]
    let runs = TimeColumn(sorted: times)
    let codes = TimeColumn(times)
    #expect(times.count > 5000)
    #expect(runs.table.count == 4)
    for row in times.indices {
      #expect(runs.time(row) == times[row])
      #expect(codes.time(row) == times[row])
      #expect(runs.bounds(row) == times[row]?.bounds ?? .anyTime)
    }
  }
}
