import Glibc

/// What the command line asks for.
struct Options {
  var database = ""
  var scripts: [String] = []
  /// How often each script is run after it has been run once.
  var runs = 5
  /// A script is not run again once its runs have taken so many seconds.
  var limit = 60.0
  /// Where the values of the scripts' parameters are.
  var parameters = "."
  /// nil: as many as the machine runs at once.
  var threads: Int?
  var measuresBandwidth = false

  /// nil: something on the command line is not understood.
  init?(_ arguments: some Sequence<String>) {
    var name: String?
    for argument in arguments {
      if let option = name {
        guard take(argument, for: option) else { return nil }
        name = nil
      } else if argument == "--bandwidth" {
        measuresBandwidth = true
      } else if argument.hasPrefix("--") {
        name = argument
      } else if database.isEmpty {
        database = argument
      } else {
        scripts.append(argument)
      }
    }
    guard name == nil, measuresBandwidth || !scripts.isEmpty else { return nil }
  }

  private mutating func take(_ argument: String, for option: String) -> Bool {
    switch option {
    case "--runs": return Int(argument).map { runs = max(0, $0) } != nil
    case "--limit": return Double(argument).map { limit = $0 } != nil
    case "--threads":
      threads = Int(argument)
      return threads != nil
    case "--params":
      parameters = argument
      return true
    default: return false
    }
  }
}
