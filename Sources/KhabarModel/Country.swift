/// The countries of ISO 3166-1, with the codes by which other collections call them, and their names (CLDR).
package struct Country: Sendable, Equatable {
  /// ISO 3166-1 alpha-2.
  package let alpha2: String
  /// ISO 3166-1 alpha-3, which CAMEO's codes of states mostly are.
  package let alpha3: String
  /// FIPS 10-4; nil: it has none.
  package let fips: String?
  package let english: String
  package let arabic: String

  package static func fips(_ code: String) -> Country? { byFIPS[code] }
  package static func cameo(_ code: String) -> Country? { byAlpha3[cameoOnly[code] ?? code] }

  /// As CAMEO, and GDELT with it, calls the state.
  package var cameo: String { Self.olderCAMEO[alpha3] ?? alpha3 }

  /// By its English name, as collections write it: `Saint Lucia`, `The Gambia`, `Viet Nam`.
  package static func named(_ name: String) -> Country? {
    var key = NameKey.key(name)
    if key.hasPrefix("the ") { key.removeFirst(4) } else if key.hasSuffix(", the") { key.removeLast(5) }
    return byName[key]
  }

  package static func alpha2(_ code: String) -> Country? { byAlpha2[code] }

  /// By an ISO 3166-1 code, or its English name.
  package static func called(_ text: String) -> Country? {
    byAlpha2[text.uppercased()] ?? byAlpha3[text.uppercased()] ?? named(text)
  }

  private static let all: [Country] = table.split(separator: "\n").map { line in
    let words = line.split(separator: " ", maxSplits: 3).map(String.init)
    let names = words[3].split(separator: "|").map(String.init)
    return Country(
      alpha2: words[0], alpha3: words[1], fips: words[2] == "-" ? nil : words[2], english: names[0],
      arabic: names[1])
  }

  private static let byAlpha2 = Dictionary(uniqueKeysWithValues: all.map { ($0.alpha2, $0) })
  private static let byAlpha3 = Dictionary(uniqueKeysWithValues: all.map { ($0.alpha3, $0) })
  private static let byFIPS = Dictionary(
    all.compactMap { country in country.fips.map { ($0, country) } }, uniquingKeysWith: { first, _ in first })

  /// By names' keys: CLDR's, what they are without `&`, `St.` and what stands in parentheses, and others.
  private static let byName: [String: Country] = {
    var found = Dictionary(
      all.map { (NameKey.key($0.english), $0) }, uniquingKeysWith: { first, _ in first })
    for country in all {
      var name = country.english.replacing("&", with: "and").replacing("St.", with: "Saint")
      if let open = name.firstIndex(of: "("), name.last == ")" { name = String(name[..<open]) }
      let key = NameKey.key(name)
      if found[key] == nil { found[key] = country }
    }
    for (name, code) in otherNames { found[NameKey.key(name)] = byAlpha2[code] }
    return found
  }()

  /// Where CAMEO keeps an older code than ISO 3166 has.
  private static let cameoOnly = [
    "ROM": "ROU", "ZAR": "COD", "TMP": "TLS", "WSB": "PSE", "PAL": "PSE", "GZS": "PSE",
  ]

  private static let olderCAMEO = ["ROU": "ROM", "TLS": "TMP"]

  private static let otherNames = [
    "DR Congo (Zaire)": "CD",
    "DR Congo": "CD",
    "Democratic Republic of Congo": "CD",
    "Democratic Republic of the Congo": "CD",
    "Congo, Democratic Republic of the": "CD",
    "Zaire": "CD",
    "Congo": "CG",
    "Republic of Congo": "CG",
    "Republic of the Congo": "CG",
    "Congo Republic": "CG",
    "Russia (Soviet Union)": "RU",
    "Russian Federation": "RU",
    "Soviet Union": "RU",
    "Bosnia-Herzegovina": "BA",
    "Burma": "MM",
    "Cambodia (Kampuchea)": "KH",
    "Kampuchea": "KH",
    "Yemen (North Yemen)": "YE",
    "Republic of Yemen": "YE",
    "Zimbabwe (Rhodesia)": "ZW",
    "Madagascar (Malagasy)": "MG",
    "Ivory Coast": "CI",
    "Turkey": "TR",
    "Macedonia": "MK",
    "Macedonia, FYR": "MK",
    "FYR Macedonia": "MK",
    "Republic of North Macedonia": "MK",
    "Serbia (Yugoslavia)": "RS",
    "Republic of Serbia": "RS",
    "United States of America": "US",
    "USA": "US",
    "UK": "GB",
    "Great Britain": "GB",
    "Britain": "GB",
    "United Kingdom of Great Britain and Northern Ireland": "GB",
    "UAE": "AE",
    "Kingdom of eSwatini (Swaziland)": "SZ",
    "Swaziland": "SZ",
    "Macau": "MO",
    "Mainland China": "CN",
    "China mainland": "CN",
    "People's Republic of China": "CN",
    "Hong Kong SAR China": "HK",
    "Macao SAR China": "MO",
    "Taiwan, Province of China": "TW",
    "Palestine": "PS",
    "State of Palestine": "PS",
    "Palestine, State of": "PS",
    "Palestinian Territory, Occupied": "PS",
    "Occupied Palestinian Territory": "PS",
    "Palestinian Territory": "PS",
    "Czech Republic": "CZ",
    "Cabo Verde": "CV",
    "East Timor": "TL",
    "Vietnam (North Vietnam)": "VN",
    "Viet Nam": "VN",
    "Socialist Republic of Vietnam": "VN",
    "Lao People's Democratic Republic": "LA",
    "Lao PDR": "LA",
    "Syrian Arab Republic": "SY",
    "Iran, Islamic Republic of": "IR",
    "Islamic Republic of Iran": "IR",
    "Iran (Islamic Republic of)": "IR",
    "Korea, Republic of": "KR",
    "Republic of Korea": "KR",
    "Korea, South": "KR",
    "Korea, Democratic People's Republic of": "KP",
    "Democratic People's Republic of Korea": "KP",
    "Korea, North": "KP",
    "DPRK": "KP",
    "Tanzania, United Republic of": "TZ",
    "United Republic of Tanzania": "TZ",
    "Moldova, Republic of": "MD",
    "Republic of Moldova": "MD",
    "Venezuela, Bolivarian Republic of": "VE",
    "Venezuela (Bolivarian Republic of)": "VE",
    "Bolivia, Plurinational State of": "BO",
    "Bolivia (Plurinational State of)": "BO",
    "Brunei Darussalam": "BN",
    "Micronesia, Federated States of": "FM",
    "Federated States of Micronesia": "FM",
    "Holy See": "VA",
    "Vatican": "VA",
    "Falkland Islands (Malvinas)": "FK",
    "Saint Vincent and the Grenadines": "VC",
    "Virgin Islands, U.S.": "VI",
    "Virgin Islands, British": "VG",
    "Libyan Arab Jamahiriya": "LY",
    "Kyrgyz Republic": "KG",
    "Slovak Republic": "SK",
    "Republic of Ireland": "IE",
    "Netherlands, Kingdom of the": "NL",
  ]

  /// Alpha-2, alpha-3, FIPS or `-`, the English name, the Arabic one.
  private static let table = """
    AD AND AN Andorra|أندورا
    AE ARE AE United Arab Emirates|الإمارات العربية المتحدة
    AF AFG AF Afghanistan|أفغانستان
    AG ATG AC Antigua & Barbuda|أنتيغوا وبربودا
    AI AIA AV Anguilla|أنغويلا
    AL ALB AL Albania|ألبانيا
    AM ARM AM Armenia|أرمينيا
    AO AGO AO Angola|أنغولا
    AQ ATA AY Antarctica|أنتاركتيكا
    AR ARG AR Argentina|الأرجنتين
    AS ASM AQ American Samoa|ساموا الأمريكية
    AT AUT AU Austria|النمسا
    AU AUS AS Australia|أستراليا
    AW ABW AA Aruba|أروبا
    AX ALA - Åland Islands|جزر آلاند
    AZ AZE AJ Azerbaijan|أذربيجان
    BA BIH BK Bosnia & Herzegovina|البوسنة والهرسك
    BB BRB BB Barbados|بربادوس
    BD BGD BG Bangladesh|بنغلاديش
    BE BEL BE Belgium|بلجيكا
    BF BFA UV Burkina Faso|بوركينا فاسو
    BG BGR BU Bulgaria|بلغاريا
    BH BHR BA Bahrain|البحرين
    BI BDI BY Burundi|بوروندي
    BJ BEN BN Benin|بنين
    BL BLM TB St. Barthélemy|سان بارتليمي
    BM BMU BD Bermuda|برمودا
    BN BRN BX Brunei|بروناي
    BO BOL BL Bolivia|بوليفيا
    BQ BES - Caribbean Netherlands|هولندا الكاريبية
    BR BRA BR Brazil|البرازيل
    BS BHS BF Bahamas|جزر البهاما
    BT BTN BT Bhutan|بوتان
    BV BVT BV Bouvet Island|جزيرة بوفيه
    BW BWA BC Botswana|بوتسوانا
    BY BLR BO Belarus|بيلاروس
    BZ BLZ BH Belize|بليز
    CA CAN CA Canada|كندا
    CC CCK CK Cocos (Keeling) Islands|جزر كوكوس (كيلينغ)
    CD COD CG Congo - Kinshasa|الكونغو - كينشاسا
    CF CAF CT Central African Republic|جمهورية أفريقيا الوسطى
    CG COG CF Congo - Brazzaville|الكونغو - برازافيل
    CH CHE SZ Switzerland|سويسرا
    CI CIV IV Côte d’Ivoire|ساحل العاج
    CK COK CW Cook Islands|جزر كوك
    CL CHL CI Chile|تشيلي
    CM CMR CM Cameroon|الكاميرون
    CN CHN CH China|الصين
    CO COL CO Colombia|كولومبيا
    CR CRI CS Costa Rica|كوستاريكا
    CU CUB CU Cuba|كوبا
    CV CPV CV Cape Verde|الرأس الأخضر
    CW CUW UC Curaçao|كوراساو
    CX CXR KT Christmas Island|جزيرة كريسماس
    CY CYP CY Cyprus|قبرص
    CZ CZE EZ Czechia|التشيك
    DE DEU GM Germany|ألمانيا
    DJ DJI DJ Djibouti|جيبوتي
    DK DNK DA Denmark|الدانمرك
    DM DMA DO Dominica|دومينيكا
    DO DOM DR Dominican Republic|جمهورية الدومينيكان
    DZ DZA AG Algeria|الجزائر
    EC ECU EC Ecuador|الإكوادور
    EE EST EN Estonia|إستونيا
    EG EGY EG Egypt|مصر
    EH ESH WI Western Sahara|الصحراء الغربية
    ER ERI ER Eritrea|إريتريا
    ES ESP SP Spain|إسبانيا
    ET ETH ET Ethiopia|إثيوبيا
    FI FIN FI Finland|فنلندا
    FJ FJI FJ Fiji|فيجي
    FK FLK FK Falkland Islands|جزر فوكلاند
    FM FSM FM Micronesia|ميكرونيزيا
    FO FRO FO Faroe Islands|جزر فارو
    FR FRA FR France|فرنسا
    GA GAB GB Gabon|الغابون
    GB GBR UK United Kingdom|المملكة المتحدة
    GD GRD GJ Grenada|غرينادا
    GE GEO GG Georgia|جورجيا
    GF GUF FG French Guiana|غويانا الفرنسية
    GG GGY GK Guernsey|غيرنزي
    GH GHA GH Ghana|غانا
    GI GIB GI Gibraltar|جبل طارق
    GL GRL GL Greenland|غرينلاند
    GM GMB GA Gambia|غامبيا
    GN GIN GV Guinea|غينيا
    GP GLP GP Guadeloupe|غوادلوب
    GQ GNQ EK Equatorial Guinea|غينيا الاستوائية
    GR GRC GR Greece|اليونان
    GS SGS SX So. Georgia & So. Sandwich Isl.|جورجيا الجنوبية وجزر ساندويتش الجنوبية
    GT GTM GT Guatemala|غواتيمالا
    GU GUM GQ Guam|غوام
    GW GNB PU Guinea-Bissau|غينيا بيساو
    GY GUY GY Guyana|غيانا
    HK HKG HK Hong Kong|هونغ كونغ
    HM HMD HM Heard & McDonald Islands|جزيرة هيرد وجزر ماكدونالد
    HN HND HO Honduras|هندوراس
    HR HRV HR Croatia|كرواتيا
    HT HTI HA Haiti|هايتي
    HU HUN HU Hungary|هنغاريا
    ID IDN ID Indonesia|إندونيسيا
    IE IRL EI Ireland|أيرلندا
    IL ISR IS Israel|إسرائيل
    IM IMN IM Isle of Man|جزيرة مان
    IN IND IN India|الهند
    IO IOT IO Chagos Archipelago|أرخببيل تشاغوس
    IQ IRQ IZ Iraq|العراق
    IR IRN IR Iran|إيران
    IS ISL IC Iceland|آيسلندا
    IT ITA IT Italy|إيطاليا
    JE JEY JE Jersey|جيرسي
    JM JAM JM Jamaica|جامايكا
    JO JOR JO Jordan|الأردن
    JP JPN JA Japan|اليابان
    KE KEN KE Kenya|كينيا
    KG KGZ KG Kyrgyzstan|قيرغيزستان
    KH KHM CB Cambodia|كمبوديا
    KI KIR KR Kiribati|كيريباتي
    KM COM CN Comoros|جزر القمر
    KN KNA SC St. Kitts & Nevis|سانت كيتس ونيفيس
    KP PRK KN North Korea|كوريا الشمالية
    KR KOR KS South Korea|كوريا الجنوبية
    KW KWT KU Kuwait|الكويت
    KY CYM CJ Cayman Islands|جزر كايمان
    KZ KAZ KZ Kazakhstan|كازاخستان
    LA LAO LA Laos|لاوس
    LB LBN LE Lebanon|لبنان
    LC LCA ST St. Lucia|سانت لوسيا
    LI LIE LS Liechtenstein|ليختنشتاين
    LK LKA CE Sri Lanka|سريلانكا
    LR LBR LI Liberia|ليبيريا
    LS LSO LT Lesotho|ليسوتو
    LT LTU LH Lithuania|ليتوانيا
    LU LUX LU Luxembourg|لوكسمبورغ
    LV LVA LG Latvia|لاتفيا
    LY LBY LY Libya|ليبيا
    MA MAR MO Morocco|المغرب
    MC MCO MN Monaco|موناكو
    MD MDA MD Moldova|مولدوفا
    ME MNE MJ Montenegro|الجبل الأسود
    MF MAF RN St. Martin|سان مارتن
    MG MDG MA Madagascar|مدغشقر
    MH MHL RM Marshall Islands|جزر مارشال
    MK MKD MK North Macedonia|مقدونيا الشمالية
    ML MLI ML Mali|مالي
    MM MMR BM Myanmar (Burma)|ميانمار (بورما)
    MN MNG MG Mongolia|منغوليا
    MO MAC MC Macao|ماكاو
    MP MNP CQ Northern Mariana Islands|جزر ماريانا الشمالية
    MQ MTQ MB Martinique|جزر المارتينيك
    MR MRT MR Mauritania|موريتانيا
    MS MSR MH Montserrat|مونتسرات
    MT MLT MT Malta|مالطا
    MU MUS MP Mauritius|موريشيوس
    MV MDV MV Maldives|جزر المالديف
    MW MWI MI Malawi|ملاوي
    MX MEX MX Mexico|المكسيك
    MY MYS MY Malaysia|ماليزيا
    MZ MOZ MZ Mozambique|موزمبيق
    NA NAM WA Namibia|ناميبيا
    NC NCL NC New Caledonia|كاليدونيا الجديدة
    NE NER NG Niger|النيجر
    NF NFK NF Norfolk Island|جزيرة نورفولك
    NG NGA NI Nigeria|نيجيريا
    NI NIC NU Nicaragua|نيكاراغوا
    NL NLD NL Netherlands|هولندا
    NO NOR NO Norway|النرويج
    NP NPL NP Nepal|نيبال
    NR NRU NR Nauru|ناورو
    NU NIU NE Niue|نيوي
    NZ NZL NZ New Zealand|نيوزيلندا
    OM OMN MU Oman|عُمان
    PA PAN PM Panama|بنما
    PE PER PE Peru|بيرو
    PF PYF FP French Polynesia|بولينيزيا الفرنسية
    PG PNG PP Papua New Guinea|بابوا غينيا الجديدة
    PH PHL RP Philippines|الفلبين
    PK PAK PK Pakistan|باكستان
    PL POL PL Poland|بولندا
    PM SPM SB St. Pierre & Miquelon|سان بيير ومكويلون
    PN PCN PC Pitcairn Islands|جزر بيتكيرن
    PR PRI RQ Puerto Rico|بورتوريكو
    PS PSE WE Palestinian Territories|الأراضي الفلسطينية
    PT PRT PO Portugal|البرتغال
    PW PLW PS Palau|بالاو
    PY PRY PA Paraguay|باراغواي
    QA QAT QA Qatar|قطر
    RE REU RE Réunion|روينيون
    RO ROU RO Romania|رومانيا
    RS SRB RI Serbia|صربيا
    RU RUS RS Russia|روسيا
    RW RWA RW Rwanda|رواندا
    SA SAU SA Saudi Arabia|المملكة العربية السعودية
    SB SLB BP Solomon Islands|جزر سليمان
    SC SYC SE Seychelles|سيشل
    SD SDN SU Sudan|السودان
    SE SWE SW Sweden|السويد
    SG SGP SN Singapore|سنغافورة
    SH SHN SH St. Helena|سانت هيلينا
    SI SVN SI Slovenia|سلوفينيا
    SJ SJM SV Svalbard & Jan Mayen|سفالبارد وجان ماين
    SK SVK LO Slovakia|سلوفاكيا
    SL SLE SL Sierra Leone|سيراليون
    SM SMR SM San Marino|سان مارينو
    SN SEN SG Senegal|السنغال
    SO SOM SO Somalia|الصومال
    SR SUR NS Suriname|سورينام
    SS SSD OD South Sudan|جنوب السودان
    ST STP TP São Tomé & Príncipe|ساو تومي وبرينسيبي
    SV SLV ES El Salvador|السلفادور
    SX SXM NN Sint Maarten|سانت مارتن
    SY SYR SY Syria|سوريا
    SZ SWZ WZ Eswatini|إسواتيني
    TC TCA TK Turks & Caicos Islands|جزر توركس وكايكوس
    TD TCD CD Chad|تشاد
    TF ATF FS French Southern Territories|الأقاليم الجنوبية الفرنسية
    TG TGO TO Togo|توغو
    TH THA TH Thailand|تايلاند
    TJ TJK TI Tajikistan|طاجيكستان
    TK TKL TL Tokelau|توكيلاو
    TL TLS TT Timor-Leste|تيمور - ليشتي
    TM TKM TX Turkmenistan|تركمانستان
    TN TUN TS Tunisia|تونس
    TO TON TN Tonga|تونغا
    TR TUR TU Türkiye|تركيا
    TT TTO TD Trinidad & Tobago|ترينيداد وتوباغو
    TV TUV TV Tuvalu|توفالو
    TW TWN TW Taiwan|تايوان
    TZ TZA TZ Tanzania|تنزانيا
    UA UKR UP Ukraine|أوكرانيا
    UG UGA UG Uganda|أوغندا
    UM UMI - U.S. Outlying Islands|جزر الولايات المتحدة النائية
    US USA US United States|الولايات المتحدة
    UY URY UY Uruguay|أورغواي
    UZ UZB UZ Uzbekistan|أوزبكستان
    VA VAT VT Vatican City|الفاتيكان
    VC VCT VC St. Vincent & Grenadines|سانت فنسنت وجزر غرينادين
    VE VEN VE Venezuela|فنزويلا
    VG VGB VI British Virgin Islands|جزر فيرجن البريطانية
    VI VIR VQ U.S. Virgin Islands|جزر فيرجن الأمريكية
    VN VNM VM Vietnam|فيتنام
    VU VUT NH Vanuatu|فانواتو
    WF WLF WF Wallis & Futuna|جزر والس وفوتونا
    WS WSM WS Samoa|ساموا
    YE YEM YM Yemen|اليمن
    YT MYT MF Mayotte|مايوت
    ZA ZAF SF South Africa|جنوب أفريقيا
    ZM ZMB ZA Zambia|زامبيا
    ZW ZWE ZI Zimbabwe|زيمبابوي
    XK XKX KV Kosovo|كوسوفو
    """
}
