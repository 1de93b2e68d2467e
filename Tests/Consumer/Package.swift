// swift-tools-version: 6.1
import PackageDescription

// What a package looks like that uses Khabar: on its public interface alone. Scripts/test builds it and runs its tests.
let package = Package(
  name: "Desk",
  dependencies: [.package(name: "khabar", path: "../..")],
  targets: [
    // The code in the README and in the article on embedding, to the letter.
    .executableTarget(name: "Readme", dependencies: [.product(name: "Khabar", package: "khabar")]),
    .executableTarget(name: "Embedding", dependencies: [.product(name: "Khabar", package: "khabar")]),
    .target(name: "Desk", dependencies: [.product(name: "Khabar", package: "khabar")]),
    .testTarget(
      name: "DeskTests", dependencies: ["Desk", .product(name: "KhabarTesting", package: "khabar")],
      exclude: ["checks.khabar", "__Snapshots__"]),
    .testTarget(
      name: "DeskXCTests", dependencies: ["Desk", .product(name: "KhabarTesting", package: "khabar")]),
  ],
  swiftLanguageModes: [.v6]
)
