import EDTF
import KhabarSyntax
import Testing

@testable import KhabarModel
@testable import KhabarPlan

@Suite struct ModelPrinterTests {
  @Test func aPrintedModelIsTheSameModel() {
    let model = load(everything).builder
    let again = load(ModelPrinter.script(model))
    #expect(again.diagnostics == [])
    #expect(again.builder.articles == model.articles)
    #expect(again.builder.topics == model.topics)
    #expect(again.builder.actors == model.actors)
    #expect(again.builder.places == model.places)
    #expect(again.builder.events == model.events)
    #expect(again.builder.reports == model.reports)
    #expect(again.builder.vocabulary.types == model.vocabulary.types)
    #expect(ModelPrinter.script(again.builder) == ModelPrinter.script(model))
  }

  @Test func aPrintedStoreIsTheSameModelInItsOrder() {
    let store = load(everything).builder.build()
    let printed = ModelPrinter.script(store)
    let again = load(printed)
    #expect(again.diagnostics == [])
    #expect(again.builder.events.map(\.id) == store.events.ids)
    #expect(ModelPrinter.script(again.builder.build()) == printed)
  }

  @Test func everyEntryHasALine() {
    let model = load(
      "define state norland ( name en \"Norland\" ar \"نورلاند\", country NO )\ndefine group g ( )"
    ).builder
    #expect(
      ModelPrinter.script(model) == """
        define state norland (
          name en "Norland" ar "نورلاند",
          country NO,
        )

        define group g ( )

        """)
  }

  @Test func stringsAndNumbersComeBack() throws {
    var model = StoreBuilder(vocabulary: .plover)
    var place = Place(id: "odd")
    place.names = LocalizedText([.init(language: "en", text: "a \"b\" \\ \n\t\u{7} \u{2028} ا\u{200F}")])
    place.latitude = 0.000_012_5
    place.longitude = -0.0
    model.places = [place]
    let again = load(ModelPrinter.script(model))
    #expect(again.diagnostics == [])
    #expect(again.builder.places == [place])
    #expect(ModelPrinter.tenths(-25) == "-2.5")
    #expect(ModelPrinter.tenths(-5) == "-0.5")
    #expect(ModelPrinter.tenths(100) == "10")
  }
}
