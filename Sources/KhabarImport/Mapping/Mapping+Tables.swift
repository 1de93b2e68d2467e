import KhabarPlan
import KhabarSyntax

/// Why the columns of a mapping are not those of the tables.
package struct MappingFailure: Error, Sendable {
  package let message: String
  /// In the mapping; nil: it is about a table.
  package let span: Span?
  package let help: String
}

extension Mapping {
  /// A table that is to be read.
  package struct Table: Sendable {
    /// As columns are written with it: `events` of `data/events.tsv.gz`. Several files may be parts of one table.
    package let name: String
    /// As messages call it.
    package let file: String
    package let columns: [String]

    package init(file: String, columns: [String]) {
      self.file = file
      self.columns = columns
      name = Self.name(ofFile: file)
    }

    /// The last part of a path, without what follows the dot, nor what it is packed with.
    static func name(ofFile file: String) -> String {
      var name = file.split(separator: "/").last.map(String.init) ?? file
      for suffix in [".gz", ".zst", ".zip"] where name.lowercased().hasSuffix(suffix) {
        name.removeLast(suffix.count)
      }
      return name.lastIndex(of: ".").flatMap { $0 > name.startIndex ? String(name[..<$0]) : nil } ?? name
    }
  }

  /// What the rows of each of the tables say.
  package func tables(_ tables: [Table]) throws(MappingFailure) -> [TableMapping] {
    var mappings = tables.map { TableMapping(columns: $0.columns) }
    for template in templates {
      for index in try places(of: template, in: tables) {
        let table = tables[index]
        mappings[index].add(
          template.bound { name in
            table.columns.firstIndex(of: name) ?? table.place(ofQualified: name) ?? 0
          })
      }
    }
    if let unused = mappings.firstIndex(where: \.templates.isEmpty), !templates.isEmpty {
      throw MappingFailure(
        message: "no definition of the mapping takes columns of `\(tables[unused].file)`", span: nil,
        help: "its columns: \(tables[unused].columns.joined(separator: ", "))")
    }
    return mappings
  }

  /// The tables that a definition takes its columns from: the parts of one table, or, where it names none, all that there
  /// are.
  private func places(of template: Template, in tables: [Table]) throws(MappingFailure) -> [Int] {
    var owner: (name: String, span: Span)?
    for (column, span) in template.columns where !tables.contains(where: { $0.columns.contains(column) }) {
      guard let name = tables.first(where: { $0.isNamed(inQualified: column) })?.name else {
        throw Self.missing(column, span, in: tables[0], among: tables)
      }
      if let owner, owner.name != name { throw Self.mixed(owner.name, name, span) }
      owner = (name, span)
    }
    let candidates = tables.indices.filter { owner == nil || tables[$0].name == owner?.name }
    return owner == nil
      ? try placesOfBare(template, tables) : try having(template, candidates, tables)
  }

  /// Of a definition that names no table: all that there are, or the one that alone has its columns.
  private func placesOfBare(_ template: Template, _ tables: [Table]) throws(MappingFailure) -> [Int] {
    var only: (name: String, span: Span)?
    for (column, span) in template.columns {
      let names = Set(tables.filter { $0.columns.contains(column) }.map(\.name))
      if names.count == 1, let name = names.first, tables.contains(where: { $0.name != name }) {
        if let only, only.name != name { throw Self.mixed(only.name, name, span) }
        only = (name, span)
      }
    }
    let candidates = tables.indices.filter { only == nil || tables[$0].name == only?.name }
    if only != nil {
      for (column, span) in template.columns {
        let names = Set(tables.filter { $0.columns.contains(column) }.map(\.name)).sorted()
        if names.count > 1 { throw Self.ambiguous(column, span, names) }
      }
    }
    return try having(template, candidates, tables)
  }

  /// The tables, each of which must have all columns of the definition.
  private func having(
    _ template: Template, _ candidates: [Int], _ tables: [Table]
  ) throws(MappingFailure) -> [Int] {
    for index in candidates {
      let table = tables[index]
      for (column, span) in template.columns
      where !table.columns.contains(column) && table.place(ofQualified: column) == nil {
        throw Self.missing(column, span, in: table, among: tables)
      }
    }
    return candidates
  }

  // MARK: - Wording

  private static func missing(
    _ column: String, _ span: Span, in table: Table, among tables: [Table]
  ) -> MappingFailure {
    let rest = column.prefix { $0 != "." }
    if tables.count > 1, rest.count < column.count,
      !tables.contains(where: { $0.isNamed(inQualified: column) })
    {
      return MappingFailure(
        message: "there is no table `\(rest)`, nor a column `\(column)`", span: span,
        help: "the tables: \(tables.map(\.name).joined(separator: ", "))")
    }
    let bare = table.isNamed(inQualified: column) ? String(column.dropFirst(table.name.count + 1)) : column
    let near = Spelling.nearest(to: bare, in: table.columns).first
    return MappingFailure(
      message: "`\(table.file)` has no column `\(bare)`", span: span,
      help: near.map { "did you mean `{\(column.dropLast(bare.count))\($0)}`?" }
        ?? "its columns: \(table.columns.joined(separator: ", "))")
  }

  private static func mixed(_ first: String, _ second: String, _ span: Span) -> MappingFailure {
    MappingFailure(
      message: "a definition takes its columns from one table; found `\(first)` and `\(second)`", span: span,
      help: "define what the other table says under the same id in a definition of its own")
  }

  private static func ambiguous(_ column: String, _ span: Span, _ names: [String]) -> MappingFailure {
    MappingFailure(
      message: "`\(column)` is a column of \(names.map { "`\($0)`" }.joined(separator: " and of "))",
      span: span,
      help: "write whose: `{\(names[0]).\(column)}`")
  }
}

extension Mapping.Table {
  /// Whether a column is written with this table's name: `events.id`.
  fileprivate func isNamed(inQualified column: String) -> Bool { column.hasPrefix(name + ".") }

  fileprivate func place(ofQualified column: String) -> Int? {
    isNamed(inQualified: column)
      ? columns.firstIndex(of: String(column.dropFirst(name.count + 1))) : nil
  }
}

extension Mapping.Template {
  /// With the places of its columns in a heading.
  fileprivate func bound(_ place: (String) -> Int) -> Mapping.Template {
    var template = self
    template.id = id?.bound(place)
    for entry in entries.indices {
      template.entries[entry].values = entries[entry].values.map { value in
        if case .columns(let text, let meaning) = value {
          .columns(text.bound(place), meaning)
        } else {
          value
        }
      }
    }
    return template
  }
}
