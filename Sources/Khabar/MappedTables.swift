import Glibc
import KhabarImport
import KhabarModel
import KhabarPlan
import KhabarSyntax

/// Tables of which a mapping says what their rows mean.
enum MappedTables {
  /// The model that they are.
  static func read(
    _ files: [String], _ mappingFile: String, name: String, threads: Int, summary: inout ImportSummary
  ) throws -> Model {
    let source = try ModelFiles.source(of: try ModelFiles.bytes(ofFile: mappingFile), name: mappingFile)
    let mapping = Mapping(try Model.script(of: source))
    if !mapping.diagnostics.isEmpty { throw KhabarError(mapping.diagnostics, in: source) }
    do {
      let inputs = try files.flatMap(inputs)
      defer { inputs.forEach(close) }
      if let done = try ColumnImport.run(inputs, mapping, threads: threads) {
        summary = done.summary
        return Model(done.store, name: name)
      }
      // What was read from standard input is still there.
      let tables = try inputs.map { (bytes: try bytes(of: $0), file: $0.file) }
      var importer = Importer()
      let builder = try importer.read(tables, mapping: mapping)
      summary = importer.summary
      return Model(builder, name: name)
    } catch let error as MappingFailure {
      guard let span = error.span else { throw KhabarError(error.help, id: "E0682", error.message) }
      throw KhabarError([Diagnostic("E0682", error.message, at: span, help: [error.help])], in: source)
    } catch let error as ReadFailure {
      throw KhabarError(
        nil, id: "E0606", "cannot read `\(error.file)`: \(ModelFiles.words(for: error.reason))")
    }
  }

  // MARK: - Files

  /// A file is read as it is asked for; what is packed, and standard input, is held in memory.
  private static func inputs(_ file: String) throws -> [TableInput] {
    if file != "-", let input = openPlain(file) { return [input] }
    return try ModelImport.unpacked(try ModelFiles.bytes(ofFile: file), of: file).map {
      TableInput(file: $0.file, content: .bytes($0.bytes))
    }
  }

  /// nil: it is packed, or no file that can be read twice.
  private static func openPlain(_ file: String) -> TableInput? {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    var first = [UInt8](repeating: 0, count: 6)
    let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    let count = isFile ? pread(descriptor, &first, first.count, 0) : -1
    if count < 0 || PackedFile.isPacked(Array(first.prefix(count))) {
      Glibc.close(descriptor)
      return nil
    }
    posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL)
    return TableInput(file: file, content: .file(descriptor))
  }

  private static func close(_ input: TableInput) {
    if case .file(let descriptor) = input.content { Glibc.close(descriptor) }
  }

  private static func bytes(of input: TableInput) throws -> [UInt8] {
    switch input.content {
    case .bytes(let bytes): bytes
    case .file: try ModelFiles.bytes(ofFile: input.file)
    }
  }
}
