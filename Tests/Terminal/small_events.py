"""Two thousand invented events in the tables of Scripts/bench, made with nothing but Python's standard library."""

import datetime
import itertools
import json
import os
import random

COUNTRIES = ["FRA", "KEN", "USA", "JPN", "BRA", "IND"]
MODES = {"CONSULT": ["visit", "phone"], "RETREAT": ["ceasefire"], "PROTEST": ["strike", "riot"], "ASSAULT": ["beat", "aerial"]}
TYPES = ["AGREE", "CONSULT", "CONSULT", "CONSULT", "SUPPORT", "AID", "RETREAT", "ACCUSE", "PROTEST", "ASSAULT", "ASSAULT"]
FIRST_DAY = datetime.date(2012, 1, 1)
DAYS = 2500


class Tables:
    def __init__(self, folder, events=2000, seed=7):
        self.folder, self.count = folder, events
        self.random = random.Random(seed)
        self.write_places()
        self.write_actors()
        self.write("periods", "id name start end", (
            (number, f"Period {number}", *self.span(self.random.randrange(400))) for number in range(1, 21)))
        self.write("articles", "id date publisher", (
            (number, self.day(number * DAYS // events), self.random.choice(["Averna Times", "Selm News Agency"]))
            for number in range(1, events + 1)))
        self.write_events()
        self.write_parameters()

    def write(self, table, heading, rows):
        with open(os.path.join(self.folder, f"{table}.tsv"), "w") as file:
            for row in itertools.chain([heading.split()], rows):
                file.write("\t".join(map(str, row)) + "\n")

    def day(self, number):
        return FIRST_DAY + datetime.timedelta(max(0, min(number, DAYS)))

    def span(self, length):
        start = self.random.randrange(DAYS)
        return self.day(start), self.day(start + length)

    def write_places(self):
        """In each country provinces, and in these cities."""
        rows = []
        for country in COUNTRIES:
            rows.append((len(rows) + 1, f"Republic {len(rows) + 1}", country, ""))
            root = len(rows)
            for _ in range(3):
                rows.append((len(rows) + 1, f"Province {len(rows) + 1}", country, root))
                province = len(rows)
                rows += [(len(rows) + n, f"City {len(rows) + n}", country, province) for n in range(1, 4)]
        self.places = len(rows)
        self.roots = [row[0] for row in rows if row[3] == ""]
        self.write("places", "id name country parent", rows)

    def write_actors(self):
        self.actors = list(range(1, 61))
        self.random.shuffle(self.actors)
        self.write("actors", "id name country kind", (
            (actor, f"Actor {actor}", self.random.choice(COUNTRIES), "GOV") for actor in sorted(self.actors)))

    def write_events(self):
        events, participants = [], []
        for number in range(self.count):
            event = number * 10 + self.random.randrange(10) + 100
            status = self.random.choices(["occurred", "planned", "hypothetical", "denied"], [85, 10, 3, 2])[0]
            name = self.random.choice(TYPES)
            mode = self.random.choice([*MODES.get(name, []), ""])
            published = (number + 1) * DAYS // self.count
            day = published + (self.random.randrange(1, 60) if status == "planned" else -self.random.randrange(9))
            place, score = self.random.randint(1, self.places), self.random.randrange(-100, 101) / 10
            events.append((event, name, mode, self.time(day), status, place, number + 1, score))
            taking_part = dict.fromkeys(
                self.random.choices(self.actors, [1 / rank for rank in range(1, 61)], k=self.random.randint(1, 4)))
            participants += [(event, actor, self.random.choice(["actor", "recipient", "host"])) for actor in taking_part]
        self.events = [row[0] for row in events]
        self.write("events", "id type mode time status place article score", events)
        self.write("participants", "event actor role", participants)

    def time(self, number):
        day = self.day(number)
        form = self.random.random()
        if form < 0.06:
            return f"{day}/{self.day(number) + datetime.timedelta(self.random.randint(1, 40))}"
        return f"{day:%Y}" if form < 0.08 else f"{day:%Y-%m}" if form < 0.12 else f"{day}/.." if form < 0.14 else str(day)

    def write_parameters(self):
        actors = self.actors
        with open(os.path.join(self.folder, "params.json"), "w") as file:
            json.dump({
                "q2": {"type": "CONSULT", "actors": [actors[0], actors[5], actors[59]], "lo": "2013-01-01", "hi": "2017-12-31"},
                "q3": {"a": actors[0], "b": actors[1]},
                "q5": {"roots": self.roots[:2], "lo": "2016-03-01", "hi": "2016-04-30"},
                "q6": {"day": "2015-06-15"},
                "q8": {"days": 14},
                "q9": {"pairs": [[actors[40], actors[50]], [actors[30], actors[59]]], "window": ["2013-01-01", "2013-06-30"],
                       "depth": 4},
                "q11": {"ids": self.random.sample(self.events, 5)},
                "q12": {"min_rows": 10},
            }, file)
