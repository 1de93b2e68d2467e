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
    #expect(again.builder.events.map(\.id) == Array(store.events.ids))
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
    let text = "a \"b\" \\ \n\t\u{7} \u{2028} ا\u{200F} \u{FFFD}\u{FEFF}\u{202E}{x}"
    place.names = LocalizedText([.init(language: "en", text: text)])
    for (latitude, longitude) in [(0.000_012_5, -0.0), (-1.25e-12, 1e-300)] {
      (place.latitude, place.longitude) = (latitude, longitude)
      model.places = [place]
      let again = load(ModelPrinter.script(model))
      #expect(again.diagnostics == [])
      #expect(again.builder.places == [place])
    }
    #expect(ModelPrinter.tenths(-25) == "-2.5")
    #expect(ModelPrinter.tenths(-5) == "-0.5")
    #expect(ModelPrinter.tenths(100) == "10")
  }

  /// What would reorder the line around it is written as its code point.
  @Test func whatIsUnseenIsPrintedAsItsCodePoint() {
    #expect(ModelPrinter.quoted("a\u{202E}b\u{FFFD}") == #""a\u{202E}b\u{FFFD}""#)
  }

  @Test func theOrderOfEntriesMakesNoOtherModel() {
    let (first, second) = ("name \"A\" background", "alias \"B\" background")
    let models = [[first, second], [second, first]].map {
      load("define state a ( \($0[0]), \($0[1]) )").builder
    }
    #expect(models[0].actors == models[1].actors)
    #expect(load(ModelPrinter.script(models[1])).builder.actors == models[1].actors)
  }
}
