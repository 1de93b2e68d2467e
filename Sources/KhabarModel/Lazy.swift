import Synchronization

/// A value that is made when it is first asked for, once, whoever asks. Asking again costs no more than looking.
final class Lazy<Value: Sendable>: @unchecked Sendable {
  /// Written once, before `hasValue` is set, and only read after that.
  private var made: Value?
  private let hasValue: Atomic<Bool>
  private let make: Mutex<(@Sendable () -> Value)?>

  init(_ make: @escaping @Sendable () -> Value) {
    self.make = Mutex(make)
    hasValue = Atomic(false)
  }

  init(made value: Value) {
    made = value
    make = Mutex(nil)
    hasValue = Atomic(true)
  }

  /// - Parameter value: What is there already.
  convenience init(_ value: Value?, _ make: @escaping @Sendable () -> Value) {
    if let value { self.init(made: value) } else { self.init(make) }
  }

  var value: Value {
    if hasValue.load(ordering: .acquiring), let made { return made }
    return make.withLock { make in
      if let made { return made }
      guard let maker = make else { preconditionFailure("a lazy value has been made or can be") }
      let value = maker()
      made = value
      make = nil
      hasValue.store(true, ordering: .releasing)
      return value
    }
  }

  /// Whether it is there; false too while it is being made, which is not waited for.
  var isMade: Bool { hasValue.load(ordering: .acquiring) }
}
