import KhabarSyntax
import Testing

@Suite struct TreePrinterTests {
  private func outline(_ text: String) -> String {
    TreePrinter.print(Parser.parse(SourceText(name: "", text: text)).script)
  }

  @Test func aQueryIsAnOutline() {
    let expected = """
      query
        phrase
          adjective planned
          noun word meetings
          clause with any of Lavrov, "Ararat Mirzoyan"
          clause not possibly before
            time 2023-06
        stage where
          binary and
            binary =
              path place.country
              string "FR"
            call exists
              query
                phrase
                  noun reports
                  clause by Zakharova
        stage take 3

      """
    let text = """
      planned meetings with any of Lavrov, "Ararat Mirzoyan" not possibly before 2023-06
        | where place.country = "FR" and exists(reports by Zakharova) | take 3
      """
    #expect(outline(text) == expected)
  }

  @Test func otherStatementsToo() {
    let expected = """
      let a
        query
          every sequence
            by
              path pair
            query
              phrase
                noun events
            query
              phrase
                noun events
            within
              duration 3 days
      set lang ar
      print
        text "n = "
        number 1
      define state avaria
        name en "Avaria"

      """
    let text = """
      let a = every sequence by pair (events) then (events) within 3 days
      set lang ar
      print "n = {1}"
      define state avaria (name en "Avaria")
      """
    #expect(outline(text) == expected)
  }
}
