/// The words that the grammar knows, and those whose Arabic spelling stands for an English one. Each has a row in
/// the table of Keywords.swift; raw values are the canonical English
/// spellings (except of the two that share theirs with another).
package enum Keyword: String, CaseIterable, Sendable {
  // Statements, and what `define` defines
  case `let`, def, param, define, `import`, set, explain, run, assert, expect, print
  // Adjectives: the statuses, and `contested`
  case occurred, ongoing, planned, hypothetical, denied, cancelled, contested
  // Nouns: rows of the model; the singular of four of them stands before an entity's name
  case events, event, actors, actor, places, place, reports, report, articles, article, people, person
  case states, state, organizations, organization, groups, group, table
  // Nouns of event types; what they mean is the vocabulary's, and `define type` adds more
  case meetings, negotiations, summits, visits, statements, agreements, ceasefires, escalations
  case consultations, cooperation, aid, retreats, requests, accusations, rejections, threats, protests
  case sanctions, mobilizations, coercions, assaults, concessions, talks, support, withdrawals, releases
  case disarmament, resignations, condemnations, investigations, allegations, demonstrations, riots
  case boycotts, expulsions, restrictions, seizures, arrests, deportations, curfews, cyberattacks
  case abductions, torture, assassinations, bombings, airstrikes, shelling
  // Clauses
  case with, without, by, to, hostedBy = "hosted by", `in`, before, after, during, on, since, until
  case overlapping, between, within, about, accordingTo = "according to", reportedBy = "reported by"
  case reportedIn = "reported in", asOf = "as of", representing, `where`
  // Words between the parts of a clause or an expression
  case and, or, not, possibly, `is`, has, contains, matches, `as`, asRole = "as ROLE", of, anyOf = "any of",
    exactly
  case byKey = "by KEY", joinOn = "on EXPRESSION", desc, asc, dense
  // Sequences and paths
  case every, sequence, then, path, from, through, steps
  // Stages
  case sort, take, skip, top, distinct, select, count, summarize, participants, parts, causes
  case consequences, partOf = "part_of", follows, followedBy = "followed_by", alongside, join, union
  case intersect, except, evidence, oneADay = "one_a_day", timeline, chart, graph
  // Units of durations
  case days, weeks, months, years
  // Literals
  case `true`, `false`, none
  // Functions and aggregates
  case today, year, month, day, quarter, start, end, earliest, latest, duration, precision, relation
  case relations, exists, value, lower, upper, length, abs, round, coalesce, `if`
  case countDistinct = "count_distinct", sum, avg, min, max, list, rolling
  // Fields, and what they hold
  case id, type, mode, contexts, label, time, topics, topic, status, certainty, score, quad, name, names
  case sources, merged, aliases, kind, offices, represents, country, countryCode = "country_code",
    coordinates,
    source, gist, date, title, publisher
  case language, published, line, lines, sha256, background, quote, key, pair, first, second, third, span,
    role, recipient, host
  case mediator, certain, probable, possible, city, region, corridor, crossing, village
  // Entries of definitions that are no fields
  case alias, office, context, participant, nouns
}

extension Keyword {
  /// What a keyword may be. A word may be several things, by place.
  package struct Roles: OptionSet, Hashable, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let statement = Roles(rawValue: 1 << 0)
    package static let adjective = Roles(rawValue: 1 << 1)
    /// Rows: `events`; `table`.
    package static let noun = Roles(rawValue: 1 << 2)
    /// Stands before an entity's name: `place Moscow`.
    package static let entity = Roles(rawValue: 1 << 3)
    /// An event type's noun. Not reserved: only its Arabic spellings mean something to the parser.
    package static let type = Roles(rawValue: 1 << 4)
    package static let clause = Roles(rawValue: 1 << 5)
    package static let time = Roles(rawValue: 1 << 6)
    /// A word between two operands, or before one.
    package static let `operator` = Roles(rawValue: 1 << 7)
    package static let structure = Roles(rawValue: 1 << 8)
    package static let stage = Roles(rawValue: 1 << 9)
    package static let unit = Roles(rawValue: 1 << 10)
    package static let literal = Roles(rawValue: 1 << 11)
    package static let function = Roles(rawValue: 1 << 12)
    package static let aggregate = Roles(rawValue: 1 << 13)
    package static let field = Roles(rawValue: 1 << 14)
    /// A status, a certainty, a kind, a role.
    package static let value = Roles(rawValue: 1 << 15)
    /// What `define` defines.
    package static let definition = Roles(rawValue: 1 << 16)
    /// The name of an entry of a definition.
    package static let entry = Roles(rawValue: 1 << 17)
    /// A word between the values of an entry: `background`, `since`.
    package static let mark = Roles(rawValue: 1 << 18)

    /// What may stand as an operand, and is the English word whatever language it was written in.
    static let operand: Roles = [.noun, .entity, .function, .aggregate, .field, .value, .adjective]
    /// What may stand after a dot: `since` and `until` are fields of an office.
    static let part: Roles = operand.union(.time)
    /// What means something inside definitions only.
    static let definitions: Roles = [.definition, .entry, .mark]
    /// What cannot be a bare name.
    static let reserved: Roles = [.clause, .operator, .structure, .stage, .statement]
  }
}
