import Khabar
import KhabarModel
import KhabarPlan
import Testing

/// The part of a model that a query's events need is a model, in which the query finds the same.
struct PartTests {
  private static let queries: [(model: String, query: String)] =
    [
      "meetings in Moscow", "planned meetings with Lavrov", "events without Armenia",
      "events according to Armenia",
      "events after washington_talks before chisinau_meeting", "statements by Russia",
      "events about lachin_checkpoint",
      "events possibly on 2023-10-05", "الاجتماعات المخططة مع لافروف في موسكو",
      "events | where score > 2 | take 3",
      "events where count(reports) = 0", "lachin_checkpoint | consequences",
    ].map { ("moscow_2023_05_19", $0) }
    + ["contested events", "events with Tesmar", "events where count(reports) > 2", "events"].map {
      ("salt_road", $0)
    }

  @Test(arguments: queries) func aQueryFindsTheSameInItsPart(model: String, query: String) throws {
    let whole = try Model(builtIn: model)
    let part = try Model(text: try whole.part(query).script)
    for stage in [
      "", " | participants", " | actors", " | evidence", " | select id, place.within, topics, label",
    ] {
      let asked = stage.isEmpty ? query : "(\(query))\(stage)"
      #expect(try part.query(asked).text(.csv) == whole.query(asked).text(.csv), "\(asked)")
    }
  }

  @Test func nothingElseIsInIt() throws {
    let store = try Model.builtInArticle.part("meetings in Moscow").store
    #expect(Array(store.events.ids) == ["lavrov_bayramov", "lavrov_mirzoyan", "moscow_trilateral"])
    let actors = Set(store.actors.map(\.id))
    #expect(
      actors.isSuperset(of: ["sergei_lavrov", "jeyhun_bayramov", "ararat_mirzoyan", "russia", "armenia"]))
    #expect(!actors.contains("olaf_scholz") && store.places.count < 5)
    #expect(try Model.builtInArticle.part("events where false").store.events.count == 0)
    let all = try Model(builtIn: "salt_road")
    #expect(try all.part("events").store.reports.count == all.store.reports.count)
  }

  @Test(arguments: ["meetings | count", "meetings | actors", "Lavrov", "events | select id", "meetings |"])
  func aQueryMustGiveEvents(query: String) throws {
    let error = #expect(throws: KhabarError.self) { try Model.builtInArticle.part(query) }
    let id = query == "meetings |" ? "E02" : "E0690"
    #expect(error?.problems.first?.id.hasPrefix(id) == true, "\(query)")
  }
}
