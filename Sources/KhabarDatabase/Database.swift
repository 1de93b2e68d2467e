import Glibc
import KhabarModel

/// A store on disk: `NAME.khdb`.
///
/// It is a segment with a whole store, and behind it perhaps a few with what has changed since. Who opens one maps what the
/// state names, and goes on reading that whatever is written meanwhile. Who writes puts a new segment beside those that are
/// there, and only when every byte of it is on disk a new state in place of the old: at every moment there is either the
/// old store or the new.
package struct Database {
  package let path: String
  private let layer: FileLayer
  private let policy: Policy

  package init(_ path: String, layer: FileLayer = SystemFiles(), policy: Policy = Policy()) {
    self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    self.layer = layer
    self.policy = policy
  }

  /// Where changes are kept apart from the whole.
  package struct Policy: Sendable {
    /// A smaller database is written anew with every change, which takes no longer than to put it together.
    var least = 32 << 20
    /// Changes are kept apart while they are smaller than the whole by this factor.
    var factor = 16

    package init() {}

    /// Always.
    static var keepingChanges: Policy {
      var policy = Policy()
      (policy.least, policy.factor) = (0, 0)
      return policy
    }

    func keeps(_ changes: Int, beside whole: Int) -> Bool { whole >= least && changes * factor <= whole }
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
    let segments = try openSegments()
    for segment in segments.all where segment.file.bytes.count <= Self.checkedSize {
      if let damaged = segment.damagedSections().first {
        throw DatabaseError(path, .damaged("`\(damaged.name)` is not as it was written"))
      }
    }
    return try store(segments)
  }

  private func store(_ segments: Segments) throws(DatabaseError) -> EventStore {
    do {
      let whole = try EventStore(from: segments.whole.sections)
      guard let changes = try changes(segments) else { return whole }
      return changes.applied(to: whole).store
    } catch {
      throw DatabaseError(path, .damaged(error.reason))
    }
  }

  /// All changes as one; nil: there are none.
  private func changes(_ segments: Segments) throws(StoredError) -> StoreChanges? {
    var all: StoreChanges?
    for segment in segments.changes {
      let next = try StoreChanges(from: segment.sections)
      all = all?.followed(by: next) ?? next
    }
    return all
  }

  private struct Segments {
    let whole: Segment
    let changes: [Segment]
    var all: [Segment] { [whole] + changes }
  }

  private func openSegments() throws(DatabaseError) -> Segments {
    // A writer may remove a segment between the reading of the state and the opening: then there is a newer state.
    var last: DatabaseError?
    for _ in 0..<3 {
      let state = try readState()
      do {
        var changes: [Segment] = []
        for part in state.changes { changes.append(try open(part)) }
        return Segments(whole: try open(state.whole), changes: changes)
      } catch {
        last = DatabaseError(path, error.reason)
        if try readState() == state { break }
      }
    }
    throw last ?? DatabaseError(path, .noDatabase)
  }

  private func open(_ part: State.Part) throws(DatabaseError) -> Segment {
    try Segment(file(Self.segmentName(part.number)), part.identity)
  }

  /// What is wrong with the bytes of the database; none: nothing.
  package func damages() throws(DatabaseError) -> [String] {
    let segments = try openSegments()
    let damaged = segments.all.flatMap { $0.damagedSections() }.map { name, blocks in
      "`\(name)`: \(blocks) block\(blocks == 1 ? "" : "s") of 1 MiB \(blocks == 1 ? "is" : "are") not as written"
    }
    if !damaged.isEmpty { return damaged }
    do {
      return try store(segments).inconsistencies
    } catch {
      if case .damaged(let what) = error.reason { return [what] }
      throw error
    }
  }

  // MARK: - Saving

  /// What can be read of a damaged database, and what is lost.
  package func recovered() throws(DatabaseError) -> (store: EventStore, losses: [String]) {
    var losses: [String] = []
    let segments = try foundSegments(&losses)
    var whole: (number: Int, store: EventStore)?
    var reason = DatabaseError(path, .damaged("no segment of it has a whole store"))
    // Of several that are whole, the last is the one that was live.
    for (number, segment) in segments.reversed() where !segment.isChange && whole == nil {
      do {
        whole = (number, try store(savedFrom: segment, &losses))
      } catch let error as StoredError {
        reason = DatabaseError(path, .damaged(error.reason))
      } catch {}
    }
    guard let number = whole?.number, var store = whole?.store else { throw reason }
    for (change, segment) in segments where segment.isChange && change > number {
      if let damaged = segment.damagedSections().first {
        losses.append("the changes in `\(Self.segmentName(change))`, of which `\(damaged.name)` is damaged")
      } else if let changes = try? StoreChanges(from: segment.sections) {
        store = changes.applied(to: store).store
      }
    }
    return (store, losses)
  }

  /// Without what is damaged, where it follows from the rest.
  private func store(savedFrom segment: Segment, _ losses: inout [String]) throws -> EventStore {
    let damaged = segment.damagedSections().map(\.name)
    if let name = damaged.first(where: { !EventStore.isDerived(section: $0) && segment.has($0) }) {
      throw StoredError("`\(name)` is not as it was written, and nothing can do without it")
    }
    for name in damaged { losses.append("`\(name)`, which has been made anew") }
    let store = try EventStore(from: segment.sections(without: EventStore.isDerived))
    if let inconsistency = store.inconsistencies.first { throw StoredError(inconsistency) }
    return store
  }

  /// The segments that the state names, or where it cannot be read, all that are in the folder.
  private func foundSegments(_ losses: inout [String]) throws(DatabaseError) -> [(
    number: Int, segment: Segment
  )] {
    var segments: [(number: Int, segment: Segment)] = []
    var numbers: [Int]?
    do {
      numbers = try readState().numbers
    } catch {
      if case .newer = error.reason { throw error }
      losses.append("`state`, which has been made anew of the segments that are there")
    }
    let all = try names().filter { $0.hasSuffix(".segment") }.compactMap {
      Int($0.dropLast(".segment".count))
    }
    for number in (numbers ?? all).sorted() {
      do {
        segments.append((number, try Segment(file(Self.segmentName(number)), nil)))
      } catch {
        losses.append("`\(Self.segmentName(number))`: \(error.message)")
      }
    }
    return segments
  }

  // MARK: - State

  private struct State: Equatable {
    struct Part: Equatable {
      var number: Int
      var identity: Segment.Identity
    }

    var whole: Part
    /// In the order in which they were made.
    var changes: [Part] = []

    var numbers: [Int] { [whole.number] + changes.map(\.number) }
    /// How many bytes there are in changes.
    var changedSize: Int { changes.reduce(0) { $0 + $1.identity.length } }
    /// What those before could read, they still can.
    var version: Int { changes.isEmpty ? 1 : 2 }
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
    let said = lines.dropLast(2)
    guard said.count >= 2, lines.last?.isEmpty == true,
      lines[lines.count - 2] == Self.checksumLine(said.joined(separator: "\n") + "\n")
    else {
      throw damaged
    }
    var parts: [State.Part] = []
    for (line, name) in zip(said.dropFirst(), ["segment"] + Array(repeating: "change", count: said.count)) {
      let words = line.split(separator: " ")
      guard words.count == 4, words[0] == name, let number = Int(words[1]), let length = Int(words[2]),
        let checksum = UInt64(words[3], radix: 16)
      else { throw damaged }
      let identity = Segment.Identity(length: length, directoryChecksum: checksum)
      parts.append(State.Part(number: number, identity: identity))
    }
    return State(whole: parts[0], changes: Array(parts.dropFirst()))
  }

  private func write(_ state: State) throws(DatabaseError) {
    func line(_ name: String, _ part: State.Part) -> String {
      "\(name) \(part.number) \(part.identity.length) \(String(part.identity.directoryChecksum, radix: 16))\n"
    }
    let text =
      "\(Self.firstLine)\(state.version)\n" + line("segment", state.whole)
      + state.changes.map { line("change", $0) }.joined()
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
    try alone { state in
      let store = try change(state == nil ? nil : try open())
      try write(whole: store, after: state)
    }
  }

  /// Adds changes to the store that is there, or makes one of them. Where they are small beside it, only they are written,
  /// and readers put them together; else the new store is.
  ///
  /// - Returns: What has become of the events that come, and of everything else.
  package func append(_ changes: StoreChanges) throws -> (events: MergeCounts, rest: MergeCounts) {
    var counts = (events: MergeCounts(), rest: MergeCounts())
    try alone { state in
      guard let state else {
        counts = changes.store.counts
        try write(whole: changes.store, after: nil)
        return
      }
      let old = try open()
      let merged = changes.applied(to: old)
      counts = (merged.events, merged.rest)
      if !merged.isChanged { return }
      var sections = SectionWriter()
      changes.write(to: &sections)
      let size = sections.sections.reduce(state.changedSize) { $0 + $1.bytes.count }
      if policy.keeps(size, beside: state.whole.identity.length) {
        try write(after: state, sections) { State(whole: state.whole, changes: state.changes + [$0]) }
      } else {
        try write(whole: merged.store, after: state)
      }
    }
    return counts
  }

  /// Puts the changes into the segment that they belong to.
  ///
  /// - Returns: Whether there were any.
  package func compact() throws -> Bool {
    guard access(file("state"), F_OK) == 0 else {
      throw access(path, F_OK) == 0 ? DatabaseError(path, .noDatabase) : .system("read", path)
    }
    var isChanged = false
    try alone { state in
      guard let state, !state.changes.isEmpty else { return }
      isChanged = true
      let store = try open()
      try write(whole: store, after: state)
    }
    return isChanged
  }

  /// Does something while nobody else writes.
  private func alone(_ body: (State?) throws -> Void) throws {
    let isNew = mkdir(path, 0o777) == 0
    if !isNew, errno != EEXIST { throw DatabaseError.system("write", path) }
    if !isNew, access(file("state"), F_OK) != 0, try !isUnfinished() { throw DatabaseError(path, .exists) }
    let lock = Glibc.open(file("lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard lock >= 0 else { throw DatabaseError.system("write", path) }
    defer { close(lock) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      throw errno == EWOULDBLOCK ? DatabaseError(path, .locked) : .system("lock", path)
    }
    let state = access(file("state"), F_OK) == 0 ? try readState() : nil
    removeSegments(except: state?.numbers ?? [])
    try body(state)
  }

  private func write(whole store: EventStore, after old: State?) throws(DatabaseError) {
    var sections = SectionWriter()
    store.write(to: &sections)
    try write(after: old, sections) { State(whole: $0) }
  }

  /// Writes a segment, and then the state that names it.
  private func write(
    after old: State?, _ sections: SectionWriter, state: (State.Part) -> State
  ) throws(DatabaseError) {
    let number = (old?.numbers.max() ?? 0) + 1
    let name = file(Self.segmentName(number))
    do {
      let new = state(State.Part(number: number, identity: try Segment.write(sections, to: name, layer)))
      try write(new)
      removeSegments(except: new.numbers)
    } catch {
      // Where the new state is in its place, the segment is a live one, whatever came after.
      if (try? readState())?.numbers.contains(number) != true { unlink(name) }
      throw error
    }
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
  private func removeSegments(except live: [Int]) {
    let kept = live.map(Self.segmentName)
    for name in (try? names()) ?? [] where name.hasSuffix(".segment") && !kept.contains(name) {
      unlink(file(name))
    }
  }
}
