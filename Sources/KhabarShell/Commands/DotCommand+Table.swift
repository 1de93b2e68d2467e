// The table of dot commands, by what they are for.
extension DotCommand {
  /// Help, and what was asked before.
  static let asking: [DotCommand] = [
    DotCommand(
      name: "help", parameters: "[TOPIC]", argument: .topic, help: "explain the language and these commands",
      example: ".help clauses", act: { try $0.showHelp($1) }),
    DotCommand(
      name: "tour", parameters: "[next|end]", argument: .step, help: "learn it in eight steps",
      example: ".tour", act: { try $0.tour($1) }),
    DotCommand(
      name: "explain", parameters: "QUERY", argument: .query, help: "show how a query is run",
      example: ".explain meetings in Moscow", act: { try $0.explain($1) }),
    DotCommand(
      name: "history", parameters: "[PATTERN]", argument: .pattern,
      help: "list earlier statements that have PATTERN in them", example: ".history Lavrov",
      act: { try $0.showHistory($1) }),
  ]

  /// What there is: the model and its names.
  static let showing: [DotCommand] = [
    DotCommand(
      name: "names", parameters: "[PATTERN]", argument: .names,
      help: "list the names of the model that have PATTERN in them", example: ".names lav",
      act: { try $0.showNames($1) }),
    DotCommand(
      name: "describe", parameters: "NAME", argument: .names, help: "tell all that a name stands for",
      example: ".describe Lavrov", act: { try $0.describe($1) }),
    DotCommand(
      name: "schema", parameters: "[NOUN]", argument: .query,
      help: "list the fields of rows, with their types",
      example: ".schema meetings", act: { try $0.showSchema($1) }),
    DotCommand(
      name: "types", parameters: "", argument: .nothing,
      help: "list the types of events, with nouns and numbers",
      example: ".types", act: { shell, _ in try shell.showTypes() }),
    DotCommand(
      name: "models", parameters: "", argument: .nothing, help: "list the models: built in, and open",
      example: ".models", act: { shell, _ in try shell.showModels() }),
    DotCommand(
      name: "open", parameters: "[MODEL …]", argument: .models,
      help: "load other models: files or `builtin:NAME`", example: ".open my.khabar",
      act: { try $0.open($1) }),
    DotCommand(
      name: "close", parameters: "[MODEL …]", argument: .models, help: "close models, or all of them",
      example: ".close", act: { try $0.close($1) }),
    DotCommand(
      name: "attach", parameters: "FILE", argument: .file,
      help: "put an article's text at hand, for quotes", example: ".attach article.txt",
      act: { try $0.attachText($1) }),
  ]

  /// How answers look, and what is done with them.
  static let answering: [DotCommand] = [
    DotCommand(
      name: "mode", parameters: "[FORMAT]", argument: .format, help: "choose how results are written",
      example: ".mode json", act: { try $0.set("mode", $1) }),
    DotCommand(
      name: "lang", parameters: "[en|ar]", argument: .language,
      help: "choose the language of names and labels",
      example: ".lang ar", act: { try $0.set("lang", $1) }),
    DotCommand(
      name: "once", parameters: "FILE", argument: .file,
      help: "send the next answer to a file, or to a |COMMAND", example: ".once |wc -l",
      act: { try $0.sendOnce($1) }),
    DotCommand(
      name: "last", parameters: "[FORMAT]", argument: .format, help: "show the last answer again",
      example: ".last csv", act: { try $0.showLast($1) }),
    DotCommand(
      name: "why", parameters: "[ROW]", argument: .row,
      help: "show the reports behind a row of the answer", example: ".why 1",
      act: { try $0.showReports($1) }),
    DotCommand(
      name: "diff", parameters: "QUERY", argument: .query,
      help: "show how an answer differs from the last one", example: ".diff meetings in Moscow",
      act: { try $0.showDifference($1) }),
    DotCommand(
      name: "pager", parameters: "[COMMAND]", argument: .text,
      help: "what shows long answers: a command, on, off", example: ".pager off",
      act: { try $0.set("pager", $1) }),
    DotCommand(
      name: "width", parameters: "[COLUMNS]", argument: .text,
      help: "how wide tables are: columns, auto, unlimited", example: ".width 60",
      act: { try $0.set("width", $1) }),
    DotCommand(
      name: "null", parameters: "[TEXT]", argument: .text,
      help: "what stands for a missing value: a text, auto", example: ".null ?",
      act: { try $0.set("null", $1) }),
    DotCommand(
      name: "numbers", parameters: "[on|off]", argument: .onOff,
      help: "number the rows of tables on the terminal", example: ".numbers off",
      act: { try $0.set("numbers", $1) }),
  ]

  /// How statements are run.
  static let controlling: [DotCommand] = [
    DotCommand(
      name: "timer", parameters: "[on|off]", argument: .onOff, help: "tell how long each statement takes",
      example: ".timer on", act: { try $0.set("timer", $1) }),
    DotCommand(
      name: "limit", parameters: "[time|rows|memory|threads N]", argument: .limit,
      help: "limit what each statement may use up", example: ".limit time 10s",
      act: { try $0.set("limit", $1) }),
    DotCommand(
      name: "watch", parameters: "N QUERY", argument: .interval,
      help: "ask a query every N seconds until Ctrl-C", example: ".watch 2 events | count",
      act: { try $0.watch($1) }),
    DotCommand(
      name: "set", parameters: "NAME VALUE", argument: .setting, help: "change a setting",
      example: ".set timer on", act: { try $0.set($1) }),
    DotCommand(
      name: "show", parameters: "", argument: .nothing, help: "list the settings",
      example: ".show", act: { try $0.showSettings($1) }),
  ]

  /// Statements in files.
  static let scripting: [DotCommand] = [
    DotCommand(
      name: "read", parameters: "FILE", argument: .file, help: "run a file of statements and commands",
      example: ".read work.khabar", act: { try $0.read($1) }),
    DotCommand(
      name: "save", parameters: "FILE [replace]", argument: .file,
      help: "write what is bound here as a script", example: ".save work.khabar",
      act: { try $0.save($1) }),
    DotCommand(
      name: "edit", parameters: "", argument: .nothing,
      help: "edit the last statement in $VISUAL or $EDITOR", example: ".edit",
      act: { try $0.edit($1) }),
  ]

  /// The end.
  static let leaving: [DotCommand] = [
    DotCommand(
      name: "quit", otherNames: ["exit"], parameters: "", argument: .nothing, help: "leave; so does Ctrl-D",
      example: ".quit", act: { shell, _ in shell.isLeft = true })
  ]
}
