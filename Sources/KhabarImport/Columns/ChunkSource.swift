import Glibc
import KhabarModel
import Synchronization

/// A table that is read in chunks.
package struct TableInput: Sendable {
  package enum Content: Sendable {
    /// A file that is open; who reads the table closes it.
    case file(Int32)
    case bytes([UInt8])
  }

  /// As messages call it.
  package let file: String
  package let content: Content

  package init(file: String, content: Content) {
    self.file = file
    self.content = content
  }
}

/// A file that could be opened cannot be read.
package struct ReadFailure: Error, Sendable {
  package let file: String
  /// As `errno` names it.
  package let reason: Int32
}

/// Bytes of a table: whole rows, behind which nothing but noughts can be read for a while.
final class Chunk {
  fileprivate(set) var base: UnsafeMutablePointer<UInt8>
  fileprivate var capacity: Int
  fileprivate(set) var count = 0
  fileprivate(set) var table = 0
  /// Among the table's.
  fileprivate(set) var number = 0
  /// Whether a row may hold quotation marks, or end in a carriage return.
  fileprivate(set) var isPlain = true

  static let padding = 64

  init(size: Int) {
    capacity = size
    base = .allocate(capacity: capacity + Chunk.padding)
  }

  deinit { base.deallocate() }

  fileprivate func reserve(_ more: Int) {
    if more <= capacity { return }
    let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: 2 * more + Chunk.padding)
    grown.update(from: base, count: count)
    base.deallocate()
    base = grown
    capacity = 2 * more
  }

  fileprivate func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    reserve(count + bytes.count)
    if let start = bytes.baseAddress { (base + count).update(from: start, count: bytes.count) }
    count += bytes.count
  }
}

/// Deals out the rows of tables in chunks, one table after the other, to any number of threads.
package final class ChunkSource: @unchecked Sendable {
  /// Small enough to lie in a core's cache while its rows are read.
  package static let standardSize = 1 << 20

  /// How many bytes a chunk has, if its rows are no longer.
  let size: Int

  struct Heading: Sendable {
    let names: [String]
    let delimiter: UInt8
    /// Of the first row.
    let line: Int
  }

  private let lock = Mutex(())
  private var readers: [Reader]
  private var table = 0
  private var bytesRead = 0

  private let progress: @Sendable (Int) -> Void

  /// - Parameter progress: Is told how many bytes have been read.
  init(_ inputs: [TableInput], size: Int, progress: @escaping @Sendable (Int) -> Void) {
    self.size = size
    readers = inputs.map { Reader($0, size: size) }
    self.progress = progress
  }

  /// The headings of the tables; nil of an empty one. Nothing has been read before.
  func headings() throws(ReadFailure) -> [Heading?] {
    var headings: [Heading?] = []
    for reader in readers { headings.append(try reader.heading()) }
    return headings
  }

  /// Fills a chunk; false: there are no rows left.
  func next(_ chunk: Chunk) throws(ReadFailure) -> Bool {
    let outcome = lock.withLock { _ in
      Result { () throws(ReadFailure) in
        while table < readers.count {
          if try readers[table].next(chunk) {
            chunk.table = table
            bytesRead += chunk.count
            progress(bytesRead)
            return true
          }
          table += 1
        }
        return false
      }
    }
    return try outcome.get()
  }

  /// Reads one table.
  private final class Reader {
    private let input: TableInput
    private var delimiter: UInt8 = 0
    /// Of the bytes in memory.
    private var position = 0
    private var isAtEnd = false
    /// What has been read and not been dealt out.
    private var rest: [UInt8] = []
    private var number = 0

    private let size: Int

    init(_ input: TableInput, size: Int) {
      self.input = input
      self.size = size
    }

    func heading() throws(ReadFailure) -> Heading? {
      let chunk = Chunk(size: size)
      repeat { try fill(chunk, to: chunk.count + size) } while !isAtEnd && !chunk.hasLine
      var bytes = Array(UnsafeBufferPointer(start: chunk.base, count: chunk.count))
      let delimiter = RecordSplitter.delimiter(ofHeading: bytes.prefix { $0 != 0x0A })
      var rows = RecordSplitter(bytes, delimiter: delimiter, isQuoted: true)
      guard let first = rows.next() else { return nil }
      self.delimiter = delimiter
      bytes.removeFirst(rows.position)
      rest = bytes
      return Heading(names: first.fields.map(\.trimmed), delimiter: delimiter, line: rows.line)
    }

    func next(_ chunk: Chunk) throws(ReadFailure) -> Bool {
      chunk.count = 0
      rest.withUnsafeBufferPointer(chunk.append)
      rest.removeAll(keepingCapacity: true)
      var scan = RowEnds(delimiter)
      repeat {
        try fill(chunk, to: max(size, chunk.count + size / 2 + 1))
        scan.extend(chunk)
      } while scan.end == 0 && !isAtEnd
      if chunk.count == 0 { return false }
      if isAtEnd {
        chunk.endLine()
      } else {
        rest.append(
          contentsOf: UnsafeBufferPointer(start: chunk.base + scan.end, count: chunk.count - scan.end))
        chunk.count = scan.end
      }
      (chunk.base + chunk.count).update(repeating: 0, count: Chunk.padding)
      chunk.isPlain = scan.isPlain
      chunk.number = number
      number += 1
      return true
    }

    /// Reads until the chunk has so many bytes, or there are no more.
    private func fill(_ chunk: Chunk, to size: Int) throws(ReadFailure) {
      chunk.reserve(size + 1)
      while chunk.count < size, !isAtEnd {
        switch input.content {
        case .bytes(let bytes):
          let part = position..<min(bytes.count, position + size - chunk.count)
          bytes.withUnsafeBufferPointer { chunk.append(UnsafeBufferPointer(rebasing: $0[part])) }
          position = part.upperBound
          isAtEnd = position == bytes.count
        case .file(let descriptor):
          let count = read(descriptor, chunk.base + chunk.count, size - chunk.count)
          if count < 0, errno == EINTR { continue }
          if count < 0 { throw ReadFailure(file: input.file, reason: errno) }
          chunk.count += count
          isAtEnd = count == 0
        }
      }
    }
  }
}

extension Chunk {
  fileprivate var hasLine: Bool { memchr(base, 0x0A, count) != nil }

  /// Ends the last row of a table as the others are ended.
  fileprivate func endLine() {
    if count > 0, base[count - 1] == 0x0A { return }
    reserve(count + 1)
    base[count] = 0x0A
    count += 1
  }
}

/// Finds where the last whole row of a chunk ends.
private struct RowEnds {
  private let delimiter: UInt8
  private(set) var isPlain = true
  /// Behind the last row that has ended; 0: none has.
  private(set) var end = 0

  init(_ delimiter: UInt8) { self.delimiter = delimiter }

  mutating func extend(_ chunk: Chunk) {
    isPlain = memchr(chunk.base, 0x22, chunk.count) == nil && memchr(chunk.base, 0x0D, chunk.count) == nil
    if isPlain {
      end = chunk.count
      while end > 0, chunk.base[end - 1] != 0x0A { end -= 1 }
    } else {
      scan(UnsafeBufferPointer(start: chunk.base, count: chunk.count))
    }
  }

  /// A line end within quotation marks ends no row.
  private mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) {
    end = 0
    var position = 0
    while position < bytes.count {
      if bytes[position] == 0x22 {
        position += 1
        while position < bytes.count, bytes[position] != 0x22 || bytes.isDoubled(position) {
          position += bytes[position] == 0x22 ? 2 : 1
        }
        position += 1
      }
      while position < bytes.count, bytes[position] != delimiter, bytes[position] != 0x0A,
        bytes[position] != 0x0D
      {
        position += 1
      }
      guard position < bytes.count else { return }
      if bytes[position] == 0x0D, position + 1 == bytes.count { return }
      if bytes[position] == 0x0D, bytes[position + 1] == 0x0A { position += 1 }
      if bytes[position] != delimiter { end = position + 1 }
      position += 1
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether a quotation mark stands before another.
  fileprivate func isDoubled(_ position: Int) -> Bool { position + 1 < count && self[position + 1] == 0x22 }
}
