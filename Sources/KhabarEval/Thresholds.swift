/// From how many rows on another way of finding an answer is worth its beginning. Answers do not depend on it: tests let small
/// models go every way.
package struct Thresholds: Sendable {
  /// Fewer rows are not cut into parts for several threads.
  package var rowsOfParts = 100_000
  /// Conditions on time are decided for all different times at once where there are so many events to each of these.
  package var eventsOfTime = 2
  /// How many rows can be looked through one after the other in the time that one takes that is picked out.
  package var rowsOfPosting = 4
  /// Labels of fewer events are read, not looked up by their words.
  package var rowsOfTexts = 10_000

  package init() {}

  /// Every way is worth it.
  package static var none: Thresholds {
    var thresholds = Thresholds()
    thresholds.rowsOfParts = 0
    thresholds.eventsOfTime = 0
    thresholds.rowsOfPosting = 0
    thresholds.rowsOfTexts = 0
    return thresholds
  }
}
