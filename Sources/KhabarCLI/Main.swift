import ArgumentParser
import Glibc

@main
enum Main {
  /// Without arguments there is nothing to read: the shell starts without what reads them, which takes a third of the
  /// time to the first prompt.
  static func main() {
    guard CommandLine.argc == 1 else { return KhabarCommand.main() }
    do {
      try ShellCommand.start()
    } catch {
      exit(EXIT_FAILURE)
    }
  }
}
