// Records whose references are indices of other tables: by the index of each record before, its index there.

extension Citation {
  func moved(articles: [Int32]) -> Citation {
    var citation = self
    citation.article = articles[Int(article)]
    return citation
  }
}

extension Actor {
  func moved(actors: [Int32], articles: [Int32]) -> Actor {
    var actor = self
    actor.represents = represents.map { actors[Int($0)] }
    for index in offices.indices {
      actor.offices[index].organization = offices[index].organization.map { actors[Int($0)] }
    }
    actor.citations = citations.map { $0.moved(articles: articles) }
    return actor
  }
}

extension Place {
  func moved(places: [Int32], articles: [Int32]) -> Place {
    var place = self
    place.within = within.map { places[Int($0)] }
    place.citations = citations.map { $0.moved(articles: articles) }
    return place
  }
}
