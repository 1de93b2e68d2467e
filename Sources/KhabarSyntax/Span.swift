/// A half-open range of UTF-8 offsets in a source text.
///
/// Two spans are always equal: trees compare by what was said, not by where it stood. Compare `lower` and
/// `upper` where the place matters.
package struct Span: Hashable, Sendable {
  package var lower: Int
  package var upper: Int

  package init(_ lower: Int, _ upper: Int) {
    self.lower = lower
    self.upper = max(lower, upper)
  }

  /// The span of something that no text says (a default, a rewrite).
  package static let none = Span(0, 0)

  package var isNone: Bool { upper == 0 }

  /// From the start of this span to the end of the other.
  package func through(_ other: Span) -> Span { Span(min(lower, other.lower), max(upper, other.upper)) }

  package static func == (_: Span, _: Span) -> Bool { true }
  package func hash(into _: inout Hasher) {}
}

/// A source text with the name it is shown under (a file's path, `-c`, `<stdin>`), and its line starts.
package struct SourceText: Sendable {
  package let name: String
  package let text: String
  package let utf8: [UInt8]
  /// UTF-8 offsets at which lines start; the first is 0.
  package let lineStarts: [Int]
  /// The number of the text's first line in what it was taken from, from 1.
  package let firstLine: Int

  package init(name: String, text: String, firstLine: Int = 1) {
    self.name = name
    self.firstLine = firstLine
    self.text = text
    utf8 = Array(text.utf8)
    var starts = [0]
    for (offset, byte) in utf8.enumerated() where byte == UInt8(ascii: "\n") { starts.append(offset + 1) }
    lineStarts = starts
  }

  /// The index into `lineStarts` of the line that holds `offset`.
  package func line(at offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low
  }

  /// The line's bytes without its terminator.
  package func bytes(ofLine line: Int) -> ArraySlice<UInt8> {
    let start = lineStarts[line]
    var end = line + 1 < lineStarts.count ? lineStarts[line + 1] - 1 : utf8.count
    if end > start, utf8[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return utf8[start..<max(start, end)]
  }

  /// The text of a span, clamped to the source.
  package func text(_ span: Span) -> String {
    let lower = min(max(0, span.lower), utf8.count)
    let upper = min(max(lower, span.upper), utf8.count)
    return String(decoding: utf8[lower..<upper], as: UTF8.self)
  }

  /// Line, from `firstLine`, and column, from 1; the column counts Unicode scalars.
  package func position(of offset: Int) -> (line: Int, column: Int) {
    let line = line(at: offset)
    let start = lineStarts[line]
    let end = min(max(start, offset), utf8.count)
    return (line + firstLine, String(decoding: utf8[start..<end], as: UTF8.self).unicodeScalars.count + 1)
  }
}
