import CXXHash
import KhabarModel

// How a database lies on disk: a folder, `NAME.khdb`.
//
//     state             which segments are live; written anew and moved into its place, so that there is always one
//     000003.segment    the store's columns; never changed once the state names it
//     000004.segment    what has changed since: the columns of what has come, and the ids of what is withdrawn
//     lock              held by the process that writes
//
// A segment is the sections, each at a multiple of 64 bytes, a directory that names them and has a checksum of every 1 MiB
// of each, and a trailer of 48 bytes: six numbers, which are the magic one, the format's version, the directory's place,
// length and checksum, and the trailer's own checksum. The state has the segment's length and its directory's checksum. So
// every byte is vouched for. Numbers are little-endian.

package enum DatabaseFormat {
  /// A reader refuses what is newer. Version 2 has segments of changes.
  package static let version = 2
  static let magic: UInt64 = 0x4745_5342_4148_4B00  // "\0KHABSEG"
  static let alignment = 64
  static let blockSize = 1 << 20

  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    khabar_xxh3(bytes.baseAddress, bytes.count)
  }

  static func checksum(_ bytes: [UInt8]) -> UInt64 { bytes.withUnsafeBytes { checksum($0) } }

  /// The checksums of the blocks of sections, taken by several threads.
  static func checksums(_ sections: [UnsafeRawBufferPointer]) -> [[UInt64]] {
    let starts = sections.reduce(into: [0]) { $0.append($0[$0.count - 1] + blocks($1.count)) }
    let found = Memory<UInt64>(count: starts[sections.count])
    // For less than 16 MiB a thread is not worth its start.
    let parts = min(Threads.available, found.count / 16 + 1)
    Threads.run(parts) { part in
      for (section, start) in zip(sections, starts) {
        for block in 0..<blocks(section.count) where (start + block) % parts == part {
          let rest = section.dropFirst(block * blockSize).prefix(blockSize)
          found[start + block] = checksum(UnsafeRawBufferPointer(rebasing: rest))
        }
      }
    }
    return sections.indices.map { Array(found.values.slice(starts[$0]..<starts[$0 + 1])) }
  }

  private static func blocks(_ bytes: Int) -> Int { (bytes + blockSize - 1) / blockSize }
}
