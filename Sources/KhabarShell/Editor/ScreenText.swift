import CEditLine

/// Where a text ends on a screen, reckoned as libedit reckons it: from the row and column its prompt begins in.
struct ScreenPosition: Equatable {
  var row = 0
  var column = 0

  mutating func advance(over scalars: some Sequence<Unicode.Scalar>, columns: Int) {
    for scalar in scalars { advance(over: scalar, columns: columns) }
  }

  mutating func advance(over scalar: Unicode.Scalar, columns: Int) {
    switch scalar {
    case "\n":
      row += 1
      column = 0
      return
    case "\t":
      column = min((column / 8 + 1) * 8, columns)
    default:
      let width = scalar.columns
      if width > 1, column + width > columns { breakRow() }
      column += width
    }
    if column >= columns { breakRow() }
  }

  private mutating func breakRow() {
    row += 1
    column = 0
  }
}

extension Unicode.Scalar {
  /// How many columns libedit gives the scalar: two for a control character (`^A`), none for a mark, and for what
  /// can't be printed the length of its number.
  var columns: Int {
    if value < 0x20 || value == 0x7F { return 2 }
    let width = cel_columns(wchar_t(bitPattern: value))
    if width >= 0 { return Int(width) }
    return value > 0xFFFF ? 8 : 7
  }

  /// How many columns a terminal gives the scalar.
  var shownColumns: Int { max(0, Int(cel_columns(wide))) }

  init(wide: wchar_t) {
    self = Unicode.Scalar(UInt32(bitPattern: wide)) ?? "\u{FFFD}"
  }

  var wide: wchar_t { wchar_t(bitPattern: value) }

  /// As text for a terminal: a control character must not reach it as itself.
  var printable: String {
    if value < 0x20 { return "^" + String(Unicode.Scalar(UInt8(value) | 0x40)) }
    return value == 0x7F ? "^?" : String(self)
  }
}

extension StringProtocol {
  /// The width in columns on a terminal; marks have none.
  var columns: Int {
    unicodeScalars.reduce(0) { $0 + $1.shownColumns }
  }

  /// Cut to `limit` columns, the last of which says that something is missing.
  func truncated(toColumns limit: Int) -> String {
    guard columns > limit, limit > 0 else { return String(self) }
    var kept = String.UnicodeScalarView()
    var used = 1
    for scalar in unicodeScalars {
      used += scalar.shownColumns
      if used > limit { break }
      kept.append(scalar)
    }
    return String(kept) + "…"
  }
}

extension Sequence<Unicode.Scalar> {
  /// As C wants it: NUL at the end and none before.
  var wideString: [wchar_t] {
    var wide = filter { $0.value != 0 }.map(\.wide)
    wide.append(0)
    return wide
  }
}

func writeToTerminal(_ text: String) {
  var text = text
  text.withUTF8 { bytes in
    bytes.withMemoryRebound(to: CChar.self) { cel_write($0.baseAddress, $0.count) }
  }
}
