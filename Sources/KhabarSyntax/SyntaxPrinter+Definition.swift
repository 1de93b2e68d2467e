// Definitions: property lists. Kinds, fields and what the values have of the
// vocabulary are spelled in the language; ids stay as they are.
//
//     define actor noor_halabi (name en "Noor Halabi" ar "نور حلبي", represents avaria)

extension SyntaxPrinter {
  func print(_ definition: Definition) -> String {
    let head = [word(.define), print(kind: definition.kind)] + (definition.id.map { [print($0)] } ?? [])
    return (head + ["(\(definition.entries.map(print).joined(separator: comma)))"]).joined(separator: " ")
  }

  func print(_ entry: Definition.Entry) -> String {
    var words = [word(entry.field, as: .entry)]
    for (index, value) in entry.values.enumerated() {
      let last = index > 0 ? entry.values[index - 1] : nil
      words.append(print(value, as: Definition.roles(ofWordIn: entry.field.text, after: last)))
    }
    return words.joined(separator: " ")
  }

  /// `person`, `شخص`
  private func print(kind: Name) -> String {
    guard language == .arabic, let keyword = Keyword.english(kind.text, as: .definition) else {
      return print(kind)
    }
    return keyword.arabicIndefinite
  }

  private func print(_ value: Definition.Value, as roles: Keyword.Roles) -> String {
    switch value.kind {
    case .word(let text):
      language == .arabic ? Keyword.english(text, as: roles)?.arabicIndefinite ?? text : text
    case .string(let text): quote(text)
    case .number(let number) where number.text.hasPrefix("-"): negative(String(number.text.dropFirst()))
    case .number(let number): number.text
    case .time(let time): time.description
    case .entries(let entries): "(\(entries.map(print).joined(separator: comma)))"
    }
  }
}
