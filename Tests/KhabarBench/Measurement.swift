import Glibc
import Khabar

/// What a body gives, and the seconds that it took.
func stopwatch<T>(_ body: () throws -> T) rethrows -> (T, Double) {
  let start = ContinuousClock.now
  let result = try body()
  let time = (ContinuousClock.now - start).components
  return (result, Double(time.seconds) + Double(time.attoseconds) / 1e18)
}

/// Runs a script once, and then as often as is wanted and there is time for.
func measure(_ path: String, on model: Model, _ options: Options) -> Measurement {
  var measurement = Measurement(script: path)
  do {
    let question = try Question(path, parameters: options.parameters, threads: options.threads)
    measurement.script = question.name
    repeat {
      let (answers, seconds) = try stopwatch { try question.answers(of: model) }
      measurement.seconds.append(seconds)
      measurement.answers = answers.map { $0.map { $0.map(Cell.init) } }
    } while measurement.seconds.count <= options.runs && measurement.seconds.reduce(0, +) < options.limit
  } catch {
    measurement.error = "\(error)"
  }
  measurement.peak_bytes = peakMemory()
  return measurement
}

/// The most memory that the process has had, with the mapped pages that were in memory.
private func peakMemory() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1024
}
