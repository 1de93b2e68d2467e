#!/usr/bin/env python3
"""What python-edtf says of many texts: whether each is a time, its first day and its last.

python-edtf (https://pypi.org/project/edtf/) is an implementation that we did not write. Swift's `OracleTests`
read its answers and compare them with those of the library EDTF. Every difference must belong to one of the
classes that the tests list, with who is right by the standard and why; a difference of no class fails.

    answers.tsv     the answers that the tests read in every run, so that they need no Python

To ask again, or more:

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install edtf==5.0.2
    /tmp/venv/bin/python Tests/EDTFOracle/answers.py > Tests/EDTFOracle/answers.tsv
    /tmp/venv/bin/python Tests/EDTFOracle/answers.py --count 200000 --seed 7 > /tmp/long.tsv
    EDTF_ANSWERS=/tmp/long.tsv swift test --filter OracleTests

The texts are the examples of the Library of Congress for the three levels; corner cases; texts of every shape, made
by the format's grammar from a seed; and mutations of all these. A line has, between tabs, the text; `yes`, `no`, or
the name of the exception that python-edtf fell over with; `lower_strict()` and `upper_strict()` as YEAR-MONTH-DAY,
`-inf`, `inf` or an exception's name.
"""

import argparse
import contextlib
import importlib.metadata
import io
import random
import re
import sys

EXAMPLES = """
1985-04-12 1985-04 1985 1985-04-12T23:20:30 1985-04-12T23:20:30Z 1985-04-12T23:20:30-04 1985-04-12T23:20:30+04:30
1964/2008 2004-06/2006-08 2004-02-01/2005-02-08 2004-02-01/2005-02 2004-02-01/2005 2005/2006-02
Y170000002 Y-170000002 2001-21 1984? 2004-06~ 2004-06-11% 201X 20XX 2004-XX 1985-04-XX 1985-XX-XX
1985-04-12/.. 1985-04/.. 1985/.. ../1985-04-12 ../1985-04 ../1985 1985-04-12/ 1985-04/ 1985/ /1985-04-12 /1985-04
/1985 -1985 Y-17E7 1950S2 Y171010000S3 Y3388E2S3 2001-34 [1667,1668,1670..1672] [..1760-12-03] [1760-12..]
[1760-01,1760-02,1760-12..] [1667,1760-12] [..1984] {1667,1668,1670..1672} {1960,1961-12} {..1984} 2004-06~-11
2004?-06-11 ?2004-06-~11 2004-%06-11 156X-12-25 15XX-12-25 XXXX-12-XX 1XXX-XX 1XXX-12 1984-1X
2004-06-~01/2004-06-~20 2004-06-XX/2004-07-03
""".split()

# Corners that the grammar below seldom reaches.
CORNERS = """
0000 -0000 -0001 -000X -0X00 -XXXX XXXX-XX-XX XXXX-02-29 -XXX0-02-29 190X-02-29 2023-02-2X 2023-02-29 1900-02-29
2023-XX-31 2023-X2-30 2023-04-31 2023-1X-XX -2023-XX -2023-05-XX 2023-00 2023-13 2023-20 2023-42 2023-24 2023-28 2023-30
2023-24/2024 2023-24/ /2023-24 2001-21^x 1950S0 1950S4 1950S5 1950S02 1950S2-03 0050S2 -1950S2 Y12345 Y1234 Y012345
Y12345S6 Y12E0 Y12E03 Y12E3S1 Y1E2 Y-12E3 Y48E9 Y49E9 Y0E5 Y12345-06 / ../.. ../ /.. .. 2023/.. 2023.. ..2023
2023-05-19T00:00:00 2023-05-19T23:59:60Z 2023-05-19T24:00:00 2023-05-19T24:00:01 2023-05T10:00:00 2023T10:00:00
2023-05-19T10:00 2023-05-19T10:00:00+00:00 2023-05-19T10:00:00-00:00 2023-05-19T10:00:00+14:00 2023-05-19T10:00:00+14:30
2023-05-19T10:00:00/2024 2023/2024-05-19T10:00:00 {2023-05-19T10:00:00,2024} 2024/2023 2023-05/2023 [1672..1670] [1984]
{1984} [1984..1984] [] {} [..] [1984,] [1984}] {1960..1961-12} [2021..2023-05-01] [1984..,1990] [1984,..1990]
[..1980,1984..] [..1980,1982..1984,1986..] {2001-21,2003} {2001-21..2002-22} {Y12345..Y12350} [156X..1590] [1950S2..1990]
{1960~..1965?} 2004~-06~-11~ ?2004~ 2004?~ 2004-~06~-11 ?2004-?06-?11 2001-21? 2001-~21 Y12345~ 1950S2~ 20XX~ 20XX-05~
~20XX 2004/20XX 20XX/2110 20XX/.. 2004-34/2005 ٢٠٢٣-٠٥ 2023-٠5 20230519 2023-5-19 2023-W10 2023-123 +2023 12023 23 2023-
-2023/-2020 -2020/-2023 2023-05-19/.. ../2023-05-19? 2023?/2024~ ~2023/2024 2023/~2024 2023//2024 2023/2024/2025
""".split()

ALPHABET = "0123456789" * 2 + "0123456789-----XXXYEST??~~%%//...,,[]{}:+Z xu٣"


class Writer:
    """Texts by the grammar, most of them times."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def choose(self, *options):
        return options[self.random.randrange(len(options))]

    def number(self, low, high, width):
        return f"{self.random.randint(low, high):0{width}d}"

    def masked(self, digits, percent=60):
        return "".join("X" if self.chance(percent) else digit for digit in digits)

    def qualifier(self, percent):
        return self.choose("?", "~", "%") if self.chance(percent) else ""

    def year(self, low=1, high=9999):
        sign = "-" if self.chance(10) else ""
        return sign + (self.number(low, high, 4) if self.chance(30) else self.number(1900, 2030, 4))

    def month(self):
        return self.number(1, 12, 2)

    def day(self):
        return self.number(1, 31, 2) if self.chance(40) else self.number(1, 28, 2)

    def plain(self, units=None):
        units = units or self.choose(1, 2, 3)
        return "-".join([self.year(), self.month(), self.day()][:units])

    def clocked(self):
        zone = self.choose("", "Z", "-" + self.number(0, 12, 2), "+" + self.number(0, 15, 2) + ":" + self.number(0, 59, 2))
        clock = ":".join([self.number(0, 24, 2), self.number(0, 59, 2), self.number(0, 60, 2)])
        return f"{self.plain(3)}T{clock}{zone}"

    def unspecified(self):
        parts = [self.year(0), self.choose(self.month(), "XX"), self.choose(self.day(), "XX")]
        parts = parts[: self.choose(1, 2, 3)]
        place = self.random.randrange(len(parts))
        parts[place] = self.masked(parts[place].lstrip("-"))
        return ("-" if self.chance(8) else "") + "-".join(parts)

    def season(self):
        return f"{self.year()}-{self.number(21, 41 if self.chance(60) else 24, 2)}"

    def long(self):
        digits = self.number(1, 10 ** self.choose(1, 3, 5, 7, 9), 1)
        exponent = "E" + self.number(0, 9, 1) if self.chance(45) else ""
        return "Y" + self.choose("", "", "-") + digits + exponent + self.significance(30)

    def significance(self, percent):
        return "S" + self.number(0, 6, 1) if self.chance(percent) else ""

    def qualified(self):
        parts = self.plain().split("-") if self.chance(80) else self.unspecified().split("-")
        parts = [part for part in parts if part]
        return "-".join(self.qualifier(25) + part + self.qualifier(30) for part in parts)

    def date(self):
        kind = self.random.randrange(100)
        if kind < 40:
            return self.plain()
        if kind < 55:
            return self.unspecified()
        if kind < 65:
            return self.season() + self.qualifier(15)
        if kind < 72:
            return self.long() + self.qualifier(10)
        if kind < 77:
            return self.year() + self.significance(100) + self.qualifier(10)
        return self.qualified()

    def ordered(self, first, second):
        return (second, first) if second < first and self.chance(85) else (first, second)

    def interval(self):
        first, second = self.ordered(self.date(), self.date())
        first = self.choose("", "..") if self.chance(20) else first
        second = self.choose("", "..") if self.chance(20) else second
        return f"{first}/{second}"

    def member(self):
        kind = self.random.randrange(10)
        if kind < 3:
            units = self.choose(1, 2, 3)
            first, second = self.ordered(self.plain(units), self.plain(units if self.chance(80) else None))
            return f"{first}..{second}"
        return self.date() if kind < 6 else self.plain()

    def members(self):
        members = [self.member() for _ in range(self.choose(1, 2, 2, 3, 4))]
        if self.chance(20):
            members[0] = ".." + (self.plain() if self.chance(80) else self.date())
        if self.chance(20):
            members[-1] = (self.plain() if self.chance(80) else self.date()) + ".."
        return (", " if self.chance(5) else ",").join(members)

    def set(self):
        return f"[{self.members()}]" if self.chance(50) else "{" + self.members() + "}"

    def time(self):
        return self.choose(self.date, self.date, self.clocked, self.interval, self.interval, self.set, self.set)()

    def mutated(self, text):
        for _ in range(self.choose(1, 1, 2)):
            place = self.random.randrange(len(text) + 1)
            symbol = ALPHABET[self.random.randrange(len(ALPHABET))]
            match self.random.randrange(4):
                case 0:
                    text = text[:place] + symbol + text[place:]
                case 1:
                    text = text[:place] + symbol + text[place + 1 :]
                case 2:
                    text = text[:place] + text[place + 1 :]
                case 3:
                    text = text[:place] + text[place : place + 2][::-1] + text[place + 2 :]
        return text


def texts(seed, count):
    """The examples and the corners, then `count` others, half of them mutated, none twice."""
    writer = Writer(seed)
    first = list(dict.fromkeys(EXAMPLES + CORNERS))
    seen = set(first)
    yield from first
    while len(seen) < count + len(first):
        text = writer.choose(*EXAMPLES) if writer.chance(10) else writer.time()
        if len(seen) % 2:
            text = writer.mutated(text)
        if text and text not in seen:
            seen.add(text)
            yield text


def day(bound):
    return ("inf" if bound > 0 else "-inf") if isinstance(bound, float) else "{}-{}-{}".format(*bound[:3])


def answer(text, parse, refusal):
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            time = parse(text)
    except refusal:
        return ["no", "", ""]
    except Exception as failure:
        return [type(failure).__name__, "", ""]
    # 10 to such a power fills the memory before it is a year.
    if re.search(r"E\d{4}", text):
        return ["yes", "OverflowError", "OverflowError"]
    bounds = []
    for bound in (time.lower_strict, time.upper_strict):
        try:
            bounds.append(day(bound()))
        except Exception as failure:
            bounds.append(type(failure).__name__)
    return ["yes", *bounds]


def main():
    arguments = argparse.ArgumentParser(description="Prints what python-edtf says of many texts.")
    arguments.add_argument("--count", type=int, default=6000, help="how many texts besides the examples")
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    try:
        from edtf import parse_edtf
        from edtf.parser.edtf_exceptions import EDTFParseException
    except ImportError:
        sys.exit("this needs python-edtf: pip install edtf==5.0.2")
    print(f"# python-edtf {importlib.metadata.version('edtf')}, --count {options.count} --seed {options.seed}")
    for text in texts(options.seed, options.count):
        print(text, *answer(text, parse_edtf, EDTFParseException), sep="\t")


if __name__ == "__main__":
    main()
