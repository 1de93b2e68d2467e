import CZstd
import Testing

@testable import KhabarImport

struct PackedFileTests {
  private func frame(_ bytes: [UInt8]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: ZSTD_compressBound(bytes.count)) { packed, count in
      count = ZSTD_compress(packed.baseAddress, packed.count, bytes, bytes.count, 3)
    }
  }

  /// Sizes about those of the chunks that are written at a time, and more than one of them.
  @Test(arguments: [0, 1, 1 << 18 - 1, 1 << 18, 1 << 18 + 1, 1_000_000])
  func framesOfZstandardAreUnpacked(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) }
    let files = try PackedFile.files(in: frame(bytes) + frame([1, 2, 3]))
    #expect(files.map(\.name) == [nil])
    #expect(files[0].bytes == bytes + [1, 2, 3])
  }

  @Test func tornFramesAreDamaged() {
    let packed = frame((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) })
    for length in stride(from: 4, to: packed.count, by: max(1, packed.count / 200)) {
      #expect(throws: PackedFile.Failure.damaged) { try PackedFile.files(in: Array(packed[..<length])) }
    }
    #expect(throws: PackedFile.Failure.damaged) { try PackedFile.files(in: packed + [7]) }
  }
}
