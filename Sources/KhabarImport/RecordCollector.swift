import EDTF
import KhabarModel

/// Makes a model of the rows of a collection: what rows call by the same name becomes one record.
struct RecordCollector {
  var builder = StoreBuilder(vocabulary: .plover)
  private var actors: [String: Int32] = [:]
  private var places: [String: Int32] = [:]
  private var articles: [String: Int32] = [:]
  private var events: [String: Int32] = [:]
  private var times: [String: EDTFTime] = [:]
  private var reports: [Int64: Int] = [:]
  /// Events by what makes rows of a collection speak of the same one.
  var eventByKey: [String: Int32] = [:]

  // MARK: - Ids

  /// A word made of a name: letters and digits of any script, the rest as `_`.
  static func word(_ name: some StringProtocol) -> String {
    var word = ""
    var isBroken = false
    for scalar in name.lowercased().unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal {
        if isBroken, !word.isEmpty { word += "_" }
        isBroken = false
        word.unicodeScalars.append(scalar)
      } else if scalar != "'" && scalar != "’" {
        isBroken = true
      }
    }
    guard let first = word.unicodeScalars.first else { return "unnamed" }
    return first.properties.isAlphabetic ? word : "n" + word
  }

  /// A text as it is where it is a word of ASCII, else a word made of it.
  static func idWord(_ text: String) -> String {
    let bytes = text.utf8
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
    let isWord =
      bytes.first.map(isLetter) ?? false
      && bytes.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x5F || isLetter($0) }
    return isWord ? text : word(text)
  }

  /// Where the record of an id stands; it is made where it is not there.
  private static func index<Record>(
    of id: String, _ known: inout [String: Int32], _ records: inout [Record], _ make: (String) -> Record
  ) -> Int32 {
    if let index = known[id] { return index }
    let index = Int32(truncatingIfNeeded: records.count)
    records.append(make(id))
    known[id] = index
    return index
  }

  /// `1 death`, `12 deaths`
  static func deaths(_ count: Int) -> String { "\(count) death\(count == 1 ? "" : "s")" }

  static func english(_ text: String) -> LocalizedText {
    LocalizedText([LocalizedText.Entry(language: "en", text: text)])
  }

  // MARK: - Actors and places

  mutating func state(_ country: Country) -> Int32 {
    actor(id: Self.word(country.english)) {
      var state = Actor(id: $0, kind: .state)
      state.names = country.names
      state.country = country.alpha2
      return state
    }
  }

  /// - Parameter represents: The state whose organ it is.
  mutating func actor(
    _ name: String, code: String? = nil, kind: ActorKind = .organization, country: Country? = nil,
    represents: Country? = nil
  ) -> Int32 {
    let state = represents.map { self.state($0) }
    return actor(id: Self.word(code.map { "\(name) \($0)" } ?? name)) {
      var actor = Actor(id: $0, kind: kind)
      actor.names = Self.english(name)
      actor.country = country?.alpha2
      actor.represents = state.map { [$0] } ?? []
      return actor
    }
  }

  /// The sectors, in CAMEO and PLOVER alike, that are a state's own.
  static let stateSectors: Set<String> = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"]

  /// An organ of a state represents it; all else that a collection names in a country is a group.
  mutating func actor(_ name: String, code: String? = nil, of country: Country?, isOrgan: Bool) -> Int32 {
    actor(
      name, code: code, kind: isOrgan ? .organization : .group, country: country,
      represents: isOrgan ? country : nil)
  }

  private mutating func actor(id: String, _ make: (String) -> Actor) -> Int32 {
    Self.index(of: id, &actors, &builder.actors, make)
  }

  mutating func place(_ country: Country) -> Int32 {
    place(id: Self.word(country.english) + "_land") {
      var place = Place(id: $0)
      place.kind = "country"
      place.names = country.names
      place.country = country.alpha2
      return place
    }
  }

  /// A place within others, the smallest first: `["Selm", "Norland"]` in a country; nil: nothing is known.
  mutating func place(
    _ names: [String], kinds: [String?], country: Country?, latitude: Double? = nil, longitude: Double? = nil
  ) -> Int32? {
    var outer = country.map { place($0) }
    for index in names.indices.reversed() {
      let within = outer
      let parts = names[index...].map { Self.word($0) } + (country.map { [Self.word($0.english)] } ?? [])
      outer = place(id: parts.joined(separator: "_")) {
        var place = Place(id: $0)
        place.kind = kinds.indices.contains(index) ? kinds[index] : nil
        place.names = Self.english(names[index])
        place.within = within.map { [$0] } ?? []
        if index == 0, let latitude, let longitude, abs(latitude) <= 90, abs(longitude) <= 180 {
          place.latitude = latitude
          place.longitude = longitude
        }
        return place
      }
    }
    return outer
  }

  /// The place that columns tell, the smallest first; names that a larger one has as well are there once.
  ///
  /// - Parameter countryName: What the country is called there; nil: as here.
  mutating func place(
    _ row: SourceRow, columns: [(name: String, kind: String?)], country: Country?, countryName: String? = nil,
    none: Set<String> = []
  ) -> Int32? {
    let countryName = countryName ?? country?.english
    var names: [String] = []
    var kinds: [String?] = []
    for column in columns {
      guard let name = row.text(column.name, none: none), name != names.last, name != countryName else {
        continue
      }
      names.append(name)
      kinds.append(column.kind)
    }
    func degrees(_ name: String) -> Double? {
      (row.text(name, none: none) ?? row.text(name.lowercased(), none: none)).flatMap(Double.init)
    }
    return place(
      names, kinds: kinds, country: country, latitude: degrees("Latitude"), longitude: degrees("Longitude"))
  }

  private mutating func place(id: String, _ make: (String) -> Place) -> Int32 {
    Self.index(of: id, &places, &builder.places, make)
  }

  // MARK: - Articles, events, reports

  mutating func article(
    _ id: String, title: String? = nil, publisher: String? = nil, language: String? = nil,
    published: EDTFTime? = nil
  ) -> Int32 {
    Self.index(of: id, &articles, &builder.articles) {
      var article = Article(id: $0)
      if let title { article.title = Self.english(title) }
      article.publisher = publisher
      article.language = language
      article.published = published
      return article
    }
  }

  /// The article at an address, which is its title.
  mutating func article(page: String, publisher: String?, published: EDTFTime?) -> Int32 {
    article("page_\(ContentHash.word(page))", title: page, publisher: publisher, published: published)
  }

  func event(_ id: String) -> Int32? { events[id] }

  /// Where the next event will stand.
  var nextEvent: Int32 { Int32(truncatingIfNeeded: builder.events.count) }

  /// Of an event that goes both ways all participants act.
  mutating func makeActors(ofEvent event: Int32) {
    for index in builder.events[Int(event)].participants.indices {
      builder.events[Int(event)].participants[index].role = Vocabulary.actorRole
    }
  }

  /// Adds the words that a collection has beside PLOVER's.
  mutating func define(type: String, mode: String? = nil, contexts: [String] = []) {
    let index = builder.vocabulary.type(type) ?? builder.vocabulary.defineType(type)
    if let mode { builder.vocabulary.addMode(builder.vocabulary.internMode(mode), toType: index) }
    for context in contexts { _ = builder.vocabulary.internContext(context) }
  }

  /// An event of a type of PLOVER's, or its index if it is there.
  mutating func event(
    _ id: String, _ type: String, mode: String? = nil, contexts: [String] = [],
    _ fill: (inout EventRecord) -> Void
  ) -> Int32 {
    let words = builder.vocabulary
    return Self.index(of: id, &events, &builder.events) {
      var event = EventRecord(id: $0, type: words.type(type) ?? 0)
      if let mode, let code = words.mode(mode), words.modes(ofType: event.type).contains(code) {
        event.mode = code
      }
      event.contexts = contexts.compactMap { words.context($0) }
      fill(&event)
      return event
    }
  }

  /// - Parameter fill: Is given the report of the event by the article, new or as it is there.
  /// - Returns: Whether it is new.
  @discardableResult
  mutating func report(
    _ event: Int32, in article: Int32, certainty: Certainty = .certain,
    _ fill: (inout ReportRecord) -> Void = { _ in }
  ) -> Bool {
    let key = Int64(event) << 32 | Int64(article)
    if let known = reports[key] {
      fill(&builder.reports[known])
      return false
    }
    var report = ReportRecord(event: event, article: article, status: .occurred, certainty: certainty)
    fill(&report)
    reports[key] = builder.reports.count
    builder.reports.append(report)
    return true
  }

  // MARK: - Times

  /// A time in EDTF, each read once.
  mutating func time(_ text: String) -> EDTFTime? {
    if let known = times[text] { return known }
    guard let time = try? EDTFTime(parsing: text) else { return nil }
    times[text] = time
    return time
  }

  /// `20140218…` as a day.
  mutating func day(digits text: String) -> EDTFTime? {
    let digits = Array(text.utf8.prefix(8))
    guard digits.count == 8 else { return nil }
    let parts = [digits[0..<4], digits[4..<6], digits[6..<8]].map { String(decoding: $0, as: UTF8.self) }
    return time(parts.joined(separator: "-"))
  }
}

extension Participation {
  static func actor(_ index: Int32) -> Participation {
    Participation(actor: index, role: Vocabulary.actorRole)
  }
  static func recipient(_ index: Int32) -> Participation {
    Participation(actor: index, role: Vocabulary.recipientRole)
  }
}

extension Country {
  var names: LocalizedText {
    LocalizedText([
      LocalizedText.Entry(language: "en", text: english), LocalizedText.Entry(language: "ar", text: arabic),
    ])
  }
}
