import EDTF

// The records of the model as they are written into a file. What is added to a record goes to its end, and into the
// format's version.

/// What is written whole, whatever it holds.
package protocol WholeRecord: StoredRecord {
  init()
}

extension WholeRecord {
  package static var nothing: Self { Self() }
  package var isNothing: Bool { false }
}

extension Int32: StoredRecord {
  package static var nothing: Int32 { 0 }
  package var isNothing: Bool { false }
  package func write(to bytes: inout RecordWriter) { bytes.write(number: self) }
  package init(from bytes: inout RecordReader) { self = bytes.number() }
}

extension EDTFTime: StoredRecord {
  package static var nothing: EDTFTime { .unknownInterval }
  package var isNothing: Bool { false }
  package func write(to bytes: inout RecordWriter) { bytes.write(description) }
  package init(from bytes: inout RecordReader) {
    self = (try? EDTFTime(parsing: bytes.text())) ?? .unknownInterval
  }
}

extension LocalizedText: StoredRecord {
  package static var nothing: LocalizedText { LocalizedText() }
  package var isNothing: Bool { isEmpty }

  package func write(to bytes: inout RecordWriter) {
    bytes.write(entries.flatMap { [$0.language, $0.text] })
  }

  package init(from bytes: inout RecordReader) {
    let texts = bytes.record([String].self)
    self.init(
      stride(from: 0, to: texts.count - 1, by: 2).map { Entry(language: texts[$0], text: texts[$0 + 1]) })
  }
}

extension Citation: WholeRecord {
  package init() { self.init(article: 0, line: 0) }

  package func write(to bytes: inout RecordWriter) {
    for number in [article, line, lower, upper] { bytes.write(number: number) }
  }

  package init(from bytes: inout RecordReader) {
    self.init(article: bytes.number(), line: bytes.number(), lower: bytes.number(), upper: bytes.number())
  }
}

extension Relation: WholeRecord {
  package init() { self.init(.about, target: 0) }

  package func write(to bytes: inout RecordWriter) {
    bytes.write(kind.rawValue)
    bytes.write(number: target)
    bytes.write(citation)
    bytes.write(isBackground)
  }

  package init(from bytes: inout RecordReader) {
    self.init(
      RelationKind(rawValue: bytes.text()) ?? .about, target: bytes.number(), citation: bytes.record(),
      isBackground: bytes.flag())
  }
}

extension Office: WholeRecord {
  package init() { self.init(title: LocalizedText(), organization: nil) }

  package func write(to bytes: inout RecordWriter) {
    bytes.write(title)
    bytes.write(organization)
    bytes.write(since)
    bytes.write(until)
  }

  package init(from bytes: inout RecordReader) {
    self.init(
      title: bytes.record(), organization: bytes.record(), since: bytes.record(), until: bytes.record())
  }
}

extension Actor: WholeRecord {
  package init() { self.init(id: "", kind: .person) }

  package func write(to bytes: inout RecordWriter) {
    bytes.write(id)
    bytes.write(number: kind.rawValue)
    bytes.write(names)
    bytes.write(aliases)
    bytes.write(represents)
    bytes.write(offices)
    bytes.write(country)
    bytes.write(citations)
    bytes.write(background)
  }

  package init(from bytes: inout RecordReader) {
    self.init(id: bytes.text(), kind: ActorKind(rawValue: bytes.number()) ?? .person)
    names = bytes.record()
    aliases = bytes.record()
    represents = bytes.record()
    offices = bytes.record()
    country = bytes.record()
    citations = bytes.record()
    background = bytes.record()
  }
}

extension Place: WholeRecord {
  package init() { self.init(id: "") }

  package func write(to bytes: inout RecordWriter) {
    bytes.write(id)
    bytes.write(kind)
    bytes.write(names)
    bytes.write(aliases)
    bytes.write(within)
    bytes.write(country)
    bytes.write(latitude)
    bytes.write(longitude)
    bytes.write(citations)
    bytes.write(background)
  }

  package init(from bytes: inout RecordReader) {
    self.init(id: bytes.text())
    kind = bytes.record()
    names = bytes.record()
    aliases = bytes.record()
    within = bytes.record()
    country = bytes.record()
    latitude = bytes.double()
    longitude = bytes.double()
    citations = bytes.record()
    background = bytes.record()
  }
}

extension Topic: WholeRecord {
  package init() { self.init(id: "") }

  package func write(to bytes: inout RecordWriter) {
    bytes.write(id)
    bytes.write(names)
    bytes.write(background)
  }

  package init(from bytes: inout RecordReader) {
    self.init(id: bytes.text())
    names = bytes.record()
    background = bytes.record()
  }
}
