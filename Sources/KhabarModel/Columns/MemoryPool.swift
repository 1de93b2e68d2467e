import Glibc
import Synchronization

/// Memory for columns while they are made: what has been used is used again, instead of being given back to the system and
/// asked for anew. First touching memory costs more than most of what is done with it.
package enum MemoryPool {
  /// What is smaller is left to `malloc`.
  static let least = 1 << 18

  private static let regionSize = 256 << 20
  private static let alignment = 4096

  private struct Span {
    var start: UInt
    var count: UInt
    var end: UInt { start + count }
  }

  /// What is free, by address; no two of them touch.
  private static let spans = Mutex<[Span]>([])

  static func size(of bytes: Int) -> Int { (bytes + alignment - 1) / alignment * alignment }

  /// - Parameter bytes: A multiple of the alignment.
  static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let start = spans.withLock { spans -> UInt in
      let fitting = spans.indices.filter { spans[$0].count >= UInt(bytes) }
      if let best = fitting.min(by: { spans[$0].count < spans[$1].count }) {
        return take(UInt(bytes), best, &spans)
      }
      insert(region(bytes), &spans)
      guard let own = spans.firstIndex(where: { $0.count >= UInt(bytes) }) else {
        fatalError("out of memory")
      }
      return take(UInt(bytes), own, &spans)
    }
    guard let pointer = UnsafeMutableRawPointer(bitPattern: start) else { fatalError("out of memory") }
    return pointer
  }

  static func free(_ pointer: UnsafeMutableRawPointer, _ bytes: Int) {
    spans.withLock { insert(Span(start: UInt(bitPattern: pointer), count: UInt(bytes)), &$0) }
  }

  /// Gives what is free back to the system.
  package static func trim() {
    spans.withLock { spans in
      for span in spans {
        madvise(UnsafeMutableRawPointer(bitPattern: span.start), Int(span.count), MADV_DONTNEED)
      }
    }
  }

  private static func region(_ bytes: Int) -> Span {
    let count = max(bytes, regionSize)
    let memory = mmap(nil, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let memory, memory != MAP_FAILED else { fatalError("out of memory") }
    return Span(start: UInt(bitPattern: memory), count: UInt(count))
  }

  /// From the lower end, so that what is free stays together.
  private static func take(_ count: UInt, _ index: Int, _ spans: inout [Span]) -> UInt {
    let start = spans[index].start
    spans[index].start += count
    spans[index].count -= count
    if spans[index].count == 0 { spans.remove(at: index) }
    return start
  }

  private static func insert(_ span: Span, _ spans: inout [Span]) {
    let next = spans.firstIndex { $0.start > span.start } ?? spans.count
    spans.insert(span, at: next)
    if next + 1 < spans.count, spans[next].end == spans[next + 1].start {
      spans[next].count += spans[next + 1].count
      spans.remove(at: next + 1)
    }
    if next > 0, spans[next - 1].end == spans[next].start {
      spans[next - 1].count += spans[next].count
      spans.remove(at: next)
    }
  }
}
