import Testing
@testable import Khabar
@Test func empty() {}
