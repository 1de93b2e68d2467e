import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarText

/// Who is linked with whom: each node, then those beside it, the heaviest links first.
///
///     Ilham Aliyev (5)
///       3 ─ Nikol Pashinyan
///       2 ─ Charles Michel
///       1 ─ Olaf Scholz, Emmanuel Macron
///
/// A link that leads one way (`→`) stands under where it begins.
struct GraphWriter {
  let text: PictureText
  let links: GraphLinks
  let isDirected: Bool
  private let rowCount: Int

  init(_ result: ResultTable, _ graph: Drawing.Graph, options: RenderOptions) {
    text = PictureText(result, options: options)
    links = GraphLinks(result, graph)
    isDirected = graph.isDirected
    rowCount = result.rows.count
  }

  func write(to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }) {
    let width = links.links.reduce(0) { max($0, DisplayWidth.of(number($1.weight))) }
    for node in nodes {
      if isCancelled() { return }
      write(node, width, to: &output)
    }
    text.writeCount(rowCount, to: &output)
  }

  /// A node with the links that stand under it.
  fileprivate struct Node {
    var name: String
    var weight: Double?
    var links: [(weight: Double?, name: String)] = []
  }

  /// The heaviest first; of those alike, the first to be named.
  private var nodes: [Node] {
    var nodes = links.nodes.map { Node(name: text.text($0)) }
    for link in links.links {
      nodes[link.from].add(link.weight, nodes[link.to].name)
      if !isDirected, link.to != link.from { nodes[link.to].add(link.weight, nodes[link.from].name) }
    }
    let order = nodes.indices.sorted { a, b in
      let (first, second) = (nodes[a].weight ?? 0, nodes[b].weight ?? 0)
      return first == second ? a < b : first > second
    }
    return order.map { nodes[$0] }.filter { !$0.links.isEmpty }
  }

  private func write(_ node: Node, _ width: Int, to output: inout some TextOutputStream) {
    let total = node.weight.map { " (\(number($0)))" } ?? ""
    let isWhole = DisplayWidth.of(node.name) + total.utf8.count <= text.width
    if isWhole {
      text.write(text.styled(text.isolated(node.name), .bold) + total, to: &output)
    } else {
      text.writeWrapped([node.name], to: &output)
    }
    for group in node.byWeight {
      let weight = DisplayWidth.pad(number(group.weight), to: width, alignment: .right)
      let sign = isDirected ? text.glyphs.arrow : text.glyphs.link
      let head = "  " + (width > 0 ? weight + " " : "") + sign + " "
      let isNarrow = DisplayWidth.of(head) + 8 > text.width
      let first = isNarrow ? sign + " " : head
      text.writeWrapped(
        group.names, first: first, indent: DisplayWidth.of(first), separator: ", ", to: &output)
    }
  }

  private func number(_ weight: Double?) -> String { weight.flatMap(NumberText.short) ?? "" }
}

extension GraphWriter.Node {
  fileprivate mutating func add(_ linkWeight: Double?, _ name: String) {
    links.append((linkWeight, name))
    if let linkWeight { weight = (weight ?? 0) + linkWeight }
  }

  /// The names at the other ends, those of the same weight together.
  fileprivate var byWeight: [(weight: Double?, names: [String])] {
    var groups: [(weight: Double?, names: [String])] = []
    for link in links {
      if let last = groups.last, last.weight == link.weight {
        groups[groups.count - 1].names.append(link.name)
      } else {
        groups.append((link.weight, [link.name]))
      }
    }
    return groups
  }
}

/// The rows of a graph as links between nodes, which are numbered in the order in which they come.
struct GraphLinks {
  struct Link {
    var from: Int
    var to: Int
    var weight: Double?
  }

  private(set) var nodes: [Value] = []
  private(set) var links: [Link] = []

  init(_ result: ResultTable, _ graph: Drawing.Graph) {
    var numbers: [Value: Int] = [:]
    for row in result.rows where row.count >= 2 {
      var link = Link(from: number(row[0], &numbers), to: number(row[1], &numbers))
      if let column = graph.weight, column < row.count, case .number(let weight) = row[column] {
        link.weight = weight
      }
      links.append(link)
    }
  }

  private mutating func number(_ node: Value, _ numbers: inout [Value: Int]) -> Int {
    if let number = numbers[node] { return number }
    numbers[node] = nodes.count
    nodes.append(node)
    return nodes.count - 1
  }
}
