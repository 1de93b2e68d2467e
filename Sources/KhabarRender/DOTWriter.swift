import KhabarEval
import KhabarModel
import KhabarPlan
import KhabarText

/// A graph in Graphviz's language DOT: nodes by id, with their names as labels.
///
///     graph khabar {
///       "ilham_aliyev" [label="Ilham Aliyev"];
///       "nikol_pashinyan" [label="Nikol Pashinyan"];
///       "ilham_aliyev" -- "nikol_pashinyan" [label="3", weight=3];
///     }
///
/// In quotes DOT reads `\"` alone; in a label it reads backslashes and entities (`&lt;`) as well, so these are doubled and
/// spelled out.
struct DOTWriter {
  private let links: GraphLinks
  private let isDirected: Bool
  private let ids: CellText
  private let names: CellText

  init(_ result: ResultTable, _ graph: Drawing.Graph, options: RenderOptions) {
    links = GraphLinks(result, graph)
    isDirected = graph.isDirected
    ids = CellText(result, format: .json, options: options)
    names = CellText(result, format: .table, options: options)
  }

  func write(to output: inout some TextOutputStream, isCancelled: () -> Bool = { false }) {
    output.write((isDirected ? "digraph" : "graph") + " khabar {\n")
    let ids = self.nodeIDs
    for (node, id) in zip(links.nodes, ids) {
      if isCancelled() { return }
      output.write("  \(id) [label=\(Self.label(names.visible(node)))];\n")
    }
    let edge = isDirected ? "->" : "--"
    for link in links.links {
      if isCancelled() { return }
      output.write("  \(ids[link.from]) \(edge) \(ids[link.to])\(attributes(link.weight));\n")
    }
    output.write("}\n")
  }

  /// Records of different kinds may have the same id: then the kind stands before it.
  private var nodeIDs: [String] {
    let kinds = Set(links.nodes.map(\.kind))
    return links.nodes.map { node in
      let id = ids.visible(node)
      guard kinds.count > 1, let kind = node.kind else { return Self.quoted(id) }
      return Self.quoted("\(kind.name) \(id)")
    }
  }

  /// Graphviz's weights are whole numbers, not negative.
  private func attributes(_ weight: Double?) -> String {
    guard let weight, let shown = NumberText.short(weight) else { return "" }
    let pull = weight >= 1 && weight < 1e6 ? ", weight=\(Int(weight))" : ""
    return " [label=\(Self.quoted(shown))\(pull)]"
  }

  private static func quoted(_ text: String) -> String {
    "\""
      + text.reduce(into: "") { result, character in
        // A backslash before the closing mark would take it away.
        if character == "\"" || character == "\\" { result += "\\" }
        result.append(character)
      } + "\""
  }

  private static func label(_ text: String) -> String {
    quoted(text.reduce(into: "") { $0 += $1 == "&" ? "&amp;" : String($1) })
  }
}

extension Value {
  fileprivate var kind: EntityKind? { if case .entity(let kind, _) = self { kind } else { nil } }
}
