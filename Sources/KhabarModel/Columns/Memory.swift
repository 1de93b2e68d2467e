/// Room for the values of a column while it is made, by several threads if need be: each writes where no other does.
package final class Memory<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  package let base: UnsafeMutablePointer<Element>
  package let count: Int

  /// What stands there before it is written is anything.
  package init(count: Int) {
    self.count = count
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    let memory =
      bytes < MemoryPool.least
      ? UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      : MemoryPool.allocate(MemoryPool.size(of: bytes))
    base = memory.bindMemory(to: Element.self, capacity: max(1, count))
  }

  package convenience init(repeating value: Element, count: Int, threads: Int = 1) {
    self.init(count: count)
    let base = base
    Threads.run(threads, rows: count) { _, rows in
      (base + rows.lowerBound).update(repeating: value, count: rows.count)
    }
  }

  package convenience init(_ values: some Collection<Element>) {
    self.init(count: values.count)
    _ = UnsafeMutableBufferPointer(start: base, count: count).update(fromContentsOf: values)
  }

  deinit {
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    if bytes < MemoryPool.least {
      UnsafeMutableRawPointer(base).deallocate()
    } else {
      MemoryPool.free(base, MemoryPool.size(of: bytes))
    }
  }

  @inlinable package subscript(index: Int) -> Element {
    get {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "an index within the memory")
      return base[index]
    }
    set {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "an index within the memory")
      base[index] = newValue
    }
  }

  /// What has been written there.
  package var values: Column<Element> { Column(self) }
}

extension Column {
  /// What has been written there; nobody writes it any more.
  package init(_ memory: Memory<Element>) {
    self.init(owner: memory, base: UnsafePointer(memory.base), count: memory.count)
  }
}
