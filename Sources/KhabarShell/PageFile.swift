import Glibc
import Khabar

/// Where a page goes.
package enum PageFile {
  /// Writes a page to a file, or to standard output.
  package static func write(_ text: String, to path: String?) throws {
    guard let path else {
      let output = OutputFile(STDOUT_FILENO)
      output.write(text)
      return output.flush()
    }
    if access(path, F_OK) == 0 {
      try TextFile.replace(path, with: text)
    } else {
      try TextFile.create(path, with: text)
    }
  }
}
