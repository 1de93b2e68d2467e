"""Whether two engines have given the same answer.

Means are sums of floating numbers, which may come out one unit of the last digit apart, as engines add in another order,
or one engine with two threads; and a mean on the boundary between two sixth decimals falls to either side. So numbers
with decimals agree if no more than one unit of the sixth lies between them, and all others if they are equal.

Some answers are cut off: the twenty newest, the ten largest. Among equals at the cut each engine takes the first by its
own order of ids (numbers, or words), and any choice is right. There an answer agrees if it has the same keys in the same
order, and each of its rows is among those that are as good as the last one, which an engine is asked for.
"""

from facts import bounds

# What the answers that are cut off are ordered by.
KEYS = {
    "q02": lambda row: bounds(row[1])[0],
    "q04": lambda row: row[2],
    "q08": lambda row: row[2],
    "q12": lambda row: abs(row[4]),
}


def are_same(a, b):
    if isinstance(a, float) or isinstance(b, float):
        return a is not None and b is not None and abs(a - b) <= 1.5e-6
    return a == b


def are_same_rows(a, b):
    return len(a) == len(b) and all(map(are_same, a, b))


def difference(answer, expected):
    """What is wrong with an answer, in a few words; None: it is right."""
    return first_difference(answer, expected, lambda row, other: None if are_same_rows(row, other) else "in place of")


def difference_but_for_ties(question, answer, expected, ties):
    """The same for an answer that is cut off. `ties` has the rows that may stand in it; None: only the keys are compared."""
    key = KEYS[question]
    left = list(ties or [])

    def wrong(row, other):
        if not are_same(key(row), key(other)):
            return "where another key comes:"
        found = next((i for i, tie in enumerate(left) if are_same_rows(row, tie)), None)
        if found is None:
            return "is not among those that are as good as the last one," if ties else None
        del left[found]
        return None

    return first_difference(answer, expected, wrong)


def first_difference(answer, expected, wrong):
    if len(answer) != len(expected):
        return f"{len(answer)} rows in place of {len(expected)}"
    for number, (row, other) in enumerate(zip(answer, expected), 1):
        reason = wrong(row, other)
        if reason:
            return f"row {number}: {row} {reason} {other}"
    return None
