import CZlib
import CZstd

/// Unpacks files that are packed by gzip, zip or zstd, which is told by their first bytes.
package enum PackedFile {
  package enum Failure: Error, Sendable, Equatable {
    /// It begins as a packed file does, and cannot be unpacked.
    case damaged
    /// It is packed by something else.
    case unknown(String)
  }

  /// Whether a file that begins so is packed.
  package static func isPacked(_ first: [UInt8]) -> Bool {
    let signatures: [[UInt8]] = [
      [0x1F, 0x8B], [0x50, 0x4B, 0x03, 0x04], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58],
      [0x42, 0x5A, 0x68],
    ]
    return signatures.contains { first.starts(with: $0) }
  }

  /// The files in it, by name; what is not packed is one file without a name.
  package static func files(in bytes: [UInt8]) throws(Failure) -> [(name: String?, bytes: [UInt8])] {
    if bytes.starts(with: [0x1F, 0x8B]) { return [(nil, try inflate(bytes[...], windowBits: 15 + 16))] }
    if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) { return try entries(bytes) }
    if bytes.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) { return [(nil, try unpackZstd(bytes))] }
    if bytes.starts(with: [0xFD, 0x37, 0x7A, 0x58]) { throw .unknown("xz") }
    if bytes.starts(with: [0x42, 0x5A, 0x68]) { throw .unknown("bzip2") }
    return [(nil, bytes)]
  }

  /// - Parameter windowBits: As zlib's `inflateInit2` takes them: 15 + 16 for gzip, -15 for what zip holds.
  private static func inflate(_ packed: ArraySlice<UInt8>, windowBits: Int32) throws(Failure) -> [UInt8] {
    var stream = z_stream()
    guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .damaged
    }
    defer { inflateEnd(&stream) }
    var result: [UInt8] = []
    let isWhole = packed.withUnsafeBufferPointer { input -> Bool in
      var offset = 0
      while true {
        // zlib counts in 32 bits.
        let part = min(input.count - offset, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + offset })
        stream.avail_in = UInt32(part)
        var status = Z_OK
        result += [UInt8](unsafeUninitializedCapacity: 1 << 18) { chunk, count in
          stream.next_out = chunk.baseAddress
          stream.avail_out = UInt32(chunk.count)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          count = chunk.count - Int(stream.avail_out)
        }
        offset += part - Int(stream.avail_in)
        switch status {
        case Z_OK where offset < input.count || stream.avail_out == 0: continue
        case Z_STREAM_END:
          // Files of gzip may be put one behind the other.
          guard windowBits > 0, offset < input.count, input[offset] == 0x1F else { return true }
          guard inflateReset(&stream) == Z_OK else { return false }
        default: return false
        }
      }
    }
    guard isWhole else { throw .damaged }
    return result
  }

  /// The frames of a file of Zstandard, one behind the other.
  private static func unpackZstd(_ packed: [UInt8]) throws(Failure) -> [UInt8] {
    guard let stream = ZSTD_createDStream() else { throw .damaged }
    defer { ZSTD_freeDStream(stream) }
    // What `zstd --long` has packed looks back farther than is allowed unless one says so.
    ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 31)
    var result: [UInt8] = []
    let isWhole = packed.withUnsafeBytes { bytes -> Bool in
      var input = ZSTD_inBuffer(src: bytes.baseAddress, size: bytes.count, pos: 0)
      while true {
        var status = 0
        var isFull = false
        result += [UInt8](unsafeUninitializedCapacity: 1 << 18) { chunk, count in
          var output = ZSTD_outBuffer(dst: chunk.baseAddress, size: chunk.count, pos: 0)
          status = ZSTD_decompressStream(stream, &output, &input)
          count = output.pos
          isFull = output.pos == output.size
        }
        if ZSTD_isError(status) != 0 { return false }
        // At the end of a frame nothing more is wanted; before it, a full chunk may have left something behind.
        if input.pos == input.size, status == 0 || !isFull { return status == 0 }
      }
    }
    guard isWhole else { throw .damaged }
    return result
  }

  // MARK: - Zip

  /// The files of an archive, by its directory, which stands at its end.
  private static func entries(_ bytes: [UInt8]) throws(Failure) -> [(name: String?, bytes: [UInt8])] {
    func number(_ position: Int, _ count: Int) -> Int? {
      guard position >= 0, position + count <= bytes.count else { return nil }
      return (0..<count).reduce(0) { $0 | Int(bytes[position + $1]) << (8 * $1) }
    }
    // The record at the end is 22 bytes long, and a comment of at most 64 KiB may follow.
    let ends = stride(from: bytes.count - 22, through: max(0, bytes.count - 22 - 65_535), by: -1)
    guard let end = ends.first(where: { number($0, 4) == 0x0605_4B50 }), let count = number(end + 10, 2),
      var position = number(end + 16, 4)
    else { throw .damaged }
    var files: [(name: String?, bytes: [UInt8])] = []
    for _ in 0..<count {
      guard number(position, 4) == 0x0201_4B50, let method = number(position + 10, 2),
        let packed = number(position + 20, 4), let nameLength = number(position + 28, 2),
        let extra = number(position + 30, 2), let comment = number(position + 32, 2),
        let local = number(position + 42, 4), number(local, 4) == 0x0403_4B50,
        let localName = number(local + 26, 2), let localExtra = number(local + 28, 2),
        position + 46 + nameLength <= bytes.count
      else { throw .damaged }
      let name = String(decoding: bytes[position + 46..<position + 46 + nameLength], as: UTF8.self)
      let start = local + 30 + localName + localExtra
      guard start <= bytes.count, packed <= bytes.count - start else { throw .damaged }
      let content = bytes[start..<start + packed]
      position += 46 + nameLength + extra + comment
      if name.hasSuffix("/") { continue }
      switch method {
      case 0: files.append((name, Array(content)))
      case 8: files.append((name, try inflate(content, windowBits: -15)))
      default: throw .unknown("method \(method) of zip")
      }
    }
    return files
  }
}
