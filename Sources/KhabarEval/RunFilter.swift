import EDTF
import KhabarModel
import KhabarPlan

/// Conditions on rows that lie one after the other: those on a column of codes are decided by a pass over its bytes, those
/// on the time by the runs of events of the same time; the others for the rows that are left.
///
///     status in (planned), type in (CONSULT), label contains "talks"
///
///     mask      1 1 0 1 1 0 …    by status: one byte a row
///               0 1 0 0 1 0 …    and by type
///     rows      1, 4, …          of these, the label
struct RunFilter {
  private let kernels: [Kernel]
  let rest: [PlanExpression]
  let kind: EntityKind

  private enum Kernel {
    /// What to keep by the stored code, that is by one more than the code.
    case bytes(Column<UInt8>, keep: [UInt8])
    case halves(Column<UInt16>, keep: [UInt8])
  }

  init(_ evaluator: Evaluator, _ kind: EntityKind, _ conditions: [PlanExpression]) {
    self.kind = kind
    var kernels: [Kernel] = []
    var rest: [PlanExpression] = []
    for condition in conditions {
      if let kernel = Self.kernel(evaluator.store, kind, condition) {
        kernels.append(kernel)
      } else {
        rest.append(condition)
      }
    }
    self.kernels = kernels
    self.rest = rest
  }

  private static func kernel(_ store: EventStore, _ kind: EntityKind, _ condition: PlanExpression) -> Kernel?
  {
    guard case .lookup(let code, let table) = condition.kind, case .field(let field) = code.kind,
      field.known == nil, field.merging == nil
    else { return nil }
    let keep = table.values.map { $0 == .true ? UInt8(1) : 0 }
    switch (kind, field.id) {
    case (.event, .type): return kernel(store.events.type, keep)
    case (.event, .mode): return kernel(store.events.mode, keep)
    case (.event, .status): return kernel(store.events.status, keep)
    case (.event, .certainty): return kernel(store.events.certainty, keep)
    case (.event, .place): return kernel(store.events.place, keep)
    case (.report, .status): return kernel(store.reports.status, keep)
    case (.report, .certainty): return kernel(store.reports.certainty, keep)
    case (.participation, .role): return kernel(store.events.participations.role, keep)
    default: return nil
    }
  }

  private static func kernel<Code>(_ column: CodeColumn<Code>, _ keep: [UInt8]) -> Kernel? {
    switch column.layout {
    case .bytes(let column):
      return .bytes(column, keep: keep.prefix(256) + [UInt8](repeating: 0, count: max(0, 256 - keep.count)))
    case .halves(let column):
      return .halves(
        column, keep: keep.prefix(65536) + [UInt8](repeating: 0, count: max(0, 65536 - keep.count)))
    default: return nil
    }
  }

  /// The rows of a range that all kernels keep.
  func kept(_ range: Range<Int>) -> [Int32] {
    guard !kernels.isEmpty else { return range.map { Int32(truncatingIfNeeded: $0) } }
    var mask = [UInt8](repeating: 1, count: range.count)
    for kernel in kernels { Self.apply(kernel, range, &mask) }
    let first = Int32(truncatingIfNeeded: range.lowerBound)
    return [Int32](unsafeUninitializedCapacity: range.count) { rows, count in
      mask.withUnsafeBufferPointer { mask in
        var kept = 0
        for index in 0..<mask.count {
          rows[kept] = first &+ Int32(truncatingIfNeeded: index)
          kept &+= Int(mask[index])
        }
        count = kept
      }
    }
  }

  /// Those of some rows that all kernels keep.
  func kept(_ rows: ArraySlice<Int32>) -> [Int32] {
    var rows = Array(rows)
    for kernel in kernels {
      switch kernel {
      case .bytes(let column, let keep): rows = Self.kept(rows, column, keep)
      case .halves(let column, let keep): rows = Self.kept(rows, column, keep)
      }
    }
    return rows
  }

  private static func kept<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ rows: [Int32], _ column: Column<Code>, _ keep: [UInt8]
  ) -> [Int32] {
    [Int32](unsafeUninitializedCapacity: rows.count) { kept, count in
      column.withBuffer { codes in
        keep.withUnsafeBufferPointer { keep in
          for row in rows {
            precondition(row >= 0 && Int(row) < codes.count, "a row of the column")
            kept[count] = row
            count &+= Int(keep[Int(codes[Int(row)])])
          }
        }
      }
    }
  }

  private static func apply(_ kernel: Kernel, _ range: Range<Int>, _ mask: inout [UInt8]) {
    switch kernel {
    case .bytes(let column, let keep):
      let codes = keep.indices.filter { keep[$0] != 0 }
      // One code, or few, are compared with many rows at a time.
      if codes.count <= 2 {
        compare(column.slice(range), UInt8(codes.first ?? 0), UInt8(codes.last ?? 0), codes.isEmpty, &mask)
      } else {
        look(column.slice(range), keep, &mask)
      }
    case .halves(let column, let keep): look(column.slice(range), keep, &mask)
    }
  }

  private static func compare(
    _ codes: Column<UInt8>, _ first: UInt8, _ last: UInt8, _ isNone: Bool, _ mask: inout [UInt8]
  ) {
    codes.withBuffer { codes in
      mask.withUnsafeMutableBufferPointer { mask in
        let count = min(codes.count, mask.count)
        if isNone { return mask.update(repeating: 0) }
        for index in 0..<count {
          mask[index] &= (codes[index] == first ? 1 : 0) | (codes[index] == last ? 1 : 0)
        }
      }
    }
  }

  private static func look<Code: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ codes: Column<Code>, _ keep: [UInt8], _ mask: inout [UInt8]
  ) {
    codes.withBuffer { codes in
      keep.withUnsafeBufferPointer { keep in
        mask.withUnsafeMutableBufferPointer { mask in
          for index in 0..<min(codes.count, mask.count) { mask[index] &= keep[Int(codes[index])] }
        }
      }
    }
  }
}

extension Evaluator {
  /// The rows of a run for which all conditions are true.
  func filtered(_ run: RowStream.Run, _ filter: RunFilter) throws(EvaluationError) -> [Int32] {
    let rows =
      switch run {
      case .range(let range): filter.kept(range)
      case .rows(let rows): filter.kept(rows)
      }
    return try kept(rows, filter.kind, filter.rest)
  }
}
