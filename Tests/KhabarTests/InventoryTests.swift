import Khabar
import Testing

/// The built-in article against the inventory of what its text says, copied here by hand so that neither a slip in the
/// model's file nor one in a query goes unseen.
struct InventoryTests {
  private let article: Model

  init() throws { article = try Model.builtInArticle }

  @Test(arguments: [
    ("events", 25), ("actors", 24), ("places", 15), ("reports", 25), ("articles", 1), ("people", 11),
    ("states", 7),
    ("organizations", 4), ("groups", 2), ("meetings", 9), ("statements", 5),
  ])
  func counts(noun: String, count: Int) throws {
    #expect(try article.value("\(noun) | count", as: Int.self) == count)
  }

  @Test func events() throws {
    let rows = try article.query(
      "events | sort by id | select id, type, mode, contexts, time, place, status, certainty, sources")
    let found = try rows.rows.map { row in
      let words = row.values.map(\.word)
      return (words + [try participants(of: words[0])]).joined(separator: " ")
    }
    #expect(found == inventoryOfEvents.lines)
  }

  /// `charles_michel=host?,…`; the mark: only probable.
  private func participants(of event: String) throws -> String {
    let rows = try article.query("\(event) | participants | select actor, role, certainty").rows
    let words = rows.map { row in
      let words = row.values.map(\.word)
      return "\(words[0])=\(words[1])" + (words[2] == "certain" ? "" : "?")
    }
    return words.isEmpty ? "-" : words.sorted().joined(separator: ",")
  }

  @Test func actors() throws {
    let rows = try article.query("actors | sort by id | select id, kind, name, names, represents").rows
    let found = rows.map { row in
      guard case .list(let names) = row[3], case .list(let represents) = row[4] else { return "" }
      let arabic = names.count > 1 ? names[1].word : ""
      let words = [row[0].word, row[1].word, row[2].word, arabic, represents.first?.word ?? "-"]
      return words.joined(separator: "; ")
    }
    #expect(found == inventoryOfActors.lines)
  }

  @Test func relations() throws {
    var found: [String] = []
    for relation in ["part_of", "consequences", "follows", "alongside", "about"] {
      for row in try article.query("events where \(relation) != none | select id, \(relation)").rows {
        guard case .list(let targets) = row[1] else { continue }
        found.append("\(row[0].word) \(relation) \(targets.map(\.word).sorted().joined(separator: ", "))")
      }
    }
    #expect(
      Set(found) == Set(inventoryOfRelations.lines + ["epc_summit alongside chisinau_meeting", moscow]))
  }

  /// `alongside` is said of both.
  private let moscow = "moscow_trilateral alongside lavrov_bayramov, lavrov_mirzoyan"

  @Test(arguments: [
    ("peace_treaty", ["peace_treaty_talks", "treaty_progress", "washington_talks"]),
    ("normalization", ["moscow_trilateral", "peace_treaty_talks"]),
    ("lachin_corridor_traffic", ["lachin_checkpoint", "peacekeeper_deployment"]),
    ("peacekeeping", ["peacekeeper_deployment"]),
    ("stability", ["peskov_statement", "settlement_hoped_for", "settlement_in_reach", "zakharova_hope"]),
  ])
  func topics(topic: String, events: [String]) throws {
    let rows = try article.query("events where topics has \(topic) | sort by id").rows
    #expect(rows.map { $0[0].word } == events)
  }

  /// Every event rests on one report, which says in which line.
  @Test func reports() throws {
    #expect(try article.value("events where count(reports) = 1 | count", as: Int.self) == 25)
    #expect(try article.value("reports where line >= 1 and line <= 12 | count", as: Int.self) == 25)
    #expect(try article.value("reports where gist = none | count", as: Int.self) == 0)
  }
}

extension Value {
  /// As the inventory writes it.
  var word: String {
    switch self {
    case .missing: "-"
    case .text(let text): text
    case .time(let time): "\(time)"
    case .list(let values): values.isEmpty ? "-" : values.map(\.word).joined(separator: ",")
    case .number(let number): "\(number)"
    case .truth(let truth): "\(truth)"
    }
  }
}

extension String {
  fileprivate var lines: [String] { split(separator: "\n").map(String.init) }
}

/// id, type, mode, context, time, place, status, certainty, source, participants
private let inventoryOfEvents = """
  alleged_atrocities ASSAULT - human_rights [..2023-05-19] - occurred possible armenia armenian_soldiers=recipient,azerbaijan=actor
  armenian_accusation ACCUSE allege human_rights [..2023-05-19] - occurred certain - armenia=actor,azerbaijan=recipient
  blinken_statement STATEMENT - - 2023-05-04 washington occurred certain - antony_blinken=actor
  brussels_trilateral CONSULT multilateral diplomatic 2023-05-14 brussels occurred certain - charles_michel=actor,ilham_aliyev=actor,nikol_pashinyan=actor
  ceasefire_2020 RETREAT ceasefire military 2020 - occurred certain - -
  chisinau_meeting CONSULT multilateral diplomatic 2023-06-01 chisinau planned certain - charles_michel=host,emmanuel_macron=actor,ilham_aliyev=actor,nikol_pashinyan=actor,olaf_scholz=actor
  epc_summit summit multilateral diplomatic 2023-06-01 chisinau planned certain - european_political_community=host
  granada_meeting CONSULT multilateral diplomatic 2023-10 granada planned certain - charles_michel=host?,emmanuel_macron=actor?,ilham_aliyev=actor?,nikol_pashinyan=actor?,olaf_scholz=actor?
  kremlin_restraint_call REQUEST change diplomatic [..2023-05-19] - occurred certain - armenia=recipient,azerbaijan=recipient,kremlin=actor
  lachin_checkpoint COERCE restrict territory [..2023-05-04] lachin_corridor occurred certain - azerbaijan=actor
  lavrov_bayramov CONSULT visit diplomatic 2023-05-19 moscow planned certain maria_zakharova jeyhun_bayramov=actor,sergei_lavrov=host
  lavrov_mirzoyan CONSULT visit diplomatic 2023-05-19 moscow planned certain maria_zakharova ararat_mirzoyan=actor,sergei_lavrov=host
  moscow_trilateral CONSULT multilateral diplomatic 2023-05-19 moscow planned certain maria_zakharova ararat_mirzoyan=actor,jeyhun_bayramov=actor,sergei_lavrov=host
  peace_treaty_talks negotiation - diplomatic [2023-05-19..] - planned certain maria_zakharova armenia=actor,azerbaijan=actor
  peacekeeper_deployment AID - peacekeeping 2020/.. nagorno_karabakh ongoing certain - russia=actor,russian_peacekeepers=actor
  peskov_statement STATEMENT - - [..2023-05-19] - occurred certain - dmitry_peskov=actor
  recent_escalation escalation - territory [..2023-05-04] - occurred certain - -
  settlement_hoped_for AGREE - diplomatic [2023-05-19..] south_caucasus hypothetical certain maria_zakharova armenia=actor,azerbaijan=actor
  settlement_in_reach AGREE - diplomatic [2023-05-19..] south_caucasus hypothetical certain dmitry_peskov armenia=actor,azerbaijan=actor
  treaty_progress AGREE - diplomatic 2023-05-01/2023-05-04 washington occurred certain antony_blinken ararat_mirzoyan=actor,jeyhun_bayramov=actor
  trilateral_agreements AGREE - diplomatic [2020-01-01..2023-05-19] - occurred certain - armenia=actor,azerbaijan=actor,russia=actor
  washington_talks negotiation - diplomatic 2023-05-01/2023-05-04 washington occurred certain - ararat_mirzoyan=actor,jeyhun_bayramov=actor,united_states=host
  zakharova_agenda STATEMENT - - [..2023-05-19] - occurred certain - maria_zakharova=actor
  zakharova_announcement STATEMENT - - [..2023-05-19] - occurred certain - maria_zakharova=actor
  zakharova_hope STATEMENT - - [..2023-05-19] - occurred certain - maria_zakharova=actor
  """

/// id; kind; English; Arabic; what it represents
private let inventoryOfActors = """
  antony_blinken; person; Antony Blinken; أنتوني بلينكن; united_states
  ararat_mirzoyan; person; Ararat Mirzoyan; أرارات ميرزويان; armenia
  armenia; state; Armenia; أرمينيا; -
  armenian_soldiers; group; Armenian soldiers; الجنود الأرمن; armenia
  azerbaijan; state; Azerbaijan; أذربيجان; -
  charles_michel; person; Charles Michel; شارل ميشيل; european_council
  dmitry_peskov; person; Dmitry Peskov; دميتري بيسكوف; kremlin
  emmanuel_macron; person; Emmanuel Macron; إيمانويل ماكرون; france
  european_council; organization; European Council; المجلس الأوروبي; -
  european_political_community; organization; European Political Community; المجتمع السياسي الأوروبي; -
  france; state; France; فرنسا; -
  germany; state; Germany; ألمانيا; -
  ilham_aliyev; person; Ilham Aliyev; إلهام علييف; azerbaijan
  jeyhun_bayramov; person; Jeyhun Bayramov; جيهون بيراموف; azerbaijan
  kremlin; organization; Kremlin; الكرملين; russia
  maria_zakharova; person; Maria Zakharova; ماريا زاخاروفا; russian_foreign_ministry
  moldova; state; Moldova; مولدوفا; -
  nikol_pashinyan; person; Nikol Pashinyan; نيكول باشينيان; armenia
  olaf_scholz; person; Olaf Scholz; أولاف شولتس; germany
  russia; state; Russia; روسيا; -
  russian_foreign_ministry; organization; Russian Foreign Ministry; وزارة الخارجية الروسية; russia
  russian_peacekeepers; group; Russian peacekeeping contingent; قوات حفظ السلام الروسية; russia
  sergei_lavrov; person; Sergei Lavrov; سيرغي لافروف; russia
  united_states; state; United States; الولايات المتحدة; -
  """

private let inventoryOfRelations = """
  armenian_accusation about alleged_atrocities
  blinken_statement about treaty_progress, washington_talks
  chisinau_meeting alongside epc_summit
  granada_meeting follows chisinau_meeting
  kremlin_restraint_call about recent_escalation
  lachin_checkpoint consequences recent_escalation
  lavrov_bayramov alongside moscow_trilateral
  lavrov_mirzoyan alongside moscow_trilateral
  moscow_trilateral follows brussels_trilateral, washington_talks
  peacekeeper_deployment follows ceasefire_2020
  peskov_statement about settlement_in_reach, trilateral_agreements
  treaty_progress part_of washington_talks
  washington_talks about recent_escalation
  zakharova_agenda about lavrov_bayramov, lavrov_mirzoyan, moscow_trilateral, peace_treaty_talks
  zakharova_announcement about lavrov_bayramov, lavrov_mirzoyan, moscow_trilateral
  zakharova_hope about settlement_hoped_for
  """
