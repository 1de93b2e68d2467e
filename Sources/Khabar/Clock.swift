import Glibc

/// The only place that asks which day it is.
enum Clock {
  /// Days since 1970-01-01, by the local calendar.
  static func today() -> Int {
    var now = time(nil)
    var local = tm()
    localtime_r(&now, &local)
    // Seconds east of UTC move midnight.
    return (Int(now) + local.tm_gmtoff) / 86_400
  }
}
