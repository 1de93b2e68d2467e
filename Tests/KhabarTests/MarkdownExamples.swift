import Khabar
import KhabarSyntax
import Testing

/// The examples in a page of the documentation: blocks marked `khabar`, each with the output blocks that follow it.
///
///     ```khabar                      run; `khabar error`: it must fail
///     meetings in Moscow | count
///     ```
///     ```text                        what it prints, or the message; `json`, `csv`, …: its rows in that format
///     …
///     ```
///
/// Examples of a chapter (`## …`) run one after the other in a session of their own, so that one can use what another
/// binds. The model is the built-in article, or what the chapter says in a line `<!-- model: NAME -->`.
struct MarkdownExamples {
  struct Output {
    var format: QueryResult.Format
    var text: String
    /// Of the lines between the fences.
    var lines: Range<Int>
  }

  struct Example {
    var query: String
    var mustFail: Bool
    /// Of the opening fence, counted from 1.
    var line: Int
    var outputs: [Output] = []
  }

  struct Chapter: CustomTestStringConvertible {
    var file: String
    var title: String
    /// A built-in model.
    var model = "moscow_2023_05_19"
    var examples: [Example] = []

    var testDescription: String { "\(file): \(title)" }
  }

  private(set) var chapters: [Chapter] = []

  init(_ markdown: String, file: String) {
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    chapters = [Chapter(file: file, title: file)]
    var index = 0
    var follows = false
    while index < lines.count {
      let line = lines[index]
      if line.hasPrefix("```") {
        let end = lines[(index + 1)...].firstIndex { $0.hasPrefix("```") } ?? lines.count
        follows = add(line.dropFirst(3), lines, index + 1..<end, after: follows)
        index = end
      } else if line.hasPrefix("## ") {
        chapters.append(Chapter(file: file, title: String(line.dropFirst(3))))
        follows = false
      } else if line.hasPrefix("<!-- model: ") {
        chapters[chapters.count - 1].model = String(line.dropFirst(12).prefix { $0 != " " })
      } else if !line.isEmpty {
        follows = false
      }
      index += 1
    }
    chapters.removeAll { $0.examples.isEmpty }
  }

  /// Whether a block that comes next may be an output of this one.
  private mutating func add(
    _ mark: Substring, _ lines: [String], _ body: Range<Int>, after follows: Bool
  ) -> Bool {
    let text = lines[body].joined(separator: "\n")
    let chapter = chapters.count - 1
    if mark == "khabar" || mark == "khabar error" {
      let example = Example(query: text, mustFail: mark == "khabar error", line: body.lowerBound)
      chapters[chapter].examples.append(example)
      return true
    }
    let format = mark == "text" ? QueryResult.Format.table : QueryResult.Format(rawValue: String(mark))
    guard follows, let format else { return false }
    let output = Output(format: format, text: text, lines: body)
    chapters[chapter].examples[chapters[chapter].examples.count - 1].outputs.append(output)
    return true
  }
}

extension MarkdownExamples.Example {
  /// What running it gives.
  struct Answer {
    /// With the language in which each is to be shown.
    var outcomes: [(outcome: Session.Outcome, language: String)] = []
    var error: (any Error)?

    /// What an output block should hold.
    func text(_ format: QueryResult.Format) -> String {
      let text = error.map { "\($0)" } ?? outcomes.map { written($0, $1, format) }.joined()
      return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    private func written(
      _ outcome: Session.Outcome, _ language: String, _ format: QueryResult.Format
    ) -> String {
      switch outcome {
      case .result(let table): QueryResult(table).text(format, language: language)
      case .text(let text): text + "\n"
      case .none: ""
      }
    }
  }

  func run(in session: inout Session) -> Answer {
    var answer = Answer()
    do {
      try session.run(SourceText(name: "<input>", text: query)) { outcome, session, _ in
        answer.outcomes.append((outcome, session.language))
      }
    } catch {
      answer.error = error
    }
    return answer
  }
}
