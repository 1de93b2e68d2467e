import KhabarEval
import KhabarRender
import KhabarSyntax

extension Session {
  /// Writes the answer of a query that ends in `to "FILE"`, in the form that the file's name asks for.
  ///
  /// - Returns: Whether the query ends so.
  /// - Throws: `KhabarError` where the answer has no such form (E0325), or the text may not write there (E0661).
  func writePicture(_ table: ResultTable, of query: Query, _ run: Run) throws -> Bool {
    guard let file = query.stages.last?.file else { return false }
    guard let format = Self.format(ofFile: file.text),
      run.isDry || ResultRenderer.canWrite(table, format: format)
    else {
      throw KhabarError([Self.unknownForm(of: file)], in: run.source)
    }
    if run.isDry { return true }
    let options = RenderOptions(language: language, width: format == .table ? 100 : nil)
    let path = try writableFile(file.text, at: file.span, from: run.source)
    try TextFile.put(path, ResultRenderer.render(table, format: format, options: options))
    return true
  }

  private static func format(ofFile name: String) -> OutputFormat? {
    let forms: [String: OutputFormat] = ["svg": .svg, "dot": .dot, "gv": .dot, "txt": .table]
    guard let dot = name.lastIndex(of: ".") else { return nil }
    return forms[name[name.index(after: dot)...].lowercased()]
  }

  private static func unknownForm(of file: Name) -> Diagnostic {
    Diagnostic(
      "E0325", "the picture has no form for a file called `\(file.text)`", at: file.span,
      help: ["a picture is written to `….svg` or `….txt`, a graph also to `….dot`"])
  }
}
