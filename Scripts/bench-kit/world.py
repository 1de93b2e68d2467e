"""What the benchmark's invented events happen to and in: places, actors, periods; and how tables of bytes are written."""

import numpy as np

ACTORS = 20_000
FIRST_DAY, LAST_DAY = np.datetime64("2000-01-01"), np.datetime64("2024-12-31")
DAYS = int((LAST_DAY - FIRST_DAY).astype(int)) + 1
TAB, LINE_END = 9, 10

KINDS = {
    "GOV": 0.22, "MIL": 0.07, "JUD": 0.05, "LEG": 0.06, "COP": 0.05, "OPP": 0.09, "REB": 0.07, "IGO": 0.05, "NGO": 0.06,
    "BUS": 0.08, "MED": 0.05, "CVL": 0.07, "CRM": 0.03, "REL": 0.02, "LAB": 0.02, "UNK": 0.01}
COUNTRIES = """
    USA CHN RUS IND GBR FRA DEU UKR ISR PSE IRN TUR SYR IRQ JPN KOR PRK PAK AFG SAU EGY BRA MEX ITA ESP CAN AUS NGA ZAF
    KEN ETH SDN SSD SOM COD LBN YEM LBY DZA MAR TUN JOR ARE QAT KWT BHR OMN GRC POL HUN ROU BGR CZE SVK AUT CHE BEL NLD
    SWE NOR FIN DNK IRL PRT SRB HRV BIH ALB MKD MNE SVN EST LVA LTU BLR MDA GEO ARM AZE KAZ UZB TKM KGZ TJK MNG VNM THA
    MMR KHM LAO MYS SGP IDN PHL TWN BGD LKA NPL BTN MDV NZL PNG FJI ARG CHL COL PER VEN ECU BOL PRY URY GUY SUR CUB HTI
    DOM JAM TTO GTM HND SLV NIC CRI PAN BLZ GHA CIV SEN MLI BFA NER TCD CMR CAF GAB COG GNQ AGO ZMB ZWE MOZ MWI TZA UGA
    RWA BDI ERI DJI MDG MUS COM SYC NAM BWA LSO SWZ GIN GNB SLE LBR TGO BEN GMB MRT CPV STP ISL LUX MLT CYP AND MCO SMR
    VAT LIE KIR TUV VUT SLB WSM TON FSM PLW MHL NRU BRB LCA VCT GRD ATG DMA KNA BHS BRN TLS""".split()
SYLLABLES = "ba ka ra mi no te lu sha zo pe ghi var den tol sam kir yan ost bel qu".split()


class Picker:
    """Draws indices by weight, from a table of 2^20 equal slots."""

    def __init__(self, weights):
        bounds = np.cumsum(weights / weights.sum())
        slots = (np.arange(1 << 20) + 0.5) / (1 << 20)
        self.table = np.minimum(np.searchsorted(bounds, slots), len(weights) - 1).astype(np.int32)

    def __call__(self, random, count):
        return self.table[random.integers(0, 1 << 20, count, dtype=np.int32)]


def byte_table(strings):
    """A row for each, filled up with zeros, which are not written."""
    encoded = [string.encode() for string in strings]
    table = np.zeros((len(encoded), max(1, max(map(len, encoded)))), np.uint8)
    for row, string in enumerate(encoded):
        table[row, : len(string)] = np.frombuffer(string, np.uint8)
    return table


def put_number(matrix, offset, values, width):
    """Decimal digits; those that would be leading zeros are left out."""
    values = values.astype(np.int64)
    for position in range(width):
        power = 10 ** (width - 1 - position)
        digits = (values // power % 10 + 48).astype(np.uint8)
        if position < width - 1:
            digits[values < power] = 0
        matrix[:, offset + position] = digits


def write_matrix(file, matrix):
    flat = matrix.ravel()
    file.write(flat[flat != 0].tobytes())


def write_fields(file, fields):
    """Each field is bytes, or numbers with the most digits that they have."""
    widths = [field[1] if isinstance(field, tuple) else field.shape[1] for field in fields]
    count = len(fields[0][0])
    matrix = np.zeros((count, sum(widths) + len(widths)), np.uint8)
    offset = 0
    for field, width in zip(fields, widths):
        if isinstance(field, tuple):
            put_number(matrix, offset, field[0], width)
        else:
            matrix[:, offset : offset + width] = field
        matrix[:, offset + width] = TAB
        offset += width + 1
    matrix[:, -1] = LINE_END
    write_matrix(file, matrix)


def invented_names(random, count):
    syllables = random.integers(0, len(SYLLABLES), (count, 4))
    lengths = random.integers(2, 5, count)
    return ["".join(SYLLABLES[s] for s in row[:n]).capitalize() for row, n in zip(syllables, lengths)]


class World:
    """What events happen to and in: places, actors, periods, all from one stream of random numbers, in this order."""

    def __init__(self, random, folder):
        self.folder = folder
        self.days = FIRST_DAY + np.arange(DAYS)
        self.country_weights = 1.0 / (np.arange(len(COUNTRIES)) + 1.0) ** 0.9
        self.make_places(random)
        self.make_actors(random)
        self.make_periods(random)

    def write(self, table, heading, lines):
        with open(f"{self.folder}/{table}.tsv", "w") as file:
            file.write("\t".join(heading.split()) + "\n")
            file.writelines("\t".join(str(field) for field in line) + "\n" for line in lines)

    def make_places(self, random):
        """Countries, provinces in them, cities in those. Ids are shuffled, so that what lies in a place is no range."""
        count = len(COUNTRIES)
        country, parent, level = list(range(count)), [-1] * count, [0] * count
        weights = list(self.country_weights * 0.15)
        for c in range(count):
            for _ in range(int(random.integers(4, 17))):
                province = len(country)
                country.append(c), parent.append(c), level.append(1)
                weights.append(self.country_weights[c] * 0.15 / 10)
                for _ in range(int(random.integers(4, 17))):
                    country.append(c), parent.append(province), level.append(2)
                    weights.append(self.country_weights[c] * 0.70 / 100 * float(random.exponential()))
        self.place_ids = ids = random.permutation(len(country)) + 1
        names = invented_names(random, len(country))
        before, after = ["Republic of ", "", ""], ["", " Province", ""]
        self.write("places", "id name country parent", (
            (ids[i], before[level[i]] + names[i] + after[level[i]], COUNTRIES[country[i]],
             ids[parent[i]] if parent[i] >= 0 else "")
            for i in np.argsort(ids)))
        self.pick_place = Picker(np.array(weights))

    def make_actors(self, random):
        """By Zipf's law, with shuffled ids; each has eight usual partners."""
        self.actor_ids = ids = random.permutation(ACTORS) + 1
        country = Picker(self.country_weights)(random, ACTORS)
        country[:60] = np.arange(60) % len(COUNTRIES)
        kinds = list(KINDS)
        kind = random.choice(len(kinds), ACTORS, p=list(KINDS.values()))
        names = invented_names(random, ACTORS)
        self.write("actors", "id name country kind", (
            (ids[r], f"{names[r]} {kinds[kind[r]].title()}", COUNTRIES[country[r]], kinds[kind[r]])
            for r in np.argsort(ids)))
        self.pick_actor = Picker(1.0 / (np.arange(ACTORS) + 1.0))
        self.partners = self.pick_actor(random, ACTORS * 8).reshape(ACTORS, 8)

    def make_periods(self, random):
        """Two hundred, of three days to eight years; some of them overlap."""
        lengths = np.exp(random.uniform(np.log(3), np.log(2900), 200)).astype(int)
        starts = [int(random.integers(0, DAYS - length)) for length in lengths]
        self.write("periods", "id name start end", (
            (i + 1, f"Period {i + 1:03d}", self.days[start], self.days[start + length - 1])
            for i, (start, length) in enumerate(zip(starts, lengths))))
        self.pick_publisher = Picker(1.0 / (np.arange(300) + 1.0))
        self.publishers = byte_table([
            name + (" Times" if i % 3 else " News Agency") for i, name in enumerate(invented_names(random, 300))])

    def place_of(self, country):
        return int(self.place_ids[COUNTRIES.index(country)])
