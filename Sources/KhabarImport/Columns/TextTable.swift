import Glibc
import KhabarModel

/// The different texts of a column under numbers, in the order in which they come: a hash table that is asked by bytes where
/// they lie.
///
/// It holds nothing but addresses, so that a loop that asks it counts no references; whoever makes one destroys it.
struct TextTable {
  /// A text, with its first sixteen bytes as two numbers: those behind its end are noughts.
  struct Text {
    var start: UnsafePointer<UInt8>
    var count: Int
    var low: UInt64
    var high: UInt64

    /// - Parameter start: Of memory in which at least sixteen bytes can be read.
    init(padded start: UnsafePointer<UInt8>, count: Int) {
      self.start = start
      self.count = count
      low = Text.word(start, 0) & Text.mask(count)
      high = count > 8 ? Text.word(start, 8) & Text.mask(count - 8) : 0
    }

    init(start: UnsafePointer<UInt8>, count: Int, low: UInt64, high: UInt64) {
      self.start = start
      self.count = count
      self.low = low
      self.high = high
    }

    @inline(__always) static func word(_ start: UnsafePointer<UInt8>, _ offset: Int) -> UInt64 {
      UnsafeRawPointer(start).loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    @inline(__always) static func mask(_ count: Int) -> UInt64 {
      count >= 8 ? UInt64.max : (1 << UInt64(8 &* count)) &- 1
    }

    @inline(__always) var hash: UInt64 {
      var hash =
        (low &* 0x9E37_79B9_7F4A_7C15) ^ (high &* 0xC2B2_AE3D_27D4_EB4F)
        ^ (UInt64(count) &* 0x1656_67B1_9E37_79F9)
      hash ^= hash >> 29
      if count > 16 {
        var offset = 16
        while offset < count {
          let word = Text.word(start, min(offset, count - 8))
          hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
          hash ^= hash >> 32
          offset += 8
        }
      }
      hash = hash &* 0xBF58_476D_1CE4_E5B9
      return hash ^ hash >> 32
    }
  }

  private struct Entry {
    var offset: Int
    var count: Int32
    /// What the asker notes of the text.
    var note: Int32
    var low: UInt64
    var high: UInt64
  }

  private(set) var count = 0
  private var entries: UnsafeMutablePointer<Entry>
  private var entryCapacity = 64
  /// The number of the text that stands there, and one more; 0 is none.
  private var places: UnsafeMutablePointer<UInt32>
  private var mask = 255
  private var bytes: UnsafeMutablePointer<UInt8>
  private var byteCount = 0
  private var byteCapacity = 1024

  init() {
    entries = .allocate(capacity: entryCapacity)
    places = .allocate(capacity: mask + 1)
    places.initialize(repeating: 0, count: mask + 1)
    bytes = .allocate(capacity: byteCapacity)
  }

  func destroy() {
    entries.deallocate()
    places.deallocate()
    bytes.deallocate()
  }

  /// The number of a text; a new one has the `count` before.
  @inline(__always) mutating func number(of text: Text) -> Int {
    var place = Int(truncatingIfNeeded: text.hash) & mask
    while true {
      let known = places[place]
      if known == 0 { return insert(text, place) }
      let number = Int(known) - 1
      let entry = entries + number
      if entry.pointee.low == text.low, entry.pointee.high == text.high,
        Int(entry.pointee.count) == text.count,
        text.count <= 16 || memcmp(bytes + entry.pointee.offset, text.start, text.count) == 0
      {
        return number
      }
      place = (place + 1) & mask
    }
  }

  /// The number of a text that is there.
  func find(_ text: Text) -> Int? {
    var place = Int(truncatingIfNeeded: text.hash) & mask
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      let entry = entries + number
      if entry.pointee.low == text.low, entry.pointee.high == text.high,
        Int(entry.pointee.count) == text.count,
        memcmp(bytes + entry.pointee.offset, text.start, text.count) == 0
      {
        return number
      }
      place = (place + 1) & mask
    }
    return nil
  }

  @inline(never) private mutating func insert(_ text: Text, _ place: Int) -> Int {
    if count == entryCapacity { grow() }
    // A few bytes more, so that texts can be read in words.
    if byteCount + text.count + 16 > byteCapacity {
      let more = max(2 * byteCapacity, byteCount + text.count + 16)
      let grown = UnsafeMutablePointer<UInt8>.allocate(capacity: more)
      grown.update(from: bytes, count: byteCount)
      bytes.deallocate()
      bytes = grown
      byteCapacity = more
    }
    (bytes + byteCount).update(from: text.start, count: text.count)
    entries[count] = Entry(
      offset: byteCount, count: Int32(truncatingIfNeeded: text.count), note: 0, low: text.low, high: text.high
    )
    byteCount += text.count
    count += 1
    places[place] = UInt32(truncatingIfNeeded: count)
    if 2 * count > mask { rehash() }
    return count - 1
  }

  private mutating func grow() {
    let grown = UnsafeMutablePointer<Entry>.allocate(capacity: 2 * entryCapacity)
    grown.update(from: entries, count: count)
    entries.deallocate()
    entries = grown
    entryCapacity *= 2
  }

  private mutating func rehash() {
    places.deallocate()
    mask = 4 * (mask + 1) - 1
    places = .allocate(capacity: mask + 1)
    places.initialize(repeating: 0, count: mask + 1)
    for number in 0..<count {
      var place = Int(truncatingIfNeeded: text(number).hash) & mask
      while places[place] != 0 { place = (place + 1) & mask }
      places[place] = UInt32(truncatingIfNeeded: number + 1)
    }
  }

  @inline(__always) func text(_ number: Int) -> Text {
    let entry = entries[number]
    return Text(start: bytes + entry.offset, count: Int(entry.count), low: entry.low, high: entry.high)
  }

  func bytes(_ number: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + entries[number].offset, count: Int(entries[number].count))
  }

  @inline(__always) func note(_ number: Int) -> Int32 { entries[number].note }
  func setNote(_ note: Int32, _ number: Int) { entries[number].note = note }
}
