import Glibc
import KhabarModel
import KhabarPlan
import Synchronization
import Testing

@testable import KhabarDatabase

/// A system whose `failing`th call fails, or which writes less than it is asked to.
final class FaultyFiles: FileLayer {
  private let calls = Mutex(0)
  private let failing: Int
  private let error: Int32
  private let isSlow: Bool

  init(failing: Int, error: Int32, isSlow: Bool = false) {
    self.failing = failing
    self.error = error
    self.isSlow = isSlow
  }

  var count: Int { calls.withLock { $0 } }

  private var fails: Bool {
    let call = calls.withLock { calls in
      calls += 1
      return calls
    }
    if call == failing { errno = error }
    return call == failing
  }

  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    if fails {
      // Part of it may have been written all the same.
      _ = Glibc.write(descriptor, bytes.baseAddress, bytes.count / 2)
      errno = error
      return -1
    }
    return Glibc.write(descriptor, bytes.baseAddress, isSlow ? max(1, bytes.count / 3) : bytes.count)
  }

  func reserve(_ descriptor: Int32, _ count: Int) -> Int32 {
    fails ? -1 : SystemFiles().reserve(descriptor, count)
  }
  func sync(_ descriptor: Int32) -> Int32 { fails ? -1 : 0 }
  func rename(_ old: String, _ new: String) -> Int32 { fails ? -1 : Glibc.rename(old, new) }
}

/// What is written so need not outlive a failure of power.
struct UnsyncedFiles: FileLayer {
  func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    Glibc.write(descriptor, bytes.baseAddress, bytes.count)
  }

  func reserve(_ descriptor: Int32, _ count: Int) -> Int32 { SystemFiles().reserve(descriptor, count) }
  func sync(_ descriptor: Int32) -> Int32 { 0 }
  func rename(_ old: String, _ new: String) -> Int32 { Glibc.rename(old, new) }
}

struct FaultTests {
  @Test(arguments: [ENOSPC, EIO])
  func aFailureAtAnyCallLeavesTheOldStoreOrTheNew(error: Int32) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/news.khdb"
    let old = randomStore(11)
    let new = randomStore(12)
    let texts = [ModelPrinter.script(old), ModelPrinter.script(new)]
    let counter = FaultyFiles(failing: 0, error: error)
    try Database(folder.path + "/other.khdb", layer: counter).update { _ in new }
    for call in 1...counter.count {
      try Database(path, layer: UnsyncedFiles()).update { _ in old }
      #expect(throws: DatabaseError.self) {
        try Database(path, layer: FaultyFiles(failing: call, error: error)).update { _ in new }
      }
      let found = ModelPrinter.script(try Database(path).open())
      // Only the last call, after the new state is in its place, may fail and leave the new store.
      #expect(found == texts[0] || call == counter.count && found == texts[1], "call \(call)")
      #expect(try Database(path).damages() == [])
    }
  }

  @Test func shortWritesAreGoneOnWith() throws {
    let folder = try TemporaryFolder()
    let store = randomStore(13)
    let database = Database(
      folder.path + "/news.khdb", layer: FaultyFiles(failing: 0, error: 0, isSlow: true))
    try database.update { _ in store }
    #expect(ModelPrinter.script(try database.open()) == ModelPrinter.script(store))
  }

  @Test func whatAKilledWriterLeavesIsOverlookedAndRemoved() throws {
    let folder = try TemporaryFolder()
    let database = Database(folder.path + "/news.khdb")
    try database.update { _ in randomStore(14) }
    // Killed after the segment, or in the midst of the state.
    try FileContent.write([1, 2, 3], to: database.path + "/000002.segment")
    try FileContent.write(Array("khabar data".utf8), to: database.path + "/state.new")
    #expect(ModelPrinter.script(try database.open()) == ModelPrinter.script(randomStore(14)))
    try database.update { _ in randomStore(15) }
    #expect(ModelPrinter.script(try database.open()) == ModelPrinter.script(randomStore(15)))
    #expect(TemporaryFolder.names(database.path) == ["000002.segment", "lock", "state"])
  }
}
