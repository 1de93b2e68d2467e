// A relation is possible when its inequalities and the bounds have a common solution. Each is a small system
// of difference constraints, solved here by hand: an end that the relation only bounds from one side takes
// its most favourable day, and the interval of days left for the others must not be empty.

extension TimeBounds {
  /// The relations of Allen that some completion of this and of `other` has. It is never empty.
  public func possibleRelations(to other: TimeBounds) -> AllenSet {
    var set = AllenSet()
    if mayComeBefore(other) { set.insert(AllenSet(.before)) }
    if mayMeet(other) { set.insert(AllenSet(.meets)) }
    if mayOverlapStart(of: other) { set.insert(AllenSet(.overlaps)) }
    if mayStart(other) { set.insert(AllenSet(.starts)) }
    if mayLieInside(other) { set.insert(AllenSet(.during)) }
    if mayFinish(other) { set.insert(AllenSet(.finishes)) }
    if equals(other) != .false { set.insert(AllenSet(.equals)) }
    if other.mayComeBefore(self) { set.insert(AllenSet(.after)) }
    if other.mayMeet(self) { set.insert(AllenSet(.metBy)) }
    if other.mayOverlapStart(of: self) { set.insert(AllenSet(.overlappedBy)) }
    if other.mayStart(self) { set.insert(AllenSet(.startedBy)) }
    if other.mayLieInside(self) { set.insert(AllenSet(.contains)) }
    if other.mayFinish(self) { set.insert(AllenSet(.finishedBy)) }
    return set
  }

  /// The one relation that every completion has; nil where more than one is possible.
  public func relation(to other: TimeBounds) -> AllenRelation? { possibleRelations(to: other).only }

  /// end + 1 < other.start
  private func mayComeBefore(_ other: TimeBounds) -> Bool { endMin + 1 < other.startMax }

  /// end + 1 = other.start
  private func mayMeet(_ other: TimeBounds) -> Bool {
    max(endMin + 1, other.startMin) <= min(endMax + 1, other.startMax)
  }

  /// start < other.start <= end < other.end
  private func mayOverlapStart(of other: TimeBounds) -> Bool {
    let otherStart = max(other.startMin, startMin + 1)
    let end = min(endMax, other.endMax - 1)
    return otherStart <= other.startMax && endMin <= end && otherStart <= end
  }

  /// start = other.start, end < other.end
  private func mayStart(_ other: TimeBounds) -> Bool {
    let start = max(startMin, other.startMin)
    return start <= min(startMax, other.startMax) && max(endMin, start) < other.endMax
  }

  /// other.start < start, end < other.end
  private func mayLieInside(_ other: TimeBounds) -> Bool {
    let start = max(startMin, other.startMin + 1)
    let end = min(endMax, other.endMax - 1)
    return start <= startMax && endMin <= end && start <= end
  }

  /// other.start < start, end = other.end
  private func mayFinish(_ other: TimeBounds) -> Bool {
    let end = min(endMax, other.endMax)
    return max(endMin, other.endMin) <= end && other.startMin < min(startMax, end)
  }
}
