import KhabarModel

/// Whole numbers below 2³¹, each with its place among them: bits in pages, with how many stand before.
///
///     numbers  4, 7, 40      rank(of: 7) 1      rank(of: 5) nil
///
/// Ids of many collections are numbers with few gaps: then it takes a bit or two for each, and being asked for one after
/// the other touches the same memory again and again.
final class NumberSet: @unchecked Sendable {
  private static let pageBits = 16
  private static let cellBits = 5
  private static let cellsInPage = 1 << (pageBits - cellBits)
  private static let pages = 1 << (31 - pageBits)

  /// A cell is the bits of 32 numbers, and above them how many numbers stand before.
  private let pages: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>
  private(set) var count = 0

  init() {
    pages = .allocate(capacity: Self.pages)
    pages.initialize(repeating: nil, count: Self.pages)
  }

  deinit {
    for page in 0..<Self.pages { pages[page]?.deallocate() }
    pages.deallocate()
  }

  func insert(_ number: Int32) { inserter.insert(number) }

  /// For loops that put many numbers in; the set has to be kept meanwhile.
  var inserter: Inserter { Inserter(pages: pages) }

  struct Inserter {
    fileprivate let pages: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>

    @inline(__always) func insert(_ number: Int32) {
      let number = Int(number)
      let page = pages[number >> pageBits] ?? newPage(number >> pageBits)
      page[number >> cellBits & (cellsInPage - 1)] |= 1 << UInt64(number & 31)
    }

    @inline(never) private func newPage(_ number: Int) -> UnsafeMutablePointer<UInt64> {
      let page = UnsafeMutablePointer<UInt64>.allocate(capacity: cellsInPage)
      page.initialize(repeating: 0, count: cellsInPage)
      pages[number] = page
      return page
    }
  }

  func formUnion(_ other: NumberSet) {
    for number in 0..<Self.pages {
      guard let from = other.pages[number] else { continue }
      guard let page = pages[number] else {
        pages[number] = from
        other.pages[number] = nil
        continue
      }
      for cell in 0..<Self.cellsInPage { page[cell] |= from[cell] }
    }
  }

  /// Counts what has been put in; nothing is after that.
  func seal() {
    count = 0
    for number in 0..<Self.pages {
      guard let page = pages[number] else { continue }
      for cell in 0..<Self.cellsInPage {
        let bits = UInt32(truncatingIfNeeded: page[cell])
        page[cell] = UInt64(count) << 32 | UInt64(bits)
        count += bits.nonzeroBitCount
      }
    }
  }

  /// How many numbers of a sealed set are less than this one; -1: it is not in the set.
  func rank(of number: Int32) -> Int32 { view.rank(of: number) }

  /// For loops that ask for many numbers; the set has to be kept meanwhile.
  var view: View { View(pages: pages) }

  struct View {
    fileprivate let pages: UnsafeMutablePointer<UnsafeMutablePointer<UInt64>?>

    @inline(__always) func rank(of number: Int32) -> Int32 {
      let number = Int(number)
      guard let page = pages[number >> pageBits] else { return -1 }
      let cell = page[number >> cellBits & (cellsInPage - 1)]
      let bit = UInt32(1) << UInt32(number & 31)
      let bits = UInt32(truncatingIfNeeded: cell)
      if bits & bit == 0 { return -1 }
      let before = (bits & (bit &- 1)).nonzeroBitCount
      return Int32(truncatingIfNeeded: cell >> 32) &+ Int32(truncatingIfNeeded: before)
    }
  }

  /// All numbers of a sealed set, the least first.
  func numbers() -> Memory<UInt32> {
    let numbers = Memory<UInt32>(count: count)
    var next = 0
    for number in 0..<Self.pages {
      guard let page = pages[number] else { continue }
      for cell in 0..<Self.cellsInPage {
        var bits = UInt32(truncatingIfNeeded: page[cell])
        let first = UInt32(number << Self.pageBits | cell << Self.cellBits)
        while bits != 0 {
          numbers.base[next] = first | UInt32(bits.trailingZeroBitCount)
          next += 1
          bits &= bits &- 1
        }
      }
    }
    return numbers
  }
}
