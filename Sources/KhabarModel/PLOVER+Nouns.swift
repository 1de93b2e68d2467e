/// The nouns by which queries call events of a type, singular and plural, in English and Arabic. The Arabic
/// article is added to single words when the vocabulary is made. The types' ids are nouns without being
/// listed.
extension PLOVER {
  struct NounRow {
    var type: String
    var mode: String?
    var english: [String]
    var arabic: [String]

    init(_ type: String, _ english: [String], _ arabic: [String]) { self.init(type, nil, english, arabic) }

    init(_ type: String, _ mode: String?, _ english: [String], _ arabic: [String]) {
      self.type = type
      self.mode = mode
      self.english = english
      self.arabic = arabic
    }
  }

  static let nouns: [NounRow] = verbalCooperation + materialCooperation + verbalConflict + materialConflict

  private static let verbalCooperation: [NounRow] = [
    .init(
      "STATEMENT", ["statements", "statement", "remarks", "remark", "announcements", "announcement"],
      ["تصريحات", "تصريح", "بيانات", "بيان", "إعلانات", "إعلان"]),
    .init(
      "AGREE", ["agreements", "agreement", "accords", "accord", "deals", "deal"],
      ["اتفاقات", "اتفاق", "اتفاقيات", "اتفاقية"]),
    .init(
      "CONSULT", ["meetings", "meeting", "consultations", "consultation", "talks"],
      ["اجتماعات", "اجتماع", "لقاءات", "لقاء", "مشاورات", "تشاور", "محادثات", "مباحثات"]),
    .init("CONSULT", "visit", ["visits", "visit"], ["زيارات", "زيارة"]),
    .init("CONSULT", "phone", ["phone calls", "phone call"], ["مكالمات", "مكالمة"]),
    .init("negotiation", ["negotiations", "negotiation"], ["مفاوضات", "مفاوضة", "تفاوض"]),
    .init("summit", ["summits", "summit"], ["قمم", "قمة"]),
    .init("SUPPORT", ["support", "endorsements", "endorsement"], ["دعم", "تأييد", "مساندة"]),
    .init("CONCEDE", ["concessions", "concession"], ["تنازلات", "تنازل"]),
  ]

  private static let materialCooperation: [NounRow] = [
    .init("COOPERATE", ["cooperation", "cooperations", "collaboration"], ["تعاون"]),
    .init("AID", ["aid", "assistance"], ["مساعدات", "مساعدة", "معونات", "معونة", "إغاثة"]),
    .init("RETREAT", ["retreats", "retreat"], ["تراجعات", "تراجع"]),
    .init("RETREAT", "withdraw", ["withdrawals", "withdrawal"], ["انسحابات", "انسحاب"]),
    .init(
      "RETREAT", "ceasefire", ["ceasefires", "ceasefire", "truces", "truce", "armistices", "armistice"],
      ["هدن", "هدنة", "وقف إطلاق", "وقف إطلاق النار", "وقف النار"]),
    .init("RETREAT", "release", ["releases", "release"], ["إفراج", "إفراجات"]),
    .init("RETREAT", "disarm", ["disarmament"], ["نزع السلاح"]),
    .init("RETREAT", "resign", ["resignations", "resignation"], ["استقالات", "استقالة"]),
  ]

  private static let verbalConflict: [NounRow] = [
    .init(
      "REQUEST", ["requests", "request", "appeals", "appeal", "demands", "demand"],
      ["طلبات", "طلب", "مطالبات", "مطالبة", "مناشدات", "مناشدة", "دعوات", "دعوة"]),
    .init("ACCUSE", ["accusations", "accusation"], ["اتهامات", "اتهام"]),
    .init("ACCUSE", "disapprove", ["condemnations", "condemnation"], ["إدانات", "إدانة"]),
    .init("ACCUSE", "investigate", ["investigations", "investigation"], ["تحقيقات", "تحقيق"]),
    .init("ACCUSE", "allege", ["allegations", "allegation"], ["ادعاءات", "ادعاء", "مزاعم"]),
    .init("REJECT", ["rejections", "rejection", "refusals", "refusal"], ["رفض"]),
    .init("THREATEN", ["threats", "threat"], ["تهديدات", "تهديد"]),
  ]

  private static let materialConflict: [NounRow] = [
    .init("PROTEST", ["protests", "protest"], ["احتجاجات", "احتجاج"]),
    .init(
      "PROTEST", "demo", ["demonstrations", "demonstration"], ["مظاهرات", "مظاهرة", "تظاهرات", "تظاهرة"]),
    .init("PROTEST", "riot", ["riots", "riot"], ["شغب", "أعمال شغب"]),
    .init("PROTEST", "strike", ["labor strikes", "labor strike"], ["إضرابات", "إضراب"]),
    .init("PROTEST", "boycott", ["boycotts", "boycott"], ["مقاطعات", "مقاطعة"]),
    .init("SANCTION", ["sanctions", "sanction"], ["عقوبات", "عقوبة"]),
    .init("SANCTION", "expel", ["expulsions", "expulsion"], ["طرد"]),
    .init(
      "MOBILIZE", ["mobilizations", "mobilization", "mobilisation"], ["تعبئة", "حشود", "حشد", "استنفار"]),
    .init("COERCE", ["coercion", "coercions"], ["إكراه", "قسر", "تضييق"]),
    .init("COERCE", "restrict", ["restrictions", "restriction"], ["قيود", "تقييد"]),
    .init("COERCE", "seize", ["seizures", "seizure"], ["مصادرات", "مصادرة"]),
    .init("COERCE", "arrest", ["arrests", "arrest"], ["اعتقالات", "اعتقال"]),
    .init("COERCE", "deport", ["deportations", "deportation"], ["ترحيل"]),
    .init("COERCE", "curfew", ["curfews", "curfew"], ["حظر تجول", "حظر التجول"]),
    .init("COERCE", "cyber", ["cyberattacks", "cyberattack"], ["هجمات سيبرانية", "هجوم سيبراني"]),
    .init(
      "ASSAULT", ["assaults", "assault", "attacks", "attack", "violence"],
      ["اعتداءات", "اعتداء", "هجمات", "هجوم", "عنف"]),
    .init(
      "ASSAULT", "abduct", ["abductions", "abduction", "kidnappings", "kidnapping"], ["خطف", "اختطاف"]),
    .init("ASSAULT", "torture", ["torture"], ["تعذيب"]),
    .init("ASSAULT", "targeted", ["assassinations", "assassination"], ["اغتيالات", "اغتيال"]),
    .init("ASSAULT", "explosives", ["bombings", "bombing"], ["تفجيرات", "تفجير"]),
    .init("ASSAULT", "aerial", ["airstrikes", "airstrike"], ["غارات", "غارة"]),
    .init("ASSAULT", "heavy-weapons", ["shelling"], ["قصف"]),
    .init("escalation", ["escalations", "escalation"], ["تصعيد", "تصعيدات"]),
  ]
}
