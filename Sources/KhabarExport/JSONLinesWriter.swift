import EDTF
import KhabarModel
import KhabarText

/// A model as JSON Lines: on each line an object, which is a record with all that definitions say of it. An event has its
/// reports with it. `Grammar/khabar.schema.json` describes the objects, and `khabar import jsonl` reads them.
///
///     {"record":"actor","id":"averna","kind":"state","names":{"en":"Averna"},"country":"AV"}
///     {"record":"event","id":"selm_talks","type":"negotiation","time":"2031-04",
///      "participants":[{"actor":"averna","role":"host"}],"reports":[{"article":"gazette","status":"occurred"}]}
///
/// What a record does not have, its object does not name; nor the role `actor`, the certainty `certain`, or the article of
/// evidence where it is the report's.
package struct JSONLinesWriter {
  let store: EventStore

  package init(_ store: EventStore) { self.store = store }

  package func write(to output: inout some TextOutputStream) {
    for article in store.articles { output.write(object(article).line) }
    for type in store.vocabulary.additions { output.write(object(type).line) }
    for topic in store.topics { output.write(object(topic).line) }
    for actor in store.actors { output.write(object(actor).line) }
    for place in store.places { output.write(object(place).line) }
    for event in 0..<store.events.count { output.write(object(event: event).line) }
  }

  // MARK: - Articles, topics, types

  private func object(_ article: Article) -> JSONObject {
    var object = JSONObject(record: "article", article.id)
    object.add("title", texts: article.title)
    object.add("publisher", article.publisher)
    object.add("language", article.language)
    object.add("published", article.published?.description)
    object.add("sha256", article.sha256)
    object.add(background: article.background)
    return object
  }

  private func object(_ topic: Topic) -> JSONObject {
    var object = JSONObject(record: "topic", topic.id)
    object.add("names", texts: topic.names)
    object.add(background: topic.background)
    return object
  }

  private func object(_ type: Vocabulary.Addition) -> JSONObject {
    var object = JSONObject(record: "type", type.id)
    object.add("of", type.parent)
    object.add("nouns", list: type.nouns)
    object.add("quad", type.quad)
    if let score = type.score { object.add("score", json: scoreText(score)) }
    object.add("modes", list: type.modes)
    object.add("contexts", list: type.contexts)
    return object
  }
}
