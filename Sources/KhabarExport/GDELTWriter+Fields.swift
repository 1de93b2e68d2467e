import EDTF
import KhabarModel

// Who, where, and according to whom.

extension GDELTWriter {
  /// - Returns: How many participants there was no room for.
  func addActors(ofEvent event: Int, to fields: inout [String: String]) -> Int {
    let all = store.events.participations.range(event).map { store.events.participations[$0] }
    let acting = all.filter { $0.role != Vocabulary.recipientRole }
    let recipients = all.filter { $0.role == Vocabulary.recipientRole }
    // Of those who meet, CAMEO has one as the other's.
    let second = recipients.first ?? acting.dropFirst().first
    let sides = [acting.first, second]
    for (side, participation) in zip(["Actor1", "Actor2"], sides) {
      if let participation {
        addActor(store.actors[Int(participation.actor)], side, Int(participation.actor), to: &fields)
      }
    }
    return all.count - sides.count { $0 != nil }
  }

  private func addActor(_ actor: Actor, _ side: String, _ row: Int, to fields: inout [String: String]) {
    let state = store.representation.represented[row].lazy.map { store.actors[Int($0)] }.first {
      $0.kind == .state
    }
    let country = (actor.country ?? state?.country).flatMap { Country.alpha2($0) }?.cameo
    let name = actor.names["en"] ?? actor.names.preferred("en") ?? actor.id
    fields["\(side)Name"] = name.uppercased()
    fields["\(side)CountryCode"] = country
    if actor.kind == .state, let country {
      fields["\(side)Code"] = country
      return
    }
    let codes = Self.codes(actor, name, country, isOrgan: state != nil)
    fields["\(side)Code"] = (country ?? "") + codes.joined()
    let isSector: (String) -> Bool = { Self.stateSectors.contains($0) }
    fields["\(side)Type1Code"] =
      state == nil ? codes.first { !isSector($0) } : codes.first(where: isSector) ?? "GOV"
  }

  /// CAMEO's sectors that are a state's own.
  private static let stateSectors: Set<String> = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"]

  /// CAMEO's codes of what an actor is, three letters each: those that the import of GDELT has put into the id; else of a
  /// government, or of civilians, which CAMEO calls all who are nothing else.
  private static func codes(_ actor: Actor, _ name: String, _ country: String?, isOrgan: Bool) -> [String] {
    let other = [isOrgan ? "GOV" : "CVL"]
    guard let last = actor.id.split(separator: "_").last,
      NameKey.key(actor.id) == NameKey.key("\(name) \(last)"), last.utf8.count % 3 == 0,
      last.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
    else { return other }
    var rest = last.uppercased()[...]
    if let country, rest.hasPrefix(country) { rest = rest.dropFirst(3) }
    var codes: [String] = []
    while !rest.isEmpty {
      codes.append(String(rest.prefix(3)))
      rest = rest.dropFirst(3)
    }
    return codes.isEmpty ? other : codes
  }

  // MARK: - Places

  func addPlace(_ row: Int, to fields: inout [String: String]) {
    let places = store.containment.ancestors[row].map { store.places[Int($0)] }
    let place = store.places[row]
    let country = places.lazy.compactMap(\.country).first.flatMap { Country.alpha2($0) }
    fields["ActionGeo_CountryCode"] = country?.fips
    fields["ActionGeo_Lat"] = place.latitude.map { "\($0)" }
    fields["ActionGeo_Long"] = place.longitude.map { "\($0)" }
    if place.kind == "country" {
      fields["ActionGeo_Type"] = "1"
      fields["ActionGeo_FullName"] = country?.english ?? Self.name(place)
      return
    }
    let isRegion = Self.regions.contains(place.kind ?? "")
    let isAmerican = country?.alpha2 == "US"
    fields["ActionGeo_Type"] = isRegion ? (isAmerican ? "2" : "5") : (isAmerican ? "3" : "4")
    let region = isRegion ? nil : places.dropFirst().first { Self.regions.contains($0.kind ?? "") }
    fields["ActionGeo_FullName"] =
      ([place] + (region.map { [$0] } ?? [])).map(Self.name)
      .joined(separator: ", ") + (country.map { ", \($0.english)" } ?? "")
  }

  private static let regions: Set<String> = ["region", "province", "state"]

  /// Commas part the names of places.
  private static func name(_ place: Place) -> String {
    String((place.names.preferred("en") ?? place.id).map { $0 == "," ? " " : $0 })
  }

  // MARK: - Sources

  /// - Parameter first: The report that stands for all.
  func addSources(
    _ reports: Range<Int>, first: Int?, _ day: CalendarDay, to fields: inout [String: String]
  ) {
    let articles = reports.map { store.reports.article[$0] }
    fields["NumMentions"] = "\(reports.count)"
    fields["NumArticles"] = "\(Set(articles).count)"
    fields["NumSources"] =
      "\(Set(articles.map { store.articles.publisher[Int($0)] ?? store.articles.ids[Int($0)] }).count)"
    var added = Self.digits(day)
    if let first {
      let article = store.articles[Int(store.reports.article[first])]
      let number = article.id.hasPrefix("gdelt_") ? article.id.dropFirst(6) : ""
      if number.utf8.count >= 8, number.utf8.count <= 14, Int(number) != nil {
        // The day is all that GDELT has said of its source.
        fields["DATEADDED"] = String(number)
        return
      }
      let published = (store.reports.date.time(first) ?? article.published)?.bounds.startMin
      if let published, published > TimeBounds.earliestDay {
        added = Self.digits(CalendarDay(dayNumber: published))
      }
      fields["SOURCEURL"] = Self.source(article)
    }
    fields["DATEADDED"] = added + "000000"
  }

  /// The title where that is an address, or what else the import of GDELT found there; else who published what.
  private static func source(_ article: Article) -> String {
    let title = article.title.preferred("en")
    if let title, ["http://", "https://"].contains(where: title.hasPrefix) || article.id.hasPrefix("page_") {
      return title
    }
    return [article.publisher, title ?? article.id].compactMap(\.self).joined(separator: ": ")
  }
}
