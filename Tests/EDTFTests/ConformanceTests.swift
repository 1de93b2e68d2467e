import EDTF
import Testing

/// The notations that the standard's Annex A and the Library of Congress's page of the format give, by level.
@Suite struct ConformanceTests {
  @Test(arguments: [
    "1985-04-12", "1985-04", "1985", "1985-04-12T23:20:30", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30-04",
    "1985-04-12T23:20:30+04:30", "1964/2008", "2004-06/2006-08", "2004-02-01/2005-02-08",
    "2004-02-01/2005-02",
    "2004-02-01/2005", "2005/2006-02", "0000", "2004-01-01T10:10:10Z", "2016-12-31T23:59:60Z",
  ])
  func level0(text: String) throws { try expect(text, level: 0) }

  @Test(arguments: [
    "Y170000002", "Y-170000002", "2001-21", "2001-24", "1984?", "2004-06~", "2004-06-11%", "201X", "20XX",
    "2004-XX", "1985-04-XX", "1985-XX-XX", "1985-04-12/..", "1985-04/..", "1985/..", "../1985-04-12",
    "../1985-04", "../1985", "1985-04-12/", "1985-04/", "1985/", "/1985-04-12", "/1985-04", "/1985", "-1985",
    "1984~/2004-06", "1984/2004-06~", "1984?/2004%", "-0044-03-15", "Y170000002~",
  ])
  func level1(text: String) throws { try expect(text, level: 1) }

  @Test(arguments: [
    "Y-17E7", "Y17E8", "1950S2", "Y171010000S3", "Y3388E2S3", "2001-34", "2001-25", "2001-41",
    "[1667,1668,1670..1672]", "[..1760-12-03]", "[1760-12..]", "[1760-01,1760-02,1760-12..]",
    "[1667,1760-12]",
    "[..1984]", "{1667,1668,1670..1672}", "{1960,1961-12}", "{..1984}", "2004-06~-11", "2004?-06-11",
    "2004-06-~11", "2004-%06-11", "156X-12-25", "15XX-12-25", "15XX-12-XX", "1XXX-XX", "1XXX-12", "1984-1X",
    "2004-06-~01/2004-06-~20", "2004-06-XX/2004-07-03", "XXXX-12-25", "2001-21/2003-22", "2X01",
  ])
  func level2(text: String) throws { try expect(text, level: 2) }

  private func expect(_ text: String, level: Int) throws {
    let read = try time(text)
    #expect(read.level == level)
    #expect(read.description == text)
  }

  @Test(arguments: [
    ("٢٠٢٣-٠٥", "2023-05"), ("۲۰۲۳-۰۵-۱۹", "2023-05-19"), ("٢٠٢٣-1X", "2023-1X"),
    ("[٢٠٢١،٢٠٢٣-٠٥]", "[2021,2023-05]"), ("{٢٠٢١..٢٠٢٣}", "{2021..2023}"), ("1950S02", "1950S2"),
    ("?2004-06-~11", "2004?-06-~11"), ("2004~-06~-11~", "2004-06-11~"), ("%2004-%06-%11", "2004-06-11%"),
    ("2004-06~-11?", "2004-06%-?11"), ("2004?-06~", "2004%-~06"), ("?2004~", "2004%"), ("?2004", "2004?"),
    ("Y17E08", "Y17E8"), ("٢٠٢٣-٠٥-١٩T٢٣:٢٠:٣٠Z", "2023-05-19T23:20:30Z"),
  ])
  func canonicalPrinting(text: String, canonical: String) throws {
    #expect(try time(text).description == canonical)
    #expect(try time(text) == time(canonical))
  }

  @Test func qualifications() throws {
    #expect(try time("2004-06-~11").isApproximate)
    #expect(try !time("2004-06-~11").isUncertain)
    #expect(try time("2004/2005%").isUncertain)
    #expect(try time("[2004,2005?..2006]").isUncertain)
    #expect(try !time("2004/..").isUncertain)
  }

  @Test(arguments: [
    ("2023-05-19T23:20:30", EDTFTime.Precision.second), ("2023-05-19", .day), ("2023-05-XX", .day),
    ("2023-05", .month), ("2023-XX", .month), ("2023-21", .season), ("2023-32", .season),
    ("2023-34", .quarter),
    ("2023-38", .quadrimester), ("2023-41", .semester), ("2023", .year), ("Y12345", .year), ("202X", .decade),
    ("20XX", .century), ("2XXX", .millennium), ("2020/..", .interval), ("{2020,2022}", .set),
  ])
  func precision(text: String, precision: EDTFTime.Precision) throws {
    #expect(try time(text).precision == precision)
  }
}
