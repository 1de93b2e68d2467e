import Glibc
import Khabar
import KhabarEval
import KhabarRender
import KhabarSyntax

/// Runs texts and keeps count.
struct Fuzzer {
  private let options: Options
  private let examples: Examples
  private let session: Session

  init(_ options: Options) throws {
    self.options = options
    examples = Examples(options.examples)
    var session = Session(try Model.builtInArticle)
    _ = try session.run("set today 2023-05-19")
    self.session = session
  }

  func run() {
    var mutator = Mutator(examples, seed: options.seed)
    print("\(examples.texts.count) examples, seed \(options.seed)")
    repeated(options.bytes, "byte strings") { mutator.bytes() }
    repeated(options.mutations, "mutations") { mutator.mutation() }
    print("no text trapped or hung")
  }

  private func repeated(_ count: Int, _ name: String, _ next: () -> [UInt8]) {
    let start = Self.seconds()
    var ran = 0
    var told = start
    for number in 0..<count {
      if feed(next()) { ran += 1 }
      guard Self.seconds() - told > 10 else { continue }
      told = Self.seconds()
      print("\(number + 1) \(name), \(Int(Double(number + 1) / (told - start))) a second")
      fflush(nil)
    }
    let rate = Int(Double(count) / max(0.001, Self.seconds() - start))
    print("\(count) \(name), \(rate) a second; \(ran) of them ran to an answer")
    fflush(nil)
  }

  /// Whether the text was understood and gave an answer.
  private func feed(_ bytes: [UInt8]) -> Bool {
    CrashNote.remember(bytes)
    let start = Self.seconds()
    // What hangs is a failure like a trap: SIGALRM ends it.
    alarm(60)
    defer {
      alarm(0)
      let spent = Self.seconds() - start
      if spent > 1 { print("\(spent) s for:\n\(String(decoding: bytes, as: UTF8.self))\n") }
    }
    return answer(SourceText(name: "fuzz", text: String(decoding: bytes, as: UTF8.self)))
  }

  private func answer(_ source: SourceText) -> Bool {
    if options.isQuick {
      _ = session.check(source)
      return false
    }
    _ = Parser.isComplete(source.text)
    let (script, diagnostics) = Parser.parse(source)
    _ = TreePrinter.print(script)
    for language in SyntaxPrinter.Language.allCases { _ = SyntaxPrinter(language).print(script) }
    for diagnostic in diagnostics.prefix(4) { _ = DiagnosticRenderer.render(diagnostic, in: source) }
    if script.statements.isEmpty { return false }
    for (diagnostic, text) in session.check(source) { _ = DiagnosticRenderer.render(diagnostic, in: text) }
    return runs(source)
  }

  private func runs(_ source: SourceText) -> Bool {
    var session = session
    let end = Self.seconds() + 0.5
    do {
      try session.run(source, control: RunControl { Self.seconds() > end }) { outcome, _, _ in
        guard case .result(let table) = outcome else { return }
        for format in OutputFormat.allCases { _ = ResultRenderer.render(table, format: format) }
      }
      return true
    } catch {
      _ = "\(error)"
      return false
    }
  }

  static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
