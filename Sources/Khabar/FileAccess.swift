import Glibc
import KhabarPlan
import KhabarSyntax
import KhabarTable

/// Which files the statements of a session may read, with `import` and `table`, and write, with `timeline to "FILE"`.
///
/// A text may always read below its own directory: that of its file, else the session's `baseDirectory`, else the working
/// directory. What it imports has the rights of the text that imports. Symbolic links and `..` are followed before it is
/// decided, and `builtin:` models are in no file. What is refused is error E0660 or E0661.
///
///     var session = Session(model)
///     session.fileAccess = FileAccess(reading: ["/srv/tables"], writing: ["out"])
public struct FileAccess: Sendable, Equatable {
  /// The further directories below which files may be read.
  public var readableDirectories: [String]
  /// The directories below which files may be written.
  public var writableDirectories: [String]
  private var isUnrestricted = false

  /// Below a text's own directory, and below some others.
  ///
  /// - Parameters:
  ///   - readableDirectories: Where files may be read; relative paths begin at the working directory.
  ///   - writableDirectories: Where files may be written.
  public init(reading readableDirectories: [String] = [], writing writableDirectories: [String] = []) {
    self.readableDirectories = readableDirectories
    self.writableDirectories = writableDirectories
  }

  /// All files that the process may read or write: for texts that the user has typed, or that you have written.
  public static let unrestricted: FileAccess = {
    var access = FileAccess()
    access.isUnrestricted = true
    return access
  }()

  func reading(from ownDirectory: String) -> FileScope {
    isUnrestricted ? .anywhere : FileScope(below: [ownDirectory] + readableDirectories)
  }

  var writing: FileScope { isUnrestricted ? .anywhere : FileScope(below: writableDirectories) }
}

extension Session {
  /// What statements may read that stand in a text, or in what it imports.
  func readableFiles(of source: SourceText) -> FileScope {
    fileAccess.reading(from: imports.root ?? folder(of: source))
  }

  /// The path by which a file is to be opened that a text names to be written, such as `timeline to "spring.svg"`.
  ///
  /// - Throws: `KhabarError` (E0661) where the text may not write there.
  package func writableFile(_ name: String, at span: Span, from source: SourceText) throws -> String {
    try writablePath(path(name, from: source), at: span, from: source)
  }

  /// The same for a path that begins at the working directory.
  package func writablePath(_ path: String, at span: Span, from source: SourceText) throws -> String {
    do throws(FileScope.Refusal) {
      return try fileAccess.writing.writable(path)
    } catch {
      let diagnostic =
        switch error {
        case .outside(let directory):
          Diagnostic(
            "E0661", "a script may not write `\(path)`", at: span,
            help: ["`--allow-write '\(directory)'` lets scripts write there"])
        case .unreachable(let reason):
          Diagnostic("E0619", "cannot write `\(path)`: \(ModelFiles.words(for: reason))", at: span)
        }
      throw KhabarError([diagnostic], in: source)
    }
  }

  /// The path by which a file is to be opened that a text wants to read.
  ///
  /// - Throws: `KhabarError` (E0660) where the text may not read it, E0606 where there is none.
  package func readableFile(_ path: String, at span: Span, from source: SourceText) throws -> String {
    do throws(FileScope.Refusal) {
      return try readableFiles(of: source).readable(path)
    } catch {
      let diagnostic =
        switch error {
        case .outside(let directory): FileScope.unreadable(path, in: directory, at: span)
        case .unreachable(let reason):
          Diagnostic("E0606", "cannot read `\(path)`: \(ModelFiles.words(for: reason))", at: span)
        }
      throw KhabarError([diagnostic], in: source)
    }
  }
}
