import Khabar
import KhabarRandom

extension Model {
  /// A model of invented actors, places, articles and events, for tests of what must hold of any model: with times known in
  /// part or not at all, events without reports and with reports that contradict one another, actors that represent others,
  /// names in two scripts, some of them shared.
  ///
  /// - Parameter seed: The same seed gives the same model everywhere.
  public static func random(seed: UInt64) -> Model {
    Model(RandomModel.make(seed), name: "random:\(seed)")
  }
}
