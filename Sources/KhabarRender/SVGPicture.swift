import KhabarText

/// A picture in SVG that stands by itself: no script, no font or file from elsewhere, colours for light and dark rooms, and
/// nothing that colour alone tells.
///
/// Lengths are in CSS pixels. Where the reader's language runs from right to left, the picture is mirrored: what is given
/// as the distance from the left is that from the right.
struct SVGPicture {
  let width: Double
  let isMirrored: Bool
  private(set) var body = ""

  init(width: Double, language: String) {
    self.width = width
    isMirrored = Bidi.runsFromRightToLeft(language: language)
  }

  static let lineHeight = 24.0
  private static let letterWidth = 7.6

  /// What a text takes, roughly: fonts differ.
  static func width(of text: String) -> Double { Double(DisplayWidth.of(text)) * letterWidth }

  enum Anchor: String { case start, middle, end }

  /// A text whose line of writing is at `y`; cut to `room` if it takes more.
  mutating func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, room: Double = .infinity,
    style: String = ""
  ) {
    var shown = text
    if Self.width(of: text) > room {
      shown = DisplayWidth.prefix(of: text, columns: max(1, Int(room / Self.letterWidth) - 1)) + "…"
    }
    let tip = shown == text ? "" : "<title>\(Markup.escape(text))</title>"
    let attributes = (anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\"") + Self.classes(style)
    body +=
      "<text x=\"\(number(place(x)))\" y=\"\(number(y))\"\(attributes)>\(Markup.escape(shown))\(tip)</text>\n"
  }

  mutating func rectangle(x: Double, y: Double, width: Double, height: Double, style: String) {
    let left = isMirrored ? self.width - x - width : x
    body +=
      "<rect x=\"\(number(left))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\""
      + " rx=\"2\"\(Self.classes(style))/>\n"
  }

  mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double), style: String) {
    body +=
      "<line x1=\"\(number(place(start.x)))\" y1=\"\(number(start.y))\" x2=\"\(number(place(end.x)))\""
      + " y2=\"\(number(end.y))\"\(Self.classes(style))/>\n"
  }

  mutating func polygon(_ points: [(x: Double, y: Double)], style: String) { shape("polygon", points, style) }

  mutating func polyline(_ points: [(x: Double, y: Double)], style: String) {
    shape("polyline", points, style)
  }

  private mutating func shape(_ name: String, _ points: [(x: Double, y: Double)], _ style: String) {
    let places = points.map { "\(number(place($0.x))),\(number($0.y))" }.joined(separator: " ")
    body += "<\(name) points=\"\(places)\"\(Self.classes(style))/>\n"
  }

  mutating func circle(x: Double, y: Double, radius: Double, style: String) {
    body +=
      "<circle cx=\"\(number(place(x)))\" cy=\"\(number(y))\" r=\"\(number(radius))\"\(Self.classes(style))/>\n"
  }

  /// The whole picture.
  ///
  /// - Parameter title: For those who cannot see it.
  func document(title: String, height: Double) -> String {
    let size =
      "width=\"\(number(width))\" height=\"\(number(height))\" viewBox=\"0 0 \(number(width)) \(number(height))\""
    let direction = isMirrored ? " direction=\"rtl\"" : ""
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="khabar" \(size)\(direction) role="img">
      <title>\(Markup.escape(title))</title>
      <style>\(Self.style)</style>
      \(body)</svg>

      """
  }

  private func place(_ x: Double) -> Double { isMirrored ? width - x : x }

  private static func classes(_ style: String) -> String { style.isEmpty ? "" : " class=\"\(style)\"" }

  private func number(_ value: Double) -> String {
    NumberText.text((value * 10).rounded() / 10) ?? "0"
  }

  /// One colour for each status, with at least 4.5 : 1 on its ground.
  private static let style = """
    .khabar{font:14px system-ui,sans-serif;fill:#1f2328}\
    .khabar .quiet{fill:#57606a}.khabar .strong{font-weight:600}.khabar .rule{stroke:#8c959f;stroke-width:1}\
    .khabar .grid{stroke:#d0d7de;stroke-width:1}.khabar .halo{paint-order:stroke;stroke:#fff;stroke-width:3px}.khabar .link{stroke:#8c959f;stroke-opacity:.6}.khabar .w1{stroke-width:1}.khabar .w2{stroke-width:2}\
    .khabar .w3{stroke-width:3}.khabar .w4{stroke-width:4}.khabar .w5{stroke-width:5}.khabar .w6{stroke-width:6}.khabar .node{fill:#0b5cad}\
    .khabar .bar{fill:#0b5cad}.khabar .series{fill:none;stroke:#0b5cad;stroke-width:2}\
    .khabar .s0{fill:#0b5cad;stroke:#0b5cad}.khabar .s1{fill:#0f6f63;stroke:#0f6f63}\
    .khabar .s2{fill:#8a5a00;stroke:#8a5a00}.khabar .s3{fill:#57606a;stroke:#57606a}\
    .khabar .s4{fill:#b3261e;stroke:#b3261e}.khabar .s5{fill:#57606a;stroke:#57606a}\
    .khabar .maybe{fill-opacity:.16;stroke-dasharray:4 3}.khabar .sign{stroke:none}\
    @media (prefers-color-scheme:dark){.khabar{fill:#e6edf3}.khabar .halo{stroke:#0d1117}.khabar .quiet{fill:#9aa4af}\
    .khabar .rule,.khabar .link{stroke:#6e7681}.khabar .grid{stroke:#30363d}.khabar .node,.khabar .bar{fill:#6cb0ff}\
    .khabar .series{stroke:#6cb0ff}.khabar .s0{fill:#6cb0ff;stroke:#6cb0ff}.khabar .s1{fill:#4cc2b0;stroke:#4cc2b0}\
    .khabar .s2{fill:#e0a63a;stroke:#e0a63a}.khabar .s3,.khabar .s5{fill:#9aa4af;stroke:#9aa4af}\
    .khabar .s4{fill:#ff8a80;stroke:#ff8a80}}
    """
}
