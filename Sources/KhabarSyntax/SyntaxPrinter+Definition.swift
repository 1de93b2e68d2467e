import KhabarText

// Definitions: property lists, on one line where they fit. Kinds and fields belong to the model loader and stay as
// they are.
//
//     define actor noor_halabi (name en "Noor Halabi" ar "نور حلبي", represents avaria)

extension SyntaxPrinter {
  /// The longest definition that stays on one line.
  private static let lineWidth = 100

  func print(_ definition: Definition) -> String {
    let head = [word(.define), print(definition.kind)] + (definition.id.map { [print($0)] } ?? [])
    let entries = definition.entries.map(print)
    let line = (head + ["(\(entries.joined(separator: comma)))"]).joined(separator: " ")
    if DisplayWidth.of(line) <= Self.lineWidth { return line }
    let separator = String(comma.prefix(1))
    let lines = entries.map { "  \($0)\(separator)\n" }.joined()
    return head.joined(separator: " ") + " (\n" + lines + ")"
  }

  func print(_ entry: Definition.Entry) -> String {
    ([print(entry.field)] + entry.values.map(print)).joined(separator: " ")
  }

  private func print(_ value: Definition.Value) -> String {
    switch value.kind {
    case .word(let text): text
    case .string(let text): quote(text)
    case .number(let number) where number.text.hasPrefix("-"): negative(String(number.text.dropFirst()))
    case .number(let number): number.text
    case .time(let time): time.description
    case .entries(let entries): "(\(entries.map(print).joined(separator: comma)))"
    }
  }
}
