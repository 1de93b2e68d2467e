import EDTF
import KhabarModel
import KhabarSyntax

extension Clause {
  /// The clause's first words, for messages.
  var word: String {
    switch kind {
    case .not: "not"
    case .possibly: "possibly"
    case .with(_, let role): role.map { Self.roleWords[$0.text] ?? "with … as" } ?? "with"
    case .without: "without"
    case .place: "in"
    case .time(let word, _): word.rawValue
    case .between: "between"
    case .within: "within"
    case .about: "about"
    case .accordingTo: "according to"
    case .reportedBy: "reported by"
    case .reportedIn: "reported in"
    case .asOf: "as of"
    case .representing: "representing"
    case .where: "where"
    }
  }

  private static let roleWords = ["actor": "by", "recipient": "to", "host": "hosted by"]
}

extension Resolver {
  /// The clauses that say something of a kind of rows.
  func clauseWords(_ kind: EntityKind) -> [String] {
    let times = [
      "before", "after", "during", "on", "since", "until", "overlapping", "between", "within … of",
    ]
    switch kind {
    case .event:
      return ["with", "without", "by", "to", "hosted by", "in"] + times
        + ["about", "according to", "reported by", "reported in", "as of", "where"]
    case .actor: return ["representing", "where"]
    case .place: return ["in", "where"]
    case .report: return ["by", "according to", "about", "reported by", "reported in"] + times + ["where"]
    case .article: return ["by"] + times + ["where"]
    case .topic, .participation, .office: return ["where"]
    }
  }

  /// The condition that a clause puts on rows of records.
  mutating func clause(_ clause: Clause, _ rows: Rows) -> PlanExpression? {
    guard let kind = rows.kind else { return nil }
    let span = clause.span
    switch (clause.kind, kind) {
    case (.not(let inner), _):
      if case .asOf = inner.kind { return misplacedKnowledge(span) }
      return self.clause(inner, rows).map { PlanExpression(.not($0), .truth, span: span) }
    case (.possibly(let inner), _):
      if case .asOf = inner.kind { return misplacedKnowledge(span) }
      return self.clause(inner, rows).map { PlanExpression(.possibly($0), .truth, span: span) }
    case (.where(let expression), _): return truth(expression, in: rows.scope)
    case (.with(let list, let role), .event): return takesPart(list, role, span)
    case (.without(let list), .event): return takesNoPart(list, span)
    case (.with(let list, let role?), .report) where role.text == "actor": return attributed(list, rows, span)
    case (.with(let list, let role?), .article) where role.text == "actor": return published(list, rows, span)
    case (.place(let list), .event): return placed(list, rows, span)
    case (.place(let list), .place): return element("within", of: list, .place, rows, span)
    case (.representing(let list), .actor): return element("represents", of: list, .actor, rows, span)
    case (.about(let list), .event): return about(list, rows, span)
    case (.about(let list), .report): return eventOfReport(list, rows, span)
    case (.accordingTo(let list), .report): return attributed(list, rows, span)
    case (.accordingTo(let list), .event):
      return someReports(list, rows, span) { $0.attributed($1, $2, span) }
    case (.reportedBy(let list), .report), (.reportedBy(let list), .article):
      return published(list, rows, span)
    case (.reportedBy(let list), .event):
      return someReports(list, rows, span) { $0.published($1, $2, span) }
    case (.reportedIn(let list), .report): return inArticle(list, rows, span)
    case (.reportedIn(let list), .event):
      return someReports(list, rows, span) { $0.inArticle($1, $2, span) }
    default: break
    }
    if kind.timeField != nil, let condition = timeClause(clause, rows) { return condition.expression }
    report(.clauseDoesNotApply(clause.word, noun: rows.name, applicable: clauseWords(kind), span: span))
    return nil
  }

  private mutating func misplacedKnowledge(_ span: Span) -> PlanExpression? {
    report(
      .misplaced(
        "neither `not` nor `possibly` goes before `as of`: it says what is known, not what holds", span: span)
    )
    return nil
  }

  // MARK: - Participants

  private mutating func takesPart(_ list: NameList, _ role: Name?, _ span: Span) -> PlanExpression? {
    var code: Int16?
    if let role {
      code = store.vocabulary.role(role.text)
      if code == nil {
        report(.unknownWord(role.text, of: "role", words: store.vocabulary.roles, span: role.span))
        return nil
      }
    }
    guard let actors = entities(list, .actor) else { return nil }
    switch list.quantifier {
    case .any:
      return PlanExpression(.takesPart(representatives(actors), role: code), .truth, span: span)
    case .all:
      return .and(
        actors.map { PlanExpression(.takesPart(representatives([$0]), role: code), .truth, span: span) })
    case .exactly:
      return .and(actors.map { PlanExpression(.takesPart(exactly($0), role: code), .truth, span: span) })
    }
  }

  /// None of the names, whoever of them is named.
  private mutating func takesNoPart(_ list: NameList, _ span: Span) -> PlanExpression? {
    guard let actors = entities(list, .actor) else { return nil }
    let table = representatives(actors)
    let takesPart: PlanExpression? =
      list.quantifier == .exactly
      ? .or(actors.map { PlanExpression(.takesPart(exactly($0), role: nil), .truth, span: span) })
      : PlanExpression(.takesPart(table, role: nil), .truth, span: span)
    return takesPart.map { PlanExpression(.not($0), .truth, span: span) }
  }

  // MARK: - Places

  private mutating func placed(_ list: NameList, _ rows: Rows, _ span: Span) -> PlanExpression? {
    guard let places = entities(list, .place), let field = rows.scope.field("place", span: span) else {
      return nil
    }
    if list.quantifier == .all, let (first, second) = apart(list.names, places) {
      report(.neverBoth(first, second, span: list.span))
    }
    let conditions = places.map { place in
      var table = inPlace(place)
      if list.quantifier == .exactly {
        table = TruthTable(count: store.places.count, missing: .unknown, true: [Int(place)])
      }
      return PlanExpression(.lookup(field, table), .truth, span: span)
    }
    return list.joined(conditions)
  }

  /// Two of the places of which neither lies within the other.
  private func apart(_ names: [Name], _ places: [Int32]) -> (Name, Name)? {
    for (first, second) in zip(places.indices, places.indices.dropFirst()) {
      let ancestors = [first, second].map { store.containment.ancestors[Int(places[$0])] }
      if !ancestors[0].contains(places[second]), !ancestors[1].contains(places[first]) {
        return (names[first], names[second])
      }
    }
    return nil
  }

  /// Whether a field with many values holds the names: all, or any, of them.
  private mutating func element(
    _ field: String, of list: NameList, _ kind: EntityKind, _ rows: Rows, _ span: Span
  ) -> PlanExpression? {
    guard let entities = entities(list, kind), let field = rows.scope.field(field, span: span) else {
      return nil
    }
    let conditions = entities.map { entity in
      let table = TruthTable(count: store.rowCount(kind), missing: .false, true: [Int(entity)])
      return PlanExpression(.anyElement(field, table), .truth, span: span)
    }
    return list.joined(conditions)
  }

  // MARK: - Reports

  /// Reports of the event for which `condition`, over reports, holds: one for each name, since no report need have all of
  /// them, or one for any.
  private mutating func someReports(
    _ list: NameList, _ rows: Rows, _ span: Span,
    _ condition: (inout Resolver, NameList, Rows) -> PlanExpression?
  ) -> PlanExpression? {
    let reports = Rows(plan: .scan(.report), shape: .records(.report))
    var conditions: [PlanExpression] = []
    for name in list.names {
      let one = NameList(list.quantifier, [name], span: list.span)
      guard let condition = condition(&self, one, reports) else { return nil }
      let some = PlanExpression.Kind.someReport(condition, known: rows.known, merging: rows.merging)
      conditions.append(PlanExpression(some, .truth, span: span))
    }
    return list.joined(conditions)
  }

  private mutating func attributed(_ list: NameList, _ rows: Rows, _ span: Span) -> PlanExpression? {
    guard let actors = entities(list, .actor), let source = rows.scope.field("source", span: span) else {
      return nil
    }
    func condition(_ table: TruthTable) -> PlanExpression {
      PlanExpression(.lookup(source, table), .truth, span: span)
    }
    switch list.quantifier {
    case .any: return condition(representatives(actors))
    case .all: return .and(actors.map { condition(representatives([$0])) })
    case .exactly: return .and(actors.map { condition(exactly($0)) })
    }
  }

  private mutating func published(_ list: NameList, _ rows: Rows, _ span: Span) -> PlanExpression? {
    guard let article = articleOf(rows, span) else { return nil }
    var conditions: [PlanExpression] = []
    for name in list.names {
      guard let articles = articles(by: name) else { return nil }
      conditions.append(PlanExpression(.lookup(article, articles), .truth, span: span))
    }
    return list.joined(conditions)
  }

  private mutating func inArticle(_ list: NameList, _ rows: Rows, _ span: Span) -> PlanExpression? {
    guard let articles = entities(list, .article), let article = articleOf(rows, span) else { return nil }
    let conditions = articles.map { lookup(article, codes: [Int($0)], span: span) }
    return list.joined(conditions)
  }

  /// The article of a report, or the article that the row itself is.
  private func articleOf(_ rows: Rows, _ span: Span) -> PlanExpression? {
    guard rows.kind == .article else { return rows.scope.field("article", span: span) }
    return PlanExpression(.rowItself, .entity(.article), span: span)
  }

  /// The articles of a publisher, found by its folded name; unknown for articles whose publisher is not recorded.
  private mutating func articles(by publisher: Name) -> TruthTable? {
    let wanted = NameKey.key(publisher.text)
    var table = TruthTable(count: store.articles.count, missing: .unknown)
    let publishers = store.articles.publisher
    let meant = publishers.words.map { NameKey.key($0) == wanted }
    for (index, code) in publishers.codes.enumerated() {
      if code < 0 { table[index] = .unknown } else if meant[Int(code)] { table[index] = .true }
    }
    if meant.contains(true) { return table }
    let names = publishers.words.sorted()
    report(
      .unknownName(
        publisher, expected: "publisher",
        suggestions: Spelling.nearest(to: publisher.text, in: names).map { "`\($0)`" },
        elsewhere: names.isEmpty ? "no article of this model names its publisher" : nil))
    return nil
  }

  // MARK: - Subjects

  /// `about X`: by topic or context, by an event that it is about, or by what that event has X as. X may be several of
  /// these at once (a topic and a place of the same name): each counts.
  private mutating func about(_ list: NameList, _ rows: Rows, _ span: Span) -> PlanExpression? {
    var conditions: [PlanExpression] = []
    for name in list.names {
      guard let condition = about(name, rows, span) else { return nil }
      conditions.append(condition)
    }
    return list.joined(conditions)
  }

  private mutating func about(_ name: Name, _ rows: Rows, _ span: Span) -> PlanExpression? {
    var own: [PlanExpression] = []
    var ofTarget: [PlanExpression] = []
    let scope = rows.scope
    if let context = store.vocabulary.context(name.text) {
      own += anyElement(scope, "contexts", codes: [Int(context)], span)
    }
    let found = subjects(name)
    if found.isEmpty && own.isEmpty {
      if !isAmbiguousSubject(name) { reportUnknownSubject(name) }
      return nil
    }
    for entity in found {
      let code = Int(entity.index)
      switch entity.kind {
      case .topic:
        own += anyElement(scope, "topics", codes: [code], span)
        ofTarget += anyElement(scope, "topics", codes: [code], span)
      case .event: own += anyElement(scope, "about", codes: [code], span)
      case .actor:
        ofTarget.append(
          PlanExpression(.takesPart(representatives([entity.index]), role: nil), .truth, span: span))
      case .place: ofTarget += recordedIn(scope, entity.index, span)
      default: break
      }
    }
    if let target = PlanExpression.or(ofTarget) {
      let isTold = rows.known.map {
        PlanExpression(.someReport(.constant(.truth(true), .truth), known: $0), .truth)
      }
      let told = PlanExpression.and((isTold.map { [$0] } ?? []) + [target]) ?? target
      own.append(PlanExpression(.someRelated(.about, told), .truth, span: span))
    }
    return .or(own)
  }

  /// What a subject's name means, over all the kinds it may be of; where a kind knows several by that name, none.
  private func subjects(_ name: Name) -> [EntityName] {
    let kinds: [EntityKind] = [.topic, .event, .actor, .place]
    return kinds.flatMap { kind -> [EntityName] in
      if case .found(let found) = store.names.resolve(name.text, NameKinds(kind)) { return found }
      return []
    }
  }

  private mutating func isAmbiguousSubject(_ name: Name) -> Bool {
    guard case .ambiguous(let candidates) = store.names.resolve(name.text, [.topic, .event, .actor, .place])
    else {
      return false
    }
    report(
      .ambiguousName(name, expected: "subject", candidates: candidates.map { store.id($0.kind, $0.index) }))
    return true
  }

  private mutating func reportUnknownSubject(_ name: Name) {
    var suggestions = suggestedNames(name, [.topic, .event, .actor, .place])
    suggestions += Spelling.nearest(to: name.text, in: store.vocabulary.contexts).map { "`\($0)`" }
    report(
      .unknownName(
        name, expected: "topic, context, event, actor or place", suggestions: Array(suggestions.prefix(3)),
        elsewhere: nil))
  }

  /// Whether the recorded place is P or lies within it: two-valued, since it is asked of what an event is about.
  private func recordedIn(_ scope: Scope, _ place: Int32, _ span: Span) -> [PlanExpression] {
    let places = store.containment.descendants[Int(place)].map(Int.init)
    let table = TruthTable(count: store.places.count, missing: .false, true: places)
    return scope.field("place", span: span).map { [PlanExpression(.lookup($0, table), .truth, span: span)] }
      ?? []
  }

  private func anyElement(_ scope: Scope, _ field: String, codes: [Int], _ span: Span) -> [PlanExpression] {
    guard let list = scope.field(field, span: span) else { return [] }
    let table = TruthTable(count: codeCount(list.type), missing: .false, true: codes)
    return [PlanExpression(.anyElement(list, table), .truth, span: span)]
  }

  /// `reports about X`: of an event that is X, or has it as participant, place or topic, or is about it.
  private mutating func eventOfReport(_ list: NameList, _ rows: Rows, _ span: Span) -> PlanExpression? {
    let events = Rows(plan: .scan(.event), shape: .records(.event), known: rows.known)
    var conditions: [PlanExpression] = []
    for name in list.names {
      guard let about = about(name, events, span) else { return nil }
      var either = [about]
      for entity in subjects(name) {
        switch entity.kind {
        case .event:
          either.append(
            lookup(PlanExpression(.rowItself, .entity(.event)), codes: [Int(entity.index)], span: span))
        case .actor:
          either.append(
            PlanExpression(.takesPart(representatives([entity.index]), role: nil), .truth, span: span))
        case .place: either += recordedIn(events.scope, entity.index, span)
        default: break
        }
      }
      guard let condition = PlanExpression.or(either) else { return nil }
      conditions.append(PlanExpression(.ofEvent(condition), .truth, span: span))
    }
    return list.joined(conditions)
  }
}

extension NameList {
  /// What holds of the list, by what holds of each name.
  fileprivate func joined(_ conditions: [PlanExpression]) -> PlanExpression? {
    quantifier == .any ? .or(conditions) : .and(conditions)
  }
}
