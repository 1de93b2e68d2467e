import ArgumentParser
import Khabar
import KhabarImport
import KhabarModel
import KhabarShell

/// `khabar import FILE… -o NAME.khdb`
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract:
      "Put models and collections of events into a database, which is opened at once whatever its size.",
    usage: "khabar import [\(ModelImport.formats.joined(separator: "|"))] FILE ... -o NAME.khdb",
    discussion: """
      A file is a model, another database, `builtin:NAME`, or a collection, also packed by gzip or zip; `-` is standard input. \
      What the rows of any other table mean, `--mapping` says. Without a format its first row tells what it is.

      A database is a folder, by custom called `NAME.khdb`. What it has under the same id is replaced, and importing the \
      same file again changes nothing. Whatever happens meanwhile, there is either the old state or the new, and who reads \
      is not kept waiting.
      """)

  @Argument(help: "Perhaps a format, and files.", completion: .models)
  var files: [String]

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The database; it is made if it is not there.", valueName: "NAME.khdb"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "A script of what the rows of a table mean: definitions with columns in braces, as in `define event \"{id}\"`.",
      valueName: "FILE"))
  var mapping: String?

  @Option(help: "A file for the rows that cannot be taken: file, line, column and reason, tab-separated.")
  var rejects: String?

  @Flag(help: "End with status 1 where a row cannot be taken.")
  var strict = false

  @Option(help: "How many threads read tables: as many as there are cores, unless it is said.")
  var threads: Int?

  @Option(help: "Colours of messages: on a terminal unless NO_COLOR is set, or always, or never.")
  var color: OutputStyle.Colour = .auto

  private var format: String? {
    files.first.flatMap { first in files.count > 1 ? ModelImport.formats.first { $0 == first } : nil }
  }

  func validate() throws {
    if let threads, !(1...64).contains(threads) {
      throw ValidationError("`--threads` is a number from 1 to 64")
    }
    if mapping != nil, let format, format != ModelImport.mappedFormat {
      throw ValidationError("`--mapping` is for tables of `\(ModelImport.mappedFormat)`, not for `\(format)`")
    }
  }

  func run() throws {
    Interruption.endsProcess()
    let style = OutputStyle(colour: color)
    do {
      let done = try ModelImport(
        format == nil ? files : Array(files.dropFirst()), format: format, mapping: mapping,
        threads: threads ?? Threads.available, into: output)
      if let warnings = done.warnings { style.report(warnings) }
      let rejected = done.rows.rejected
      if done.rows.read > 0 { style.tell(Self.summary(done.rows)) }
      style.tell("events: \(Self.summary(done.events))\nother records: \(Self.summary(done.rest))")
      if let rejects { try TextFile.put(rejects, Self.lines(rejected)) }
      if !strict || rejected.isEmpty { return }
    } catch {
      style.report(error, most: 20)
    }
    throw ExitCode.failure
  }

  private static func summary(_ counts: MergeCounts) -> String {
    "\(counts.new) new, \(counts.changed) changed, \(counts.unchanged) unchanged"
  }

  /// How many rows, and of those that cannot be taken the first of each column, or where it is none, of each reason.
  private static func summary(_ rows: ImportSummary) -> String {
    var text =
      "rows: \(rows.read) read, \(rows.kept) kept, \(rows.merged) merged, \(rows.rejected.count) rejected"
    let byColumn = Dictionary(
      grouping: rows.rejected, by: { $0.column.isEmpty ? $0.reason : "by \($0.column)" }
    ).sorted {
      ($1.value.count, $0.key) < ($0.value.count, $1.key)
    }
    for (_, rejected) in byColumn {
      guard let first = rejected.first else { continue }
      let column = first.column.isEmpty ? "" : " by \(first.column)"
      text += "\n  \(rejected.count)\(column): \(first.reason) (\(first.file):\(first.line))"
    }
    return text
  }

  private static func lines(_ rejected: [ImportSummary.Rejected]) -> String {
    rejected.reduce(into: "file\tline\tcolumn\treason\n") { text, row in
      text += "\(row.file)\t\(row.line)\t\(row.column)\t\(row.reason)\n"
    }
  }
}
