import Glibc

/// What the command line asks for; the environment (KHABAR_FUZZ_COUNT, KHABAR_FUZZ_SEED) gives the defaults.
struct Options {
  var bytes = Options.environment("KHABAR_FUZZ_COUNT") ?? 100_000
  var mutations = Options.environment("KHABAR_FUZZ_COUNT") ?? 10_000
  var seed = UInt64(Options.environment("KHABAR_FUZZ_SEED") ?? 1)
  var examples: [String] = []
  /// Lexer, parser and resolver only: for runs of millions.
  var isQuick = false

  /// nil: something on the command line is not understood.
  init?(_ arguments: some Sequence<String>) {
    var name = ""
    for argument in arguments {
      if argument.hasPrefix("--") {
        if argument == "--quick" { isQuick = true } else { name = argument }
        continue
      }
      guard take(argument, for: name) else { return nil }
    }
  }

  private mutating func take(_ argument: String, for name: String) -> Bool {
    if name == "--examples" {
      examples.append(argument)
      return true
    }
    guard let number = Int(argument), number >= 0 else { return false }
    switch name {
    case "--bytes": bytes = number
    case "--mutations": mutations = number
    case "--seed": seed = UInt64(number)
    default: return false
    }
    return true
  }

  private static func environment(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }.flatMap { $0 >= 0 ? $0 : nil }
  }
}
