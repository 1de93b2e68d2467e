import EDTF
import KhabarModel
import KhabarText

/// Models of a few invented actors, places and articles and some tens of events within two months.
package struct RandomModel {
  var random: RandomSource
  var builder = StoreBuilder(vocabulary: .plover)
  /// Whether texts hold whatever a text may hold: for what is printed and read again, not for what is asked.
  var isOdd = false

  package static func make(_ seed: UInt64, isOdd: Bool = false) -> StoreBuilder {
    var model = RandomModel(random: RandomSource(seed: seed), isOdd: isOdd)
    if isOdd { model.addTypes() }
    model.addArticles()
    model.addActors()
    model.addPlaces()
    for index in 0..<model.random.number(isOdd ? 2...8 : 5...30) { model.addEvent(index) }
    for event in model.builder.events.indices { model.addReports(of: event) }
    return model.builder
  }

  // MARK: - Texts

  private static let oddities = [
    "\"", "\\", "\n", "\t", "{", "}", "{{x}}", "#", ";", ",", "،", "(", ")", "|", "'", " ", "  ", "\u{7}",
    "\u{0}",
    "\u{1B}[31m", "\u{85}", "\u{A0}", "\u{AD}", "\u{200B}", "\u{200F}", "\u{202A}", "\u{202E}", "\u{202C}",
    "\u{2028}", "\u{2066}", "\u{2069}", "\u{FEFF}", "\u{FFFD}", "\u{E0041}", "\u{10FFFF}", "e\u{301}", "é",
    "👩‍👩‍👧", "ـ", "أُ", "٢٠٢٣", "\\u{41}", "\r", "\r\n",
  ]

  /// A text as it is, or in odd models with something odd in it.
  private mutating func text(_ text: String) -> String {
    guard isOdd, random.chance(40) else { return text }
    return (random.pick(0...4, of: Self.oddities) + [text]).shuffled(using: &random).joined()
  }

  private mutating func texts(_ english: String, _ arabic: String? = nil) -> LocalizedText {
    var entries = [LocalizedText.Entry(language: "en", text: text(english))]
    if let arabic { entries.append(.init(language: "ar", text: text(arabic))) }
    if isOdd, random.chance(20) { entries.append(.init(language: "zh-Hant", text: text("文"))) }
    // Texts that are the same in English have no order among themselves.
    if isOdd, random.chance(20) { entries.reverse() }
    return LocalizedText(entries)
  }

  /// The entries of an odd record that general knowledge adds to the text.
  private mutating func background(_ fields: [String]) -> [String] {
    isOdd ? fields.filter { _ in random.chance(20) } : []
  }

  private mutating func citations() -> [Citation] {
    guard isOdd, random.chance(40) else { return [] }
    return (0..<random.number(1...4)).map { _ in citation(lines: true) }
  }

  private mutating func citation(lines: Bool = false) -> Citation {
    let article = Int32(random.number(0...(builder.articles.count - 1)))
    var citation = Citation(article: article, line: Int32(random.number(1...9)))
    if isOdd, !lines, random.chance(50) {
      citation.lower = Int32(random.number(0...50))
      citation.upper = citation.lower + Int32(random.number(1...50))
    }
    return citation
  }

  // MARK: - Actors, places, articles, topics

  private static let syllables = [
    ("Vel", "فيل"), ("Tes", "تس"), ("Oru", "أورو"), ("Sam", "سم"), ("Bre", "بري"), ("Dor", "دور"),
    ("Ilka", "إلكا"),
    ("Ond", "أوند"), ("Qual", "كوال"), ("Lis", "ليس"), ("Mir", "مير"), ("Sol", "سول"),
  ]

  private mutating func addActors() {
    for index in 0..<random.number(3...12) {
      let (latin, arabic) = Self.syllables[index]
      var actor = Actor(id: "\(latin.lowercased())_actor", kind: random.pick(ActorKind.allCases))
      // Some surnames, and a few aliases, are shared.
      let (name, surname) = random.chance(12) ? ("Dalmöra", "دالمورة") : ("\(latin)mora", "\(arabic)مورة")
      let isPerson = actor.kind == .person
      actor.names = texts(
        isPerson ? "Noor \(latin) \(name)" : "\(latin)mora",
        random.chance(60) ? (isPerson ? "نور \(arabic) \(surname)" : "\(arabic)مورة") : nil)
      if random.chance(30) { actor.aliases = [text("\(latin) Side"), text("جانب \(arabic)")] }
      if random.chance(6) { actor.aliases.append("the-Envoy") }
      if random.chance(50) { actor.represents = random.pick(0...2, of: (0..<Int32(index)).map { $0 }) }
      for _ in 0..<random.pick([0, 0, 0, 1, 2]) {
        actor.offices.append(
          Office(
            title: texts("envoy \(index)", "مبعوث"),
            organization: random.chance(60) && index > 0 ? Int32(random.number(0...(index - 1))) : nil,
            since: random.chance(50) ? date() : nil, until: random.chance(30) ? date() : nil))
      }
      if random.chance(30) { actor.country = random.pick(["AV", "PT", "LS"]) }
      actor.citations = citations()
      let written = [
        "name": !actor.names.isEmpty, "alias": !actor.aliases.isEmpty, "country": actor.country != nil,
      ]
      actor.background = background(["name", "alias", "country"].filter { written[$0] == true })
      builder.actors.append(actor)
    }
  }

  private mutating func addPlaces() {
    let names = [
      ("Averna", "أفيرنا"), ("Portsel", "بورتسل"), ("Lissar", "ليسار"), ("Dorrin", "دورين"),
      ("Qalden", "قلدن"),
      ("Sámdera", "سامديرا"),
    ]
    for (index, (name, arabic)) in names.enumerated() {
      if index >= 2, random.chance(25) { break }
      var place = Place(id: "\(Folding.fold(name))_place")
      place.kind = random.pick(["country", "city", "region", nil])
      place.names = texts(name, random.chance(60) ? arabic : nil)
      if random.chance(25) { place.aliases = [text("Old \(name)")] }
      if index > 0, random.chance(65) { place.within = [Int32(random.number(0...(index - 1)))] }
      if random.chance(30) { place.country = random.pick(["AV", "PT"]) }
      if random.chance(30) {
        (place.latitude, place.longitude) = (
          Double(random.number(-900...900)) / 10, Double(random.number(-1800...1800)) / 10
        )
        if isOdd, random.chance(50) {
          place.latitude = Double.random(in: -90...90, using: &random)
          place.longitude = random.pick([-0.0, 1e-7, 0.000_012_5, 179.999_999_999, -1e-12, 1e-300, 1e-5])
        }
      }
      place.citations = citations()
      place.background = background(["name"] + (place.kind == nil ? [] : ["kind"]))
      builder.places.append(place)
    }
  }

  private mutating func addArticles() {
    for index in 0..<random.number(1...4) {
      var article = Article(id: "article_\(index)")
      article.title = texts("Title \(index)", random.chance(30) ? "عنوان \(index)" : nil)
      article.publisher =
        random.chance(85) ? random.pick(["Qalden Voice", "Brenoval Courier", "صوت قلدن"]) : nil
      if isOdd, let publisher = article.publisher { article.publisher = text(publisher) }
      article.language = random.pick(["en", "ar", nil])
      article.published = date()
      if random.chance(20) { article.sha256 = String(repeating: random.pick(["0a", "f9"]), count: 32) }
      article.background = background(article.language == nil ? [] : ["language"])
      builder.articles.append(article)
    }
    for (name, arabic) in [("salt", "الملح"), ("tolls", "رسوم")] {
      var topic = Topic(id: "\(name)_topic")
      topic.names = texts(name, arabic)
      topic.background = background(["name"])
      builder.topics.append(topic)
    }
  }

  /// Types of the model's own, with nouns, modes and contexts, and more words for one of PLOVER's.
  private mutating func addTypes() {
    if random.chance(30), let type = builder.vocabulary.type("CONSULT") {
      builder.vocabulary.addMode(builder.vocabulary.internMode("afloat"), toType: type)
      if random.chance(50) { builder.vocabulary.addNoun("parleys", .init(type: type)) }
    }
    for (index, name) in ["regatta", "vigil", "night_vigil"].enumerated() where random.chance(70) {
      let parents = ["CONSULT", "PROTEST", "vigil", nil].map { $0.flatMap(builder.vocabulary.type) ?? -1 }
      let parent = random.pick(parents)
      let type = builder.vocabulary.defineType(
        name, parent: parent, quad: Int8(random.number(-1...3)),
        score: random.pick([nil, 0, 15, -25, 100, -5]))
      if random.chance(60) {
        let mode = builder.vocabulary.internMode("mode_\(index)")
        builder.vocabulary.addMode(mode, toType: type)
      }
      if random.chance(60) { builder.vocabulary.addNoun("\(name)s", .init(type: type)) }
      if random.chance(40) { _ = builder.vocabulary.internContext("festive_\(index)") }
    }
  }

  // MARK: - Times

  package static func text(_ day: Int) -> String {
    let days = ["01", "02", "03", "04", "05", "06", "07", "08", "09"] + (10...31).map { "\($0)" }
    return day < 31 ? "2031-03-\(days[day])" : "2031-04-\(days[(day - 31) % 30])"
  }

  /// A time of any form.
  mutating func time() -> EDTFTime? {
    let first = random.number(0...60)
    let last = min(60, first + random.number(0...9))
    let (start, end) = (Self.text(first), Self.text(last))
    let forms = [
      start, start, start, "\(start)/\(end)", "\(start)/\(end)", "2031-03", "2031-04", "\(start)/..",
      "\(start)/",
      "../\(end)", "/\(end)", "[..\(end)]", "[\(start)..]", "[\(start),\(end)]", "[\(start)..\(end)]",
      "{\(start),\(end)}", "\(start)~", "2031-03-1X", "2031", "2031-03/\(end)", "\(start)/2031-04", "2031-21",
      "2031-03/2031-04",
    ]
    return random.chance(12) ? nil : EDTFTime(random.pick(forms))
  }

  /// The date of an article or a report.
  private mutating func date() -> EDTFTime? {
    let day = Self.text(random.number(0...60))
    return random.chance(15)
      ? nil : EDTFTime(random.pick([day, day, day, "2031-03", "[..\(day)]", "2031-03-2X"]))
  }

  // MARK: - Events and reports

  private mutating func addEvent(_ index: Int) {
    let vocabulary = builder.vocabulary
    var names = ["CONSULT", "CONSULT", "negotiation", "summit", "STATEMENT", "RETREAT", "ASSAULT", "AGREE"]
    if isOdd { names += ["regatta", "vigil", "night_vigil"] }
    let type = vocabulary.type(random.pick(names)) ?? 0
    var event = EventRecord(id: "\(random.pick(["a", "k", "z"]))_event_\(index)", type: type)
    let modes = vocabulary.modes(ofType: type)
    if !modes.isEmpty, random.chance(50) { event.mode = random.pick(modes) }
    event.contexts = random.pick(
      0...2, of: [0, 8, 19] + (isOdd ? [Int16(vocabulary.contexts.count - 1)] : []))
    if random.chance(80) {
      let number = random.number(1...5)
      event.label = texts("Label \(number)", number % 2 == 1 ? "حدث \(number)" : nil)
    }
    if random.chance(20) { event.score = Int16(random.number(-100...100)) }
    event.time = time()
    event.place = random.chance(75) ? Int32(random.number(0...(builder.places.count - 1))) : -1
    let actors = random.pick(0...4, of: builder.actors.indices.map { Int32($0) })
    event.participants = actors.map {
      Participation(actor: $0, role: random.pick([0, 0, 1, 2]), certainty: random.pick(Certainty.allCases))
    }
    if let actor = actors.first, random.chance(15) {
      event.participants.append(Participation(actor: actor, role: 3 % 3 == actor % 3 ? 1 : 2))
    }
    if isOdd, let actor = actors.last {
      let role = builder.vocabulary.internRole(random.pick(["mediator", "witness", "host"]))
      event.participants.append(
        Participation(actor: actor, role: role, certainty: random.pick(Certainty.allCases)))
    }
    event.topics = random.pick(0...1, of: [0, 1])
    for target in random.pick(0...3, of: (0..<Int32(index)).map { $0 }) {
      let kind = random.pick([.causes, .partOf, .follows, .alongside, .about, .about] as [RelationKind])
      let (isCited, isBackground) = (isOdd && random.chance(30), isOdd && random.chance(20))
      event.relations.append(
        Relation(kind, target: target, citation: isCited ? citation() : nil, isBackground: isBackground))
    }
    event.background = background(event.label.isEmpty ? ["type"] : ["type", "label"])
    builder.events.append(event)
  }

  private mutating func addReports(of event: Int) {
    for _ in 0..<random.pick([0, 1, 1, 1, 2, 3]) {
      var report = ReportRecord(
        event: Int32(event), article: Int32(random.number(0...(builder.articles.count - 1))),
        status: random.pick(Status.allCases), certainty: random.pick(Certainty.allCases))
      report.source = random.chance(60) ? Int32(random.number(0...(builder.actors.count - 1))) : -1
      report.gist = texts("gist \(builder.reports.count)", random.chance(20) ? "خلاصة" : nil)
      report.evidence = (0..<random.number(0...2)).map { _ in citation() }
      if random.chance(30) { report.date = date() }
      report.background = background(["status", "gist"])
      builder.reports.append(report)
    }
  }
}
