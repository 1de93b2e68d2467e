package typealias RandomSource = SeededGenerator

extension SeededGenerator {
  package mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

  /// Whether something happens that does so that many times in a hundred.
  package mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  package mutating func pick<T>(_ choices: [T]) -> T { choices[number(0...(choices.count - 1))] }

  package mutating func pick<T>(_ count: ClosedRange<Int>, of choices: [T]) -> [T] {
    Array(choices.shuffled(using: &self).prefix(number(count)))
  }
}
