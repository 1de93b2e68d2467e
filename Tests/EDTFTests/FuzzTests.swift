import EDTF
import Testing

/// Texts made by the grammar, most of which are times.
private struct TimeWriter {
  var generator: SeededGenerator

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

  mutating func digits(_ count: Int) -> String {
    (0..<count).map { _ in chance(10) ? "X" : String(Int.random(in: 0...9, using: &generator)) }.joined()
  }

  mutating func number(_ range: ClosedRange<Int>, width: Int) -> String {
    let text = String(Int.random(in: range, using: &generator))
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }

  mutating func qualifier() -> String {
    chance(15) ? ["?", "~", "%"].randomElement(using: &generator) ?? "" : ""
  }

  mutating func longYear() -> String {
    let exponent = chance(40) ? "E" + number(0...12, width: 1) : ""
    let significance = chance(40) ? "S" + number(0...6, width: 1) : ""
    return "Y" + (chance(30) ? "-" : "") + number(1...90_000_000, width: 1) + exponent + significance
      + qualifier()
  }

  mutating func date() -> String {
    if chance(8) { return longYear() }
    var text = qualifier() + (chance(10) ? "-" : "") + digits(4) + qualifier()
    if chance(6) { return text + "S" + number(0...5, width: 1) }
    if chance(25) { return text }
    text +=
      "-" + qualifier() + (chance(10) ? digits(2) : number(1...(chance(20) ? 41 : 12), width: 2))
      + qualifier()
    if chance(30) { return text }
    text += "-" + qualifier() + (chance(20) ? digits(2) : number(1...31, width: 2)) + qualifier()
    return chance(10) ? text + clock() : text
  }

  mutating func clock() -> String {
    let zone = [
      "", "Z", "+" + number(0...14, width: 2),
      "-" + number(0...12, width: 2) + ":" + number(0...59, width: 2),
    ]
    return "T" + number(0...23, width: 2) + ":" + number(0...59, width: 2) + ":" + number(0...60, width: 2)
      + (zone.randomElement(using: &generator) ?? "")
  }

  mutating func end() -> String { chance(15) ? ".." : chance(15) ? "" : date() }

  mutating func member() -> String {
    switch Int.random(in: 0..<5, using: &generator) {
    case 0: date() + ".." + date()
    case 1: ".." + date()
    case 2: date() + ".."
    default: date()
    }
  }

  mutating func time() -> String {
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: return end() + "/" + end()
    case 1:
      return "[" + (0..<Int.random(in: 1...4, using: &generator)).map { _ in member() }.joined(separator: ",")
        + "]"
    case 2:
      return "{"
        + (0..<Int.random(in: 1...4, using: &generator)).map { _ in member() }.joined(separator: ",") + "}"
    default: return date()
    }
  }
}

@Suite struct FuzzTests {
  @Test func printingThenReadingIsAFixedPoint() throws {
    var writer = TimeWriter(generator: SeededGenerator(state: 2023))
    var read = 0
    for _ in 0..<40_000 {
      guard let time = EDTFTime(writer.time()) else { continue }
      read += 1
      let canonical = time.description
      let again = try EDTFTime(parsing: canonical)
      #expect(again == time && again.description == canonical && again.level == time.level)
      checkInvariants(of: time)
    }
    #expect(read > 15_000)
  }

  private func checkInvariants(of time: EDTFTime) {
    for bounds in [time.bounds, time.window] {
      let isTight =
        bounds.startMin <= bounds.startMax && bounds.endMin <= bounds.endMax
        && bounds.startMin <= bounds.endMin
        && bounds.startMax <= bounds.endMax
      #expect(isTight, "\(time)")
      #expect(bounds.isDuring(time.window).possibly == .true, "\(time)")
    }
    for value in time.values.map({ Array($0.prefix(8)) }) ?? [] {
      #expect(EDTFTime(value.description) == value, "\(time)")
      #expect(value.bounds.isDuring(time.window) == .true, "\(time): \(value)")
    }
  }

  @Test func nothingTraps() {
    let alphabet = Array("00123456789--XXYESTZ?~%./[]{},:+ ٢٠۵،xé\u{0}\u{200F}🕰")
    var generator = SeededGenerator(state: 77)
    var writer = TimeWriter(generator: SeededGenerator(state: 78))
    for round in 0..<60_000 {
      var text = round.isMultiple(of: 2) ? Array(writer.time()) : []
      for _ in 0..<Int.random(in: 1...(round.isMultiple(of: 2) ? 3 : 24), using: &generator) {
        let place = Int.random(in: 0...text.count, using: &generator)
        guard let symbol = alphabet.randomElement(using: &generator) else { continue }
        if place < text.count, Bool.random(using: &generator) {
          text[place] = symbol
        } else {
          text.insert(symbol, at: place)
        }
      }
      check(String(text))
    }
  }

  private func check(_ text: String) {
    do throws(EDTFError) {
      let time = try EDTFTime(parsing: text)
      #expect(EDTFTime(time.description) == time)
      checkInvariants(of: time)
    } catch {
      let isInside =
        error.offset >= 0 && error.length >= 0 && error.offset + error.length <= text.unicodeScalars.count
      #expect(isInside, "\(text)")
      #expect(!error.message.isEmpty)
    }
  }
}
