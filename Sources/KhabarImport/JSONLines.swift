import KhabarModel
import KhabarPlan
import KhabarSyntax
import KhabarTable

/// Models as JSON Lines, as `khabar export -f jsonl` writes them: on each line an object, which is a record.
///
/// Lines may speak of records that stand on later ones, or in another of the files. So they are read twice, one at a time:
/// first for what each defines, then for all that it says. A line of which something is wrong is left out whole, and what
/// others say of its record is wrong then.
struct JSONLines: Sendable {
  static let name = "jsonl"

  private var files: [(bytes: [UInt8], name: String)] = []
  private var lines: [Line] = []

  private struct Line: Sendable {
    var file: Int32
    /// Counted from 1.
    var number: Int32
    var bytes: Range<Int>
  }

  var isEmpty: Bool { files.isEmpty }

  /// Whether a file begins with a record, or where that is what it is said to be, at least with an object.
  static func isSuch(_ bytes: [UInt8], isNamed: Bool) -> Bool {
    let text = bytes[(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)...]
    var parser = JSONParser(text.split(separator: 0x0A, maxSplits: 1).first ?? [])
    if parser.isAtEnd() || isNamed { return isNamed && (parser.isAtEnd() || parser.accept("{")) }
    guard let members = try? parser.parseObject() else { return false }
    return members.contains { $0.name == "record" }
  }

  mutating func add(_ bytes: [UInt8], file: String) {
    let index = Int32(truncatingIfNeeded: files.count)
    files.append((bytes, file))
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number: Int32 = 1
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
      let isBlank = bytes[start..<end].allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if !isBlank { lines.append(Line(file: index, number: number, bytes: start..<end)) }
      start = end + 1
      number += 1
    }
  }

  /// The records of all lines that can be taken.
  func load(into summary: inout ImportSummary) -> StoreBuilder {
    var run = Run(lines: self)
    while true {
      let builder = run.read()
      if run.isStale { continue }
      summary.read += lines.count
      summary.merged += run.merged.count
      summary.kept += lines.count - run.merged.count - run.rejected.count
      for (line, error) in run.rejected.sorted(by: { $0.key < $1.key }) {
        summary.rejected.append(
          ImportSummary.Rejected(
            file: files[Int(lines[line].file)].name, line: Int(lines[line].number), column: error.column,
            reason: error.reason))
      }
      return builder
    }
  }
}

extension JSONLines {
  /// A reading of all lines but those that are known to be wrong.
  private struct Run {
    let lines: JSONLines
    var rejected: [Int: RowError] = [:]
    /// Those that say again what another says.
    var merged: Set<Int> = []
    /// Whether a line was found to be wrong after its record was there, which others may speak of.
    private(set) var isStale = false
    /// Where the record of each line stands.
    private var places: [Int32] = []
    /// The lines that define the records of a kind.
    private var definers: [EntityKind: [Int]] = [:]

    init(lines: JSONLines) { self.lines = lines }

    mutating func read() -> StoreBuilder {
      var stream = DefinitionStream(onto: StoreBuilder(vocabulary: .plover))
      places = [Int32](repeating: -1, count: lines.lines.count)
      definers = [:]
      isStale = false
      let types = declareAll(&stream)
      for line in types { fill(line, &stream) }
      let later = Set(types)
      for line in lines.lines.indices where !later.contains(line) { fill(line, &stream) }
      stream.checkCircles()
      note(&stream)
      return stream.builder
    }

    private func members(_ line: Int) throws(RowError) -> [JSONValue.Member] {
      let place = lines.lines[line]
      var parser = JSONParser(lines.files[Int(place.file)].bytes[place.bytes])
      do throws(JSONParser.Failure) {
        return try parser.parseObject()
      } catch {
        throw RowError("", error.expectation)
      }
    }

    /// - Returns: The lines that define types.
    private mutating func declareAll(_ stream: inout DefinitionStream) -> [Int] {
      var types: [Int] = []
      var reports: Set<ArraySlice<UInt8>> = []
      for line in lines.lines.indices where rejected[line] == nil && !merged.contains(line) {
        do throws(RowError) {
          let (_, kind, id) = try JSONRecordReader.heading(try members(line))
          if kind == .report {
            if !reports.insert(bytes(line)).inserted { merged.insert(line) }
          } else if let first = try declare(line, kind, id ?? "", &stream), bytes(first) == bytes(line) {
            merged.insert(line)
          } else if kind == .type {
            types.append(line)
          }
        } catch {
          rejected[line] = error
        }
      }
      return types
    }

    private func bytes(_ line: Int) -> ArraySlice<UInt8> {
      let place = lines.lines[line]
      return lines.files[Int(place.file)].bytes[place.bytes]
    }

    /// - Returns: The line that has defined the same record in the same words.
    private mutating func declare(
      _ line: Int, _ kind: DefinitionKind, _ id: String, _ stream: inout DefinitionStream
    ) throws(RowError) -> Int? {
      if let place = stream.declare(kind, Name(id), source: line) {
        places[line] = place
        if let entity = kind.entity { definers[entity, default: []].append(line) }
        return nil
      }
      let reason = stream.takeProblems().first?.message ?? "there is no room for it"
      guard let known = stream.index(of: id, kind),
        let first = kind.entity.flatMap({ definers[$0]?[Int(known)] })
      else { throw RowError("id", reason) }
      if bytes(first) == bytes(line) { return first }
      throw RowError("id", "\(reason), in line \(lines.lines[first].number)")
    }

    private mutating func fill(_ line: Int, _ stream: inout DefinitionStream) {
      guard rejected[line] == nil, !merged.contains(line) else { return }
      do throws(RowError) {
        var reader = JSONRecordReader()
        let record = try reader.read(try members(line))
        stream.fill(record.definition, record.kind, at: places[line], source: line)
        for report in record.reports { stream.fill(report, .report, at: -1, source: line) }
        note(&stream)
      } catch {
        reject(line, error)
      }
    }

    private mutating func reject(_ line: Int, _ error: RowError) {
      rejected[line] = error
      isStale = true
    }

    /// Rejects the lines that the loader has found something wrong with.
    private mutating func note(_ stream: inout DefinitionStream) {
      for problem in stream.takeProblems() where rejected[problem.source] == nil {
        var reader = JSONRecordReader(wanted: problem.place)
        if let members = try? members(problem.source) { _ = try? reader.read(members) }
        reject(problem.source, RowError(reader.place ?? "", problem.message))
      }
    }
  }
}
