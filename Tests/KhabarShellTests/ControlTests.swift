import Khabar
import KhabarEval
import KhabarText
import Testing

@testable import KhabarShell

@Suite struct ControlTests {
  private func limits(_ kind: LimitText.Kind, _ text: String) -> RunLimits? {
    var limits = RunLimits()
    return LimitText.set(kind, text, in: &limits) ? limits : nil
  }

  @Test func limitsAreReadAsTheyAreWritten() {
    #expect(limits(.time, "10s")?.nanoseconds == 10_000_000_000)
    #expect(limits(.time, "1.5 s")?.nanoseconds == 1_500_000_000)
    #expect(limits(.time, "500MS")?.nanoseconds == 500_000_000)
    #expect(limits(.time, "2min")?.nanoseconds == 120_000_000_000)
    #expect(limits(.rows, "100,000")?.rows == 100_000)
    #expect(limits(.memory, "500MB")?.bytes == 500_000_000)
    #expect(limits(.memory, "1 GiB") == nil)
    #expect(limits(.memory, "1MiB")?.bytes == 1_048_576)
    for text in ["", "s", "-1", "0", "1e3", "nan", "inf", "10 parsecs", "99999999999999999999"] {
      #expect(limits(.time, text) == nil, "\(text)")
    }
    // What messages propose is ten times as much.
    #expect(limits(.time, "999999999h")?.nanoseconds.map { $0 < Int.max / 10 } != false)
  }

  @Test func progressIsHonest() {
    var state = Progress.State()
    #expect(ProgressMeter.text(state, elapsed: 8_100_000_000) == "working · 8.1 s")
    state.step = .path
    state.rows = 1203
    #expect(ProgressMeter.text(state, elapsed: 8_100_000_000) == "path · 8.1 s · 1,203 rows")
    state.step = .join
    state.total = 200
    state.done = 1
    #expect(ProgressMeter.text(state, elapsed: 600_000_000).hasPrefix("join 0 % · 0.6 s"))
    state.done = 100
    #expect(ProgressMeter.text(state, elapsed: 600_000_000).hasPrefix("join 50 %, about "))
  }

  @Test func quantitiesAreReadable() {
    #expect(Quantity.time(412_000) == "412 µs")
    #expect(Quantity.time(13_250_000) == "13.2 ms")
    #expect(Quantity.time(1_204_000_000) == "1.204 s")
    #expect(Quantity.time(10_000_000_000) == "10 s")
    #expect(Quantity.count(1_234_567) == "1,234,567")
    #expect(Quantity.count(-999) == "-999")
    #expect(Quantity.memory(1_500_000) == "1.5 MB")
  }

  @Test func textIsWrappedToTheWindow() {
    #expect(TextWrapping.wrap("one two three", width: 8) == ["one two", "three"])
    #expect(TextWrapping.wrap("  one two", width: 8, hanging: 2) == ["  one", "    two"])
    #expect(TextWrapping.wrap("incomprehensibility", width: 5) == ["incomprehensibility"])
    #expect(TextWrapping.wrap("a\n\nb", width: 5) == ["a", "", "b"])
  }

  @Test(arguments: [40, 60, 80]) func helpFitsTheWindow(width: Int) {
    let pages =
      HelpTopic.all.map { $0.text(width: width) } + [
        HelpTopic.overview(width: width), HelpTopic.commands(width: width),
      ]
    for page in pages {
      // A name of several words is no place to break a query at; such queries are few.
      for line in page.split(separator: "\n") { #expect(DisplayWidth.of(line) <= width, "\(line)") }
    }
  }

  @Test func everySettingSaysItsValue() throws {
    let shell = Shell(
      StatementRunner(Session(try Model.builtInArticle), format: .table, style: OutputStyle()))
    for setting in ShellSetting.all {
      #expect(!setting.value(shell).isEmpty)
      #expect(!setting.values.isEmpty)
    }
    #expect(Set(ShellSetting.all.map(\.name)).count == ShellSetting.all.count)
  }
}
