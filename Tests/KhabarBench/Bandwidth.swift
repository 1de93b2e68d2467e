/// How fast memory is read in order by one thread: what a scan can be measured against.
struct Bandwidth: Encodable {
  var bytesPerSecond: Double

  private static let words = 64 << 20

  /// The fastest of several passes over half a gigabyte, which no cache holds.
  static func measure() -> Double {
    let memory = [UInt64](unsafeUninitializedCapacity: words) { buffer, count in
      for index in 0..<words { buffer[index] = UInt64(truncatingIfNeeded: index) }
      count = words
    }
    let passes = (0..<5).map { _ in stopwatch { sum(memory) } }
    // The sums are looked at, or there would be none.
    let checked = passes.filter { $0.0 == passes[0].0 }
    return Double(words * 8) / (checked.map(\.1).min() ?? .infinity)
  }

  private static func sum(_ memory: [UInt64]) -> UInt64 {
    memory.withUnsafeBufferPointer { words in
      var sums = SIMD8<UInt64>()
      var index = 0
      while index + 8 <= words.count {
        sums &+= UnsafeRawPointer(words.baseAddress.unsafelyUnwrapped + index)
          .loadUnaligned(as: SIMD8<UInt64>.self)
        index += 8
      }
      return sums.wrappedSum()
    }
  }
}
