import KhabarModel

/// Records that are written one after the other, by number: texts that most rows have for themselves.
struct TextArena {
  private(set) var count = 0
  private var ends: UnsafeMutablePointer<Int>
  private var endCapacity = 64
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCount = 0
  private var byteCapacity = 1024

  init() {
    ends = .allocate(capacity: endCapacity)
    bytes = .allocate(capacity: byteCapacity)
  }

  func destroy() {
    ends.deallocate()
    bytes.deallocate()
  }

  /// Adds a record, and gives its number.
  mutating func append(_ record: UnsafeBufferPointer<UInt8>) -> Int {
    if byteCount + record.count > byteCapacity {
      byteCapacity = max(2 * byteCapacity, byteCount + record.count)
      let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: byteCapacity)
      grown.update(from: bytes, count: byteCount)
      bytes.deallocate()
      bytes = grown
    }
    if count == endCapacity {
      endCapacity *= 2
      let grown = UnsafeMutablePointer<Int>.allocate(capacity: endCapacity)
      grown.update(from: ends, count: count)
      ends.deallocate()
      ends = grown
    }
    if let start = record.baseAddress { (bytes + byteCount).update(from: start, count: record.count) }
    byteCount += record.count
    ends[count] = byteCount
    count += 1
    return count - 1
  }

  func record(_ number: Int) -> UnsafeBufferPointer<UInt8> {
    let start = number == 0 ? 0 : ends[number - 1]
    return UnsafeBufferPointer(start: bytes + start, count: ends[number] - start)
  }
}
