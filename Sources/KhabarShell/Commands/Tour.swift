import Glibc
import Khabar
import KhabarEval
import KhabarPlan
import KhabarSyntax
import KhabarText

/// The tour: steps that each ask for something the built-in article tells of. What is typed is judged by its answer,
/// however it was asked for.
struct Tour {
  /// A text in the two languages that the tour is given in.
  struct Words: Sendable {
    var english: String
    var arabic: String

    init(_ english: String, _ arabic: String) {
      self.english = english
      self.arabic = arabic
    }

    func text(_ language: String) -> String { language == "ar" ? arabic : english }
  }

  struct Step: Sendable {
    var title: Words
    /// What there is to learn, and what to find out.
    var task: Words
    /// From the vaguest to one that gives the answer away.
    var hints: [Words]
    /// A query with the answer.
    var solution: String
  }

  var index = 0
  /// Hints of this step that have been given.
  var hintCount = 0
  var isOn = true

  static let model = "builtin:moscow_2023_05_19"

  var step: Step? { index < Tour.steps.count ? Tour.steps[index] : nil }

  /// Whether two answers say the same: the same records, or the same values in the same columns, in any order.
  static func agree(_ answer: ResultTable, _ expected: ResultTable) -> Bool {
    if let kind = expected.kind {
      return answer.kind == kind && Set(answer.records) == Set(expected.records)
    }
    return answer.rows.count == expected.rows.count
      && Set(answer.rows.map { Set($0) }) == Set(expected.rows.map { Set($0) })
  }
}

extension Shell {
  /// `.tour`: begins, goes on, or says again what is asked; `.tour next` skips a step, `.tour end` leaves.
  func tour(_ line: DotLine) throws {
    switch line.words.first.map({ Folding.fold($0.text) }) {
    case nil: try beginTour(line)
    case "next" where tour?.isOn == true: nextStep()
    case "end" where tour?.isOn == true: leaveTour()
    case "next", "end":
      throw line.error("E0642", "no tour is being taken", at: line.rest, help: "`.tour` begins one")
    default:
      throw line.error(
        "E0610", "expected `next`, `end` or nothing; found `\(line.rest.text)`", at: line.rest,
        help: "`.tour` alone says again what is asked")
    }
  }

  private func beginTour(_ line: DotLine) throws {
    guard runner.session.model.name == Tour.model else {
      throw line.error(
        "E0643", "the tour is through the built-in article, and another model is open", at: line.name,
        help: "`.open \(Tour.model)` opens it")
    }
    if tour?.step == nil { tour = nil }
    if tour == nil {
      say(
        Tour.Words(
          "Eight steps through one news report of May 2023. Type queries; other commands work as ever.\n"
            + "`.tour` says again what is asked, `.tour next` skips a step, `.tour end` leaves.",
          "ثماني خطوات في خبر واحد من أيار 2023. اكتب الاستعلامات، وسائر الأوامر تعمل كالعادة.\n"
            + "يعيد `.tour` السؤال، و`.tour next` يتخطى خطوة، و`.tour end` ينهي الجولة."))
    }
    tour = tour ?? Tour()
    tour?.isOn = true
    showStep()
  }

  private func leaveTour() {
    tour?.isOn = false
    say(Tour.Words("The tour waits here; `.tour` goes on.", "الجولة تنتظر هنا، و`.tour` يتابعها."))
  }

  private func nextStep() {
    tour?.index += 1
    tour?.hintCount = 0
    showStep()
  }

  private func showStep() {
    guard let tour else { return }
    guard let step = tour.step else {
      self.tour?.isOn = false
      return say(
        Tour.Words(
          "That was the tour. `.help` has more: times that are not known for sure, sequences, tables.",
          "انتهت الجولة. في `.help` المزيد: أزمنة غير مؤكدة، وتسلسلات، وجداول."))
    }
    let language = runner.session.language
    say(
      Tour.Words(
        "\n\(tour.index + 1) of \(Tour.steps.count): \(step.title.text(language))\n\(step.task.text(language))",
        "\n\(tour.index + 1) من \(Tour.steps.count): \(step.title.text(language))\n\(step.task.text(language))"
      ))
  }

  /// After a statement: what its answer means for the tour.
  func continueTour(_ answer: ResultTable?) {
    guard let tour, tour.isOn, let step = tour.step, let answer else { return }
    guard runner.session.model.name == Tour.model, let expected = expectedAnswer(step) else { return }
    if Tour.agree(answer, expected) {
      say(Tour.Words("Right.", "صحيح."))
      nextStep()
    } else {
      giveHint(step)
    }
  }

  /// Hints come one by one; then the last again.
  private func giveHint(_ step: Tour.Step) {
    guard let count = tour?.hintCount, !step.hints.isEmpty else { return }
    let hint = step.hints[min(count, step.hints.count - 1)]
    tour?.hintCount += 1
    say(Tour.Words("Not yet. " + hint.english, "ليس بعد. " + hint.arabic))
  }

  private func expectedAnswer(_ step: Tour.Step) -> ResultTable? {
    var session = Session(runner.session.model)
    var answer: ResultTable?
    try? session.run(SourceText(name: "", text: step.solution)) { outcome, _, _ in
      if case .result(let table) = outcome { answer = table }
    }
    return answer
  }

  private func say(_ words: Tour.Words) {
    let text = words.text(runner.session.language)
    let lines = TextWrapping.wrap(text, width: runner.style.width ?? 80)
    // An Arabic line runs from right to left as a whole.
    let isolates = runner.style.isolates(STDOUT_FILENO) && runner.session.language == "ar"
    for line in lines { runner.output.write((isolates ? Bidi.isolate(line) : line) + "\n") }
    runner.output.flush()
  }
}
