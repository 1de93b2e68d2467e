import CMessageDigest
import KhabarModel

extension Model {
  /// The model with the text of one of its articles at hand, so that evidence shows quotes.
  ///
  /// - Parameter text: The bytes of the article's text, in UTF-8. Which article it is, its SHA-256 tells.
  /// - Throws: `KhabarError` (E0613) where no article of the model has that digest.
  public func attaching(text: [UInt8]) throws -> Model {
    let digest = Self.sha256(text)
    guard let article = store.articles.firstIndex(where: { $0.sha256 == digest }) else {
      let known = store.articles.compactMap { article in article.sha256.map { "\(article.id): \($0)" } }
      throw KhabarError(
        known.isEmpty
          ? "an article says which text is its own by `sha256`"
          : "the model knows \(known.joined(separator: ", "))",
        id: "E0613", "no article of the model has a text with the digest \(digest)")
    }
    return attaching(ArticleText(String(decoding: text, as: UTF8.self)), to: Int32(article))
  }

  /// The texts that come with the library, for those of the articles whose they are.
  static func builtInTexts(of articles: [Article]) -> [Int32: ArticleText] {
    var texts: [Int32: ArticleText] = [:]
    for (index, article) in articles.enumerated() {
      guard let bytes = BuiltIn.text(ofArticle: article.id), article.sha256 == sha256(bytes) else { continue }
      texts[Int32(index)] = ArticleText(String(decoding: bytes, as: UTF8.self))
    }
    return texts
  }

  /// In lower-case hexadecimal digits.
  private static func sha256(_ bytes: [UInt8]) -> String {
    var digits = [CChar](repeating: 0, count: 2 * 32 + 1)
    _ = SHA256Data(bytes, bytes.count, &digits)
    return String(decoding: digits.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
