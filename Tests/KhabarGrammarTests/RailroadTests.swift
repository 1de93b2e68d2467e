import FoundationEssentials
import KhabarText
import Testing

/// `Grammar/railroad.html` is what the grammar gives; with `KHABAR_BLESS` it is written anew. Look at it afterwards.
struct RailroadTests {
  private let grammar: Grammar

  init() throws { grammar = try Corpus.grammar.get() }

  private static let isBlessing = ProcessInfo.processInfo.environment["KHABAR_BLESS"] != nil
  private static let page = Corpus.root.appending(path: "Grammar/railroad.html")

  @Test(.disabled(if: isBlessing)) func thePageIsUpToDate() throws {
    let isSame = try Corpus.text("Grammar/railroad.html") == RailroadPage(grammar).html
    #expect(isSame, "run the tests with KHABAR_BLESS=1, and look at Grammar/railroad.html")
  }

  @Test(.enabled(if: isBlessing)) func bless() throws {
    try Data(RailroadPage(grammar).html.utf8).write(to: Self.page)
  }

  @Test func everyLinkLeadsSomewhere() {
    let html = RailroadPage(grammar).html
    let anchors = html.matches(of: /id="([^"]+)"/).map { $0.output.1 }
    let links = html.matches(of: /href="#([^"]+)"/).map { $0.output.1 }
    #expect(Set(links).subtracting(anchors) == [])
    #expect(anchors.count == Set(anchors).count)
  }

  @Test func boxesStandApartInsideTheirDiagram() {
    for production in grammar.productions {
      let diagram = RailroadDiagram(production.term)
      let boxes = diagram.drawing.boxes
      for (number, box) in boxes.enumerated() {
        let isInside =
          box.x >= 0 && box.y >= 0 && box.x + box.width <= diagram.width
          && box.y + box.height <= diagram.height
        #expect(isInside, "\(production.name): \(box)")
        let overlaps = boxes[(number + 1)...].filter { overlap(box, $0) }
        #expect(overlaps == [], "\(production.name): \(box)")
      }
    }
  }

  private func overlap(_ a: RailroadDrawing.Box, _ b: RailroadDrawing.Box) -> Bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
  }

  @Test func tracksGoAroundBoxesAndInsideTheDiagram() {
    for production in grammar.productions {
      let diagram = RailroadDiagram(production.term)
      for track in diagram.drawing.tracks {
        for (x1, y1, x2, y2) in track.segments {
          let (left, right, top, bottom) = (min(x1, x2), max(x1, x2), min(y1, y2), max(y1, y2))
          #expect(left >= 0 && right <= diagram.width && top >= 0 && bottom <= diagram.height)
          let crossed = diagram.drawing.boxes.filter { box in
            left < box.x + box.width && right > box.x && top < box.y + box.height && bottom > box.y
          }
          #expect(crossed == [], "\(production.name): \((x1, y1, x2, y2))")
        }
      }
    }
  }

  /// Monospaced letters of 13 pixels are at most 7.9 wide.
  @Test func textFitsItsBox() {
    for production in grammar.productions {
      for box in RailroadDiagram(production.term).drawing.boxes {
        #expect(
          Double(DisplayWidth.of(box.text)) * 7.9 + 8 <= Double(box.width), "\(production.name): \(box.text)")
      }
    }
  }

  @Test func listsAreLoopsWithTheirSeparatorOnTheWayBack() throws {
    let term = try #require(try GrammarReader.read("/* ---- S ---- */\nA ::= B (',' B)*")["A"])
    let boxes = RailroadDiagram(term).drawing.boxes
    #expect(boxes.map(\.text) == ["B", ","])
    #expect(boxes[0].y < boxes[1].y)
  }
}
