import Synchronization
import Testing

@testable import KhabarShell

@Suite struct BackgroundRunTests {
  @Test func messagesComeInOrderAndEnd() {
    let run = BackgroundRun<Int> { run in
      for number in 0..<1000 { run.send(number) }
    }
    var received: [Int] = []
    while let number = run.next(unless: { false }) { received.append(number) }
    #expect(received == Array(0..<1000))
    #expect(run.next(unless: { false }) == nil)
  }

  @Test func workIsToldThatNobodyWaits() {
    let isStopped = BackgroundRun<Bool> { outer in
      let run = BackgroundRun<Int> { run in
        while !run.isCancelled { run.send(1) }
        outer.send(true)
      }
      var count = 0
      while run.next(unless: { count == 10 }) != nil { count += 1 }
      #expect(count == 10)
    }
    // Sent by a thread that outlives the one that waits, so it may come after that one's end.
    #expect(isStopped.next(unless: { false }) != false)
  }
}
