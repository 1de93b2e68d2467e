import Khabar
import KhabarSyntax
import KhabarText

/// A page of `.help`.
struct HelpTopic: Sendable {
  var name: String
  var otherNames: [String] = []
  /// For the list of topics.
  var title: String
  var text: String

  static func named(_ name: String) -> HelpTopic? {
    let name = Folding.fold(name)
    return all.first { $0.name == name || $0.otherNames.contains(name) }
  }

  /// What `.help` alone says: the things that are asked most, first.
  static var overview: String {
    let commands = DotCommand.all.map { ("  " + $0.usage, $0.help) }
    let topics = all.map { ("  .help " + $0.name, $0.title) }
    return """
      Say what you ask for, which of it, and what is to be done with it:

        meetings with Lavrov in Moscow          events of a type, narrowed by clauses
        planned events before 2023-06           a status before the noun, a time after it
        events according to Armenia             by whose word
        meetings in Moscow | actors             from events to who took part
        events | summarize count by status      groups
        lavrov_bayramov | evidence              who says so, and where
        الاجتماعات المخططة مع لافروف            the same language in Arabic

      Tab completes words and names; a name of several words is quoted: "South Caucasus".
      A line that ends with | or an open parenthesis goes on; Ctrl-C drops it.


      """ + columns(topics) + "\n" + columns(commands)
  }

  static func columns(_ rows: [(String, String)]) -> String {
    let width = rows.map { DisplayWidth.of($0.0) }.max() ?? 0
    return rows.map { DisplayWidth.pad($0.0, to: width + 2) + $0.1 + "\n" }.joined()
  }
}

extension HelpTopic {
  static let all: [HelpTopic] = [
    HelpTopic(
      name: "nouns", otherNames: ["noun", "adjectives", "types"], title: "what can be asked for",
      text: """
        events                        all events; or those of a type:
        meetings, negotiations, summits, statements, agreements, ceasefires, assaults, …
        planned meetings              of a status: occurred, ongoing, planned, hypothetical,
                                      denied, cancelled; or contested
        actors, people, states, organizations, groups
        places, reports, articles
        Lavrov                        one record, by any of its names or its id
        place Moscow, actor Moscow    where a name fits several kinds
        (meetings in Moscow)          an answer, in parentheses
        talks                         an answer that `let talks = …` has named

        `.schema` lists the fields of each, `.names` the names of the model.
        """),
    HelpTopic(
      name: "clauses", otherNames: ["clause", "with", "by", "in", "about"], title: "which of them",
      text: """
        with Russia, Armenia          all of these take part, or who represents them
        with any of Russia, Armenia   at least one does
        with exactly Russia           Russia itself, not who represents it
        without Russia
        by Lavrov · to Armenia · hosted by Russia · with Russia as mediator
        in Moscow · in "South Caucasus"
        before 2023-05-19             and other times: .help time
        about "Armenia–Azerbaijan conflict" · about lachin_checkpoint
        according to Zakharova        by whose word
        reported by "BBC" · reported in ARTICLE
        as of 2023-05-01              what was known that day
        where score < 0 and place != none

        All of them must hold; `not` before a clause turns it round, `possibly` keeps what may be so.
        """),
    HelpTopic(
      name: "time", otherNames: ["times", "before", "during", "possibly", "date", "dates"],
      title: "when, as far as it is known",
      text: """
        2023-05-19   2023-05   2023   2023-05-01/2023-05-04   2020/..   2023-21 (spring)   2023-05~
        before T · after T · since T · until T · during T · on T · overlapping T
        between T and U · within 5 days of T

        T is a time, an event (`after washington_talks`), or a query in parentheses.
        A comparison of times is true, false or unknown; a filter keeps what is true:

        meetings on 2023-10-05             those that surely were that day
        meetings possibly on 2023-10-05    those that may have been
        """),
    HelpTopic(
      name: "stages", otherNames: ["stage", "pipe", "summarize", "sort", "count"],
      title: "what is done with the rows",
      text: """
        | where E · | sort by E desc, … · | take 5 · | skip 5 · | top 5 by E · | distinct
        | select id, time, place.country as country
        | count
        | summarize count, avg(score) by status, year(time) as year
        | participants · | actors · | places · | reports · | articles · | events
        | parts · | causes · | consequences          from each row to what is related to it
        | evidence                                   the reports of each event
        | join (QUERY) as NAME on E
        | union (QUERY) · | intersect (QUERY) · | except (QUERY)
        """),
    HelpTopic(
      name: "expressions", otherNames: ["expression", "functions", "operators"],
      title: "conditions and values, after `where` and `select`",
      text: """
        fields        score, place.country, actors.represents        .schema lists them
        comparing     = != < <= > >= · in (a, b) · is CONSULT · has · contains · matches
        joining       and · or · not · possibly
        missing       place = none · place != none
        counting      + - * /
        times         time before 2023-06 · year(time) · month(time) · duration(time)
                      relation(time, 2023-05) · precision(time)
        others        count(…) · exists(QUERY) · lower · upper · length · abs · round · coalesce · if
        """),
    HelpTopic(
      name: "sequences", otherNames: ["sequence", "path", "paths"],
      title: "what came after what; who is linked to whom",
      text: """
        sequence by pair (meetings) then (escalations) within 30 days
        every sequence (threats) then (assaults) until (agreements)
        path from Scholz to Michel
        path from Scholz to Michel through (meetings) within 3 steps
        """),
    HelpTopic(
      name: "statements", otherNames: ["statement", "let", "set", "define", "print", "assert"],
      title: "names, settings, definitions",
      text: """
        let talks = meetings in Moscow           name an answer
        set lang ar · set today 2023-05-19
        print "{count(talks)} talks"
        assert count(talks) = 3, "three talks"
        explain QUERY
        define place utopia ( kind country )     add to the model

        A statement ends with its line or at `;`. `#` begins a comment.
        """),
    HelpTopic(
      name: "keys", otherNames: ["key", "keyboard", "editing"], title: "the keyboard",
      text: """
        Tab              complete; again: list
        Enter            run; a statement that is not complete goes on in a new line
        Alt-Enter        a new line in any case
        Up, Down         lines of the statement, then earlier statements
        Ctrl-R           search earlier statements
        Ctrl-C           drop the line, or stop the query that is running
        Ctrl-D           leave, on an empty line
        """),
  ]
}

extension Shell {
  func showHelp(_ line: DotLine) throws {
    guard !line.rest.text.isEmpty else { return runner.output.write(HelpTopic.overview) }
    let wanted = line.rest.text.first == "." ? String(line.rest.text.dropFirst()) : line.rest.text
    if line.rest.text.first != ".", let topic = HelpTopic.named(wanted) {
      return runner.output.write(topic.text + "\n")
    }
    if let command = DotCommand.named(wanted) {
      return runner.output.write("\(command.usage)\n  \(command.help), as in `\(command.example)`\n")
    }
    if let topic = HelpTopic.ofKeyword(wanted) { return runner.output.write(topic.text + "\n") }
    let names = HelpTopic.all.map(\.name) + DotCommand.all.map(\.name)
    let near = EditDistance.nearest(to: wanted, among: names)
    throw line.error(
      "E0610", "there is no help on `\(line.rest.text)`", at: line.rest,
      help: near.map { "did you mean `.help \($0)`?" }
        ?? "topics: \(HelpTopic.all.map(\.name).joined(separator: ", "))")
  }
}

extension HelpTopic {
  /// The page that a word of the language is on.
  static func ofKeyword(_ text: String) -> HelpTopic? {
    let roles = Keyword.keywords(spelledBy: text).map(\.roles)
    let pages: [(Keyword.Roles, String)] = [
      (.time, "time"), (.clause, "clauses"), (.stage, "stages"), (.statement, "statements"),
      ([.noun, .adjective, .entity, .type], "nouns"), ([.operator, .function, .aggregate], "expressions"),
      (.structure, "sequences"),
    ]
    return pages.first { page in roles.contains { !$0.isDisjoint(with: page.0) } }.flatMap { named($0.1) }
  }
}
