import Glibc

// Random texts through the whole language, to find what traps or hangs.
//
// What enters: random byte strings, and random mutations of texts that are known to be good: everything that stands
// in the files and folders named (specifications, example scripts, the manual). Each goes through the lexer, the
// parser, the printers and the resolver; what resolves is run on the built-in article, for a short while at most.
// What leaves: progress, throughput, and every text that took longer than a second. There is nothing to compare
// with: a trap ends the program, and then the text that was being read is written to standard error and to
// `fuzz-crash.txt`.
//
//     KhabarFuzz --bytes 10000000 --mutations 1000000 --seed 7 --examples Tests/Spec --examples Grammar
//
// The same seed gives the same texts.

guard let options = Options(CommandLine.arguments.dropFirst()) else {
  print("usage: KhabarFuzz [--bytes N] [--mutations N] [--seed N] [--quick] [--examples PATH]…")
  exit(2)
}
CrashNote.install()
let fuzzer = try Fuzzer(options)
fuzzer.run()
