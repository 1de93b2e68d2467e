import FoundationEssentials
import Testing

@testable import KhabarShell

/// The manual's table of commands is that of the shell. With `KHABAR_BLESS` set it is written there.
@Suite struct CommandListTests {
  private static let manual = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Grammar/Manual.md")

  private func table() -> String {
    DotCommand.all.map { command in
      let names = [command.usage] + command.otherNames.map { "." + $0 }
      let cells = names.map { "`\($0.split(separator: "|").joined(separator: "\\|"))`" }
      return "| \(cells.joined(separator: ", ")) | \(command.help) |\n"
    }
    .joined()
  }

  @Test func manualListsEveryCommand() throws {
    let text = String(decoding: try Data(contentsOf: Self.manual), as: UTF8.self)
    let head = "| command | |\n| --- | --- |\n"
    let start = try #require(text.firstRange(of: head)).upperBound
    let end = try #require(text[start...].firstRange(of: "\n\n")).lowerBound
    let isEmpty = text[start...].hasPrefix("\n")
    if ProcessInfo.processInfo.environment["KHABAR_BLESS"] != nil {
      let rest = isEmpty ? text[start...] : text[text.index(after: end)...]
      try Data((text[..<start] + table() + rest).utf8).write(to: Self.manual)
    } else {
      #expect(text[start..<end] + "\n" == table())
    }
  }
}
