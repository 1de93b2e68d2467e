"""What all engines of Scripts/bench share: the questions, the words of the data, and what its times mean.

A time is kept as it is written, and each engine derives four days from it when it loads: the first and the last on which
it may start, and the first and the last on which it may end.

    form        example                  start          end
    day         2023-10-05               that day       that day
    interval    2023-10-05/2023-10-09    the 5th        the 9th
    month       2023-10                  1st to 31st    1st to 31st
    year        2023                     any day of it  any day of it
    open end    2023-10-05/..            the 5th        the 5th to the end of time

So an event surely lies in a span that its first start and its last end lie in, and possibly has a day in it when its
first start is not after the span and its last end not before it.
"""

import datetime
import functools
import os
import resource

QUESTIONS = {
    "q01": "How many events of each type?",
    "q02": "What did these three do lately?",
    "q03": "How did these two get on over the years?",
    "q04": "Who meets whom most?",
    "q05": "What happened in this country in March?",
    "q06": "What was certainly, what possibly over?",
    "q07": "What fell within each of 200 periods?",
    "q08": "Which talks were followed by violence?",
    "q09": "How are these two linked?",
    "q10": "Who hosts what is still to come?",
    "q11": "Show me these 10,000, one by one",
    "q12": "Whose tone changed most?",
}

# Each type with the number of its quad class: verbal and material cooperation, verbal and material conflict.
QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3,
    "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4}
STATUSES = ["occurred", "planned", "hypothetical", "denied"]
ROLES = ["actor", "recipient", "host"]

EPOCH = datetime.date(1970, 1, 1)
FOREVER = datetime.date(9999, 12, 31)


def day(text):
    return datetime.date.fromisoformat(text)


def day_number(text):
    return (day(text) - EPOCH).days


@functools.cache
def bounds(time):
    """The four days of a time, as numbers."""
    if len(time) == 4:
        first, last = day_number(f"{time}-01-01"), day_number(f"{time}-12-31")
        return first, last, first, last
    if len(time) == 7:
        year, month = map(int, time.split("-"))
        first = day_number(f"{time}-01")
        last = (datetime.date(year + month // 12, month % 12 + 1, 1) - EPOCH).days - 1
        return first, last, first, last
    start = day_number(time[:10])
    if len(time) == 21:
        end = day_number(time[11:])
        return start, start, end, end
    return start, start, start, start if len(time) == 10 else (FOREVER - EPOCH).days


def shortest_path(neighbours, one, other, most):
    """The number of steps; -1 where there are more than `most`. Grows the smaller side of the two."""
    if one == other:
        return 0
    seen, fronts = [{one}, {other}], [{one}, {other}]
    for steps in range(1, most + 1):
        side = 0 if len(fronts[0]) <= len(fronts[1]) else 1
        fronts[side] = neighbours(fronts[side]) - seen[side]
        seen[side] |= fronts[side]
        if fronts[side] & seen[1 - side]:
            return steps
        if not fronts[side]:
            return -1
    return -1


def lookups_digest(rows):
    """One row that says whether ten thousand rows of (type, time, status, place, score) are right."""
    return [(
        len(rows), sum(row[3] for row in rows), sum(row[4] for row in rows),
        sum(len(row[0]) + len(row[1]) + len(row[2]) for row in rows))]


def plain(rows):
    """Rows as JSON has them: six decimals, days in ISO's form, whole numbers as such."""
    def value(x):
        if isinstance(x, float):
            return round(x + 0.0, 6)
        return x.isoformat() if hasattr(x, "isoformat") else int(x) if hasattr(x, "__index__") else x
    return [[value(x) for x in row] for row in rows]


def peak_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def size_on_disk(path):
    if os.path.isfile(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(folder, file)) for folder, _, files in os.walk(path) for file in files)
