import FoundationEssentials
import Khabar

/// A script with the values of its parameters, as it is asked.
struct Question {
  /// The script's file, without its folder and ending: `q02`.
  let name: String
  private let path: String
  private let text: String
  private var values: [String: String] = [:]
  /// The parameter that takes many values one after the other, and these.
  private var each: (parameter: String, values: [String])?

  private let threads: Int?

  init(_ path: String, parameters folder: String, threads: Int?) throws {
    self.threads = threads
    let file = path.split(separator: "/").last.map(String.init) ?? path
    name = file.hasSuffix(".khabar") ? String(file.dropLast(7)) : file
    self.path = path
    text = try Self.read(path)
    for line in try Self.lines("\(folder)/\(name).params") {
      let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    let lines = try Self.lines("\(folder)/\(name).each")
    if let parameter = lines.first { each = (parameter, Array(lines.dropFirst())) }
  }

  /// The answers of the script's queries; where it is asked many times, those of all times.
  func answers(of model: Model) throws -> [Answer] {
    guard let each else { return try answers(of: model, values) }
    let query = try model.prepare(text)
    return try each.values.map { try query.answer([each.parameter: $0]).rows.map(\.values) }
  }

  private func answers(of model: Model, _ values: [String: String]) throws -> [Answer] {
    var session = Session(model)
    session.parameterValues = values
    session.fileAccess = .unrestricted
    session.threads = threads
    return try session.run(text, name: path).map { result in result.rows.map(\.values) }
  }

  private static func read(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  /// None where there is no such file.
  private static func lines(_ path: String) throws -> [String] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try read(path).split(separator: "\n").map(String.init)
  }
}

/// The rows of an answer, each with its values.
typealias Answer = [[Value]]
