/// How an answer is drawn where it is read and not computed with. The rows remain: each case says which of their columns
/// are what in the picture, by index.
package enum Drawing: Hashable, Sendable {
  /// `| timeline`, `| timeline by E`
  case timeline(Timeline)
  /// `| chart E`
  case chart(Chart)
  /// `| graph`: from the first column to the second.
  case graph(Graph)

  package struct Timeline: Hashable, Sendable {
    package var label: Label
    package var time: Int
    package var status: Int?
    /// Under whose values the rows stand; of a list, under each.
    package var group: Int?

    package init(label: Label, time: Int, status: Int? = nil, group: Int? = nil) {
      self.label = label
      self.time = time
      self.status = status
      self.group = group
    }
  }

  package struct Chart: Hashable, Sendable {
    package var label: Label
    package var value: Int
    /// Of several series, each over time: the column of the times. The label tells the series apart.
    package var time: Int?

    package init(label: Label, value: Int, time: Int? = nil) {
      self.label = label
      self.value = value
      self.time = time
    }
  }

  package struct Graph: Hashable, Sendable {
    /// How heavy a link is; nil: all are alike.
    package var weight: Int?
    /// Whether a link leads one way.
    package var isDirected: Bool

    package init(weight: Int?, isDirected: Bool) {
      self.weight = weight
      self.isDirected = isDirected
    }
  }

  /// What a row is called: these columns, or the id where they have nothing.
  package struct Label: Hashable, Sendable {
    package var columns: [Int]
    package var id: Int?

    package init(_ columns: [Int], id: Int? = nil) {
      self.columns = columns
      self.id = id
    }
  }

  /// The stage's keyword.
  package var name: String {
    switch self {
    case .timeline: "timeline"
    case .chart: "chart"
    case .graph: "graph"
    }
  }
}
