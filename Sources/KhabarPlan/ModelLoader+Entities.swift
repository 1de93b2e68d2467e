import EDTF
import KhabarModel
import KhabarSyntax

// Articles, topics, actors and places.

extension ModelLoader {
  /// `define article ID ( title …, publisher "…", language TAG, published TIME, sha256 "…" )`
  mutating func fillArticle(_ declared: Declared) {
    var article = builder.articles[Int(declared.index)]
    article.background = readEntries(declared, into: &article) {
      loader, reader, article throws(DefinitionFailure) in
      switch reader.field.text {
      case "title": try loader.readTexts(&reader, into: &article.title)
      case "publisher": article.publisher = try reader.string()
      case "language": article.language = try loader.readLanguage(&reader)
      case "published": article.published = try reader.time()
      default: article.sha256 = try loader.readDigest(&reader)
      }
    }
    builder.articles[Int(declared.index)] = article
  }

  private func readLanguage(_ reader: inout EntryReader) throws(DefinitionFailure) -> String {
    let (text, span) = try reader.word("a language tag, such as `ar`")
    guard let tag = LanguageTag.canonical(text) else {
      throw DefinitionFailure(.wrongLanguage(text, span: span))
    }
    return tag
  }

  private func readDigest(_ reader: inout EntryReader) throws(DefinitionFailure) -> String {
    let span = reader.span
    let digest = try reader.string("a digest in double quotes").lowercased()
    let isHexadecimal = digest.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    if digest.utf8.count != 64 || !isHexadecimal { throw DefinitionFailure(.wrongDigest(digest, span: span)) }
    return digest
  }

  /// `define topic ID ( name … )`
  mutating func fillTopic(_ declared: Declared) {
    var topic = builder.topics[Int(declared.index)]
    topic.background = readEntries(declared, into: &topic) {
      loader, reader, topic throws(DefinitionFailure) in
      try loader.readTexts(&reader, into: &topic.names)
    }
    builder.topics[Int(declared.index)] = topic
  }

  /// `define state|person|organization|group ID`
  /// `( name …, alias …, represents ID…, office …, country XX, lines … )`
  mutating func fillActor(_ declared: Declared) {
    var actor = builder.actors[Int(declared.index)]
    actor.background = readEntries(declared, into: &actor) {
      loader, reader, actor throws(DefinitionFailure) in
      switch reader.field.text {
      case "name": try loader.readTexts(&reader, into: &actor.names)
      case "alias": try loader.readStrings(&reader, into: &actor.aliases)
      case "represents":
        try loader.readLinks(.actor, &reader, from: declared.index, into: &actor.represents)
      case "office": actor.offices.append(try loader.readOffice(&reader))
      case "country": actor.country = try loader.readCountry(&reader)
      default: try loader.readLines(&reader, into: &actor.citations)
      }
    }
    builder.actors[Int(declared.index)] = actor
  }

  /// `en "…" ar "…" [of ID] [since TIME] [until TIME]`
  private mutating func readOffice(_ reader: inout EntryReader) throws(DefinitionFailure) -> Office {
    var office = Office(title: LocalizedText(), organization: nil)
    try readTexts(&reader, into: &office.title)
    if reader.take(word: "of") { office.organization = try readReference(.actor, &reader) }
    if reader.take(word: "since") { office.since = try reader.time() }
    if reader.take(word: "until") { office.until = try reader.time() }
    return office
  }

  /// `define place ID ( name …, alias …, kind WORD, within ID…, country XX, coordinates LAT LON, lines … )`
  mutating func fillPlace(_ declared: Declared) {
    var place = builder.places[Int(declared.index)]
    place.background = readEntries(declared, into: &place) {
      loader, reader, place throws(DefinitionFailure) in
      switch reader.field.text {
      case "name": try loader.readTexts(&reader, into: &place.names)
      case "alias": try loader.readStrings(&reader, into: &place.aliases)
      case "kind": place.kind = try reader.word("a kind, such as `city`").text
      case "within": try loader.readLinks(.place, &reader, from: declared.index, into: &place.within)
      case "country": place.country = try loader.readCountry(&reader)
      case "coordinates":
        place.latitude = try loader.readCoordinate(&reader, isLatitude: true)
        place.longitude = try loader.readCoordinate(&reader, isLatitude: false)
      default: try loader.readLines(&reader, into: &place.citations)
      }
    }
    if place.longitude == nil { place.latitude = nil }
    builder.places[Int(declared.index)] = place
  }

  private func readCoordinate(_ reader: inout EntryReader, isLatitude: Bool) throws(DefinitionFailure)
    -> Double
  {
    let number = try reader.number(isLatitude ? "a latitude in degrees" : "a longitude in degrees")
    let limit = isLatitude ? 90.0 : 180.0
    if !(abs(number.value) <= limit) {
      throw DefinitionFailure(.wrongCoordinate(number.text, latitude: isLatitude, span: number.span))
    }
    return number.value
  }

  /// Ids of a relation that must not go round in a circle.
  private mutating func readLinks(
    _ kind: EntityKind, _ reader: inout EntryReader, from: Int32, into targets: inout [Int32]
  ) throws(DefinitionFailure) {
    let field = reader.field.text
    var found: [(target: Int32, span: Span)] = []
    try readReferences(kind, &reader) { found.append(($0, $1)) }
    for (target, span) in found {
      links.append(Link(field: field, from: from, to: target, span: span, source: source))
      if !targets.contains(target) { targets.append(target) }
    }
  }
}
