extension TimeColumn: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    table.write("\(name).table", to: &sections)
    switch layout {
    case .codes(let codes): codes.write("\(name).codes", to: &sections)
    case .runs(let runs): runs.write("\(name).runs", to: &sections)
    }
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    table = try TimeTable("\(name).table", from: sections)
    if sections.has("\(name).runs.start") {
      let runs = try TimeRuns("\(name).runs", from: sections)
      layout = .runs(runs)
      count = Int(runs.start.last ?? 0)
    } else {
      let codes = try CodeColumn<Int32>("\(name).codes", from: sections)
      layout = .codes(codes)
      count = codes.count
    }
  }
}

extension TimeRuns: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    start.write("\(name).start", to: &sections)
    code.write("\(name).code", to: &sections)
    runAtStride.write("\(name).stride", to: &sections)
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    code = try CodeColumn("\(name).code", from: sections)
    start = try Column("\(name).start", from: sections, count: code.count + 1)
    runAtStride = try Column(
      "\(name).stride", from: sections, count: (Int(start.last ?? 0) + Self.stride - 1) / Self.stride)
  }
}

extension TimeTable: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    times.write("\(name).times", to: &sections)
    startMin.write("\(name).start_min", to: &sections)
    startMax.write("\(name).start_max", to: &sections)
    endMin.write("\(name).end_min", to: &sections)
    endMax.write("\(name).end_max", to: &sections)
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    times = try RecordColumn("\(name).times", from: sections)
    startMin = try Column("\(name).start_min", from: sections, count: times.count)
    startMax = try Column("\(name).start_max", from: sections, count: times.count)
    endMin = try Column("\(name).end_min", from: sections, count: times.count)
    endMax = try Column("\(name).end_max", from: sections, count: times.count)
  }
}
