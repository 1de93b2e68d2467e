import KhabarText

/// The Markdown that comments are written in, as HTML: a small part of CommonMark.
///
///     # Heading        ## Heading        paragraphs, apart by an empty line
///     - an item        1. an item        *emphasis*   **strong**   `code`   [text](https://…)   <https://…>
///
/// Whatever else stands there is text. Links lead to the web or within the page, and nowhere else.
struct Markdown {
  /// What a text is made of.
  enum Block: Equatable {
    case heading(level: Int, String)
    case paragraph(String)
    case list(isOrdered: Bool, [String])
  }

  let blocks: [Block]

  init(_ text: String) {
    var blocks: [Block] = []
    var isOpen = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let content = String(line.drop { $0 == " " })
      if content.isEmpty {
        isOpen = false
      } else if let heading = Self.heading(content) {
        blocks.append(heading)
        isOpen = false
      } else if let (isOrdered, item) = Self.item(content) {
        if isOpen, case .list(isOrdered, let items)? = blocks.last {
          blocks[blocks.count - 1] = .list(isOrdered: isOrdered, items + [item])
        } else {
          blocks.append(.list(isOrdered: isOrdered, [item]))
        }
        isOpen = true
      } else if isOpen {
        blocks[blocks.count - 1].append(content)
      } else {
        blocks.append(.paragraph(content))
        isOpen = true
      }
    }
    self.blocks = blocks
  }

  private static func heading(_ line: String) -> Block? {
    let level = line.prefix { $0 == "#" }.count
    let text = line.dropFirst(level)
    guard (1...6).contains(level), text.first == " " else { return nil }
    return .heading(level: level, String(text.drop { $0 == " " }))
  }

  private static func item(_ line: String) -> (isOrdered: Bool, text: String)? {
    if line.hasPrefix("- ") || line.hasPrefix("* ") { return (false, String(line.dropFirst(2))) }
    let digits = line.prefix { $0.isASCII && $0.isNumber }
    let rest = line.dropFirst(digits.count)
    guard (1...4).contains(digits.count), rest.hasPrefix(". ") else { return nil }
    return (true, String(rest.dropFirst(2)))
  }

  // MARK: - Inside a block

  /// A line's text as HTML.
  static func html(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let next = rest.first {
      if let (html, length) = span(rest) {
        result += html
        rest = rest.dropFirst(length)
      } else {
        result += Markup.escape(String(next))
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// What is marked at the beginning of a text, and how many characters that takes.
  private static func span(_ text: Substring) -> (html: String, length: Int)? {
    switch text.first {
    case "`": return enclosed(text, "`").map { ("<code>\(Markup.escape($0))</code>", $0.count + 2) }
    case "*":
      if let strong = enclosed(text, "**") { return ("<strong>\(html(strong))</strong>", strong.count + 4) }
      return enclosed(text, "*").map { ("<em>\(html($0))</em>", $0.count + 2) }
    case "<":
      guard let end = text.firstIndex(of: ">") else { return nil }
      let address = String(text[text.index(after: text.startIndex)..<end])
      return link(address, shown: Markup.escape(address)).map { ($0, address.count + 2) }
    case "[":
      guard let end = text.firstIndex(of: "]"), text[end...].hasPrefix("]("),
        let close = text[end...].firstIndex(of: ")")
      else { return nil }
      let shown = String(text[text.index(after: text.startIndex)..<end])
      let address = String(text[text.index(end, offsetBy: 2)..<close])
      return link(address, shown: Markup.escape(shown)).map { ($0, shown.count + address.count + 4) }
    default: return nil
    }
  }

  private static func enclosed(_ text: Substring, _ mark: String) -> String? {
    let inner = text.dropFirst(mark.count)
    guard text.hasPrefix(mark), let first = inner.first, first != " ", first != mark.first else { return nil }
    var index = inner.index(after: inner.startIndex)
    while index < inner.endIndex {
      if inner[index...].hasPrefix(mark), inner[inner.index(before: index)] != " " {
        return String(inner[..<index])
      }
      index = inner.index(after: index)
    }
    return nil
  }

  private static func link(_ address: String, shown: String) -> String? {
    let isSafe = ["https://", "http://", "mailto:", "#"].contains { address.lowercased().hasPrefix($0) }
    guard isSafe, !address.contains(where: \.isWhitespace) else { return nil }
    return "<a href=\"\(Markup.escape(address))\">\(shown)</a>"
  }
}

extension Markdown.Block {
  fileprivate mutating func append(_ line: String) {
    switch self {
    case .heading: break
    case .paragraph(let text): self = .paragraph(text + "\n" + line)
    case .list(let isOrdered, var items):
      items[items.count - 1] += "\n" + line
      self = .list(isOrdered: isOrdered, items)
    }
  }
}
