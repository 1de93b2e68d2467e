"""What is asked of Khabar's speed at ten million events, each point met or not met by the figures of this run.

Ratios are of medians of the same run with the same number of threads; of one and two threads the worse counts.
"""

import math
import statistics

from report import asked_questions, fastest_peer, seconds_of, table, times

INDEXED = ["q02", "q06", "q09", "q11"]
# Of these, what has to be touched does not grow with the number of events.
CONSTANT = ["q02", "q06", "q11"]
# A byte for each event says its type.
BYTES_OF_Q01 = 1


def text(results):
    size = max(results["sizes"])
    record = results["sizes"][size]
    rows = []
    for point, goal, judge in POINTS:
        found = judge(record, results, size)
        figure, is_met = found or ("–", None)
        rows.append([point, goal, {True: "met", False: "NOT MET", None: "not measured"}[is_met], figure])
    return f"## The speed to reach, at {size:,} events\n\n" + table(["", "at least", "", "measured"], rows, left=4)


def ratios(record, results, questions, other):
    """(ratio, question, threads) for each, the worst first; 0 where Khabar has no answer."""
    found = []
    for question in questions:
        for threads in results["threads"]:
            theirs, ours = other(threads, question), seconds_of(record, "khabar", threads, question)
            if theirs is not None:
                found.append((theirs / ours if ours else 0, question, threads))
    return sorted(found)


def worst_by_question(found):
    return {question: ratio for ratio, question, _ in reversed(found)}


def listed(by_question):
    return ", ".join(f"{question} {times(by_question[question])}" for question in sorted(by_question))


def of_duckdb(record):
    return lambda threads, question: seconds_of(record, "duckdb", threads, question)


def every_question(record, results, size):
    found = ratios(record, results, asked_questions(record), lambda t, q: fastest_peer(record, t, q)[0])
    if not found:
        return None
    slow = {question: ratio for question, ratio in worst_by_question(found).items() if ratio < 1}
    return (listed(slow) or f"{times(found[0][0])} ({found[0][1]})", not slow)


def geometric_mean(record, results, size):
    found = ratios(record, results, asked_questions(record), of_duckdb(record))
    if not found:
        return None
    if found[0][0] == 0:
        return f"without an answer to {', '.join(sorted({question for ratio, question, _ in found if ratio == 0}))}", False
    means = [
        math.exp(statistics.mean(math.log(ratio) for ratio, _, count in found if count == threads))
        for threads in results["threads"]]
    return times(min(means)), min(means) >= 6


def indexed(record, results, size):
    asked = asked_questions(record)
    found = ratios(record, results, [q for q in INDEXED if q in asked], of_duckdb(record))
    if not found:
        return None
    return (listed(worst_by_question(found)), found[0][0] >= 20)


def loading(record, results, size):
    ours, theirs = (record["engines"].get(name, {}).get("loads", {}) for name in ("khabar", "duckdb"))
    found = [theirs[count]["seconds"] / ours[count]["seconds"] for count in ours if count in theirs]
    return (times(min(found)), min(found) >= 3) if found else None


def disk(record, results, size):
    loads = record["engines"].get("duckdb", {}).get("loads", {})
    if not loads:
        return None
    share = record["engines"]["khabar"]["bytes"] / next(iter(loads.values()))["bytes"]
    return (f"{share:.2f} of it", share <= 1)


def start(record, results, size):
    here, small = record["engines"]["khabar"].get("start"), results.get("small_start")
    if not here or not small or "error" in here or "error" in small:
        return None
    ratio = here["warm"] / small["warm"]
    figure = f"{here['warm'] * 1000:.1f} ms, {times(ratio)} × that at 1,000 events"
    return (figure, here["warm"] < 0.030 and ratio <= 3)


def memory(record, results, size):
    peaks = {q: peak for q, peak in record["engines"]["khabar"]["peaks"].items() if peak}
    if not peaks:
        return None
    question = max(peaks, key=peaks.get)
    return (f"{peaks[question] / 2**30:.2f} GiB ({question})", peaks[question] < 1.5 * 2**30)


def scan(record, results, size):
    found = [seconds_of(record, "khabar", threads, "q01") for threads in results["threads"]]
    if None in found:
        return None
    reading = size * BYTES_OF_Q01 / results["bandwidth"]
    worst = max(found) / reading
    return (f"{times(worst)} × {reading * 1000:.2f} ms at {results['bandwidth'] / 1e9:.0f} GB/s", worst <= 3)


def growth(record, results, size):
    """From the smallest number of events to the largest: no more than tenfold for ten times the events, with a tenth
    for what a measurement differs from the next; twofold where an index finds as much as before."""
    small = min(results["sizes"])
    if small == size:
        return None
    bad, worst = [], 0
    for question in asked_questions(record):
        bound = 2 if question in CONSTANT else 1.1 * size / small
        for threads in results["threads"]:
            before, after = (seconds_of(results["sizes"][n], "khabar", threads, question) for n in (small, size))
            if before and after:
                worst = max(worst, after / before / bound)
                if after / before > bound:
                    bad.append(f"{question} {threads}t × {times(after / before)}")
    return (", ".join(bad) or f"at most {times(worst)} of what is allowed", not bad)


POINTS = [
    ("every question, against the fastest of the others", "as fast", every_question),
    ("geometric mean of the questions, against DuckDB", "6 times as fast", geometric_mean),
    ("q02, q06, q09, q11, which indexes serve, against DuckDB", "20 times as fast", indexed),
    ("tables to a database on disk, against DuckDB", "3 times as fast", loading),
    ("size on disk, against DuckDB's", "no larger", disk),
    ("a whole process that counts the events", "30 ms, 3 × at 1,000", start),
    ("peak memory of a question", "under 1.5 GiB", memory),
    ("a scan (q01), against reading its bytes", "within 3 times", scan),
    ("growth with ten times the events", "linear; indexed × 2", growth),
]
