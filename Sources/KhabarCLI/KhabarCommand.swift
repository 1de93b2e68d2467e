import ArgumentParser
import KhabarShell

// The `khabar` command.
//
// What enters are arguments and standard input; what leaves are results on standard output, messages on standard error,
// and an exit status:
//
//     $ echo 'events | count' | khabar --format json
//     [{"count":25}]
//     $ khabar -c 'events with Lavorv'; echo $?
//     error[E0301]: no actor is called `Lavorv`
//     …
//     1
//
//     status   when
//     0        all went well
//     1        a statement failed, a file could not be read or written, `fmt --check` found something to change
//     64       the arguments are wrong
//     130      Ctrl-C
//
// Each subcommand has a file of its own. Reading models, running statements and writing what they give is
// `KhabarShell`'s; here are only arguments.

struct KhabarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "khabar",
    abstract:
      "Ask who did what, with whom, where, when and according to whom, of the events in news reports.",
    usage: """
      khabar [MODEL ...]                    a shell; without a terminal, statements from standard input
      khabar [MODEL ...] -c 'STATEMENTS'    run them
      khabar run FILE [MODEL ...]           run a script; `-` is standard input
      khabar test PATH ...                  run scripts as tests
      khabar report FILE [-o PAGE]          make a page of a script and its answers
      khabar check FILE ...                 say what is wrong with scripts and models
      khabar import FILE ... -o NAME.khdb   put models into a database
      khabar withdraw NAME.khdb QUERY       take events out of it; also: compact, recover
      khabar export [MODEL ...]             write a model as a script of definitions
      khabar fmt [FILE ...]                 put scripts and models into the canonical layout
      """,
    discussion: """
      MODEL is a file of definitions, a database or `builtin:NAME`; without any it is `builtin:moscow_2023_05_19`. Several models \
      are loaded as one. A model in a file called like a subcommand is written `./run`.

      `khabar help shell` lists the options, among them --format and --lang.

      EXAMPLES
        khabar -c 'meetings in Moscow | actors'
        khabar -c 'events | summarize count by status' --format csv
        echo 'planned meetings' | khabar --format json
      """,
    version: "khabar \(Shell.version)",
    subcommands: [
      ShellCommand.self, RunCommand.self, TestCommand.self, ReportCommand.self, CheckCommand.self,
      ExportCommand.self, ImportCommand.self, WithdrawCommand.self, CompactCommand.self, RecoverCommand.self,
      FormatCommand.self, LanguageServerCommand.self,
    ],
    defaultSubcommand: ShellCommand.self)
}
