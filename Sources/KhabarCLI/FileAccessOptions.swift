import ArgumentParser
import Khabar

/// What scripts may read and write besides what is below their own directories.
struct FileAccessOptions: ParsableArguments {
  @Option(
    name: .customLong("allow-read"),
    help: ArgumentHelp("Let scripts read below this directory too; may be repeated.", valueName: "DIR"),
    completion: .directory)
  var reading: [String] = []

  @Option(
    name: .customLong("allow-write"),
    help: ArgumentHelp("Let scripts write below this directory; may be repeated.", valueName: "DIR"),
    completion: .directory)
  var writing: [String] = []

  var access: FileAccess { FileAccess(reading: reading, writing: writing) }
}
