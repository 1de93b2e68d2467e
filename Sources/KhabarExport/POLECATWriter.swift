import KhabarModel

/// The events of a model as POLECAT has them: tab-separated, under a header, a row for each article that reports an event.
///
/// POLECAT has neither statuses nor times that are known in part: what is planned, denied or the like is left out, as are
/// events of types that PLOVER has nothing for, and the date is the first day on which the event may have begun.
package struct POLECATWriter {
  private static let columns = [
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts", "Actor Name",
    "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw",
    "Wikipedia Actor ID", "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID", "Placename",
    "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language",
    "Version", "Headline", "Event Text", "Feed", "Story ID",
  ]

  /// What has no row.
  package struct LeftOut: Sendable, Equatable {
    /// Events of types that PLOVER has nothing for.
    package var untyped = 0
    /// Reports of what has not occurred.
    package var notOccurred = 0

    package init() {}

    /// What there is of it, in words; nil: nothing.
    package var text: String? {
      if self == LeftOut() { return nil }
      let reports = "\(notOccurred) reports of what has not occurred"
      return "\(reports), \(untyped) events of types that PLOVER has nothing for"
    }
  }

  private let store: EventStore
  private let language: String

  /// - Parameter language: Of names, where there is a choice.
  package init(_ store: EventStore, language: String = "en") {
    self.store = store
    self.language = language
  }

  /// - Returns: What had to be left out.
  package func write(to output: inout some TextOutputStream) -> LeftOut {
    var leftOut = LeftOut()
    output.write(Self.columns.joined(separator: "\t") + "\n")
    for event in 0..<store.events.count {
      guard let type = ploverType(store.events.type[event]) else {
        leftOut.untyped += 1
        continue
      }
      let fields = fields(ofEvent: event, type)
      let reports = store.events.reports.range(event)
      if reports.isEmpty { write(fields, to: &output) }
      for report in reports {
        guard [.occurred, .ongoing].contains(Status(rawValue: store.reports.status[report])) else {
          leftOut.notOccurred += 1
          continue
        }
        write(fields.merging(self.fields(ofReport: report)) { $1 }, to: &output)
      }
    }
    return leftOut
  }

  private func write(_ fields: [String: String], to output: inout some TextOutputStream) {
    let row = Self.columns.map { fields[$0].map(field) ?? "None" }
    output.write(row.joined(separator: "\t") + "\n")
  }

  // MARK: - Fields

  /// The type, or what it is a subtype of, that is PLOVER's own.
  private func ploverType(_ type: Int16) -> Int16? {
    store.vocabulary.lineage(type).first { !store.vocabulary.types[Int($0)].isExtension }
  }

  private func fields(ofEvent row: Int, _ type: Int16) -> [String: String] {
    let (events, words) = (store.events, store.vocabulary)
    var fields = ["Event ID": events.ids[row], "Event Type": words.types[Int(type)].id]
    fields["Event Date"] = events.days(row).first { $0.bound == .earliestStart }?.day
    if events.mode[row] >= 0 { fields["Event Mode"] = words.modes[Int(events.mode[row])] }
    fields["Intensity"] = store.score(ofEvent: row).map(scoreText)
    let quad = words.quad(ofType: type)
    if quad >= 0 { fields["Quad Code"] = Vocabulary.quads[Int(quad)].uppercased() }
    fields["Contexts"] = Self.list(events.contexts[row].map { words.contexts[Int($0)] })
    let participations = events.participations.range(row).map { events.participations[$0] }
    addActors(participations.filter { $0.role != Vocabulary.recipientRole }, "Actor", to: &fields)
    addActors(participations.filter { $0.role == Vocabulary.recipientRole }, "Recipient", to: &fields)
    if events.place[row] >= 0 { addPlace(events.place[row], to: &fields) }
    return fields
  }

  private func addActors(
    _ participations: [Participation], _ side: String, to fields: inout [String: String]
  ) {
    let actors = participations.map { store.actors[Int($0.actor)] }
    let states = participations.map { participation in
      store.representation.represented[Int(participation.actor)].lazy.map { store.actors[Int($0)] }
        .first { $0.kind == .state }
    }
    fields["\(side) Name"] = Self.list(actors.map { $0.names.preferred(language) ?? $0.id })
    fields["\(side) Country"] = Self.list(
      zip(actors, states).map { Self.alpha3($0.country ?? $1?.country) ?? "None" })
    fields["Primary \(side) Sector"] = Self.list(states.map { $0 == nil ? "None" : "GOV" })
  }

  private func addPlace(_ index: Int32, to fields: inout [String: String]) {
    let places = store.containment.ancestors[Int(index)].map { store.places[Int($0)] }
    let place = store.places[Int(index)]
    func name(_ place: Place) -> String { place.names.preferred(language) ?? place.id }
    fields["Placename"] = name(place)
    fields["District"] = places.first { $0.kind == "district" }.map(name)
    fields["Province"] = places.first { $0.kind == "region" || $0.kind == "province" }.map(name)
    if !["district", "region", "province", "country"].contains(place.kind) { fields["City"] = name(place) }
    fields["Country"] = Self.alpha3(places.lazy.compactMap(\.country).first)
    fields["Latitude"] = place.latitude.map { "\($0)" }
    fields["Longitude"] = place.longitude.map { "\($0)" }
  }

  private func fields(ofReport report: Int) -> [String: String] {
    let article = store.articles[Int(store.reports.article[report])]
    var fields = ["Story ID": article.id]
    fields["Source"] = article.publisher
    fields["Publication Date"] = article.published?.description
    fields["Language"] = article.language
    fields["Headline"] = article.title.preferred(language)
    fields["Event Text"] = store.reports.gist[report].preferred(language)
    return fields
  }

  /// Nil where there is nothing; `;` and `|` part values.
  private static func list(_ values: [String]) -> String? {
    let values = values.map { String($0.map { $0 == ";" || $0 == "|" ? "," : $0 }) }
    return values.isEmpty ? nil : values.joined(separator: "; ")
  }

  private static func alpha3(_ code: String?) -> String? {
    code.map { Country.alpha2($0)?.alpha3 ?? $0 }
  }
}
