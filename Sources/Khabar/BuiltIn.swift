/// The models that come with the library, embedded in the binary so that it can stand alone. Nothing of a model is
/// touched before it is opened.
struct BuiltIn: Sendable {
  let name: String
  private let files: @Sendable () -> [[UInt8]]

  /// All of its files as one script, in which each article is followed by what it reports.
  var text: String { files().map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n") }

  static let all = [
    BuiltIn(name: "moscow_2023_05_19") { [PackageResources.moscow_2023_05_19_khabar] },
    BuiltIn(name: "salt_road") { saltRoad },
  ]

  private static var saltRoad: [[UInt8]] {
    [
      PackageResources.salt_road_00_world_khabar,
      PackageResources.salt_road_01_khabar,
      PackageResources.salt_road_02_khabar,
      PackageResources.salt_road_03_khabar,
      PackageResources.salt_road_04_khabar,
      PackageResources.salt_road_05_khabar,
      PackageResources.salt_road_06_khabar,
      PackageResources.salt_road_07_khabar,
      PackageResources.salt_road_08_khabar,
      PackageResources.salt_road_09_khabar,
      PackageResources.salt_road_10_khabar,
    ]
  }

  /// The text of an article of these models, where it is ours to pass on.
  static func text(ofArticle id: String) -> [UInt8]? {
    switch id {
    case "salt_road_01": PackageResources.salt_road_01_txt
    case "salt_road_02": PackageResources.salt_road_02_txt
    case "salt_road_03": PackageResources.salt_road_03_txt
    case "salt_road_04": PackageResources.salt_road_04_txt
    case "salt_road_05": PackageResources.salt_road_05_txt
    case "salt_road_06": PackageResources.salt_road_06_txt
    case "salt_road_07": PackageResources.salt_road_07_txt
    case "salt_road_08": PackageResources.salt_road_08_txt
    case "salt_road_09": PackageResources.salt_road_09_txt
    case "salt_road_10": PackageResources.salt_road_10_txt
    default: nil
    }
  }
}
