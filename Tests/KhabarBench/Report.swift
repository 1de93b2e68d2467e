import FoundationEssentials
import Glibc
import Khabar

// The lines that are printed, with names as the reader, a Python script, has them.

struct Opening: Encodable {
  var seconds: Double
}

struct Measurement: Encodable {
  var script: String
  var seconds: [Double] = []
  var peak_bytes = 0
  var answers: [[[Cell]]] = []
  var error: String?
}

enum Report {
  /// At once, so that a reader who waits knows which script it is that takes long.
  static func print(_ line: some Encodable) {
    guard let data = try? JSONEncoder().encode(line) else { return }
    Swift.print(String(decoding: data, as: UTF8.self))
    fflush(nil)
  }
}

/// A value as JSON has it: times are their EDTF, what is missing is null.
struct Cell: Encodable {
  let value: Value

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .missing: try container.encodeNil()
    case .truth(let truth): try container.encode(truth)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .time(let time): try container.encode(time.description)
    case .list(let values): try container.encode(values.map(Cell.init))
    }
  }
}
