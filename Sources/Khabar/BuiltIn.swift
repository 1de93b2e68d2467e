/// The models that come with the library, embedded in the binary so that it can stand alone.
struct BuiltIn {
  let name: String
  private let bytes: [UInt8]

  var text: String { String(decoding: bytes, as: UTF8.self) }

  static let all = [
    BuiltIn(name: "moscow_2023_05_19", bytes: PackageResources.moscow_2023_05_19_khabar)
  ]
}
