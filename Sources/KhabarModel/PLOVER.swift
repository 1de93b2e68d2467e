/// PLOVER's event types, modes, contexts, quad categories and scores, after its manual (openeventdata/PLOVER,
/// draft 0.7b1 and later), with our extensions. Scores are tenths.
///
/// Where the manual disagrees with itself:
/// - ACCUSE is printed with a score of 3 beside modes of -2 to -3.5: a misprint for -3.
/// - SANCTION is material conflict in its own section and in the summary, verbal conflict in one table of
///   quad categories, a remnant; material conflict is taken.
enum PLOVER {
  struct TypeRow {
    var id: String
    var quad: Int8
    var score: Int?
    var modes: [ModeRow]
  }

  struct ModeRow {
    var id: String
    /// nil: the type's.
    var score: Int?

    init(_ id: String, _ score: Int? = nil) {
      self.id = id
      self.score = score
    }
  }

  private static func row(_ id: String, _ quad: Int8, _ score: Int?, _ modes: [ModeRow] = []) -> TypeRow {
    TypeRow(id: id, quad: quad, score: score, modes: modes)
  }

  static let types: [TypeRow] = [
    row("AGREE", 0, 25),
    row("CONSULT", 0, 25, consultModes),
    row("SUPPORT", 0, 50),
    row("CONCEDE", 0, 45),
    row("COOPERATE", 1, 95),
    row("AID", 1, 100),
    row("RETREAT", 1, 65, retreatModes),
    row("REQUEST", 2, 0, requestModes),
    row("ACCUSE", 2, -30, accuseModes),
    row("REJECT", 2, -20, rejectModes),
    row("THREATEN", 2, -35, threatenModes),
    row("PROTEST", 3, -50, protestModes),
    row("SANCTION", 3, -60, sanctionModes),
    row("MOBILIZE", 3, -55, mobilizeModes),
    row("COERCE", 3, -70, coerceModes),
    row("ASSAULT", 3, -90, assaultModes),
  ]

  /// Ours: CAMEO's root 01, which PLOVER dropped, without quad category and score; two subtypes of CONSULT,
  /// with its scores; and a material conflict that nobody scored.
  static let extensions: [(id: String, parent: String?, quad: Int8)] = [
    ("STATEMENT", nil, -1),
    ("negotiation", "CONSULT", -1),
    ("summit", "CONSULT", -1),
    ("escalation", nil, 3),
  ]

  private static let consultModes: [ModeRow] = [
    .init("visit", 40), .init("third-party", 10), .init("multilateral", 40), .init("phone", 15),
  ]
  private static let retreatModes: [ModeRow] = [
    .init("withdraw", 80), .init("release", 65), .init("disarm", 100), .init("ceasefire", 75),
    .init("access", 65), .init("resign", 45),
  ]
  private static let requestModes: [ModeRow] = [
    .init("assist", 5), .init("change", -10), .init("yield", -10), .init("meet", 0),
  ]
  private static let accuseModes: [ModeRow] = [
    .init("disapprove", -20), .init("investigate", -35), .init("allege", -35),
  ]
  private static let rejectModes: [ModeRow] = [
    .init("assist", -15), .init("change", -20), .init("yield", -20), .init("meet", -20),
  ]
  private static let threatenModes: [ModeRow] = [
    .init("restrict", -30), .init("arrest", -35), .init("relations", -35), .init("expel", -35),
    .init("territory", -40), .init("violence", -35),
  ]
  private static let protestModes: [ModeRow] = [
    .init("demo", -50), .init("riot", -70), .init("strike", -50), .init("hunger", -45), .init("boycott", -45),
    .init("obstruct", -45), .init("vandalize"),
  ]
  private static let sanctionModes: [ModeRow] = [
    .init("convict", -60), .init("expel", -55), .init("withdraw", -60), .init("discontinue", -60),
  ]
  private static let mobilizeModes: [ModeRow] = [
    .init("troops", -65), .init("weapons", -65), .init("police", -55), .init("militia", -60),
  ]
  private static let coerceModes: [ModeRow] = [
    .init("seize", -70), .init("restrict", -70), .init("censor", -65), .init("curfew", -65),
    .init("martial-law", -75), .init("arrest", -70), .init("deport", -70), .init("withhold", -70),
    .init("misinformation", -65), .init("cyber", -70),
  ]
  private static let assaultModes: [ModeRow] = [
    .init("abduct", -85), .init("beat", -75), .init("torture", -85), .init("sexual", -85),
    .init("targeted", -95), .init("destroy", -85), .init("primitive", -80), .init("firearms", -90),
    .init("explosives", -90), .init("suicide-attack", -95), .init("aerial", -95), .init("drone", -95),
    .init("heavy-weapons", -95), .init("crowd-control", -75), .init("unconventional", -100),
  ]

  static let contexts: [String] = [
    "military", "intelligence", "executive", "legislative", "election", "political_institutions",
    "pro_democracy", "pro_autocracy", "economic", "legal", "reparations", "human_rights", "rights_freedoms",
    "repression", "human_security", "gender", "lgbt", "religion_ethnicity", "inequality", "diplomatic",
    "territory", "peacekeeping", "health", "asylum", "migration", "disasters", "natural_resource",
    "environment", "technology", "terrorism", "cbrn", "cyber", "misinformation", "crime", "corruption",
    "illegal_drugs", "trafficking",
  ]
}

extension Vocabulary {
  /// PLOVER with our extensions.
  package static let plover: Vocabulary = {
    var vocabulary = Vocabulary()
    for row in PLOVER.types {
      let type = vocabulary.defineType(row.id, quad: row.quad, score: row.score, isExtension: false)
      for mode in row.modes {
        vocabulary.addMode(vocabulary.internMode(mode.id), score: mode.score, toType: type)
      }
    }
    for context in PLOVER.contexts { _ = vocabulary.internContext(context) }
    for row in PLOVER.extensions {
      let parent = row.parent.flatMap { vocabulary.type($0) } ?? -1
      vocabulary.defineType(row.id, parent: parent, quad: row.quad)
    }
    vocabulary.hasPLOVERNouns = true
    return vocabulary
  }()

  /// The nouns for the types of `plover`.
  static let ploverNouns: Nouns = {
    let vocabulary = Vocabulary.plover
    var nouns = Nouns()
    for row in PLOVER.nouns {
      guard let type = vocabulary.type(row.type) else { continue }
      let meaning = NounMeaning(type: type, mode: row.mode.flatMap { vocabulary.mode($0) } ?? -1)
      for noun in row.english { nouns.add(noun, meaning) }
      for noun in row.arabic {
        nouns.add(noun, meaning)
        // With the article, as Arabic speaks of the meetings.
        if !noun.contains(" ") { nouns.add("ال" + noun, meaning, isSuggested: false) }
      }
    }
    for (type, row) in vocabulary.types.enumerated() {
      let id = row.id.lowercased()
      nouns.add(id, NounMeaning(type: Int16(type)), isSuggested: !nouns.suggestions.contains(id))
      nouns.add(id + "s", NounMeaning(type: Int16(type)), isSuggested: false)
    }
    return nouns
  }()
}
