import Glibc
import KhabarModel
import KhabarPlan
import KhabarRandom
import Testing

@testable import KhabarDatabase

/// A folder that is gone when the test is.
final class TemporaryFolder {
  let path: String

  init() throws {
    var name = Array("/tmp/khabar-database-XXXXXX".utf8CString)
    try #require(mkdtemp(&name) != nil)
    path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { Self.remove(path) }

  private static func remove(_ path: String) {
    for name in names(path) { remove("\(path)/\(name)") }
    if unlink(path) != 0 { rmdir(path) }
  }

  static func names(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// The bytes of a file, and the file of bytes.
enum FileContent {
  static func read(_ path: String) throws -> [UInt8] {
    let file = try #require(fopen(path, "r"))
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: ftell(file))
    rewind(file)
    #expect(fread(&bytes, 1, bytes.count, file) == bytes.count)
    return bytes
  }

  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = try #require(fopen(path, "w"))
    defer { fclose(file) }
    #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
  }
}

func randomStore(_ seed: UInt64) -> EventStore {
  RandomModel.make(seed).build()
}

/// Each of some bits of files, wrong: the database is refused. With all right it is whole.
func expectEveryFlippedBitIsFound(in names: [String], of database: Database) throws {
  for name in names {
    let path = "\(database.path)/\(name)"
    let bytes = try FileContent.read(path)
    let step = max(1, bytes.count / 150)
    for position in stride(from: 0, to: bytes.count, by: step) {
      var wrong = bytes
      wrong[position] ^= 1 << UInt8(position % 8)
      try FileContent.write(wrong, to: path)
      #expect((try? database.open()) == nil, "\(name) at \(position)")
    }
    try FileContent.write(bytes, to: path)
  }
  #expect(try database.damages() == [])
}

struct DatabaseTests {
  @Test(arguments: UInt64(1)...60)
  func aStoreComesBackAsItWas(seed: UInt64) throws {
    let folder = try TemporaryFolder()
    let database = Database(folder.path + "/news.khdb")
    let store = randomStore(seed)
    try database.update { old in
      #expect(old == nil)
      return store
    }
    let again = try database.open()
    #expect(ModelPrinter.script(again) == ModelPrinter.script(store))
    #expect(again.vocabulary == store.vocabulary)
    #expect(again.inconsistencies == [])
    #expect(again.eventsOfActor.counts == store.eventsOfActor.counts)
    #expect(try database.damages() == [])
  }

  @Test func anUpdateTakesThePlaceOfWhatWasThere() throws {
    let folder = try TemporaryFolder()
    let database = Database(folder.path + "/news.khdb")
    let stores = (1...4).map { randomStore($0) }
    for (index, store) in stores.enumerated() {
      try database.update { old in
        #expect(
          old.map { ModelPrinter.script($0) } == (index == 0 ? nil : ModelPrinter.script(stores[index - 1])))
        return store
      }
    }
    #expect(ModelPrinter.script(try database.open()) == ModelPrinter.script(stores[3]))
    #expect(TemporaryFolder.names(database.path) == ["000004.segment", "lock", "state"])
  }

  @Test func whoReadsKeepsWhatHasBeenReplaced() throws {
    let folder = try TemporaryFolder()
    let database = Database(folder.path + "/news.khdb")
    let first = randomStore(7)
    try database.update { _ in first }
    let reader = try database.open()
    try database.update { _ in randomStore(8) }
    #expect(ModelPrinter.script(reader) == ModelPrinter.script(first))
  }

  @Test func twoWritersAreKeptApart() throws {
    let folder = try TemporaryFolder()
    let database = Database(folder.path + "/news.khdb")
    try database.update { _ in
      let error = #expect(throws: DatabaseError.self) {
        try Database(database.path).update { _ in randomStore(1) }
      }
      #expect(error?.reason == .locked)
      return randomStore(2)
    }
    #expect(ModelPrinter.script(try database.open()) == ModelPrinter.script(randomStore(2)))
  }

  @Test func everyFlippedBitIsFound() throws {
    let folder = try TemporaryFolder()
    let database = Database(folder.path + "/news.khdb")
    try database.update { _ in randomStore(3) }
    try expectEveryFlippedBitIsFound(in: ["state", "000001.segment"], of: database)
  }

  @Test func truncatedForeignAndNewerDatabasesAreRefused() throws {
    let folder = try TemporaryFolder()
    let database = Database(folder.path + "/news.khdb")
    func reason() -> DatabaseError.Reason? {
      do {
        _ = try database.open()
        return nil
      } catch {
        return error.reason
      }
    }
    #expect(reason() == .system("read", "no such file or directory"))
    try database.update { _ in randomStore(4) }
    let segment = database.path + "/000001.segment"
    let bytes = try FileContent.read(segment)
    for count in [0, 1, bytes.count / 2, bytes.count - 1] {
      try FileContent.write(Array(bytes.prefix(count)), to: segment)
      #expect(reason() == .damaged("it has \(count) bytes; expected \(bytes.count)"))
    }
    try FileContent.write(bytes, to: segment)
    let state = try FileContent.read(database.path + "/state")
    let text = String(decoding: state, as: UTF8.self)
    try FileContent.write(
      Array(text.replacing("database 1", with: "database 9").utf8), to: database.path + "/state")
    #expect(reason() == .newer(version: 9))
    try FileContent.write(Array("something else\n".utf8), to: database.path + "/state")
    #expect(reason() == .noDatabase)
  }

  @Test func aFolderOfSomebodyElsesIsLeftAlone() throws {
    let folder = try TemporaryFolder()
    try FileContent.write([1], to: folder.path + "/notes")
    let error = #expect(throws: DatabaseError.self) {
      try Database(folder.path).update { _ in randomStore(1) }
    }
    #expect(error?.reason == .exists)
    #expect(TemporaryFolder.names(folder.path) == ["notes"])
  }
}
