import FoundationEssentials
import Glibc

/// Messages with a header that says their length, as the Language Server Protocol has them, on two file descriptors.
struct MessageStream {
  private let input: Int32
  private let output: Int32
  private var buffer: [UInt8] = []

  /// A message longer than this is nobody's script.
  private static let longest = 64 << 20
  private static let longestHeader = 8192

  init(input: Int32, output: Int32) {
    self.input = input
    self.output = output
  }

  enum Incoming: Equatable {
    case message(JSONValue)
    /// A body that is no JSON; the next message can still be read.
    case malformed
  }

  /// Nil at the end of the input, and where what comes is no header.
  mutating func next() -> Incoming? {
    guard let length = header() else { return nil }
    while buffer.count < length { guard fill() else { return nil } }
    let body = Data(buffer[..<length])
    buffer.removeFirst(length)
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: body) else { return .malformed }
    return .message(value)
  }

  private mutating func header() -> Int? {
    let end: [UInt8] = [13, 10, 13, 10]
    while true {
      if let range = buffer.firstRange(of: end) {
        let text = String(decoding: buffer[..<range.lowerBound], as: UTF8.self)
        buffer.removeSubrange(..<range.upperBound)
        return Self.length(in: text)
      }
      guard buffer.count < Self.longestHeader, fill() else { return nil }
    }
  }

  private static func length(in header: String) -> Int? {
    for line in header.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-length" else { continue }
      let digits = parts[1].filter { $0 != " " }
      guard digits.allSatisfy({ $0.isASCII && $0.isNumber }), let length = Int(digits) else { return nil }
      return length <= longest ? length : nil
    }
    return nil
  }

  private mutating func fill() -> Bool {
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(input, &chunk, chunk.count)
    if count < 0, errno == EINTR { return true }
    guard count > 0 else { return false }
    buffer += chunk[..<count]
    return true
  }

  func send(_ message: JSONValue) {
    guard let body = try? JSONEncoder().encode(message) else { return }
    var bytes = Array("Content-Length: \(body.count)\r\n\r\n".utf8) + Array(body)
    while !bytes.isEmpty {
      let count = write(output, bytes, bytes.count)
      if count > 0 { bytes.removeFirst(count) } else if errno != EINTR { return }
    }
  }
}
