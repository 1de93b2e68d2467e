/// The characters that pictures are made of: one column each.
struct PictureGlyphs {
  var solid = "█"
  var shaded = "░"
  var openStart = "◀"
  var openEnd = "▶"
  var unknownStart = "◁"
  var unknownEnd = "▷"
  var line = "─"
  var tick = "┬"
  var zero = "│"
  /// Where an axis leaves out days.
  var gap = "≈"
  var ellipsis = "…"
  var link = "─"
  var arrow = "→"
  /// Eighths of a cell from the left, none to seven.
  var eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
  /// Heights, the lowest first.
  var heights = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  /// By the status's code: occurred, ongoing, planned, hypothetical, denied, cancelled.
  var statuses = ["●", "◐", "○", "?", "×", "⊘"]

  static let unicode = PictureGlyphs()

  static let ascii = PictureGlyphs(
    solid: "#", shaded: ".", openStart: "<", openEnd: ">", unknownStart: "(", unknownEnd: ")", line: "-",
    tick: "+", zero: "|", gap: "~", ellipsis: "..", link: "-", arrow: ">", eighths: [""],
    heights: ["_", ".", ":", "-", "=", "+", "*", "#"], statuses: ["*", "@", "o", "?", "x", "/"])
}
