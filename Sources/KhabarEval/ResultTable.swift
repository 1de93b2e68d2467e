import KhabarModel
import KhabarPlan
import KhabarSyntax

/// The answer to a query: named, typed columns and their rows.
package struct ResultTable: Sendable {
  package struct Column: Hashable, Sendable {
    package var name: String
    package var type: ValueType

    package init(_ name: String, _ type: ValueType) {
      self.name = name
      self.type = type
    }
  }

  package var columns: [Column]
  package var rows: [[Value]]
  /// Of what the rows are, where they are records; then `records` has the record of each row.
  package var kind: EntityKind?
  package var records: [Int32]
  /// What codes and references stand for.
  package var store: EventStore
  package var warnings: [Diagnostic]
  /// What was asked, from which the reports behind a row are found.
  package var query: ResolvedQuery?
  /// How readers see the rows, if not as a table.
  package var drawing: Drawing?

  package init(
    columns: [Column], rows: [[Value]], kind: EntityKind? = nil, records: [Int32] = [], store: EventStore,
    warnings: [Diagnostic] = [], drawing: Drawing? = nil
  ) {
    self.columns = columns
    self.rows = rows
    self.kind = kind
    self.records = records
    self.store = store
    self.warnings = warnings
    self.drawing = drawing
  }
}
