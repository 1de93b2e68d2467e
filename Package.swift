// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "khabar",
  products: [
    .executable(name: "khabar", targets: ["KhabarCLI"]),
    .library(name: "Khabar", targets: ["Khabar"]),
    .library(name: "KhabarTesting", targets: ["KhabarTesting"]),
    .library(name: "EDTF", targets: ["EDTF"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .target(name: "EDTF"),
    .target(name: "KhabarText"),
    .target(name: "KhabarSyntax", dependencies: ["EDTF", "KhabarText"]),
    .target(name: "KhabarModel", dependencies: ["EDTF", "KhabarText"]),
    .target(name: "KhabarTable"),
    .target(name: "KhabarPlan", dependencies: ["KhabarSyntax", "KhabarModel", "KhabarTable"]),
    .target(name: "KhabarEval", dependencies: ["KhabarPlan"]),
    .target(name: "KhabarRender", dependencies: ["KhabarEval"]),
    .systemLibrary(name: "CMessageDigest", pkgConfig: "libmd", providers: [.apt(["libmd-dev"])]),
    .systemLibrary(name: "CXXHash", pkgConfig: "libxxhash", providers: [.apt(["libxxhash-dev"])]),
    .target(name: "KhabarDatabase", dependencies: ["KhabarModel", "CXXHash"]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "KhabarExport", dependencies: ["KhabarModel"]),
    .target(name: "KhabarImport", dependencies: ["KhabarPlan", "CZlib", "CZstd"]),
    .target(
      name: "Khabar", dependencies: ["KhabarRender", "KhabarDatabase", "KhabarImport", "CMessageDigest"],
      resources: [.embedInCode("Models")]),
    .target(name: "KhabarRandom", dependencies: ["KhabarModel"]),
    .target(name: "KhabarTesting", dependencies: ["Khabar", "KhabarRandom"]),
    .systemLibrary(name: "CLibEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
    .target(name: "CEditLine", dependencies: ["CLibEdit"], cSettings: [.define("_GNU_SOURCE")]),
    .target(name: "KhabarReport", dependencies: ["Khabar"]),
    .target(name: "KhabarShell", dependencies: ["Khabar", "CEditLine"]),
    .target(name: "KhabarLanguageServer", dependencies: ["KhabarShell"]),
    .executableTarget(
      name: "KhabarCLI",
      dependencies: [
        "KhabarShell", "KhabarReport", "KhabarLanguageServer", "KhabarExport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(name: "EDTFTests", dependencies: ["EDTF"]),
    .testTarget(name: "KhabarSyntaxTests", dependencies: ["KhabarSyntax"]),
    .testTarget(name: "KhabarGrammarTests", dependencies: ["KhabarSyntax", "KhabarRandom"]),
    .testTarget(name: "KhabarModelTests", dependencies: ["KhabarModel", "KhabarRandom"]),
    .testTarget(name: "KhabarDatabaseTests", dependencies: ["KhabarDatabase", "KhabarRandom", "KhabarPlan"]),
    .testTarget(
      name: "KhabarImportTests", dependencies: ["KhabarImport", "KhabarPlan", "KhabarRandom", "CZstd"]),
    .testTarget(name: "KhabarExportTests", dependencies: ["KhabarExport", "KhabarRandom"]),
    .testTarget(name: "KhabarPlanTests", dependencies: ["KhabarPlan"]),
    .testTarget(name: "KhabarRenderTests", dependencies: ["KhabarRender", "KhabarRandom"]),
    .testTarget(name: "KhabarShellTests", dependencies: ["KhabarShell", "CEditLine"]),
    .testTarget(name: "KhabarTests", dependencies: ["Khabar"]),
    .testTarget(name: "KhabarTestingTests", dependencies: ["KhabarTesting"]),
    .testTarget(name: "KhabarReportTests", dependencies: ["KhabarReport"]),
    .testTarget(name: "KhabarSpecTests", dependencies: ["Khabar"]),
    .testTarget(name: "KhabarReferenceTests", dependencies: ["Khabar", "KhabarRandom"]),
    .executableTarget(
      name: "KhabarFuzz", dependencies: ["Khabar", "KhabarRandom"], path: "Tests/KhabarFuzz"),
  ],
  swiftLanguageModes: [.v6]
)
