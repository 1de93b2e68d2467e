import KhabarEval
import KhabarModel
import KhabarPlan

// From a result to text.
//
// What enters: a `ResultTable` (typed columns, rows of values, and the store that references point into), a format
// and the reader's options. What leaves: text, written row by row to any stream, always ending in a newline.
//
//     events in Moscow | select id, actors, score
//
//     table     id              actors                          score
//               ──────────────  ──────────────────────────────  ─────
//               lavrov_meeting  Sergei Lavrov, Ararat Mirzoyan      7
//               1 row
//     line          id: lavrov_meeting
//               actors: Sergei Lavrov, Ararat Mirzoyan
//                score: 7
//     json      [{"id":"lavrov_meeting","actors":["sergei_lavrov","ararat_mirzoyan"],"score":7}]
//     csv       id,actors,score
//               lavrov_meeting,sergei_lavrov; ararat_mirzoyan,7
//
// Formats for programs (`OutputFormat.isData`) have ids, those for readers have names in the reader's language;
// `CellText` makes both. What a terminal would obey is never written raw: readers' formats spell out controls and
// invisible characters, JSON escapes them, CSV and TSV show controls as their pictures (`␛`), on a terminal
// also what reorders, and keep the rest.
// An answer that is a picture (`ResultTable.drawing`) is drawn where the format is `table`; all others write its rows.
// A table fits the width it is given; what it cuts or leaves out it says below the rows.

package enum ResultRenderer {
  package static func render(
    _ result: ResultTable, format: OutputFormat, options: RenderOptions = RenderOptions()
  ) -> String {
    var text = ""
    write(result, format: format, options: options, to: &text)
    return text
  }

  /// Writes row by row until `isCancelled`; only `table` has to see all rows before it writes the first.
  package static func write(
    _ result: ResultTable, format: OutputFormat, options: RenderOptions = RenderOptions(),
    isCancelled: () -> Bool = { false }, to output: inout some TextOutputStream
  ) {
    let cells = CellText(result, format: format, options: options)
    switch format {
    case .table:
      if let drawing = result.drawing {
        return draw(result, drawing, options: options, isCancelled: isCancelled, to: &output)
      }
      let writer = TableWriter(result, cells: cells, options: options, isCancelled: isCancelled)
      writer.write(to: &output, isCancelled: isCancelled)
    case .line:
      LineWriter(result, cells: cells, options: options).write(to: &output, isCancelled: isCancelled)
    case .json:
      JSONWriter(result, language: options.language).writeArray(to: &output, isCancelled: isCancelled)
    case .jsonl:
      JSONWriter(result, language: options.language).writeLines(to: &output, isCancelled: isCancelled)
    case .csv, .tsv:
      DelimitedWriter(
        result, cells: cells, dialect: format == .csv ? .csv : .tsv, isOnTerminal: options.width != nil
      )
      .write(header: options.header, to: &output, isCancelled: isCancelled)
    case .markdown: MarkdownWriter(result, cells: cells).write(to: &output, isCancelled: isCancelled)
    case .dot:
      guard case .graph(let graph) = result.drawing else { return }
      DOTWriter(result, graph, options: options).write(to: &output, isCancelled: isCancelled)
    case .svg: output.write(svg(result, options: options) ?? "")
    }
  }

  /// The picture that the result is, in SVG; nil: it is none.
  ///
  /// - Parameter title: For those who cannot see it.
  package static func svg(
    _ result: ResultTable, options: RenderOptions = RenderOptions(), title: String? = nil
  ) -> String? {
    guard let drawing = result.drawing else { return nil }
    var options = RenderOptions(language: options.language, null: options.null)
    options.width = 10_000
    let rows = result.rows.count == 1 ? "1 row" : "\(result.rows.count) rows"
    let title = title ?? "\(drawing.name) of \(rows)"
    switch drawing {
    case .timeline(let timeline): return TimelineWriter(result, timeline, options: options).svg(title: title)
    case .graph(let graph): return GraphWriter(result, graph, options: options).svg(title: title)
    case .chart(let chart):
      guard let time = chart.time else {
        return ChartWriter(result, chart, options: options).svg(title: title)
      }
      return SeriesWriter(result, chart, time: time, options: options).svg(title: title)
    }
  }

  /// Whether the format has a form for this result: only graphs are written in DOT, only pictures in SVG.
  package static func canWrite(_ result: ResultTable, format: OutputFormat) -> Bool {
    switch format {
    case .dot: if case .graph = result.drawing { true } else { false }
    case .svg: result.drawing != nil
    default: true
    }
  }

  private static func draw(
    _ result: ResultTable, _ drawing: Drawing, options: RenderOptions, isCancelled: () -> Bool,
    to output: inout some TextOutputStream
  ) {
    switch drawing {
    case .timeline(let timeline):
      TimelineWriter(result, timeline, options: options).write(to: &output, isCancelled: isCancelled)
    case .chart(let chart):
      guard let time = chart.time else {
        return ChartWriter(result, chart, options: options).write(to: &output, isCancelled: isCancelled)
      }
      SeriesWriter(result, chart, time: time, options: options).write(to: &output, isCancelled: isCancelled)
    case .graph(let graph):
      GraphWriter(result, graph, options: options).write(to: &output, isCancelled: isCancelled)
    }
  }

  /// One value as a reader sees it, for `print`.
  package static func text(_ value: Value, of store: EventStore, language: String) -> String {
    CellText(store, language: language).visible(value)
  }
}
