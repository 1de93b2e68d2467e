import EDTF
import Testing

@testable import KhabarModel

struct StoredColumnTests {
  @Test(arguments: [
    [], [""], ["7", "0", "4294967295"], ["7", "07"], ["4294967296"], ["a_1", "a_10", "a_0"], ["a1", "b1"],
    ["a1", "a01"], ["é", "7"], ["e7", "e4294967296"], ["a", "", "سيرغي", "b"],
  ])
  func textsComeBackAsTheyWere(_ texts: [String]) {
    #expect(Array(TextColumn(texts)) == texts)
  }

  @Test func wordsAreStoredOnce() {
    let words = WordColumn(["ar", nil, "en", "ar"])
    #expect(words.words == ["ar", "en"])
    #expect(Array(words) == ["ar", nil, "en", "ar"])
  }

  @Test(arguments: [[0], [3, 3, 3], [0, 2, 0, 700, 1], [0, 70_000, 5], Array(0..<300)])
  func offsetsOfAnySizeAddUp(_ counts: [Int]) {
    let offsets = Offsets(counts: counts)
    var start = 0
    for (row, count) in counts.enumerated() {
      #expect(offsets.range(row) == start..<start + count)
      start += count
    }
    #expect(offsets.total == start)
  }

  @Test func recordsThatSayNothingTakeNoByte() {
    let texts = RecordColumn([
      LocalizedText(), LocalizedText([.init(language: "ar", text: "لقاء")]), LocalizedText(),
    ])
    #expect(texts.indices.map { texts.isNothing($0) } == [true, false, true])
    #expect(texts[1]["ar"] == "لقاء")
    #expect(texts[2] == LocalizedText())
  }

  @Test(arguments: [0, 1, -1, 63, 64, -64, -65, Int.max, Int.min])
  func numbersComeBackAsTheyWere(_ number: Int) {
    var writer = RecordWriter()
    writer.write(number: number)
    writer.bytes.withUnsafeBufferPointer { bytes in
      var reader = RecordReader(bytes)
      #expect(reader.number() == number)
    }
  }

  @Test func whatIsCutOffIsReadAsNothing() throws {
    var writer = RecordWriter()
    var actor = Actor(id: "averna", kind: .state)
    actor.names = LocalizedText([.init(language: "en", text: "Averna")])
    actor.offices = [Office(title: actor.names, organization: 3, since: try EDTFTime(parsing: "2031-04"))]
    writer.write(actor)
    for count in 0...writer.bytes.count {
      Array(writer.bytes.prefix(count)).withUnsafeBufferPointer { bytes in
        var reader = RecordReader(bytes)
        let found = Actor(from: &reader)
        if count == writer.bytes.count { #expect(found == actor) }
      }
    }
    for position in writer.bytes.indices {
      var bytes = writer.bytes
      bytes[position] = 0xFF
      bytes.withUnsafeBufferPointer { bytes in
        var reader = RecordReader(bytes)
        _ = Actor(from: &reader)
      }
    }
  }
}
