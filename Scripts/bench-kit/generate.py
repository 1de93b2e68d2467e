"""Invented events, shaped like a collection in PLOVER's terms, for Scripts/bench.

    generate.py N SEED FOLDER

What enters: how many events, and a seed. What leaves: tables with a heading, in which tabs stand between the fields and
nothing is quoted (events, participants, actors, places, articles, periods), and params.json, with what the twelve
questions ask about. The same number and seed give the same bytes. Events and articles are made in blocks of half a
million, each with random numbers of its own, so that memory does not grow with them.

What is like the real thing: few actors take part in most events, and in company that they keep; articles tell of events
of the same day, mostly, and of plans for later ones; one time in ten is no single day (an interval, a month, a year, an
open end); places are nested three deep.
"""

import json
import os
import sys

import numpy as np

from world import DAYS, LINE_END, TAB, Picker, World, byte_table, put_number, write_fields, write_matrix

BLOCK = 500_000

# Of each type: its share, its score, and its modes with theirs.
TYPES = {
    "AGREE": (0.070, 2.5, {}),
    "CONSULT": (0.200, 2.5, {"visit": 4, "third-party": 1, "multilateral": 4, "phone": 1.5}),
    "SUPPORT": (0.090, 5.0, {}),
    "CONCEDE": (0.005, 4.5, {}),
    "COOPERATE": (0.065, 9.5, {}),
    "AID": (0.040, 10.0, {}),
    "RETREAT": (0.015, 6.5, {
        "withdraw": 8, "release": 6.5, "disarm": 10, "ceasefire": 7.5, "access": 6.5, "resign": 4.5}),
    "REQUEST": (0.045, 0.0, {"assist": 0.5, "change": -1, "yield": -1, "meet": 0}),
    "ACCUSE": (0.100, -3.0, {"disapprove": -2, "investigate": -3.5, "allege": -3.5}),
    "REJECT": (0.020, -2.0, {"assist": -1.5, "change": -2, "yield": -2, "meet": -2}),
    "THREATEN": (0.015, -3.5, {
        "restrict": -3, "arrest": -3.5, "relations": -3.5, "expel": -3.5, "territory": -4, "violence": -3.5}),
    "PROTEST": (0.055, -5.0, {
        "demo": -5, "riot": -7, "strike": -5, "hunger": -4.5, "boycott": -4.5, "obstruct": -4.5}),
    "SANCTION": (0.035, -6.0, {"convict": -6, "expel": -5.5, "withdraw": -6, "discontinue": -6}),
    "MOBILIZE": (0.025, -5.5, {"troops": -6.5, "weapons": -6.5, "police": -5.5, "militia": -6}),
    "COERCE": (0.120, -7.0, {
        "seize": -7, "restrict": -7, "censor": -6.5, "curfew": -6.5, "martial-law": -7.5, "arrest": -7, "deport": -7,
        "withhold": -7, "misinformation": -6.5, "cyber": -7}),
    "ASSAULT": (0.100, -9.0, {
        "abduct": -8.5, "beat": -7.5, "torture": -8.5, "sexual": -8.5, "targeted": -9.5, "destroy": -8.5,
        "primitive": -8, "firearms": -9, "explosives": -9, "suicide-attack": -9.5, "aerial": -9.5, "drone": -9.5,
        "heavy-weapons": -9.5, "crowd-control": -7.5, "unconventional": -10}),
}
STATUSES = {"occurred": 0.85, "planned": 0.10, "hypothetical": 0.03, "denied": 0.02}
ROLES = ["actor", "recipient", "host"]


class Collection:
    """Articles, in the order of their days, and the events and participants that they tell of."""

    def __init__(self, world, count, seed):
        self.world, self.count, self.seed = world, count, seed
        self.articles = max(1, -(-count * 3 // 5))
        self.participants = 0
        # Three times as many a day are published at the end as at the beginning.
        self.published = np.cumsum(np.linspace(1, 3, DAYS))
        self.published /= self.published[-1]
        self.day_bytes = byte_table([str(day) for day in world.days])
        self.make_vocabulary()

    def make_vocabulary(self):
        names = list(TYPES)
        modes, scores = [""], [0.0]
        self.first_mode, self.mode_count = np.zeros(16, int), np.zeros(16, int)
        for i, (_, _, of_type) in enumerate(TYPES.values()):
            self.first_mode[i], self.mode_count[i] = len(modes), len(of_type)
            modes += list(of_type)
            scores += list(of_type.values())
        self.type_bytes, self.mode_bytes = byte_table(names), byte_table(modes)
        self.status_bytes, self.role_bytes = byte_table(list(STATUSES)), byte_table(ROLES)
        self.score_bytes = byte_table([f"{tenths / 10:.1f}" for tenths in range(-100, 101)])
        self.mode_scores = np.array(scores)
        self.type_scores = np.array([score for _, score, _ in TYPES.values()])
        self.pick_type = Picker(np.array([share for share, _, _ in TYPES.values()]))
        self.host_chance = np.where(np.isin(names, ["CONSULT", "COOPERATE", "AGREE"]), 0.30, 0.08)

    def day_of_article(self, article):
        return np.minimum(np.searchsorted(self.published, (article + 0.5) / self.articles), DAYS - 1).astype(np.int32)

    def write(self):
        folder = self.world.folder
        with open(f"{folder}/articles.tsv", "wb") as file:
            file.write(b"id\tdate\tpublisher\n")
            for block, first in enumerate(range(0, self.articles, BLOCK)):
                self.write_articles(file, block, np.arange(first, min(first + BLOCK, self.articles)))
        with open(f"{folder}/events.tsv", "wb") as events, open(f"{folder}/participants.tsv", "wb") as participants:
            events.write(b"id\ttype\tmode\ttime\tstatus\tplace\tarticle\tscore\n")
            participants.write(b"event\tactor\trole\n")
            for block, first in enumerate(range(0, self.count, BLOCK)):
                random = np.random.default_rng([self.seed, 2, block])
                ids, types = self.write_events(events, random, np.arange(first, min(first + BLOCK, self.count)))
                self.write_participants(participants, random, ids, types)

    def write_articles(self, file, block, rows):
        random = np.random.default_rng([self.seed, 1, block])
        publishers = self.world.publishers
        matrix = np.zeros((len(rows), 22 + publishers.shape[1]), np.uint8)
        put_number(matrix, 0, rows + 1, 9)
        matrix[:, 9] = TAB
        matrix[:, 10:20] = self.day_bytes[self.day_of_article(rows)]
        matrix[:, 20] = TAB
        matrix[:, 21:-1] = publishers[self.world.pick_publisher(random, len(rows))]
        matrix[:, -1] = LINE_END
        write_matrix(file, matrix)

    def write_events(self, file, random, rows):
        count = len(rows)
        ids = rows * 10 + random.integers(0, 10, count) + 1000
        article = np.minimum(rows // 5 * 3 + random.integers(0, 3, count), self.articles - 1)
        status = np.searchsorted(np.cumsum(list(STATUSES.values())), random.random(count)).astype(np.int8)
        types = self.pick_type(random, count)
        day = self.pick_days(random, self.day_of_article(article), (status == 1) | (status == 2))
        times = self.times(random, day)
        has_mode = (self.mode_count[types] > 0) & (random.random(count) < 0.7)
        of_type = self.first_mode[types] + (random.random(count) * self.mode_count[types]).astype(int)
        mode = np.where(has_mode, of_type, 0)
        score = np.where(mode > 0, self.mode_scores[mode], self.type_scores[types]) + random.normal(0, 0.8, count)
        tenths = np.clip(np.rint(score * 10), -100, 100).astype(int) + 100
        place = self.world.place_ids[self.world.pick_place(random, count)]
        write_fields(file, [
            (ids, 11), self.type_bytes[types], self.mode_bytes[mode], times, self.status_bytes[status], (place, 6),
            (article + 1, 9), self.score_bytes[tenths]])
        return ids, types

    def pick_days(self, random, published, is_ahead):
        """On the day of the article or some days before it; of what is planned, mostly days after it."""
        count = len(published)
        chance, long_ago = random.random(count), np.minimum(random.exponential(60, count), 365).astype(np.int32)
        lag = np.where(
            chance < 0.60, 0, np.where(chance < 0.85, 1, np.where(chance < 0.95, 2 + long_ago % 6, long_ago)))
        ahead = np.where(chance < 0.10, -lag, 1 + np.minimum(random.exponential(20, count), 180).astype(np.int32))
        return np.clip(published + np.where(is_ahead, ahead, -lag), 0, DAYS - 1).astype(np.int32)

    def times(self, random, day):
        """Mostly the day; else an interval that begins on it, one with an open end, its month, or its year."""
        count = len(day)
        chance = random.random(count)
        length = 1 + np.minimum(random.exponential(5, count), 60).astype(np.int32)
        end = np.minimum(day + length, DAYS - 1)
        matrix = np.zeros((count, 21), np.uint8)
        matrix[:, :10] = self.day_bytes[day]
        interval = np.flatnonzero((chance < 0.05) & (end > day))
        matrix[interval, 10] = ord("/")
        matrix[interval, 11:21] = self.day_bytes[end[interval]]
        matrix[(chance >= 0.09) & (chance < 0.095), 10:13] = np.frombuffer(b"/..", np.uint8)
        matrix[(chance >= 0.05) & (chance < 0.08), 7:10] = 0
        matrix[(chance >= 0.08) & (chance < 0.09), 4:10] = 0
        return matrix

    def write_participants(self, file, random, ids, types):
        """One to five actors; none twice in one event. The last one may be the host."""
        count = len(ids)
        wanted = np.searchsorted([0.20, 0.70, 0.88, 0.96, 1.01], random.random(count), side="right") + 1
        rank = self.world.pick_actor(random, count * 5).reshape(count, 5)
        usual = random.random(count) < 0.4
        rank[usual, 1] = self.world.partners[rank[usual, 0], random.integers(0, 8, int(usual.sum()))]
        keep = np.arange(5)[None, :] < wanted[:, None]
        for x in range(1, 5):
            for y in range(x):
                keep[:, x] &= rank[:, x] != rank[:, y]
        role = np.zeros((count, 5), np.int8)
        chance = random.random((count, 5))
        role[:, 1] = chance[:, 1] < 0.8
        role[:, 2:] = chance[:, 2:] < 0.5
        last = 4 - np.argmax(keep[:, ::-1], axis=1)
        hosted = np.flatnonzero((last > 0) & (chance[:, 0] < self.host_chance[types]))
        role[hosted, last[hosted]] = 2
        kept = keep.ravel()
        self.participants += int(kept.sum())
        actors = self.world.actor_ids[rank.ravel()[kept]]
        write_fields(
            file, [(np.repeat(ids, 5)[kept], 11), (actors, 5), self.role_bytes[role.ravel()[kept]]])

    def some_ids(self, random):
        """Ten thousand ids of events, in no order; the first numbers of each block are drawn again to know them."""
        ids = []
        wanted = np.sort(random.integers(0, self.count, 10_000))
        for block in np.unique(wanted // BLOCK):
            first = int(block) * BLOCK
            of_block = np.random.default_rng([self.seed, 2, int(block)])
            digits = of_block.integers(0, 10, min(BLOCK, self.count - first))
            rows = wanted[wanted // BLOCK == block]
            ids += (rows * 10 + digits[rows - first] + 1000).tolist()
        return np.array(ids)[random.permutation(len(ids))].tolist()


def parameters(world, collection):
    """What the questions ask about: actors that are in many events, in some and in few; a large country and a small."""
    random = np.random.default_rng([collection.seed, 3])
    actor = [int(i) for i in world.actor_ids]
    return {
        "n": collection.count, "seed": collection.seed,
        "q2": {"type": "CONSULT", "actors": [actor[0], actor[100], actor[5000]], "lo": "2015-01-01", "hi": "2019-12-31"},
        "q3": {"a": actor[1], "b": actor[4]},
        "q5": {"roots": [world.place_of("FRA"), world.place_of("KEN")], "lo": "2017-03-01", "hi": "2017-03-31"},
        "q6": {"day": "2012-06-15"},
        "q8": {"days": 14},
        "q9": {
            "pairs": [[actor[19_001], actor[17_507]], [actor[12_345], actor[2_222]]],
            "window": ["2013-01-01", "2013-06-30"], "depth": 4},
        "q11": {"ids": collection.some_ids(random)},
        "q12": {"min_rows": max(5, collection.count // 20_000)},
    }


def main(count, seed, folder):
    os.makedirs(folder, exist_ok=True)
    world = World(np.random.default_rng([seed, 999_999]), folder)
    collection = Collection(world, count, seed)
    collection.write()
    # Last, so that the folder is whole where it is there.
    with open(f"{folder}/params.json", "w") as file:
        json.dump(parameters(world, collection), file)
    print(f"{count} events, {collection.participants} participants, {collection.articles} articles")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
