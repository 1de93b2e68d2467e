import Khabar

let article = try Model.builtInArticle
let result = try article.query("meetings in Moscow")
let first = result.rows[0]["id"]  // .text("lavrov_bayramov")
let meetings = try article.value("meetings | count", as: Int.self)  // 9
print(result.count, first ?? .missing, meetings)  // 3 of them

struct Meeting: Decodable { var id: String; var time: String?; var actors: [String] }
for meeting: Meeting in try result.decode() { print(meeting.id, meeting.actors) }
