import EDTF
import KhabarModel

/// Models of a few invented actors, places and articles and some tens of events within two months.
struct RandomModel {
  var random: RandomSource
  var builder = StoreBuilder(vocabulary: .plover)

  static func make(_ seed: UInt64) -> StoreBuilder {
    var model = RandomModel(random: RandomSource(seed: seed))
    model.addActors()
    model.addPlaces()
    model.addArticles()
    for index in 0..<model.random.number(5...30) { model.addEvent(index) }
    for event in model.builder.events.indices { model.addReports(of: event) }
    return model.builder
  }

  private mutating func addActors() {
    let syllables = ["vel", "tes", "oru", "sam", "bre", "dor", "ilka", "ond", "qual", "lis", "mir", "sol"]
    for index in 0..<random.number(3...12) {
      var actor = Actor(id: "\(syllables[index])_actor", kind: random.pick(ActorKind.allCases))
      actor.names = LocalizedText([.init(language: "en", text: "\(syllables[index].capitalized)mora")])
      if random.chance(30) { actor.aliases = ["\(syllables[index].capitalized) Side"] }
      if random.chance(50) { actor.represents = random.pick(0...2, of: (0..<Int32(index)).map { $0 }) }
      builder.actors.append(actor)
    }
  }

  private mutating func addPlaces() {
    for (index, name) in ["Averna", "Portsel", "Lissar", "Dorrin", "Qalden", "Samdera"].enumerated() {
      if index >= 2, random.chance(25) { break }
      var place = Place(id: "\(name.lowercased())_place")
      place.kind = random.pick(["country", "city", "region", nil])
      place.names = LocalizedText([.init(language: "en", text: name)])
      if index > 0, random.chance(65) { place.within = [Int32(random.number(0...(index - 1)))] }
      builder.places.append(place)
    }
  }

  private mutating func addArticles() {
    for index in 0..<random.number(1...4) {
      var article = Article(id: "article_\(index)")
      article.title = LocalizedText([.init(language: "en", text: "Title \(index)")])
      article.publisher = random.chance(85) ? random.pick(["Qalden Voice", "Brenoval Courier"]) : nil
      article.language = random.pick(["en", "ar", nil])
      article.published = date()
      builder.articles.append(article)
    }
    for name in ["salt", "tolls"] {
      var topic = Topic(id: "\(name)_topic")
      topic.names = LocalizedText([.init(language: "en", text: name)])
      builder.topics.append(topic)
    }
  }

  // MARK: - Times

  static func text(_ day: Int) -> String {
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
    let names = ["CONSULT", "CONSULT", "negotiation", "summit", "STATEMENT", "RETREAT", "ASSAULT", "AGREE"]
    let type = vocabulary.type(random.pick(names)) ?? 0
    var event = EventRecord(id: "\(random.pick(["a", "k", "z"]))_event_\(index)", type: type)
    let modes = vocabulary.modes(ofType: type)
    if !modes.isEmpty, random.chance(50) { event.mode = random.pick(modes) }
    event.contexts = random.pick(0...2, of: [0, 8, 19])
    if random.chance(80) {
      event.label = LocalizedText([.init(language: "en", text: "Label \(random.number(1...5))")])
    }
    event.time = time()
    event.place = random.chance(75) ? Int32(random.number(0...(builder.places.count - 1))) : -1
    let actors = random.pick(0...4, of: builder.actors.indices.map { Int32($0) })
    event.participants = actors.map {
      Participation(actor: $0, role: random.pick([0, 0, 1, 2]), certainty: random.pick(Certainty.allCases))
    }
    if let actor = actors.first, random.chance(15) {
      event.participants.append(Participation(actor: actor, role: 3 % 3 == actor % 3 ? 1 : 2))
    }
    event.topics = random.pick(0...1, of: [0, 1])
    for target in random.pick(0...3, of: (0..<Int32(index)).map { $0 }) {
      event.relations.append(
        Relation(random.pick([.causes, .partOf, .follows, .alongside, .about, .about]), target: target))
    }
    builder.events.append(event)
  }

  private mutating func addReports(of event: Int) {
    for _ in 0..<random.pick([0, 1, 1, 1, 2, 3]) {
      var report = ReportRecord(
        event: Int32(event), article: Int32(random.number(0...(builder.articles.count - 1))),
        status: random.pick(Status.allCases), certainty: random.pick(Certainty.allCases))
      report.source = random.chance(60) ? Int32(random.number(0...(builder.actors.count - 1))) : -1
      report.gist = LocalizedText([.init(language: "en", text: "gist \(builder.reports.count)")])
      report.evidence = (0..<random.number(0...2)).map { _ in
        Citation(article: report.article, line: Int32(random.number(1...9)))
      }
      if random.chance(30) { report.date = date() }
      builder.reports.append(report)
    }
  }
}
