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
    messages = values
    wordCount = state.values.words[.mode]?.count ?? 0
    modeOfPair = Array(repeating: Self.unasked, count: wordCount * values.vocabulary.types.count)
    guard wordCount > 0, let modes = events.columns[.mode], let types = events.columns[.type] else { return }
    let said = SaidModes(state, lists, types, modes, wordCount: wordCount)
    // First those that stand, then those that rows say in vain.
    for pair in inOrder(said.standing, said.standingInOrder) {
      modeOfPair[pair] = values.mode(Int32(pair % wordCount), ofType: Int32(pair / wordCount))
    }
    messages = values
    for pair in inOrder(said.others.filter { modeOfPair[$0] == Self.unasked }, said.othersInOrder) {
      modeOfPair[pair] = messages.mode(Int32(pair % wordCount), ofType: Int32(pair / wordCount))
    }
    hasWrong = modeOfPair.contains { $0 < FieldValues.none && $0 != Self.unasked }
    if hasWrong { return }
    Threads.run(state.threads, rows: modes.count) { _, rows in
      for event in rows where modes.base[event] >= 0 && types.base[event] >= 0 {
        modes.base[event] = modeOfPair[pair(types.base[event], modes.base[event])]
      }
    }
  }

  /// Whether a type learns a mode, and which it takes for a mistake, depends on those that it has been given before.
  private func inOrder(_ pairs: [Int], _ order: (Set<Int>) -> [Int]) -> [Int] {
    let learnt = pairs.filter { pair in
      let type = values.vocabulary.types[pair / wordCount]
      let mode = values.words[.mode].flatMap { values.vocabulary.mode($0[pair % wordCount]) }
      let known = values.vocabulary.modes(ofType: Int16(pair / wordCount))
      return type.isExtension && !(mode.map(known.contains) ?? false)
    }
    if learnt.count < 2 { return pairs }
    return pairs.filter { !learnt.contains($0) } + order(Set(learnt))
  }

  /// Those who know what is wrong.
  private var messages: FieldValues

  private func pair(_ type: Int32, _ word: Int32) -> Int { Int(type) * wordCount + Int(word) }

  /// What is wrong with a mode that a row says of an event of a type.
  func message(_ type: Int32, _ word: Int32) -> String? {
    let code = modeOfPair[pair(type, word)]
    return code < FieldValues.none && code != Self.unasked ? messages.message(code) : nil
  }
}

/// The types and modes of events, and those that rows say of them, each pair once.
private struct SaidModes {
  private let state: RoundState
  private let lists: ListPass
  private let types: Memory<Int32>
  private let modes: Memory<Int32>
  private let wordCount: Int
  let standing: [Int]
  private(set) var others: [Int] = []

  init(
    _ state: RoundState, _ lists: ListPass, _ types: Memory<Int32>, _ modes: Memory<Int32>, wordCount: Int
  ) {
    self.state = state
    self.lists = lists
    self.types = types
    self.modes = modes
    self.wordCount = wordCount
    let count = wordCount * state.values.vocabulary.types.count
    let found = (0..<state.threads).map { _ in Memory<Bool>(repeating: false, count: count) }
    Threads.run(state.threads, rows: modes.count) { thread, events in
      let found = found[thread]
      for event in events where modes.base[event] >= 0 && types.base[event] >= 0 {
        found.base[Int(types.base[event]) * wordCount + Int(modes.base[event])] = true
      }
    }
    standing = (0..<count).filter { pair in found.contains { $0[pair] } }
    let said = (0..<state.threads).map { _ in Memory<Bool>(repeating: false, count: count) }
    let next = Cursor()
    Threads.run(state.threads) { thread in
      while let part = next.take(below: state.rows.parts.count) { mark(state.rows.parts[part], said[thread]) }
    }
    others = (0..<count).filter { pair in said.contains { $0[pair] } }
  }

  /// What says modes in a part of the rows.
  private func sayers(_ part: ImportedRows.Part) -> [(events: Memory<Int32>, codes: EntryCodes.View?)] {
    let definitions = state.rows.tables[part.table].program.definitions
    return definitions.indices.compactMap { number in
      let definition = definitions[number]
      guard definition.kind == .event, let key = definition.key,
        let events = lists.eventOfRow[part.table][key]
      else {
        return nil
      }
      let entry = definition.entries.firstIndex { $0.field == .mode }
      guard let entry, case .code(let codes) = state.entries[part.table][number][entry] else {
        return (events, nil)
      }
      return (events, codes.view(part.reader))
    }
  }

  private func mark(_ part: ImportedRows.Part, _ said: Memory<Bool>) {
    for (events, codes) in sayers(part) {
      guard let codes else { continue }
      for row in 0..<part.count {
        let event = events.base[part.firstRow + row]
        let word = codes.code(part.slots + row * part.width)
        if event < 0 || word < 0 { continue }
        let type = types.base[Int(event)]
        if type >= 0 { said.base[Int(type) * wordCount + Int(word)] = true }
      }
    }
  }

  /// In the order in which events are first met.
  func standingInOrder(_ pairs: Set<Int>) -> [Int] {
    let seen = Memory<Bool>(repeating: false, count: modes.count)
    return inOrder(pairs) { event, _ in
      if seen.base[event] { return nil }
      seen.base[event] = true
      return modes.base[event] < 0 ? nil : modes.base[event]
    }
  }

  /// In the order in which rows say them.
  func othersInOrder(_ pairs: Set<Int>) -> [Int] { inOrder(pairs) { _, word in word < 0 ? nil : word } }

  private func inOrder(_ pairs: Set<Int>, _ word: (_ event: Int, _ said: Int32) -> Int32?) -> [Int] {
    var found: [Int] = []
    for part in state.rows.parts where found.count < pairs.count {
      let sayers = sayers(part)
      for row in 0..<part.count {
        for (events, codes) in sayers {
          let event = Int(events.base[part.firstRow + row])
          if event < 0 { continue }
          let said = codes?.code(part.slots + row * part.width) ?? -1
          guard let word = word(event, said), types.base[event] >= 0 else { continue }
          let pair = Int(types.base[event]) * wordCount + Int(word)
          if pairs.contains(pair), !found.contains(pair) { found.append(pair) }
        }
      }
    }
    return found
  }
}
