import ArgumentParser
import Khabar
import KhabarShell

/// `khabar withdraw NAME.khdb QUERY`
struct WithdrawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw",
    abstract: "Take the events that a query gives out of a database.",
    discussion: """
      With them goes what is said of them: their reports, and the relations of others to them. Actors, places and \
      articles stay. To see beforehand what would go, ask: `khabar NAME.khdb -c QUERY`. An event that is imported again is \
      there again.
      """)

  @Argument(help: ArgumentHelp("The database.", valueName: "NAME.khdb"), completion: .directory)
  var database: String

  @Argument(help: "What gives the events, as in `events of article_7`.")
  var query: String

  @Option(help: "Colours of messages: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  func run() throws {
    try changing(color) { style in
      let count = try ModelFiles.withdraw(query, fromDatabase: database)
      style.tell("events: \(count) withdrawn")
    }
  }
}

/// `khabar compact NAME.khdb`
struct CompactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact",
    abstract: "Put what has changed in a database into its one segment.",
    discussion: """
      Small changes of a large database are written beside it, and put together with it whenever it is opened, which takes \
      a second where there are ten million events. Larger changes, and this command, write it anew, so that it opens at once. \
      No answer changes. Who reads is not kept waiting.
      """)

  @Argument(help: ArgumentHelp("The database.", valueName: "NAME.khdb"), completion: .directory)
  var database: String

  @Option(help: "Colours of messages: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  func run() throws {
    try changing(color) { style in
      if try !ModelFiles.compactDatabase(database) {
        style.tell("nothing has changed since it was last written")
      }
    }
  }
}

/// `khabar recover NAME.khdb -o OTHER.khdb`
struct RecoverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recover",
    abstract: "Save what can be saved of a damaged database into a new one.",
    discussion: """
      What `khabar check` finds damaged is left out where the rest does without it: indexes, which are made anew, and \
      changes that were written after the rest. A lost list of the parts is made from the parts. Each loss is said. Where a \
      column of the events themselves is damaged, nothing is saved: take the database from a copy, or import its sources anew.
      """)

  @Argument(help: ArgumentHelp("The damaged database, which stays as it is.", valueName: "NAME.khdb"))
  var database: String

  @Option(name: .shortAndLong, help: ArgumentHelp("The new database.", valueName: "OTHER.khdb"))
  var output: String

  @Option(help: "Colours of messages: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  func run() throws {
    try changing(color) { style in
      let recovered = try ModelFiles.recoverDatabase(database, into: output)
      for loss in recovered.losses { style.tell("lost: \(loss)") }
      style.tell("events: \(recovered.events) saved")
    }
  }
}

/// Does what changes a database, and reports why it cannot.
private func changing(_ color: OutputStyle.Colour, _ body: (OutputStyle) throws -> Void) throws {
  Interruption.endsProcess()
  let style = OutputStyle(colour: color)
  do {
    try body(style)
  } catch {
    style.report(error)
    throw ExitCode.failure
  }
}
