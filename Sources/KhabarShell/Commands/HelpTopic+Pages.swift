// The pages of `.help`. Each fits a window of 80 columns.
extension HelpTopic {
  static let all: [HelpTopic] = [
    HelpTopic(
      name: "nouns", otherNames: ["noun", "adjectives", "types"], title: "what can be asked for",
      examples: [
        Example("events", "all of them"),
        Example("meetings", "of a type: negotiations, statements, …"),
        Example("planned meetings", "occurred, ongoing, denied, cancelled, …"),
        Example("contested events", "some say that they happened, others deny it"),
        Example("people", "actors, states, organizations, groups"),
        Example("places"),
        Example("reports", "who says what of which event"),
        Example("articles"),
        Example("Lavrov", "one record, by any of its names or its id"),
        Example("place Moscow", "where a name fits several kinds"),
        Example("(meetings in Moscow) | actors", "an answer, asked on"),
      ],
      notes: """
        `.schema` lists the fields of each, `.names` the names of the model.
        `table "FILE.csv"` are the rows of a file, also `.tsv` and `.jsonl`.
        """),
    HelpTopic(
      name: "clauses", otherNames: ["clause", "with", "by", "in", "about"], title: "which of them",
      examples: [
        Example("events with Russia, Armenia", "all take part, or who represents them"),
        Example("events with any of Russia, Armenia", "at least one does"),
        Example("events with exactly Russia", "Russia itself"),
        Example("events without Russia"),
        Example("statements by Russia", "in a role: to, hosted by, with … as host"),
        Example("events in \"South Caucasus\"", "there, or in a place within it"),
        Example("events before 2023-05-19", "and other times: .help time"),
        Example("events about normalization", "a topic, or another event"),
        Example("events according to Armenia", "by whose word"),
        Example("events as of 2023-05-19", "as far as it was known that day"),
        Example("events where score < 0", "any condition: .help expressions"),
      ],
      notes: """
        All of them must hold. `not` before a clause turns it round; `possibly` keeps
        what may be so.
        """),
    HelpTopic(
      name: "time", otherNames: ["times", "before", "during", "possibly", "date", "dates"],
      title: "when, as far as it is known",
      examples: [
        Example("events on 2023-05-19", "a day, a month, a year"),
        Example("events during 2023-05-01/2023-05-04", "an interval; 2020/.. goes on"),
        Example("meetings after washington_talks", "an event stands for its time"),
        Example("meetings before (meetings in Moscow)", "and a query for those of its events"),
        Example("events between 2020 and 2022", "also since, until, overlapping"),
        Example("events within 5 days of 2023-05-14"),
        Example("meetings on 2023-10-05", "those that surely were that day"),
        Example("meetings possibly on 2023-10-05", "those that may have been"),
      ],
      notes: "A comparison of times is true, false or unknown; a filter keeps what is true."),
    HelpTopic(
      name: "stages", otherNames: ["stage", "pipe", "summarize", "sort", "count", "pictures", "picture"],
      title: "what is done with the rows",
      examples: [
        Example("events | count"),
        Example("events | sort by score desc | take 5"),
        Example("events | top 5 by score", "the same"),
        Example("events | where score < 0 | skip 1"),
        Example("events | select id, place.country as land", "columns"),
        Example("events | summarize count, avg(score) by status", "groups"),
        Example("meetings | actors | distinct kind"),
        Example("meetings in Moscow | participants", "places, reports, articles, …"),
        Example("lachin_checkpoint | consequences", "causes, follows, …"),
        Example("meetings | evidence", "the reports of each"),
        Example("events | summarize count by year(time) dense", "without gaps"),
        Example("events | one_a_day", "what is told twice, once"),
        Example("meetings | except (meetings in Moscow)", "or union, intersect"),
        Example("events | join (meetings) as m on place = m.place", "pairs of rows"),
        Example("meetings | timeline by place", "bars over dates"),
        Example("events | chart status", "bars"),
        Example("meetings | graph", "who with whom"),
      ]),
    HelpTopic(
      name: "expressions", otherNames: ["expression", "functions", "operators"],
      title: "conditions and values, after `where` and `select`",
      examples: [
        Example("events where score >= 5 and not contested", "= != < <= > >=, and, or, not"),
        Example("events where type is CONSULT", "a type or a subtype of it"),
        Example("events where place = none", "not recorded"),
        Example("events where actors has Lavrov", "one of many values"),
        Example("events where label contains \"treaty\"", "matches takes a pattern"),
        Example("events where status in (planned, ongoing)"),
        Example("events where count(reports) > 1"),
        Example("events | select id, year(time), duration(time)", "relation(time, 2023-05), …"),
      ],
      notes: """
        Functions: year month day quarter start end earliest latest duration precision
        relation relations count exists lower upper length abs round coalesce today if
        """),
    HelpTopic(
      name: "sequences", otherNames: ["sequence", "path", "paths"],
      title: "what came after what; who is linked to whom",
      examples: [
        Example("sequence (meetings) then (statements)", "the next after each"),
        Example("every sequence (meetings) then (meetings) within 9 days"),
        Example("sequence by pair (threats) then (assaults)", "of the same two"),
        Example("path from Scholz to Michel", "by events they share"),
        Example("path from Scholz to Michel through (meetings)"),
      ]),
    HelpTopic(
      name: "statements",
      otherNames: [
        "statement", "let", "def", "param", "import", "set", "define", "print", "assert", "expect",
      ],
      title: "names, settings, definitions",
      examples: [
        Example("let talks = meetings in Moscow", "name an answer"),
        Example("def met(a, b) = meetings with a, b", "name it with parts left open"),
        Example("met(Armenia, Azerbaijan) | count"),
        Example("param most = 3", "name a value; `--set most=5` replaces it"),
        Example("print \"{count(talks)} talks\""),
        Example("assert count(talks) = 3, \"three talks\""),
        Example("set lang ar"),
        Example("set today 2023-05-19"),
        Example("explain talks", "show how a query is run"),
        Example("define place utopia ( kind country )", "add to the model"),
      ],
      notes:
        """
        `import "FILE"` runs another file.
        A statement ends with its line or at `;`. `#` begins a comment.
        """
    ),
    HelpTopic(
      name: "keys", otherNames: ["key", "keyboard", "editing"], title: "the keyboard", examples: [],
      notes: """
        Tab              complete; where several fit, list them, those with most events
                         first; again: the next ones
        Enter            run; a statement that is not complete goes on in a new line
        Alt-Enter        a new line in any case
        Up, Down         lines of the statement, then earlier statements
        Ctrl-R           search earlier statements; again for older, Ctrl-S for
                         newer ones, Ctrl-G to give up
        Home, End        of the line, then of the statement; also Ctrl-A, Ctrl-E
        Ctrl-Left, -Right  a word; also Alt-B, Alt-F
        Ctrl-W, Alt-D    delete the word before, after the cursor
        Ctrl-U, Ctrl-K   delete the line, or what follows; Ctrl-Y puts it back
        Ctrl-T           swap two characters
        Ctrl-L           clear the screen
        Ctrl-Z           stop; `fg` goes on
        Ctrl-C           drop the statement, or stop the query that is running
        Ctrl-D           leave, on an empty line
        ~/.editrc        other keys; `bind -v` in it chooses those of vi
        """),
  ]
}
