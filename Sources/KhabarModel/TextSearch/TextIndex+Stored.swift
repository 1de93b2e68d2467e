extension TextIndex: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    sections.write(number: rowCount, "\(name).count")
    bytes.write("\(name).bytes", to: &sections)
    words.write("\(name).words", to: &sections)
    postings.write("\(name).postings", to: &sections)
    postingsOfWord.write("\(name).postings_of_word", to: &sections)
    unclear.write("\(name).unclear", to: &sections)
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    rowCount = try sections.number("\(name).count")
    words = try Offsets("\(name).words", from: sections)
    bytes = try Column("\(name).bytes", from: sections, count: words.total + 1)
    postingsOfWord = try Offsets("\(name).postings_of_word", from: sections)
    postings = try Column("\(name).postings", from: sections, count: postingsOfWord.total)
    unclear = try Column("\(name).unclear", from: sections)
    try sections.expect(words.count, [postingsOfWord.count], name)
  }
}
