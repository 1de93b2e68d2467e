/// The page of diagrams: the grammar's sections, productions and comments, in one file without a script.
struct RailroadPage {
  private let grammar: Grammar
  private let names: Set<String>

  init(_ grammar: Grammar) {
    self.grammar = grammar
    names = Set(grammar.productions.map(\.name))
  }

  var html: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>The grammar of Khabar</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    <header>
    <h1>The grammar of Khabar</h1>
    <p>Read a diagram from its bar on the left to its bar on the right, along any way that has no sharp turn. A round
    box is a keyword or a sign, in its English spelling; a box with corners leads to the diagram of that name; a box
    with a double edge is a character. What a frame below a box holds, the box may not be. The same grammar as text is
    <a href="khabar.ebnf">khabar.ebnf</a>, from which this page is generated; the <a href="Manual.md">manual</a> says
    what it means.</p>
    \(Self.paragraphs(grammar.preamble))
    </header>
    \(index)
    <main>
    \(grammar.sections.map(section).joined(separator: "\n"))
    </main>
    </body>
    </html>

    """
  }

  // MARK: - Parts

  private var index: String {
    let sections = grammar.sections.map { section in
      let links = section.productions.map { "<a href=\"#\($0.name)\">\($0.name)</a>" }
      let heading = "<dt><a href=\"#\(Self.anchor(section))\">\(section.title)</a></dt>"
      return "\(heading)\n<dd>\(links.joined(separator: "\n"))</dd>"
    }
    return "<nav>\n<dl>\n\(sections.joined(separator: "\n"))\n</dl>\n</nav>"
  }

  private static func anchor(_ section: GrammarSection) -> String {
    "section-" + section.title.lowercased().replacing(" ", with: "-")
  }

  private func section(_ section: GrammarSection) -> String {
    let parts =
      ["<section id=\"\(Self.anchor(section))\">\n<h2>\(section.title)</h2>"]
      + section.productions.map(production)
      + section.notes.map { "<div class=\"rules\">\n\(Self.paragraphs($0))\n</div>" }
    return parts.joined(separator: "\n") + "\n</section>"
  }

  private func production(_ production: Production) -> String {
    let users = grammar.productions.filter { $0.term.all.contains(.name(production.name)) }.map(\.name)
    let links = users.map { "<a href=\"#\($0)\">\($0)</a>" }.joined(separator: ", ")
    let usage = users.isEmpty ? "" : "\n<p class=\"usage\">used in \(links)</p>"
    let text = "\(production.name) ::= \(ebnf(production.term, in: .choice))"
    return """
      <article id="\(production.name)">
      <h3><a href="#\(production.name)">\(production.name)</a></h3>
      <figure>
      \(svg(RailroadDiagram(production.term), title: production.name))
      </figure>
      <pre>\(text)</pre>\(production.notes.map { "\n" + Self.paragraphs($0) }.joined())\(usage)
      </article>
      """
  }

  // MARK: - Diagrams

  private func svg(_ diagram: RailroadDiagram, title: String) -> String {
    let (width, height, drawing) = (diagram.width, diagram.height, diagram.drawing)
    let path = drawing.tracks.map(\.path).joined()
    let frames = drawing.frames.map { frame in
      """
      <rect class="frame" x="\(frame.x)" y="\(frame.y)" width="\(frame.width)" height="\(frame.height)" rx="4"/>
      <text class="caption" x="\(frame.x + 10)" y="\(frame.y + 15)">\(frame.caption)</text>
      """
    }
    let parts = ["<path d=\"\(path)\"/>"] + frames + drawing.boxes.map(box)
    return """
      <svg role="img" aria-label="Diagram of \(title)" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)">
      \(parts.joined(separator: "\n"))
      </svg>
      """
  }

  private func box(_ box: RailroadDrawing.Box) -> String {
    let radius = box.kind == .word ? box.height / 2 : box.kind == .name ? 2 : 0
    let place = "x=\"\(box.x)\" y=\"\(box.y)\" width=\"\(box.width)\" height=\"\(box.height)\""
    let inner =
      box.kind == .characters
      ? "<rect class=\"inner\" x=\"\(box.x + 3)\" y=\"\(box.y + 3)\" width=\"\(box.width - 6)\" "
        + "height=\"\(box.height - 6)\"/>" : ""
    let text = "<text x=\"\(box.x + box.width / 2)\" y=\"\(box.y + 16)\">\(Self.escaped(box.text))</text>"
    let shape = "<rect class=\"\(box.kind)\" \(place) rx=\"\(radius)\"/>\(inner)\(text)"
    return box.kind == .name ? "<a href=\"#\(box.text)\">\(shape)</a>" : shape
  }

  // MARK: - Text

  /// How tight a term binds.
  private enum Level: Int { case choice, sequence, item }

  private func ebnf(_ term: Term, in level: Level) -> String {
    let (text, own): (String, Level) =
      switch term {
      case .choice(let parts): (parts.map { ebnf($0, in: .sequence) }.joined(separator: " | "), .choice)
      case .sequence(let parts): (parts.map { ebnf($0, in: .item) }.joined(separator: " "), .sequence)
      case .optional(let part): (ebnf(part, in: .item) + "?", .item)
      case .many(let part): (ebnf(part, in: .item) + "*", .item)
      case .some(let part): (ebnf(part, in: .item) + "+", .item)
      case .except(let part, let excluded):
        (ebnf(part, in: .item) + " - " + ebnf(excluded, in: .item), .sequence)
      case .quoted(let text): ("'" + Self.escaped(text) + "'", .item)
      case .characters(let characters): (Self.escaped(characters.text), .item)
      case .name(let name): ("<a href=\"#\(name)\">\(name)</a>", .item)
      }
    return own.rawValue < level.rawValue ? "(\(text))" : text
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  /// A comment's paragraphs; one that is indented keeps its lines. What stands in backquotes is code.
  private static func paragraphs(_ comment: String) -> String {
    let paragraphs = comment.split(separator: "\n\n").map { paragraph in
      let text = escaped(String(paragraph))
      if paragraph.hasPrefix("  ") { return "<pre class=\"example\">\(text)</pre>" }
      let parts = text.split(separator: "`", omittingEmptySubsequences: false).enumerated().map {
        number, part in
        number % 2 == 1 ? "<code>\(part)</code>" : String(part)
      }
      return "<p>\(parts.joined())</p>"
    }
    return paragraphs.joined(separator: "\n")
  }

  private static let style = """
    :root { color-scheme: light dark; --page: #fff; --ink: #1b1f24; --quiet: #59636e; --line: #59636e;
      --word: #e3f1e5; --word-edge: #3f7a4a; --name: #e4edf8; --name-edge: #3a6ea5; --characters: #f7eedb;
      --characters-edge: #9a6b1f; --rule: #d5dae0; --link: #1f5a99; }
    @media (prefers-color-scheme: dark) {
      :root { --page: #15181c; --ink: #dfe4ea; --quiet: #99a3ae; --line: #8a94a0; --word: #1f3324; --word-edge: #7cb889;
        --name: #1d2c3d; --name-edge: #7fb0e6; --characters: #372b14; --characters-edge: #d5a85b; --rule: #333a42;
        --link: #8dbbee; } }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; background: var(--page); color: var(--ink);
      font: 1rem/1.5 system-ui, sans-serif; }
    a { color: var(--link); text-decoration: none; }
    a:hover, a:focus { text-decoration: underline; }
    h2 { margin-top: 3rem; padding-bottom: .3rem; border-bottom: 1px solid var(--rule); }
    h3 { margin: 2rem 0 .3rem; font-size: 1.05rem; }
    h3 a { color: var(--ink); }
    article:target h3 a { text-decoration: underline; }
    p { margin: .4rem 0; max-width: 46rem; }
    pre, code, svg text { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; }
    pre { margin: .4rem 0; color: var(--quiet); font-size: .8rem; white-space: pre-wrap; overflow-wrap: anywhere; }
    pre.example { white-space: pre; overflow-x: auto; }
    code { font-size: .9em; }
    .usage { color: var(--quiet); font-size: .85rem; }
    .rules { margin-top: 1.5rem; padding: .2rem 1rem; border-left: 3px solid var(--rule); }
    nav { margin: 1.5rem 0; padding: .5rem 1rem; border: 1px solid var(--rule); border-radius: 4px; }
    nav dt { margin-top: .5rem; font-weight: 600; }
    nav dd { margin: 0; display: flex; flex-wrap: wrap; gap: 0 1rem; font-size: .9rem; }
    figure { margin: .3rem 0; overflow-x: auto; }
    svg { display: block; max-width: 100%; height: auto; }
    svg path { fill: none; stroke: var(--line); stroke-width: 1.5; }
    svg rect { stroke-width: 1.2; }
    svg text { fill: var(--ink); font-size: 13px; text-anchor: middle; }
    svg text, article pre { direction: ltr; unicode-bidi: bidi-override; }
    svg .word { fill: var(--word); stroke: var(--word-edge); }
    svg .name { fill: var(--name); stroke: var(--name-edge); }
    svg a text { fill: var(--link); }
    svg .characters { fill: var(--characters); stroke: var(--characters-edge); }
    svg .inner { fill: none; stroke: var(--characters-edge); stroke-width: .7; }
    svg .frame { fill: none; stroke: var(--line); stroke-dasharray: 4 3; }
    svg text.caption { fill: var(--quiet); font-size: 12px; text-anchor: start; }
    @media print { body { max-width: none; padding: 0; font-size: 10pt; } a { color: inherit; }
      pre.example { white-space: pre-wrap; } article { break-inside: avoid; } h2, h3 { break-after: avoid; } nav dd a { color: inherit; } }
    """
}
