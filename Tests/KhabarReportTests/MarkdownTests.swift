import Testing

@testable import KhabarReport

/// The part of Markdown that comments are written in.
struct MarkdownTests {
  @Test func blocks() {
    let markdown = Markdown(
      "# A title\nA paragraph\nof two lines\n\n- one\n- two\n  and more\n\n1. first\n2. second\n### Third")
    #expect(
      markdown.blocks == [
        .heading(level: 1, "A title"), .paragraph("A paragraph\nof two lines"),
        .list(isOrdered: false, ["one", "two\nand more"]), .list(isOrdered: true, ["first", "second"]),
        .heading(level: 3, "Third"),
      ])
    #expect(Markdown("#no heading\n-no item\n12345. no item").blocks.count == 1)
    #expect(Markdown("").blocks.isEmpty)
  }

  @Test(arguments: [
    ("plain & <b>", "plain &amp; &lt;b&gt;"),
    ("*a* **b** `c*d*`", "<em>a</em> <strong>b</strong> <code>c*d*</code>"),
    ("**a *b* c**", "<strong>a <em>b</em> c</strong>"),
    ("2 * 3 * 4, a*, *", "2 * 3 * 4, a*, *"),
    ("[a](https://example.org/?a=1&b=2)", "<a href=\"https://example.org/?a=1&amp;b=2\">a</a>"),
    ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
    ("[a](JAVASCRIPT:x) <data:text/html,x>", "[a](JAVASCRIPT:x) &lt;data:text/html,x&gt;"),
    ("<https://example.org>", "<a href=\"https://example.org\">https://example.org</a>"),
    ("[a](#event-x) [b](relative.html) [c", "<a href=\"#event-x\">a</a> [b](relative.html) [c"),
    ("`open *a* \"quoted\"", "`open <em>a</em> &quot;quoted&quot;"),
  ]) func spans(_ text: String, _ html: String) {
    #expect(Markdown.html(text) == html)
  }
}
