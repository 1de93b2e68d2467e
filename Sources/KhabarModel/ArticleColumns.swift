import EDTF

/// Articles, each made when it is asked for: where every event has an article of its own, there are as many.
package struct ArticleColumns: RandomAccessCollection, Sendable {
  package let ids: TextColumn
  package let publisher: WordColumn
  package let language: WordColumn
  package let published: TimeColumn
  package let title: RecordColumn<LocalizedText>
  package let sha256: RecordColumn<String?>
  package let background: RecordColumn<[String]>

  package init(
    ids: TextColumn, publisher: WordColumn, language: WordColumn, published: TimeColumn,
    title: RecordColumn<LocalizedText>, sha256: RecordColumn<String?>, background: RecordColumn<[String]>
  ) {
    self.ids = ids
    self.publisher = publisher
    self.language = language
    self.published = published
    self.title = title
    self.sha256 = sha256
    self.background = background
  }

  package init(_ articles: [Article] = []) {
    ids = TextColumn(articles.map(\.id))
    title = RecordColumn(articles.map(\.title))
    publisher = WordColumn(articles.map(\.publisher))
    language = WordColumn(articles.map(\.language))
    published = TimeColumn(articles.map(\.published))
    sha256 = RecordColumn(articles.map(\.sha256))
    background = RecordColumn(articles.map(\.background))
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { ids.count }

  package subscript(row: Int) -> Article {
    var article = Article(id: ids[row])
    article.title = title[row]
    article.publisher = publisher[row]
    article.language = language[row]
    article.published = published.time(row)
    article.sha256 = sha256[row]
    article.background = background[row]
    return article
  }
}

extension ArticleColumns: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    ids.write("\(name).id", to: &sections)
    title.write("\(name).title", to: &sections)
    publisher.write("\(name).publisher", to: &sections)
    language.write("\(name).language", to: &sections)
    published.write("\(name).published", to: &sections)
    sha256.write("\(name).sha256", to: &sections)
    background.write("\(name).background", to: &sections)
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    ids = try TextColumn("\(name).id", from: sections)
    title = try RecordColumn("\(name).title", from: sections)
    publisher = try WordColumn("\(name).publisher", from: sections)
    language = try WordColumn("\(name).language", from: sections)
    published = try TimeColumn("\(name).published", from: sections)
    sha256 = try RecordColumn("\(name).sha256", from: sections)
    background = try RecordColumn("\(name).background", from: sections)
    try sections.expect(
      ids.count,
      [title.count, publisher.count, language.count, published.count, sha256.count, background.count], name)
  }
}
