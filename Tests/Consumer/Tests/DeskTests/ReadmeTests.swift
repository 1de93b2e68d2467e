import Khabar
import KhabarTesting
import Testing

@Test func theMinistersInMoscow() throws {
  let article = try Model.builtInArticle
  expectQuery("meetings in Moscow | count", in: article, equals: 3)
  expectRows("meetings in Moscow with Armenia | select id, time", in: article) {
    ["lavrov_mirzoyan", "2023-05-19"]
    ["moscow_trilateral", "2023-05-19"]
  }
  expectEmpty("meetings in Moscow after 2023-06", in: article)
}
