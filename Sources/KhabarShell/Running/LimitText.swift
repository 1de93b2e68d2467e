import KhabarEval

/// Limits as they are written: `10s`, `500ms`, `2 min`; `100000`; `500MB`, `2GB`.
package enum LimitText {
  package enum Kind: String, CaseIterable, Sendable {
    case time, rows, memory, threads

    /// What is accepted, for messages.
    package var expected: String {
      switch self {
      case .time: "a time such as `500ms`, `10s` or `2min`"
      case .rows: "a number of rows such as `100000`"
      case .threads: "a number of threads such as `2`"
      case .memory: "an amount of memory such as `500MB` or `2GB`"
      }
    }
  }

  /// Sets a limit; false: the text says none.
  package static func set(_ kind: Kind, _ text: String, in limits: inout RunLimits) -> Bool {
    guard let amount = amount(text, units(of: kind)) else { return false }
    switch kind {
    case .time: limits.nanoseconds = amount
    case .rows: limits.rows = amount
    case .memory: limits.bytes = amount
    case .threads: limits.threads = min(amount, 1024)
    }
    return true
  }

  /// `time 10 s, rows 1,000`, `off`
  static func description(_ limits: RunLimits) -> String {
    let parts = [
      limits.nanoseconds.map { "time \(Quantity.time($0))" },
      limits.rows.map { "rows \(Quantity.count($0))" },
      limits.bytes.map { "memory \(Quantity.memory($0))" },
      limits.threads.map { "threads \($0)" },
    ]
    let set = parts.compactMap { $0 }
    return set.isEmpty ? "off" : set.joined(separator: ", ")
  }

  /// The first unit is meant where none is written.
  private static func units(of kind: Kind) -> [(name: String, factor: Double)] {
    switch kind {
    case .time: [("s", 1e9), ("ms", 1e6), ("min", 60e9), ("m", 60e9), ("h", 3600e9)]
    case .rows, .threads: [("", 1)]
    case .memory: [("mb", 1e6), ("b", 1), ("kb", 1e3), ("gb", 1e9), ("kib", 1024), ("mib", 1_048_576)]
    }
  }

  private static func amount(_ text: String, _ units: [(name: String, factor: Double)]) -> Int? {
    let text = text.lowercased().filter { $0 != " " && $0 != "," && $0 != "_" }
    let digits = text.prefix { ("0"..."9").contains($0) || $0 == "." }
    let name = text.dropFirst(digits.count)
    let unit = name.isEmpty ? units.first : units.first { $0.name == name }
    guard let unit, digits.count <= 18, let number = Double(digits), number > 0 else { return nil }
    guard let amount = Int(exactly: (number * unit.factor).rounded()), amount > 0 else { return nil }
    // Ten times as much is what messages propose.
    return min(amount, Int.max / 100)
  }
}
