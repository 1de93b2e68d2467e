import KhabarSyntax
import KhabarTable
import Synchronization

/// The files that a statement takes for tables. Each is read once, however often the statement names it; what is bound
/// by `let` keeps what was read.
package final class TableFiles: Sendable {
  private let directory: String
  private let scope: FileScope
  private let log: ReadLog?
  private let tables = Mutex<[String: Result<TableData, TableError>]>([:])

  /// Relative paths begin in the directory, which has `/` at its end; empty: in the working directory. Without a scope
  /// no file may be read.
  package init(directory: String = "", scope: FileScope = FileScope(below: []), log: ReadLog? = nil) {
    self.directory = directory
    self.scope = scope
    self.log = log
  }

  /// The table in a file, as a query names it.
  func table(_ name: String) -> Result<TableData, TableError> {
    tables.withLock { tables in
      if let known = tables[name] { return known }
      let table = Result { () throws(TableError) in try read(name) }
      tables[name] = table
      return table
    }
  }

  private func read(_ name: String) throws(TableError) -> TableData {
    guard let format = TableFormat(fileName: name) else { throw TableError(.unknownFormat) }
    let path = name.hasPrefix("/") ? name : directory + name
    log?.note(path)
    let bytes = try FileBytes.read(try place(of: path), limit: RawTable.mostBytes)
    return try TableData(try RawTable(bytes, format: format), name: name)
  }

  private func place(of path: String) throws(TableError) -> String {
    do {
      return try scope.readable(path)
    } catch {
      switch error {
      case .outside(let directory): throw TableError(.outside(directory: directory))
      case .unreachable(let reason): throw FileBytes.unreadable(reason)
      }
    }
  }
}

extension FileScope {
  /// That a file may not be read, at the place that names it.
  package static func unreadable(_ file: String, in directory: String, at span: Span) -> Diagnostic {
    Diagnostic(
      "E0660", "a script may not read `\(file)`: it is not below the script's own directory", at: span,
      help: ["`--allow-read '\(directory)'` lets scripts read there"])
  }
}

extension TableError {
  /// What is wrong with a file, at the place that names it.
  func diagnostic(file: String, at span: Span) -> Diagnostic {
    let place = "`\(file)`" + (line.map { ", line \($0)" } ?? "")
    switch problem {
    case .unreadable(let reason):
      return Diagnostic("E0606", "cannot read `\(file)`: \(reason)", at: span)
    case .outside(let directory): return FileScope.unreadable(file, in: directory, at: span)
    case .notAFile: return Diagnostic("E0607", "`\(file)` is no file of text", at: span)
    case .notUTF8:
      return Diagnostic(
        "E0608", "\(place): found bytes that are not UTF-8", at: span, help: ["save the file as UTF-8"])
    case .unknownFormat:
      return Diagnostic(
        "E0621", "`\(file)` does not say what format it has", at: span,
        help: ["a table's name ends in `.csv`, `.tsv` or `.jsonl`"])
    case .tooLarge(let limit):
      return Diagnostic(
        "E0624", "\(place): a table has at most \(limit)", at: span,
        help: ["leave out the rows and columns that are not needed"])
    case .noHeader:
      return Diagnostic(
        "E0622", "`\(file)` has no columns", at: span, help: ["the first line names the columns"])
    case .unnamedColumn(let number):
      return Diagnostic(
        "E0622", "`\(file)`: column \(number) has no name", at: span,
        help: ["the first line names the columns"])
    case .sameName(let first, let second):
      return Diagnostic(
        "E0622", "`\(file)`: two columns would be called alike, `\(first)` and `\(second)`", at: span,
        help: ["columns are told apart as names are: case and signs between words do not count"])
    case .wrongCount(let found, let expected):
      return Diagnostic("E0623", "\(place): found \(fields(found)); the header has \(expected)", at: span)
    case .malformed(let what): return Diagnostic("E0623", "\(place): \(what)", at: span)
    }
  }

  private func fields(_ count: Int) -> String { count == 1 ? "1 field" : "\(count) fields" }
}
