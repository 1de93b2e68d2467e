import Glibc
import KhabarModel
import KhabarPlan
import KhabarRandom
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
      for call in 1...counter.count {
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

  @Test func everyFlippedBitIsFound() throws {
    let folder = try TemporaryFolder()
    let database = database(folder)
    _ = try database.append(StoreChanges(randomStore(3)))
    _ = try database.append(StoreChanges(randomStore(4)))
    for name in ["state", "000002.segment"] {
      let path = "\(database.path)/\(name)"
      let bytes = try FileContent.read(path)
      for position in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 150)) {
        var wrong = bytes
        wrong[position] ^= 1 << UInt8(position % 8)
        try FileContent.write(wrong, to: path)
        #expect((try? database.open()) == nil, "\(name) at \(position)")
      }
      try FileContent.write(bytes, to: path)
    }
    #expect(try database.damages() == [])
  }
}
