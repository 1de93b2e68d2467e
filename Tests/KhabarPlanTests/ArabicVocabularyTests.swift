import KhabarSyntax
import Testing

@testable import KhabarModel
@testable import KhabarPlan

/// The one table of keywords has all that models are written in, and agrees with the vocabulary.
@Suite struct ArabicVocabularyTests {
  @Test(arguments: DefinitionKind.allCases) func everyKindAndEntryHasAnArabicSpelling(_ kind: DefinitionKind)
  {
    #expect(Keyword.keyword(spelledBy: kind.rawValue, as: .definition) != nil)
    for field in kind.fields {
      #expect(Keyword.keyword(spelledBy: field, as: .entry) != nil, "\(field)")
    }
  }

  @Test func everyFieldAndWordHasAnArabicSpelling() {
    // `of` after a dot stays as it is: its Arabic spelling is that of `from`, which is a column.
    for field in FieldID.allCases where ![.contested, .of].contains(field) {
      #expect(Keyword.keyword(spelledBy: field.rawValue, as: [.field, .time]) != nil, "\(field)")
    }
    for function in Function.allCases {
      #expect(Keyword.keyword(spelledBy: function.rawValue, as: .function) != nil, "\(function)")
    }
    let words = Status.allCases.map(\.name) + Certainty.allCases.map(\.name) + ActorKind.allCases.map(\.name)
    for word in words { #expect(Keyword.keyword(spelledBy: word, as: .value) != nil, "\(word)") }
  }

  /// What a noun means is the vocabulary's: every spelling of a keyword means there what its first one means.
  @Test func nounsMeanTheSameInBothLanguages() {
    let vocabulary = Vocabulary.plover
    for row in Keyword.rows where row.roles.contains(.type) {
      let meaning = vocabulary.noun(row.english[0])
      #expect(meaning != nil, "\(row.english[0])")
      for spelling in row.english + row.arabic {
        #expect(vocabulary.noun(spelling) == meaning, "\(spelling) is not \(row.english[0])")
      }
    }
  }

  /// What the vocabulary calls in several words is a name for the grammar, and quoted.
  @Test func everyNounOfTheVocabularyIsInTheTable() {
    for row in PLOVER.nouns where !row.english[0].contains(" ") {
      #expect(Keyword.keyword(spelledBy: row.english[0], as: .type) != nil, "\(row.english[0])")
    }
  }
}
