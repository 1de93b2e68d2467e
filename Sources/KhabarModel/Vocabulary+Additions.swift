extension Vocabulary {
  /// A type that PLOVER does not have, or what one of its types has besides, in words: what `define type` says of it.
  package struct Addition: Sendable {
    package var id: String
    package var parent: String?
    package var nouns: [String] = []
    package var quad: String?
    package var score: Int?
    package var modes: [String] = []
    package var contexts: [String] = []
  }

  /// What there is besides PLOVER's words, in order.
  package var additions: [Addition] {
    var additions = types.indices.compactMap(addition)
    let contexts = contexts.filter { Vocabulary.plover.context($0) == nil }
    // Contexts belong to no type; any definition may bring them.
    if additions.isEmpty, !contexts.isEmpty, let first = types.first { additions = [Addition(id: first.id)] }
    if !additions.isEmpty { additions[additions.count - 1].contexts = contexts }
    return additions
  }

  /// nil: it is PLOVER's, as it was.
  private func addition(_ index: Int) -> Addition? {
    let type = types[index]
    var addition = Addition(id: type.id)
    addition.nouns = addedNouns.suggestions.filter { noun($0)?.type == Int16(index) }
    let plover = Vocabulary.plover
    if let known = plover.type(type.id) {
      let own = Set(plover.types[Int(known)].modes.map { plover.modes[Int($0)] })
      addition.modes = type.modes.map { modes[Int($0)] }.filter { !own.contains($0) }
      return addition.nouns.isEmpty && addition.modes.isEmpty ? nil : addition
    }
    addition.parent = type.parent < 0 ? nil : types[Int(type.parent)].id
    addition.quad = type.quad < 0 ? nil : Vocabulary.quads[Int(type.quad)]
    addition.score = type.score
    addition.modes = type.modes.map { modes[Int($0)] }
    return addition
  }
}
