import KhabarRandom

typealias Random = SeededGenerator

extension SeededGenerator {
  /// True once in `count` times.
  mutating func once(in count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

  mutating func pick<T>(_ items: [T], or fallback: T) -> T { items.randomElement(using: &self) ?? fallback }
}
