import Glibc
import KhabarModel

/// A store on disk: `NAME.khdb`.
///
/// Who opens one maps what the state names, and goes on reading that whatever is written meanwhile. Who writes puts a new
/// segment beside the old one, and only when every byte of it is on disk a new state in place of the old: at every moment
/// there is either the old store or the new.
package struct Database {
  package let path: String
  private let layer: FileLayer

  package init(_ path: String, layer: FileLayer = SystemFiles()) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.layer = layer
  }

  /// Whether a path is called like a database, or leads to one.
  package static func isNamed(_ path: String) -> Bool {
    let path = Database(path).path
    return path.hasSuffix(".khdb") || access(path + "/state", F_OK) == 0
  }

  private func file(_ name: String) -> String { "\(path)/\(name)" }

  private static func segmentName(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".segment"
  }

  // MARK: - Reading

  /// Up to this size a segment is checked whole when it is opened; beyond it, only its directory is.
  private static let checkedSize = 64 << 20

  package func open() throws(DatabaseError) -> EventStore {
    let segment = try openSegment()
    if segment.file.bytes.count <= Self.checkedSize, let damaged = segment.damagedSections().first {
      throw DatabaseError(path, .damaged("`\(damaged.name)` is not as it was written"))
    }
    do {
      return try EventStore(from: segment.sections)
    } catch {
      throw DatabaseError(path, .damaged(error.reason))
    }
  }

  private func openSegment() throws(DatabaseError) -> Segment {
    // A writer may remove a segment between the reading of the state and the opening: then there is a newer state.
    var last: DatabaseError?
    for _ in 0..<3 {
      let state = try readState()
      do {
        return try Segment(file(Self.segmentName(state.number)), state.identity)
      } catch {
        last = DatabaseError(path, error.reason)
        if try readState() == state { break }
      }
    }
    throw last ?? DatabaseError(path, .noDatabase)
  }

  /// What is wrong with the bytes of the database; none: nothing.
  package func damages() throws(DatabaseError) -> [String] {
    let segment = try openSegment()
    let damaged = segment.damagedSections().map { name, blocks in
      "`\(name)`: \(blocks) block\(blocks == 1 ? "" : "s") of 1 MiB \(blocks == 1 ? "is" : "are") not as written"
    }
    if !damaged.isEmpty { return damaged }
    do {
      return try EventStore(from: segment.sections).inconsistencies
    } catch {
      return [error.reason]
    }
  }

  // MARK: - State

  private struct State: Equatable {
    var number: Int
    var identity: Segment.Identity
  }

  private static let firstLine = "khabar database "

  private func readState() throws(DatabaseError) -> State {
    let place = file("state")
    guard access(place, F_OK) == 0 else {
      throw access(path, F_OK) == 0 ? DatabaseError(path, .noDatabase) : .system("read", path)
    }
    let mapped = try MappedFile(place)
    let text = String(decoding: mapped.bytes.prefix(4096), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, first.hasPrefix(Self.firstLine),
      let version = Int(first.dropFirst(Self.firstLine.count))
    else { throw DatabaseError(path, .noDatabase) }
    guard version <= DatabaseFormat.version else { throw DatabaseError(path, .newer(version: version)) }
    let damaged = DatabaseError(path, .damaged("its `state` is not as it was written"))
    guard lines.count == 4, lines[3].isEmpty, lines[2] == Self.checksumLine("\(lines[0])\n\(lines[1])\n")
    else {
      throw damaged
    }
    let words = lines[1].split(separator: " ")
    guard words.count == 4, words[0] == "segment", let number = Int(words[1]), let length = Int(words[2]),
      let checksum = UInt64(words[3], radix: 16)
    else { throw damaged }
    return State(number: number, identity: Segment.Identity(length: length, directoryChecksum: checksum))
  }

  private func write(_ state: State) throws(DatabaseError) {
    let identity = state.identity
    let text = """
      \(Self.firstLine)\(DatabaseFormat.version)
      segment \(state.number) \(identity.length) \(String(identity.directoryChecksum, radix: 16))

      """
    let new = try FileWriter(file("state.new"), layer)
    try new.write(Array("\(text)\(Self.checksumLine(text))\n".utf8))
    try new.sync()
    guard layer.rename(file("state.new"), file("state")) == 0 else { throw .system("write", path) }
    try syncFolder()
  }

  private static func checksumLine(_ text: String) -> String {
    "checksum \(String(DatabaseFormat.checksum(Array(text.utf8)), radix: 16))"
  }

  private func syncFolder() throws(DatabaseError) {
    let folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw .system("write", path) }
    defer { close(folder) }
    guard layer.sync(folder) == 0 else { throw .system("write", path) }
  }

  // MARK: - Writing

  /// Makes a change, alone: what `change` makes of the store that is there (nil: there is none yet) takes its place.
  /// Whatever happens, the old store is there until the new one is.
  package func update<Failure: Error>(
    _ change: (EventStore?) throws(Failure) -> EventStore
  ) throws {
    let isNew = mkdir(path, 0o777) == 0
    if !isNew, errno != EEXIST { throw DatabaseError.system("write", path) }
    if !isNew, access(file("state"), F_OK) != 0, try !isUnfinished() { throw DatabaseError(path, .exists) }
    let lock = Glibc.open(file("lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard lock >= 0 else { throw DatabaseError.system("write", path) }
    defer { close(lock) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw errno == EWOULDBLOCK ? DatabaseError(path, .locked) : .system("lock", path)
    }
    let old = access(file("state"), F_OK) == 0 ? try readState() : nil
    let store = try change(old == nil ? nil : try open())
    let number = (old?.number ?? 0) + 1
    removeSegments(except: old?.number)
    var sections = SectionWriter()
    store.write(to: &sections)
    let name = file(Self.segmentName(number))
    do {
      let identity = try Segment.write(sections, to: name, layer)
      try write(State(number: number, identity: identity))
    } catch {
      // Where the new state is in its place, the segment is the live one, whatever came after.
      if (try? readState())?.number != number { unlink(name) }
      throw error
    }
    removeSegments(except: number)
  }

  /// Whether a folder without a state holds nothing but what an interrupted first import has left.
  private func isUnfinished() throws -> Bool {
    try names().allSatisfy { $0 == "lock" || $0 == "state.new" || $0.hasSuffix(".segment") }
  }

  private func names() throws(DatabaseError) -> [String] {
    guard let folder = opendir(path) else { throw .system("read", path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes segments that no state names: what others still read stays there for them.
  private func removeSegments(except live: Int?) {
    let kept = live.map(Self.segmentName)
    for name in (try? names()) ?? [] where name.hasSuffix(".segment") && name != kept { unlink(file(name)) }
  }
}
