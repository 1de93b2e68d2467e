// A store as sections of a file. Small tables are records; columns lie as they do in memory, and are read where they lie.

extension EventStore: StoredColumn {
  package func write(_ name: String = "store", to sections: inout SectionWriter) {
    RecordColumn([vocabulary]).write("\(name).vocabulary", to: &sections)
    RecordColumn(actors).write("\(name).actors", to: &sections)
    RecordColumn(places).write("\(name).places", to: &sections)
    RecordColumn(topics).write("\(name).topics", to: &sections)
    articles.write("\(name).articles", to: &sections)
    events.write("\(name).events", to: &sections)
    reports.write("\(name).reports", to: &sections)
    eventsOfActor.write("\(name).events_of_actor", to: &sections)
    eventsOfPlace.write("\(name).events_of_place", to: &sections)
    reportsOfArticle.write("\(name).reports_of_article", to: &sections)
    for index in idIndexes { index.write("\(name).\(index.kind.plural)_by_id", to: &sections) }
    textIndexes.write("\(name).words_of", of: self, to: &sections)
    let texts = texts.sorted { $0.key < $1.key }
    Column(texts.map(\.key)).write("\(name).texts.article", to: &sections)
    RecordColumn(texts.map(\.value.text)).write("\(name).texts", to: &sections)
  }

  package convenience init(_ name: String = "store", from sections: SectionReader) throws(StoredError) {
    guard let vocabulary = try RecordColumn<Vocabulary>("\(name).vocabulary", from: sections).first else {
      throw StoredError("it has no vocabulary")
    }
    let events = try EventColumns("\(name).events", from: sections)
    let reports = try ReportColumns("\(name).reports", from: sections)
    let articles = try ArticleColumns("\(name).articles", from: sections)
    var idIndexes: [IDIndex]? = []
    for (kind, ids) in Self.idsByKind(events, articles) {
      let index = try IDIndex(kind, ids, "\(name).\(kind.plural)_by_id", from: sections)
      if let index { idIndexes?.append(index) } else { idIndexes = nil }
    }
    let actors = try RecordColumn<Actor>("\(name).actors", from: sections)
    let places = try RecordColumn<Place>("\(name).places", from: sections)
    let textArticles = try Column<Int32>("\(name).texts.article", from: sections)
    let texts = try RecordColumn<String>("\(name).texts", from: sections)
    self.init(
      vocabulary: vocabulary,
      actors: Lazy { Array(actors) }, places: Lazy { Array(places) },
      articles: articles,
      topics: Array(try RecordColumn("\(name).topics", from: sections)),
      events: events,
      reports: reports,
      texts: Dictionary(zip(textArticles, texts.map(ArticleText.init))) { first, _ in first },
      eventsOfActor: try Self.array("\(name).events_of_actor", actors.count, from: sections),
      eventsOfPlace: try Self.array("\(name).events_of_place", places.count, from: sections),
      reportsOfArticle: try Self.array("\(name).reports_of_article", articles.count, from: sections),
      idIndexes: idIndexes.map { Lazy(made: $0) },
      textIndexes: try TextIndexes("\(name).words_of", events, reports, articles, from: sections))
    try sections.expect(reports.count, [events.reports.total], "\(name).reports")
  }

  /// The sections that follow from the others, without which a store can do.
  package static func isDerived(section name: String) -> Bool {
    [
      "events_of_actor", "events_of_place", "reports_of_article", "events_by_id", "articles_by_id",
      "words_of",
    ]
    .contains { name.hasPrefix("store.\($0)") }
  }

  /// nil: it is not there.
  private static func array(
    _ name: String, _ count: Int, from sections: SectionReader
  ) throws(StoredError) -> OffsetArray<Int32>? {
    guard sections.has("\(name).values") else { return nil }
    let array = try OffsetArray<Int32>(name, from: sections)
    try sections.expect(count, [array.count], name)
    return array
  }
}

extension EventColumns: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    ids.write("\(name).id", to: &sections)
    type.write("\(name).type", to: &sections)
    mode.write("\(name).mode", to: &sections)
    score.codes.write("\(name).score", to: &sections)
    status.write("\(name).status", to: &sections)
    certainty.write("\(name).certainty", to: &sections)
    place.write("\(name).place", to: &sections)
    time.write("\(name).time", to: &sections)
    label.write("\(name).label", to: &sections)
    contexts.write("\(name).contexts", to: &sections)
    topics.write("\(name).topics", to: &sections)
    participations.write("\(name).participants", to: &sections)
    reports.write("\(name).reports", to: &sections)
    for (kind, related) in relations { related.write("\(name).\(kind.rawValue)", to: &sections) }
    statedRelations.write("\(name).relations", to: &sections)
    background.write("\(name).background", to: &sections)
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    self.init()
    ids = try TextColumn("\(name).id", from: sections)
    type = try CodeColumn("\(name).type", from: sections)
    mode = try CodeColumn("\(name).mode", from: sections)
    score = ScoreColumn(codes: try CodeColumn("\(name).score", from: sections))
    status = try CodeColumn("\(name).status", from: sections)
    certainty = try CodeColumn("\(name).certainty", from: sections)
    place = try CodeColumn("\(name).place", from: sections)
    time = try TimeColumn("\(name).time", from: sections)
    label = try RecordColumn("\(name).label", from: sections)
    contexts = try OffsetArray("\(name).contexts", from: sections)
    topics = try OffsetArray("\(name).topics", from: sections)
    participations = try ParticipationColumns("\(name).participants", from: sections)
    reports = try Offsets("\(name).reports", from: sections)
    for kind in RelationKind.allCases where sections.has("\(name).\(kind.rawValue).values") {
      relations[kind] = try OffsetArray("\(name).\(kind.rawValue)", from: sections)
    }
    statedRelations = try RecordColumn("\(name).relations", from: sections)
    background = try RecordColumn("\(name).background", from: sections)
    try sections.expect(
      count,
      [
        type.count, mode.count, score.codes.count, status.count, certainty.count, place.count, time.count,
        label.count, contexts.count, topics.count, participations.ofEvent.count, reports.count,
        statedRelations.count, background.count,
      ] + relations.values.map(\.count), name)
  }
}

extension ParticipationColumns: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    ofEvent.write("\(name).rows", to: &sections)
    actor.write("\(name).actor", to: &sections)
    role.write("\(name).role", to: &sections)
    certainty.write("\(name).certainty", to: &sections)
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    self.init()
    ofEvent = try Offsets("\(name).rows", from: sections)
    actor = try CodeColumn("\(name).actor", from: sections)
    role = try CodeColumn("\(name).role", from: sections)
    certainty = try CodeColumn("\(name).certainty", from: sections)
    try sections.expect(ofEvent.total, [actor.count, role.count, certainty.count], name)
  }
}

extension ReportColumns: StoredColumn {
  package func write(_ name: String, to sections: inout SectionWriter) {
    event.write("\(name).event", to: &sections)
    article.write("\(name).article", to: &sections)
    source.write("\(name).source", to: &sections)
    status.write("\(name).status", to: &sections)
    certainty.write("\(name).certainty", to: &sections)
    date.write("\(name).date", to: &sections)
    gist.write("\(name).gist", to: &sections)
    evidence.write("\(name).evidence", to: &sections)
    background.write("\(name).background", to: &sections)
  }

  package init(_ name: String, from sections: SectionReader) throws(StoredError) {
    self.init()
    event = try CodeColumn("\(name).event", from: sections)
    article = try CodeColumn("\(name).article", from: sections)
    source = try CodeColumn("\(name).source", from: sections)
    status = try CodeColumn("\(name).status", from: sections)
    certainty = try CodeColumn("\(name).certainty", from: sections)
    date = try TimeColumn("\(name).date", from: sections)
    gist = try RecordColumn("\(name).gist", from: sections)
    evidence = try RecordColumn("\(name).evidence", from: sections)
    background = try RecordColumn("\(name).background", from: sections)
    try sections.expect(
      count,
      [
        article.count, source.count, status.count, certainty.count, date.count, gist.count, evidence.count,
        background.count,
      ], name)
  }
}
