import Khabar

/// Runs a script as a test, as `khabar test` does: each `assert`, `expect` and failing statement in it that does not hold is
/// a failure at the line that calls, and says its place in the script.
///
/// - Parameters:
///   - path: From the folder of the test's file, or absolute.
///   - model: What the script is about.
///   - parameters: What the script's `param` statements take instead of their defaults.
///   - fileID: Where the caller is, as are those that follow.
///   - filePath: The caller's file.
///   - line: The caller's line.
///   - column: The caller's column.
public func expectScript(
  at path: String, in model: Model, parameters: [String: String] = [:],
  fileID: StaticString = #fileID, filePath: StaticString = #filePath, line: UInt = #line,
  column: UInt = #column
) {
  let place = TestPlace(fileID: fileID, filePath: filePath, line: line, column: column)
  let file = path.hasPrefix("/") ? path : place.folder + path
  guard let source = place.answer(path, { try ModelFiles.source(ofFile: file) }) else { return }
  var session = Session(model)
  session.parameterValues = parameters
  if let error = session.unknownParameterValues(for: source) { return place.fail("\(error)") }
  let test = session.test(source)
  for failure in test.checks.compactMap(\.failure) { place.fail("\(failure)") }
  if test.unreached > 0 { place.fail("\(path): checks that were not reached: \(test.unreached)") }
}

extension TestPlace {
  /// Of the test's file, with `/` at its end.
  var folder: String {
    let path = "\(filePath)"
    return path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
