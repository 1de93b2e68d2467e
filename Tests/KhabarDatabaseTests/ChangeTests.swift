import Glibc
import KhabarModel
import KhabarPlan
import KhabarRandom
import Synchronization
import Testing

@testable import KhabarDatabase

/// Databases with segments of changes. A small database is written anew with every change; so that it is not, these tests
/// say that none is small.
struct ChangeTests {
  private func database(_ folder: TemporaryFolder, layer: FileLayer = UnsyncedFiles()) -> Database {
    Database(folder.path + "/news.khdb", layer: layer, policy: .keepingChanges)
  }

  private func printed(_ store: EventStore) -> String { ModelPrinter.script(store) }

  private func changes(_ random: inout RandomSource, of store: EventStore) -> StoreChanges {
    let gone = store.events.ids.filter { _ in random.chance(10) }
    return StoreChanges(RandomModel.make(random.next()).build(), withdrawing: gone)
  }

  @Test(arguments: UInt64(1)...30)
  func changesAreSeenAtOnceAndCompactionChangesNothing(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let database = database(folder)
    var random = RandomSource(seed: seed)
    _ = try database.append(StoreChanges(randomStore(seed)))
    for number in 1...4 {
      let old = try database.open()
      let next = changes(&random, of: old)
      let expected = next.applied(to: old)
      let counts = try database.append(next)
      #expect(counts.events == expected.events && counts.rest == expected.rest)
      #expect(
        TemporaryFolder.names(database.path)
          == (1...number + 1).map { "00000\($0).segment" } + ["lock", "state"])
      if number == 1 { #expect(printed(try database.open()) == printed(expected.store)) }
      #expect(try database.damages() == [])
    }
    let before = try database.open()
    #expect(try database.compact())
    #expect(TemporaryFolder.names(database.path) == ["000006.segment", "lock", "state"])
    #expect(printed(try database.open()) == printed(before))
    #expect(try !database.compact())
  }

  @Test func whatChangesNothingIsNotWritten() throws {
    let folder = try TemporaryFolder()
    let database = database(folder)
    let changes = StoreChanges(randomStore(5))
    _ = try database.append(changes)
    let state = try FileContent.read(database.path + "/state")
    let counts = try database.append(changes)
    #expect(counts.events.unchanged == changes.store.events.count)
    #expect(try FileContent.read(database.path + "/state") == state)
  }

  @Test func whoReadsKeepsWhatWasThere() throws {
    let folder = try TemporaryFolder()
    let database = database(folder)
    _ = try database.append(StoreChanges(randomStore(6)))
    _ = try database.append(StoreChanges(randomStore(7)))
    let reader = try database.open()
    let text = printed(reader)
    _ = try database.append(StoreChanges(randomStore(8)))
    _ = try database.compact()
    #expect(printed(reader) == text)
  }

  @Test(arguments: [ENOSPC, EIO])
  func aFailureAtAnyCallLeavesTheOldStoreOrTheNew(error: Int32) throws {
    let changes = StoreChanges(randomStore(22), withdrawing: Array(randomStore(21).events.ids.prefix(3)))
    for isCompaction in [false, true] {
      func write(_ database: Database) throws {
        if isCompaction { _ = try database.compact() } else { _ = try database.append(changes) }
      }
      func prepared() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        _ = try database(folder).append(StoreChanges(randomStore(21)))
        if isCompaction { _ = try database(folder).append(changes) }
        return folder
      }
      let counting = try prepared()
      let counter = FaultyFiles(failing: 0, error: error)
      let old = printed(try database(counting).open())
      try write(database(counting, layer: counter))
      let new = printed(try database(counting).open())
      // There are many sections, one written as the other.
      for call in 1...counter.count where call % 5 == 0 || call > counter.count - 12 {
        let folder = try prepared()
        #expect(throws: DatabaseError.self) {
          try write(database(folder, layer: FaultyFiles(failing: call, error: error)))
        }
        let found = printed(try database(folder).open())
        #expect(found == old || found == new && call == counter.count, "call \(call)")
        #expect(try database(folder).damages() == [])
        // What has failed can be done again.
        try write(database(folder))
        #expect(printed(try database(folder).open()) == new)
      }
    }
  }

  /// As if the process, or the machine, stopped before any call, or in the midst of what it writes.
  @Test(arguments: UInt64(31)...32)
  func aStopAtAnyCallLeavesTheOldStoreOrTheNew(seed: UInt64) throws {
    let coming = randomStore(seed + 100)
    let changes = StoreChanges(
      coming, withdrawing: Array(randomStore(seed).events.ids).filter { !coming.events.ids.contains($0) })
    for isCompaction in [false, true] {
      let folder = try TemporaryFolder()
      let path = folder.path + "/news.khdb"
      _ = try database(folder).append(StoreChanges(randomStore(seed)))
      if isCompaction { _ = try database(folder).append(changes) }
      let old = printed(try database(folder).open())
      let layer = CopyingFiles(path)
      let writer = database(folder, layer: layer)
      if isCompaction { _ = try writer.compact() } else { _ = try writer.append(changes) }
      let new = printed(try database(folder).open())
      #expect(layer.copies.count > 6)
      for copy in layer.copies {
        let stopped = Database(copy, layer: UnsyncedFiles(), policy: .keepingChanges)
        let found = printed(try stopped.open())
        #expect(found == old || found == new, "\(copy)")
        #expect(try stopped.damages() == [])
        if isCompaction { _ = try stopped.compact() } else { _ = try stopped.append(changes) }
        #expect(printed(try stopped.open()) == new)
        #expect(TemporaryFolder.names(copy).count { $0.hasSuffix(".segment") } == (isCompaction ? 1 : 2))
      }
    }
  }

  @Test func whatIsDamagedIsLeftOutWhereTheRestDoesWithoutIt() throws {
    let folder = try TemporaryFolder()
    let database = database(folder)
    _ = try database.append(StoreChanges(randomStore(41)))
    let whole = printed(try database.open())
    _ = try database.append(StoreChanges(randomStore(42)))
    let all = printed(try database.open())
    // A change that is damaged.
    let change = "\(database.path)/000002.segment"
    let bytes = try FileContent.read(change)
    try FileContent.write(
      bytes.enumerated().map { $0.offset == 70 ? $0.element ^ 1 : $0.element }, to: change)
    var saved = try database.recovered()
    #expect(printed(saved.store) == whole && saved.losses.count == 1)
    // One that is torn.
    try FileContent.write(Array(bytes.prefix(100)), to: change)
    saved = try database.recovered()
    #expect(printed(saved.store) == whole && saved.losses.count == 1)
    try FileContent.write(bytes, to: change)
    // An index, at each of its bytes in turn: everything is saved, or it is said why not.
    let segment = "\(database.path)/000001.segment"
    let good = try FileContent.read(segment)
    var kinds: Set<String> = []
    for position in stride(from: 0, to: good.count, by: max(1, good.count / 200)) {
      var wrong = good
      wrong[position] ^= 0x40
      try FileContent.write(wrong, to: segment)
      do {
        saved = try database.recovered()
        #expect(printed(saved.store) == all && !saved.losses.isEmpty)
        kinds.insert("saved")
      } catch {
        guard case .damaged = error.reason else { throw error }
        kinds.insert("refused")
      }
    }
    #expect(kinds == ["saved", "refused"])
    // Without the state.
    try FileContent.write(good, to: segment)
    unlink("\(database.path)/state")
    saved = try database.recovered()
    #expect(printed(saved.store) == all && saved.losses.count == 1)
  }

  @Test func everyFlippedBitIsFound() throws {
    let folder = try TemporaryFolder()
    let database = database(folder)
    _ = try database.append(StoreChanges(randomStore(3)))
    _ = try database.append(StoreChanges(randomStore(4)))
    try expectEveryFlippedBitIsFound(in: ["state", "000002.segment"], of: database)
  }
}

/// A system that keeps a copy of a folder as it is before each call, and in the midst of many writes.
private final class CopyingFiles: FileLayer {
  private let path: String
  private let made = Mutex<[String]>([])
  private let calls = Mutex(0)

  init(_ path: String) { self.path = path }

  var copies: [String] { made.withLock { $0 } }

  private func copy() {
    made.withLock { made in
      let copy = "\(path)-\(made.count).khdb"
      mkdir(copy, 0o777)
      for name in TemporaryFolder.names(path) {
        if let bytes = try? FileContent.read("\(path)/\(name)") {
          try? FileContent.write(bytes, to: "\(copy)/\(name)")
        }
      }
      made.append(copy)
    }
  }

  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    let half = Glibc.write(descriptor, bytes.baseAddress, bytes.count / 2)
    // There are many sections, one written as the other.
    let call = calls.withLock { calls in
      calls += 1
      return calls
    }
    if call % 5 == 0 { copy() }
    let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(max(0, half)))
    return max(0, half) + Glibc.write(descriptor, rest.baseAddress, rest.count)
  }

  func reserve(_ descriptor: Int32, _ count: Int) -> Int32 {
    copy()
    return SystemFiles().reserve(descriptor, count)
  }

  func sync(_ descriptor: Int32) -> Int32 {
    copy()
    return 0
  }

  func rename(_ old: String, _ new: String) -> Int32 {
    copy()
    return Glibc.rename(old, new)
  }
}
