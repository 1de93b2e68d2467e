import Glibc
import KhabarModel

/// A file of sections.
struct Segment {
  /// What the state says of a segment, to know it by.
  struct Identity: Equatable {
    var length: Int
    var directoryChecksum: UInt64
  }

  /// Where sections end and nothing stands but noughts, up to the next that begins.
  private var gaps: [Range<Int>] {
    entries.map(\.range.upperBound).map { $0..<Self.aligned($0) }
      + [directory.upperBound..<Self.aligned(directory.upperBound)]
  }

  fileprivate static func aligned(_ position: Int) -> Int {
    (position + DatabaseFormat.alignment - 1) / DatabaseFormat.alignment * DatabaseFormat.alignment
  }

  private struct Entry {
    var name: String
    var range: Range<Int>
    var checksums: [UInt64]
  }

  let file: MappedFile
  private let entries: [Entry]
  private let directory: Range<Int>

  // MARK: - Writing

  static func write(_ sections: SectionWriter, to path: String, _ layer: FileLayer) throws(DatabaseError)
    -> Identity
  {
    let plan = Plan(sections.sections.map(\.bytes))
    let file = try FileWriter(path, layer)
    try file.reserve(plan.length)
    var directory = RecordWriter()
    directory.write(number: sections.sections.count)
    for (section, part) in zip(sections.sections, plan.parts) {
      if part.isNew {
        try file.align()
        try file.write(section.bytes)
      }
      directory.write(section.name)
      directory.write(number: part.place)
      directory.write(number: section.bytes.count)
      for checksum in part.checksums { directory.write(number: Int(bitPattern: UInt(checksum))) }
    }
    try file.align()
    let start = file.position
    try file.write(directory.bytes)
    try file.align()
    let checksum = DatabaseFormat.checksum(directory.bytes)
    let trailer = [
      DatabaseFormat.magic, UInt64(DatabaseFormat.version), UInt64(start), UInt64(directory.bytes.count),
      checksum,
    ]
    let bytes = trailer.flatMap { number in
      (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
    }
    let own = DatabaseFormat.checksum(bytes)
    try file.write(bytes + (0..<8).map { UInt8(truncatingIfNeeded: own >> (8 * UInt64($0))) })
    try file.sync()
    return Identity(length: file.position, directoryChecksum: checksum)
  }

  /// Where sections will lie. Where some have the same bytes, as the statuses of events and of their only reports do, these
  /// are written once.
  private struct Plan {
    struct Part {
      let place: Int
      /// Whether its bytes are not those of one before.
      let isNew: Bool
      let checksums: [UInt64]
    }

    private(set) var parts: [Part] = []
    /// Of all sections together.
    private(set) var length = 0

    init(_ sections: [UnsafeRawBufferPointer]) {
      var placeOfBytes: [[UInt64]: (place: Int, bytes: UnsafeRawBufferPointer)] = [:]
      for (bytes, checksums) in zip(sections, DatabaseFormat.checksums(sections)) {
        if let same = placeOfBytes[checksums], Self.areEqual(same.bytes, bytes) {
          parts.append(Part(place: same.place, isNew: false, checksums: checksums))
          continue
        }
        let place = Segment.aligned(length)
        placeOfBytes[checksums] = (place, bytes)
        parts.append(Part(place: place, isNew: true, checksums: checksums))
        length = place + bytes.count
      }
    }

    private static func areEqual(_ some: UnsafeRawBufferPointer, _ others: UnsafeRawBufferPointer) -> Bool {
      guard some.count == others.count, let first = some.baseAddress, let second = others.baseAddress else {
        return some.count == others.count
      }
      return memcmp(first, second, some.count) == 0
    }
  }

  // MARK: - Reading

  private static let trailerSize = 48

  /// Maps the file; what the directory says is checked, the sections are not.
  ///
  /// - Parameter identity: nil: the file is taken to be what it says itself.
  init(_ path: String, _ identity: Identity?) throws(DatabaseError) {
    file = try MappedFile(path)
    func damaged(_ what: String) -> DatabaseError { DatabaseError(path, .damaged(what)) }
    let bytes = file.bytes
    let length = max(identity?.length ?? bytes.count, Self.trailerSize)
    guard bytes.count == length else { throw damaged("it has \(bytes.count) bytes; expected \(length)") }
    let trailer = UnsafeRawBufferPointer(rebasing: bytes.suffix(Self.trailerSize))
    let numbers = (0..<6).map { trailer.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self) }
    let own = DatabaseFormat.checksum(UnsafeRawBufferPointer(rebasing: trailer.dropLast(8)))
    guard own == numbers[5], numbers[0] == DatabaseFormat.magic else {
      throw damaged("its last bytes are wrong")
    }
    guard numbers[1] <= UInt64(DatabaseFormat.version) else {
      throw DatabaseError(path, .newer(version: Int(clamping: numbers[1])))
    }
    guard let start = Int(exactly: numbers[2]), let count = Int(exactly: numbers[3]), start <= bytes.count,
      count <= bytes.count - start, identity == nil || numbers[4] == identity?.directoryChecksum
    else { throw damaged("its last bytes belong to another file") }
    let directory = UnsafeRawBufferPointer(rebasing: bytes[start..<start + count])
    guard DatabaseFormat.checksum(directory) == numbers[4] else { throw damaged("its directory is wrong") }
    var reader = RecordReader(directory.bindMemory(to: UInt8.self))
    var entries: [Entry] = []
    for _ in 0..<max(0, min(count, reader.number())) {
      let name = reader.text()
      let offset = reader.number()
      let length = reader.number()
      guard offset >= 0, length >= 0, offset <= start, length <= start - offset else {
        throw damaged("its directory is wrong")
      }
      let blocks = (length + DatabaseFormat.blockSize - 1) / DatabaseFormat.blockSize
      let checksums = (0..<blocks).map { _ in UInt64(UInt(bitPattern: reader.number())) }
      entries.append(Entry(name: name, range: offset..<offset + length, checksums: checksums))
    }
    self.entries = entries
    self.directory = start..<start + count
  }

  var sections: SectionReader { sections(without: { _ in false }) }

  func sections(without isLeftOut: (String) -> Bool) -> SectionReader {
    SectionReader(
      owner: file,
      Dictionary(
        entries.filter { !isLeftOut($0.name) }
          .map { ($0.name, UnsafeRawBufferPointer(rebasing: file.bytes[$0.range])) },
        uniquingKeysWith: { first, _ in first }))
  }

  func has(_ section: String) -> Bool { entries.contains { $0.name == section } }

  /// Whether it has changes, not a whole store.
  var isChange: Bool { entries.contains { $0.name.hasPrefix("changes.") } }

  /// The names of the sections whose bytes are not what was written, and how many of their blocks are not.
  func damagedSections() -> [(name: String, blocks: Int)] {
    let gaps = gaps.count { !file.bytes[$0.clamped(to: 0..<file.bytes.count)].allSatisfy { $0 == 0 } }
    let found = DatabaseFormat.checksums(
      entries.map { UnsafeRawBufferPointer(rebasing: file.bytes[$0.range]) })
    return (gaps > 0 ? [("what stands between the sections", gaps)] : [])
      + zip(entries, found).compactMap { entry, found in
        let wrong = zip(found, entry.checksums).count { $0 != $1 }
        return wrong == 0 ? nil : (entry.name, wrong)
      }
  }
}
