import KhabarDatabase
import KhabarImport
import KhabarModel
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

  package static var formats: [String] { Importer.formatNames }

  /// - Parameters:
  ///   - files: Collections, models, `builtin:NAME`; `-` is standard input.
  ///   - format: The format of the collections; nil: it is told by their first rows, and what is of none is a model.
  ///   - path: The database.
  package init(_ files: [String], format: String?, into path: String) throws {
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

  private static func read(
    _ bytes: [UInt8], _ name: String, _ format: String?, _ importer: inout Importer,
    _ models: inout [SourceText]
  ) throws {
    let files: [(name: String?, bytes: [UInt8])]
    do {
      files = try PackedFile.files(in: bytes)
    } catch {
      throw KhabarError(
        error == .damaged ? "get it anew" : "unpack it, and give what it holds, or `-` for standard input",
        id: "E0680",
        "cannot unpack `\(name)`: \(error.reason)")
    }
    for file in files {
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
