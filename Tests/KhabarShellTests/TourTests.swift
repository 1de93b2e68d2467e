import Khabar
import KhabarEval
import KhabarSyntax
import KhabarText
import Testing

@testable import KhabarShell

@Suite struct TourTests {
  private func answer(_ query: String) throws -> ResultTable? {
    var session = Session(try Model.builtInArticle)
    var answer: ResultTable?
    try session.run(SourceText(name: "", text: query)) { outcome, _, _ in
      if case .result(let table) = outcome { answer = table }
    }
    return answer
  }

  @Test func hasEightStepsWhoseAnswersDiffer() throws {
    let answers = try Tour.steps.map { try #require(try answer($0.solution)) }
    #expect(answers.count == 8)
    for (index, answer) in answers.enumerated() {
      #expect(!answer.rows.isEmpty)
      for (other, expected) in answers.enumerated() {
        #expect(Tour.agree(answer, expected) == (index == other), "\(index) \(other)")
      }
    }
  }

  /// What the last hint says to write is an answer, in both languages.
  @Test func lastHintsAreAnswers() throws {
    for step in Tour.steps {
      let hint = try #require(step.hints.last)
      for text in [hint.english, hint.arabic] {
        let query = try #require(text.split(separator: "`").dropFirst().first)
        let found = try #require(try answer(String(query)))
        let expected = try #require(try answer(step.solution))
        #expect(Tour.agree(found, expected), "\(query)")
      }
    }
  }

  @Test func answersAreJudgedHoweverTheyWereAskedFor() throws {
    let expected = try #require(try answer("events | summarize count by status"))
    let other = try #require(
      try answer("events | summarize count as n by status | sort by n desc | select n, status"))
    #expect(Tour.agree(other, expected))
    let meetings = try #require(try answer("meetings in Moscow"))
    let sorted = try #require(try answer("meetings where place = moscow | sort by id desc"))
    #expect(Tour.agree(sorted, meetings))
  }
}
