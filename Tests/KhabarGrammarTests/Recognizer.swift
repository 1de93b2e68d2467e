/// What a grammar takes for granted when it is about tokens, or about characters.
protocol GrammarInput {
  associatedtype Terminal
  /// What a term stands for that is no matter of the grammar; nil where the grammar has to say.
  static func terminal(_ term: Term) -> Terminal?

  var count: Int { get }
  /// Where a terminal may end that starts at a place.
  func ends(of terminal: Terminal, from start: Int) -> [Int]
}

/// Whether something is a sentence of a grammar: a descent that follows all alternatives at once and remembers, for
/// each name and place, all the places where it may end. No name may stand first on its own right side; repetitions
/// are written with `*`, so none has to.
struct Recognizer<Input: GrammarInput> {
  private indirect enum Node {
    case sequence([Node]), choice([Node])
    case optional(Node), many(Node), some(Node)
    case except(Node, Node)
    case terminal(Input.Terminal)
    /// By its number.
    case production(Int)
    /// Of a term that the grammar does not define and the input does not know.
    case nothing
  }

  private let numbers: [String: Int]
  private var nodes: [Node] = []

  init(_ grammar: Grammar) {
    let productions = grammar.productions
    numbers = Dictionary(
      productions.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
    nodes = productions.map { node($0.term) }
  }

  private func node(_ term: Term) -> Node {
    if let terminal = Input.terminal(term) { return .terminal(terminal) }
    return switch term {
    case .sequence(let terms): .sequence(terms.map(node))
    case .choice(let terms): .choice(terms.map(node))
    case .optional(let term): .optional(node(term))
    case .many(let term): .many(node(term))
    case .some(let term): .some(node(term))
    case .except(let term, let excluded): .except(node(term), node(excluded))
    case .name(let name): numbers[name].map { .production($0) } ?? .nothing
    case .quoted, .characters: .nothing
    }
  }

  /// Whether the whole input is such a term.
  func accepts(_ input: Input, as term: Term) -> Bool { furthest(input, as: term) == nil }

  /// How far the input goes well; nil where the whole of it is such a term.
  func furthest(_ input: Input, as term: Term) -> Int? {
    var run = Run(input: input, nodes: nodes)
    let ends = run.ends(node(term), 0)
    return ends.contains(input.count) ? nil : run.furthest
  }

  private struct Run {
    let input: Input
    let nodes: [Node]
    /// By production and start.
    var memory: [Int: [Int]] = [:]
    var furthest = 0

    init(input: Input, nodes: [Node]) {
      self.input = input
      self.nodes = nodes
    }

    /// Where the node may end that starts at a place.
    mutating func ends(_ node: Node, _ start: Int) -> [Int] {
      switch node {
      case .terminal(let terminal): return note(input.ends(of: terminal, from: start))
      case .production(let number): return production(number, start)
      case .sequence(let parts):
        var places = [start]
        for part in parts where !places.isEmpty { places = ends(part, places) }
        return places
      case .choice(let parts):
        var places: [Int] = []
        for part in parts { merge(ends(part, start), into: &places) }
        return places
      case .optional(let part):
        var places = [start]
        merge(ends(part, start), into: &places)
        return places
      case .many(let part): return repeated(part, [start])
      case .some(let part): return repeated(part, ends(part, start))
      case .except(let part, let excluded): return ends(excluded, start).isEmpty ? ends(part, start) : []
      case .nothing: return []
      }
    }

    private mutating func ends(_ node: Node, _ starts: [Int]) -> [Int] {
      if starts.count == 1 { return ends(node, starts[0]) }
      var places: [Int] = []
      for start in starts { merge(ends(node, start), into: &places) }
      return places
    }

    private func merge(_ places: [Int], into result: inout [Int]) {
      if result.isEmpty {
        result = places
      } else {
        for place in places where !result.contains(place) { result.append(place) }
      }
    }

    private mutating func repeated(_ part: Node, _ starts: [Int]) -> [Int] {
      var places = starts
      var known = Set(starts)
      var index = 0
      while index < places.count {
        for place in ends(part, places[index]) where known.insert(place).inserted { places.append(place) }
        index += 1
      }
      return places
    }

    private mutating func production(_ number: Int, _ start: Int) -> [Int] {
      let key = number * (input.count + 1) + start
      if let known = memory[key] { return known }
      let places = ends(nodes[number], start)
      memory[key] = places
      return places
    }

    private mutating func note(_ places: [Int]) -> [Int] {
      for place in places where place > furthest { furthest = place }
      return places
    }
  }
}
