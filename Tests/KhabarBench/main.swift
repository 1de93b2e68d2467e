import Glibc
import Khabar

// How fast scripts are answered, for `Scripts/bench`.
//
// What enters: a database, and scripts with a question each. The database is opened once, as any program opens it that
// is written with the library; then each script is run, once to warm up and then several times.
// What leaves: a line of JSON for the opening and for each script, at once: how many seconds each run took (the first
// one warms up), what was answered, and the most memory that the process has had. A script that fails has an error.
//
//     KhabarBench news.khdb Scripts/bench-queries/q01.khabar --runs 5 --params folder
//
// A run is all that a program has to do for an answer: the text is read, resolved, planned and evaluated, and every
// value of the answer is taken out. In the folder of `--params` the file `q02.params` has the values of the parameters
// of `q02.khabar`, a line NAME=VALUE for each; where there is `q02.each`, its first line names a parameter and the
// lines below it are values of that, and a run asks the script once for each of them.
//
//     KhabarBench --bandwidth
//
// says instead how many bytes of memory are read in a second.

guard let options = Options(CommandLine.arguments.dropFirst()) else {
  print("usage: KhabarBench DATABASE SCRIPT… [--threads N] [--runs N] [--limit SECONDS] [--params FOLDER]")
  print("       KhabarBench --bandwidth")
  exit(2)
}
if options.measuresBandwidth {
  Report.print(Bandwidth(bytesPerSecond: Bandwidth.measure()))
  exit(0)
}

let (model, opening) = try stopwatch { try Model(database: options.database) }
Report.print(Opening(seconds: opening))
for path in options.scripts {
  Report.print(measure(path, on: model, options))
}
