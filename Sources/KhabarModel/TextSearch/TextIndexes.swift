/// The indexes of a store's texts, each made when it is first asked for, or read where it lies.
package struct TextIndexes: Sendable {
  private let lazyLabels: Lazy<TextIndex>
  private let lazyGists: Lazy<TextIndex>
  private let lazyTitles: Lazy<TextIndex>

  /// Of events.
  package var labels: TextIndex { lazyLabels.value }
  /// Of reports.
  package var gists: TextIndex { lazyGists.value }
  /// Of articles. Many are addresses, of which an index is as large as they are, so it is not kept in databases.
  package var titles: TextIndex { lazyTitles.value }

  /// So many labels or gists, and more, have their index in the database.
  static let leastCount = 50_000

  init(labels: Lazy<TextIndex>, gists: Lazy<TextIndex>, titles: RecordColumn<LocalizedText>) {
    lazyLabels = labels
    lazyGists = gists
    lazyTitles = Lazy { TextIndex(titles) }
  }

  init(_ events: EventColumns, _ reports: ReportColumns, _ articles: ArticleColumns) {
    self.init(
      labels: Lazy { TextIndex(events.label) }, gists: Lazy { TextIndex(reports.gist) },
      titles: articles.title)
  }

  private static func isKept(_ column: RecordColumn<LocalizedText>) -> Bool {
    column.count >= leastCount && column.indices.contains { !column.isNothing($0) }
  }

  func write(_ name: String, of store: EventStore, to sections: inout SectionWriter) {
    if Self.isKept(store.events.label) { labels.write("\(name).labels", to: &sections) }
    if Self.isKept(store.reports.gist) { gists.write("\(name).gists", to: &sections) }
  }

  init(
    _ name: String, _ events: EventColumns, _ reports: ReportColumns, _ articles: ArticleColumns,
    from sections: SectionReader
  ) throws(StoredError) {
    self.init(
      labels: try Self.read("\(name).labels", events.label, from: sections),
      gists: try Self.read("\(name).gists", reports.gist, from: sections), titles: articles.title)
  }

  private static func read(
    _ name: String, _ column: RecordColumn<LocalizedText>, from sections: SectionReader
  ) throws(StoredError) -> Lazy<TextIndex> {
    guard sections.has("\(name).count") else { return Lazy { TextIndex(column) } }
    let index = try TextIndex(name, from: sections)
    try sections.expect(column.count, [index.rowCount], name)
    return Lazy(made: index)
  }
}
