import Glibc
import Khabar
import KhabarSyntax
import KhabarText

/// Puts files into the canonical layout.
package struct FileFormatter {
  private let language: SyntaxPrinter.Language?
  private let onlyChecks: Bool
  private let style: OutputStyle

  /// Without a language each script keeps its own. A check names what would change, and changes nothing.
  package init(language: SyntaxPrinter.Language?, onlyChecks: Bool, style: OutputStyle) {
    self.language = language
    self.onlyChecks = onlyChecks
    self.style = style
  }

  /// Formats a file in place, or standard input (`-`) to standard output; true: all is well.
  package func format(_ path: String) -> Bool {
    do {
      let source = try ModelFiles.source(ofFile: path)
      let (text, diagnostics) = ScriptFormatter.format(source, in: language)
      if diagnostics.contains(where: { $0.severity == .error }) { throw KhabarError(diagnostics, in: source) }
      let isChanged = text != source.text || text.utf8.count != source.utf8.count
      if onlyChecks {
        if isChanged { show(source.name + "\n") }
        return !isChanged
      }
      if path == "-" { show(text) } else if isChanged { try TextFile.replace(path, with: text) }
      return true
    } catch {
      style.report(error)
      return false
    }
  }

  /// On a terminal every character can be seen, and what runs from right to left stands between isolates.
  private func show(_ text: String) {
    let output = OutputFile(STDOUT_FILENO)
    let isSeen = Terminal.isTerminal(STDOUT_FILENO)
    let isolates = style.isolates(STDOUT_FILENO)
    for line in isSeen ? text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() : [] {
      let visible = VisibleText.escape(String(line), keepsMarks: true)
      output.write((isolates ? Bidi.isolateRuns(visible) : visible) + "\n")
    }
    if !isSeen { output.write(text) }
    output.flush()
  }
}
