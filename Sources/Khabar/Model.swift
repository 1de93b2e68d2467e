import EDTF
import KhabarDatabase
import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarSyntax

// The public face of Khabar.
//
// A `Model` holds events and what reports say of them, and answers queries; a `Session` runs statements one after the
// other and remembers what they bind; a `QueryResult` holds the rows of an answer.
//
//     let article = try Model.builtInArticle
//     let result = try article.query("meetings in Moscow")
//     result.count                                        // 3
//     result.rows[0]["id"]                                // "lavrov_bayramov"
//     try article.value("meetings | count", as: Int.self) // 9
//
// All of these are values that any number of tasks may use at once. What is wrong with a query is thrown as a
// `KhabarError`, which says every problem with its id, its place and what to do.

/// Events, the actors and places in them, and the reports that speak of them.
public struct Model: Sendable {
  /// What the model was loaded from: files' names, or `builtin:NAME`.
  public let name: String
  /// The files, and built-in models, that it was loaded from.
  let files: [String]
  /// The records that the store was built of; nil where it was opened as it lay in a database.
  private let records: StoreBuilder?
  package let store: EventStore
  /// What is odd in the texts it was loaded from, though they could be read.
  package private(set) var warnings: KhabarError?

  init(name: String, files: [String] = [], builder: StoreBuilder, texts: [Int32: ArticleText] = [:]) {
    self.name = name
    self.files = files
    records = builder
    store = builder.build(texts: texts)
  }

  init(_ store: EventStore, name: String) {
    self.name = name
    files = [name]
    records = nil
    self.store = store
  }

  /// The records, to add to them.
  var builder: StoreBuilder { records ?? StoreBuilder(store) }

  /// A model of records that are known to be right.
  package init(_ builder: StoreBuilder, name: String) { self.init(name: name, builder: builder) }

  func attaching(_ text: ArticleText, to article: Int32) -> Model {
    Model(
      name: name, files: files, builder: builder,
      texts: store.texts.merging([article: text]) { _, new in new })
  }

  /// The model with other records, among them its own; texts that come with the library are at hand.
  func rebuilt(_ builder: StoreBuilder) -> Model {
    let texts = Self.builtInTexts(of: builder.articles).merging(store.texts) { _, own in own }
    return Model(name: name, files: files, builder: builder, texts: texts)
  }

  /// A model without any records, with the vocabulary of PLOVER and its extensions.
  public static var empty: Model { Model(name: "empty", builder: StoreBuilder(vocabulary: .plover)) }

  /// The model of one Arabic article of 19 May 2023 on the talks between Armenia and Azerbaijan: 25 events, 24 actors,
  /// 15 places.
  public static var builtInArticle: Model {
    get throws { try Model(builtIn: "moscow_2023_05_19") }
  }

  /// The names of the models that come with the library.
  public static var builtInNames: [String] { BuiltIn.all.map(\.name) }

  /// The model that comes with the library under that name.
  ///
  /// - Throws: `KhabarError` (E0601) where there is none of that name.
  public init(builtIn name: String) throws {
    try self.init(text: Self.builtInText(name), name: "builtin:\(name)")
  }

  /// The text of the model that comes with the library under that name.
  package static func builtInText(_ name: String) throws -> String {
    guard let found = BuiltIn.all.first(where: { $0.name == name }) else {
      let names = ResolutionError.list(builtInNames.map { "builtin:\($0)" })
      throw KhabarError("built in: \(names)", id: "E0601", "there is no built-in model `\(name)`")
    }
    return found.text
  }

  /// The model in a database, a folder called `NAME.khdb` that `khabar import` or `write(toDatabase:)` has made. It is
  /// read where it lies: opening takes milliseconds whatever its size. What is written to it later is not seen.
  ///
  /// - Parameter path: The folder.
  /// - Throws: `KhabarError` (E0670 to E0673) where it cannot be read.
  public init(database path: String) throws {
    do {
      let database = Database(path)
      self.init(try database.open(), name: database.path)
    } catch {
      throw KhabarError(error)
    }
  }

  /// Writes the model into a database: in place of what is there, at one stroke, or into a new one.
  ///
  /// - Parameter path: The folder, by custom `NAME.khdb`.
  /// - Throws: `KhabarError` (E0670, E0674, E0675) where it cannot be written; then the database is as it was.
  public func write(toDatabase path: String) throws {
    do {
      try Database(path).update { _ in store }
    } catch let error as DatabaseError {
      throw KhabarError(error)
    }
  }

  /// Adds the records of models to a database, new or old: what is there under the same id is replaced.
  ///
  /// - Returns: What has become of the events, and of everything else.
  static func merge(
    _ models: [Model], intoDatabase path: String
  ) throws -> (events: MergeCounts, rest: MergeCounts) {
    var all: StoreChanges?
    for model in models {
      let next = StoreChanges(model.store)
      all = all?.followed(by: next) ?? next
    }
    do {
      return try Database(path).append(all ?? StoreChanges(Model.empty.store))
    } catch let error as DatabaseError {
      throw KhabarError(error)
    }
  }

  /// A model from its text, a script of `define` statements.
  ///
  /// - Parameters:
  ///   - text: The statements.
  ///   - name: What messages call the text, for example a file's path.
  /// - Throws: `KhabarError` with all that is wrong in the text.
  public init(text: String, name: String = "<model>") throws {
    try self.init(sources: [SourceText(name: name, text: text)], name: name)
  }

  /// A model from texts that may speak of one another's records.
  package init(sources: [SourceText], name: String) throws {
    let outcome = try Self.load(sources, onto: StoreBuilder(vocabulary: .plover))
    self.init(
      name: name, files: sources.map(\.name), builder: outcome.builder,
      texts: Self.builtInTexts(of: outcome.builder.articles))
    warnings = outcome.warnings
  }

  /// A script without mistakes of grammar.
  static func script(of source: SourceText) throws -> Script {
    let (script, diagnostics) = Parser.parse(source)
    if diagnostics.contains(where: { $0.severity == .error }) { throw KhabarError(diagnostics, in: source) }
    return script
  }

  /// The records of texts that may speak of one another's, added to others.
  private static func load(
    _ sources: [SourceText], onto builder: StoreBuilder
  ) throws -> (builder: StoreBuilder, warnings: KhabarError?) {
    var scripts: [(script: Script, source: Int)] = []
    for (index, source) in sources.enumerated() { scripts.append((try script(of: source), index)) }
    let outcome = ModelLoader.load(scripts, onto: builder)
    let found = KhabarError(zip(outcome.diagnostics, outcome.sources).map { ($0, sources[$1]) })
    if outcome.hasErrors { throw found }
    return (outcome.builder, outcome.diagnostics.isEmpty ? nil : found)
  }

  /// The model with the records of texts.
  func adding(_ sources: [SourceText]) throws -> Model {
    let outcome = try Self.load(sources, onto: builder)
    let files = files + sources.map(\.name)
    var model = Model(
      name: files.joined(separator: ", "), files: files, builder: outcome.builder, texts: store.texts)
    model.warnings = outcome.warnings
    return model
  }

  /// The model as a script of `define` statements, which loaded again gives the same model.
  public var script: String { records.map(ModelPrinter.script) ?? ModelPrinter.script(store) }

  /// A language as BCP 47 tags it, as far as its form goes.
  package static func isLanguage(_ tag: String) -> Bool {
    let parts = tag.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isAlphanumeric: (UInt8) -> Bool = { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || (48...57).contains(byte)
    }
    guard let first = parts.first, (2...3).contains(first.count) else { return false }
    return parts.allSatisfy { (2...8).contains($0.count) && $0.allSatisfy(isAlphanumeric) }
  }

  /// The answer to a query.
  ///
  /// - Parameter query: One query, for example `meetings in Moscow | count`.
  /// - Throws: `KhabarError` with all that is wrong with the query.
  public func query(_ query: String) throws -> QueryResult {
    var session = Session(self)
    let results = try session.run(query, name: "<query>")
    guard let result = results.last, results.count == 1 else {
      throw KhabarError("write one query", id: "E0602", "expected one query; found \(results.count)")
    }
    return result
  }

  /// The one value that a query answers: the first column of its first row.
  ///
  /// - Parameters:
  ///   - query: A query, for example `meetings | count`.
  ///   - type: What the value is read as.
  /// - Throws: `KhabarError` where the query is wrong or has no row; `DecodingError` where the value is of another type.
  public func value<T: Decodable>(_ query: String, as type: T.Type = T.self) throws -> T {
    try self.query(query).value(as: type)
  }
}
