extension Vocabulary: WholeRecord {
  package func write(to bytes: inout RecordWriter) {
    bytes.write(number: types.count)
    for type in types { type.write(to: &bytes) }
    bytes.write(modes)
    bytes.write(contexts)
    bytes.write(roles)
    bytes.write(addedNouns.suggestions)
    bytes.write(number: addedNouns.meaningByKey.count)
    for (key, meaning) in addedNouns.meaningByKey.sorted(by: { $0.key < $1.key }) {
      bytes.write(key)
      bytes.write(number: meaning.type)
      bytes.write(meaning.includesSubtypes)
      bytes.write(number: meaning.mode)
    }
    bytes.write(hasPLOVERNouns)
  }

  package init(from bytes: inout RecordReader) {
    self.init()
    let types = (0..<bytes.length()).map { _ in EventType(from: &bytes) }
    let modes: [String] = bytes.record()
    let contexts: [String] = bytes.record()
    let roles: [String] = bytes.record()
    for type in types {
      let index = defineType(
        type.id, parent: type.parent, quad: type.quad, score: type.score, isExtension: type.isExtension)
      for mode in type.modes { addMode(mode, score: type.modeScores[mode], toType: index) }
    }
    for mode in modes { _ = internMode(mode) }
    for context in contexts { _ = internContext(context) }
    for role in roles { _ = internRole(role) }
    addedNouns.suggestions = bytes.record()
    for _ in 0..<bytes.length() {
      let key = bytes.text()
      addedNouns.meaningByKey[key] = NounMeaning(
        type: bytes.number(), includesSubtypes: bytes.flag(), mode: bytes.number())
    }
    hasPLOVERNouns = bytes.flag()
  }
}

extension Vocabulary.EventType {
  fileprivate func write(to bytes: inout RecordWriter) {
    bytes.write(id)
    bytes.write(number: parent)
    bytes.write(number: quad)
    bytes.write(score.map(Double.init))
    bytes.write(number: modes.count)
    for mode in modes {
      bytes.write(number: mode)
      bytes.write(modeScores[mode].map(Double.init))
    }
    bytes.write(isExtension)
  }

  fileprivate init(from bytes: inout RecordReader) {
    self.init(
      id: bytes.text(), parent: bytes.number(), quad: bytes.number(),
      score: bytes.double().flatMap { Int(exactly: $0) }, modes: [], modeScores: [:], isExtension: true)
    for _ in 0..<bytes.length() {
      let mode: Int16 = bytes.number()
      modes.append(mode)
      modeScores[mode] = bytes.double().flatMap { Int(exactly: $0) }
    }
    isExtension = bytes.flag()
  }
}
