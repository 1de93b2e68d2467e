/// The letters that folding replaces.
enum FoldingTable {
  /// Precomposed letters by the letters they fold to.
  private static let spellings: [(base: String, variants: String)] = [
    ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ"), ("b", "ɓḃḅḇ"), ("c", "çćĉċčḉ"), ("d", "ðďđɗḋḍḏḑḓ"),
    ("e", "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ"), ("f", "ƒḟ"), ("g", "ĝğġģǧǵḡ"), ("h", "ĥħȟḣḥḧḩḫẖ"),
    ("i", "ìíîïĩīĭįıǐȉȋḭḯỉị"), ("j", "ĵǰ"), ("k", "ķĸƙǩḱḳḵ"), ("l", "ĺļľŀłḷḹḻḽ"), ("m", "ḿṁṃ"),
    ("n", "ñńņňŋǹṅṇṉṋ"), ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ"), ("p", "ṕṗ"), ("r", "ŕŗřȑȓṙṛṝṟ"),
    ("s", "śŝşšſșẛṡṣṥṧṩ"), ("t", "ţťŧțṫṭṯṱẗ"), ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự"), ("v", "ṽṿ"),
    ("w", "ŵẁẃẅẇẉẘ"), ("x", "ẋẍ"), ("y", "ýÿŷƴȳẏẙỳỵỷỹ"), ("z", "źżžẑẓẕ"), ("ʒ", "ǯ"),
    ("ae", "æǣǽ"), ("ij", "ĳ"), ("oe", "œ"), ("ss", "ß"), ("th", "þ"),
    ("α", "ά"), ("ε", "έ"), ("η", "ή"), ("ι", "ΐίϊ"), ("ο", "ό"), ("υ", "ΰϋύ"), ("ω", "ώ"), ("σ", "ς"),
    ("а", "ӑӓ"), ("г", "ѓ"), ("е", "ѐёӗ"), ("ж", "ӂӝ"), ("з", "ӟ"), ("и", "йѝӣӥ"), ("к", "ќ"), ("о", "ӧ"),
    ("у", "ўӯӱӳ"), ("ч", "ӵ"), ("ы", "ӹ"), ("э", "ӭ"), ("і", "ї"), ("ә", "ӛ"), ("ө", "ӫ"),
  ]

  /// Arabic letters, hyphens and apostrophes that stand for one another.
  private static let groups: [(letter: Unicode.Scalar, variants: String)] = [
    ("ا", "أإآٱ"), ("ي", "ىی"), ("ه", "ةۀہھەۃ"), ("ء", "ؤئ"), ("ك", "کڪ"),
    ("-", "\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}\u{5BE}\u{FE63}\u{FF0D}"),
    ("'", "\u{2018}\u{2019}\u{201B}\u{2BB}\u{2BC}\u{2BE}\u{2BF}\u{2032}\u{B4}\u{FF07}"),
  ]

  static let bases: [Unicode.Scalar: String] = {
    var table: [Unicode.Scalar: String] = [:]
    for (base, variants) in spellings {
      for variant in variants.unicodeScalars { table[variant] = base }
    }
    return table
  }()

  static let letters: [Unicode.Scalar: Unicode.Scalar] = {
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    for (letter, variants) in groups {
      for variant in variants.unicodeScalars { table[variant] = letter }
    }
    for (zero, count) in [(0x660, 10), (0x6F0, 10), (0x966, 10)] as [(UInt32, UInt32)] {
      for digit in 0..<count {
        table[Unicode.Scalar(zero + digit) ?? "0"] = Unicode.Scalar(UInt8(48 + digit))
      }
    }
    return table
  }()
}
