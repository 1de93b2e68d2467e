import EDTF
import Testing

@testable import KhabarModel

struct ColumnTests {
  @Test func codesTakeTheBytesThatTheGreatestNeeds() {
    func width(_ codes: [Int32]) -> Int {
      switch CodeColumn(codes).layout {
      case .same: 0
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
