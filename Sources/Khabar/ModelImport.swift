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
  ///   - threads: How many threads read tables.
  ///   - path: The database.
  package init(
    _ files: [String], format: String?, mapping: String? = nil, threads: Int = Threads.available,
    into path: String
  ) throws {
    if let mapping {
      let model = try MappedTables.read(files, mapping, name: path, threads: threads, summary: &rows)
      (events, rest) = try Model.merge([model], intoDatabase: path)
      return
    }
    if format == Self.mappedFormat {
      throw KhabarError(
        "say with `--mapping FILE` what the columns are", id: "E0682", "a table of `csv` needs a mapping")
    }
    var importer = Importer()
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
          try Self.read(bytes, file, format, &importer, &models)
        }
      }
    }
    importer.finish()
    var parts: [Model] = []
    if !models.isEmpty {
      let model = try Model(sources: models, name: path)
      warnings = model.warnings
      parts.append(model)
    }
    parts += try databases.map { try Model(database: $0) }
    rows = importer.summary
    if let records = importer.models { parts.append(Model(records, name: path)) }
    if rows.read > 0 { parts.append(Model(importer.builder, name: path)) }
    (events, rest) = try Model.merge(parts, intoDatabase: path)
  }

  /// What a file holds, each under the name that messages have for it.
  static func unpacked(
    _ bytes: [UInt8], of file: String
  ) throws -> [(bytes: [UInt8], file: String)] {
    let name = file == "-" ? "<stdin>" : file
    do {
      return try PackedFile.files(in: bytes).map { part in
        (part.bytes, part.name.map { "\(name)/\($0)" } ?? name)
      }
    } catch {
      throw KhabarError(
        error == .damaged ? "get it anew" : "unpack it, and give what it holds, or `-` for standard input",
        id: "E0680",
        "cannot unpack `\(name)`: \(error.reason)")
    }
  }

  /// What is so called is a table, not a model.
  private static let tableSuffixes = [".csv", ".tsv", ".tab", ".jsonl", ".ndjson", ".json"].flatMap {
    [$0, $0 + ".gz", $0 + ".zst"]
  }

  private static func read(
    _ bytes: [UInt8], _ file: String, _ format: String?, _ importer: inout Importer,
    _ models: inout [SourceText]
  ) throws {
    for part in try unpacked(bytes, of: file) {
      if importer.read(part.bytes, file: part.file, format: format) { continue }
      if let format {
        throw KhabarError(
          "formats: \(formats.joined(separator: ", ")); without one it is told by the first row", id: "E0681",
          "`\(part.file)` does not begin as files of `\(format)` do")
      }
      if tableSuffixes.contains(where: part.file.lowercased().hasSuffix) {
        throw KhabarError(
          "a table of your own needs `--mapping FILE`, which says what its columns are", id: "E0681",
          "`\(part.file)` begins as files of no known collection do")
      }
      models.append(try ModelFiles.source(of: part.bytes, name: part.file))
    }
  }
}

extension PackedFile.Failure {
  fileprivate var reason: String {
    switch self {
    case .damaged: "its bytes are not as they were packed"
    case .unknown(let packer): "it is packed by \(packer); expected gzip, zip or zstd"
    }
  }
}
