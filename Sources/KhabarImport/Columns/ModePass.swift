import KhabarModel
import KhabarPlan

/// The modes of events, each of which has to be one of its type's; types of our own get those that they are given.
final class ModePass {
  /// With the modes that are new.
  private(set) var values: FieldValues
  /// The mode of each type and word: less than `FieldValues.none` where the type has none such.
  private var modeOfPair: [Int32]
  private let wordCount: Int
  private(set) var hasWrong = false
  private static let unasked = Int32.min

  init(_ state: RoundState, _ lists: ListPass, _ events: FieldPass) {
    values = state.values
    wordCount = state.values.words[.mode]?.count ?? 0
    let pairCount = wordCount * values.vocabulary.types.count
    modeOfPair = Array(repeating: Self.unasked, count: pairCount)
    guard wordCount > 0, let modes = events.columns[.mode], let types = events.columns[.type] else { return }
    // First those that stand, in the order of events, then those that rows say in vain.
    var standing = [Bool](repeating: false, count: pairCount)
    for event in 0..<modes.count where modes.base[event] >= 0 && types.base[event] >= 0 {
      let pair = pair(types.base[event], modes.base[event])
      if !standing[pair] {
        standing[pair] = true
        ask(pair)
      }
    }
    var others = values
    for pair in Self.saidPairs(state, lists, types, pairCount, wordCount)
    where modeOfPair[pair] == Self.unasked {
      modeOfPair[pair] = others.mode(Int32(pair % wordCount), ofType: Int32(pair / wordCount))
      if modeOfPair[pair] < 0 { hasWrong = true }
    }
    messages = others
    if hasWrong { return }
    for event in 0..<modes.count where modes.base[event] >= 0 && types.base[event] >= 0 {
      modes.base[event] = modeOfPair[pair(types.base[event], modes.base[event])]
    }
  }

  /// Those who know what is wrong.
  private var messages = FieldValues(vocabulary: Vocabulary())

  private func pair(_ type: Int32, _ word: Int32) -> Int { Int(type) * wordCount + Int(word) }

  private func ask(_ pair: Int) {
    modeOfPair[pair] = values.mode(Int32(pair % wordCount), ofType: Int32(pair / wordCount))
    if modeOfPair[pair] < 0 { hasWrong = true }
  }

  /// What is wrong with a mode that a row says of an event of a type.
  func message(_ type: Int32, _ word: Int32) -> String? {
    let code = modeOfPair[pair(type, word)]
    return code < FieldValues.none && code != Self.unasked ? messages.message(code) : nil
  }

  /// The types and modes that rows say together, each once.
  private static func saidPairs(
    _ state: RoundState, _ lists: ListPass, _ types: Memory<Int32>, _ pairCount: Int, _ wordCount: Int
  ) -> [Int] {
    let said = (0..<state.threads).map { _ in Memory<Bool>(repeating: false, count: pairCount) }
    let next = Cursor()
    Threads.run(state.threads) { thread in
      while let index = next.take(below: state.rows.parts.count) {
        let part = state.rows.parts[index]
        let definitions = state.rows.tables[part.table].program.definitions
        for (number, definition) in definitions.enumerated() where definition.kind == .event {
          guard let entry = definition.entries.firstIndex(where: { $0.field == .mode }),
            case .code(let codes) = state.entries[part.table][number][entry], let key = definition.key,
            let events = lists.eventOfRow[part.table][key]
          else { continue }
          let view = codes.view(part.reader)
          for row in 0..<part.count {
            let event = events.base[part.firstRow + row]
            let word = view.code(part.slots + row * part.width)
            if event < 0 || word < 0 { continue }
            let type = types.base[Int(event)]
            if type >= 0 { said[thread].base[Int(type) * wordCount + Int(word)] = true }
          }
        }
      }
    }
    return (0..<pairCount).filter { pair in said.contains { $0[pair] } }
  }
}
