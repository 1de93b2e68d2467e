import KhabarDatabase
import KhabarImport
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// Brings models and collections of events into a database.
package struct ModelImport {
  /// What has become of the rows of collections.
  package private(set) var rows = ImportSummary()
  /// What has become of the events, and of everything else.
  package private(set) var events = MergeCounts()
  package private(set) var rest = MergeCounts()
  /// What is odd in the models.
  package private(set) var warnings: KhabarError?

  /// The format of tables of which a mapping says what their rows mean.
  package static let mappedFormat = "csv"
  package static var formats: [String] { Importer.formatNames + [mappedFormat] }

  /// - Parameters:
  ///   - files: Collections, models, `builtin:NAME`; `-` is standard input.
  ///   - format: The format of the collections; nil: it is told by their first rows, and what is of none is a model.
  ///   - mapping: A script that says what the rows of tables mean; with it the files are such.
  ///   - path: The database.
  package init(_ files: [String], format: String?, mapping: String? = nil, into path: String) throws {
    var importer = Importer()
    if let mapping {
      let builder = try Self.read(files, mapping, &importer)
      rows = importer.summary
      (events, rest) = try Model.merge([Model(builder, name: path)], intoDatabase: path)
      return
    }
    if format == Self.mappedFormat {
      throw KhabarError(
        "say with `--mapping FILE` what the columns are", id: "E0682", "a table of `csv` needs a mapping")
    }
    var models: [SourceText] = []
    var databases: [String] = []
    for file in files {
      if format == nil, file.hasPrefix(ModelFiles.builtInPrefix) {
        models.append(try ModelFiles.source(ofModel: file))
      } else if format == nil, ModelFiles.isDatabase(file) {
        databases.append(file)
      } else {
        let bytes = try ModelFiles.bytes(ofFile: file)
        if format == nil, file.hasSuffix(".khabar") {
          models.append(try ModelFiles.source(of: bytes, name: file))
        } else {
          try Self.read(bytes, file == "-" ? "<stdin>" : file, format, &importer, &models)
        }
      }
    }
    var parts: [Model] = []
    if !models.isEmpty {
      let model = try Model(sources: models, name: path)
      warnings = model.warnings
      parts.append(model)
    }
    parts += try databases.map { try Model(database: $0) }
    rows = importer.summary
    if rows.read > 0 { parts.append(Model(importer.builder, name: path)) }
    (events, rest) = try Model.merge(parts, intoDatabase: path)
  }

  /// The records of tables, as a mapping says.
  private static func read(
    _ files: [String], _ mappingFile: String, _ importer: inout Importer
  ) throws -> StoreBuilder {
    let source = try ModelFiles.source(of: try ModelFiles.bytes(ofFile: mappingFile), name: mappingFile)
    let (script, diagnostics) = Parser.parse(source)
    if diagnostics.contains(where: { $0.severity == .error }) { throw KhabarError(diagnostics, in: source) }
    let mapping = Mapping(script)
    if !mapping.diagnostics.isEmpty { throw KhabarError(mapping.diagnostics, in: source) }
    var tables: [(bytes: [UInt8], file: String)] = []
    for file in files {
      let name = file == "-" ? "<stdin>" : file
      for part in try unpacked(try ModelFiles.bytes(ofFile: file), name) {
        tables.append((part.bytes, part.name.map { "\(name)/\($0)" } ?? name))
      }
    }
    do {
      return try importer.read(tables, mapping: mapping)
    } catch {
      let near = Spelling.nearest(to: error.column, in: error.columns)
      let diagnostic = Diagnostic(
        "E0682", "`\(error.file)` has no column `\(error.column)`", at: error.span,
        help: [
          near.first.map { "did you mean `{\($0)}`?" }
            ?? "its columns: \(error.columns.joined(separator: ", "))"
        ])
      throw KhabarError([diagnostic], in: source)
    }
  }

  private static func unpacked(_ bytes: [UInt8], _ name: String) throws -> [(name: String?, bytes: [UInt8])] {
    do {
      return try PackedFile.files(in: bytes)
    } catch {
      throw KhabarError(
        error == .damaged ? "get it anew" : "unpack it, and give what it holds, or `-` for standard input",
        id: "E0680",
        "cannot unpack `\(name)`: \(error.reason)")
    }
  }

  private static func read(
    _ bytes: [UInt8], _ name: String, _ format: String?, _ importer: inout Importer,
    _ models: inout [SourceText]
  ) throws {
    for file in try unpacked(bytes, name) {
      let place = file.name.map { "\(name)/\($0)" } ?? name
      if importer.read(file.bytes, file: place, format: format) { continue }
      guard format == nil else {
        throw KhabarError(
          "formats: \(formats.joined(separator: ", ")); without one it is told by the first row", id: "E0681",
          "`\(place)` does not begin as files of `\(format ?? "")` do")
      }
      models.append(try ModelFiles.source(of: file.bytes, name: place))
    }
  }
}

extension PackedFile.Failure {
  fileprivate var reason: String {
    switch self {
    case .damaged: "its bytes are not as they were packed"
    case .unknown(let packer): "it is packed by \(packer); expected gzip or zip"
    }
  }
}
