import Khabar

let article = try Model.builtInArticle
let result = try article.query("meetings in Moscow")
print(result.count, result.columns)  // 3 ["id", "time", "type", …]
let first = result.rows[0]["id"]  // "lavrov_bayramov"
let count = try article.value("meetings | count", as: Int.self)  // 9

struct Meeting: Decodable {
  var id: String
  var time: String?
  var actors: [String]
}
let meetings: [Meeting] = try result.decode()

let desk = try Model.build(name: "desk") { model in
  let averna = model.state("averna", name: ["en": "Averna", "ar": "أفيرنا"])
  let kest = model.state("kest", name: "Kest")
  model.article("gazette", published: "2031-04-02")
  let talks = model.event(
    "talks", type: "negotiation", time: "2031-04", participants: [.actor(averna), .host(kest)])
  model.report(talks, status: .planned, certainty: .probable)
}

var prepared = Session(article)
try prepared.run("def attended(who) = events with who where type is CONSULT")

var session = prepared
let answers = try session.run("attended(Lavrov) | count")

let rows = try result.rows[0].evidence().rows
let lines = rows.map { $0["line"] }

do {
  _ = try article.query("events with Lavorv")
} catch let error as KhabarError {
  print(error.problems[0].id)  // E0301
  print(error.problems[0].help)  // ["did you mean `Lavrov` (Sergei Lavrov)?"]
}
