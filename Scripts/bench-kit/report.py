"""The tables of Scripts/bench: medians in milliseconds, and how many times as fast Khabar is."""

from facts import QUESTIONS
from peers import NAMES
from processes import median

ENGINES = {"khabar": "Khabar", **NAMES}


def text(results):
    machine = results["machine"]
    parts = [
        f"{machine['processor']}, {machine['cores']} cores; {machine['system']}; Python {machine['python']}; "
        + ", ".join(results["engines"])]
    for size, record in results["sizes"].items():
        parts.append(f"## {size:,} events")
        parts += [questions(record, threads) for threads in results["threads"]]
        parts += [whole(record, results["threads"]), verdict(record)]
    return "\n\n".join(part for part in parts if part) + "\n"


def table(heading, rows, left=1):
    """Markdown; the first columns are of words, the others of figures."""
    rows = [heading, *rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(heading))]
    lines = [
        "| " + " | ".join(
            cell.ljust(width) if column < left else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths))) + " |"
        for row in rows]
    rule = "| " + " | ".join("-" * width if column < left else "-" * (width - 1) + ":" for column, width in enumerate(widths))
    return "\n".join([lines[0], rule + " |", *lines[1:]])


def milliseconds(seconds):
    value = seconds * 1000
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"


def times(ratio):
    return f"{ratio:,.0f}" if ratio >= 100 else f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.1g}"


def line_of(record, engine, threads, question):
    """What was measured; SQLite has but one thread, whatever the others have."""
    asked = record["engines"].get(engine, {}).get("asked", {})
    of_threads = asked.get(threads) or next(iter(asked.values()), None)
    return of_threads and of_threads["questions"].get(question)


def seconds_of(record, engine, threads, question):
    """The median; None: there is no answer."""
    line = line_of(record, engine, threads, question)
    return median(line["seconds"]) if line and "error" not in line else None


def fastest_peer(record, threads, question):
    found = [(seconds_of(record, engine, threads, question), engine) for engine in NAMES]
    return min([pair for pair in found if pair[0] is not None], default=(None, None))


def asked_questions(record):
    return [
        question for question in QUESTIONS
        if any(question in asked["questions"] for asked in record["engines"]["khabar"]["asked"].values())]


def questions(record, threads):
    """The medians with so many threads."""
    wanted = asked_questions(record)
    if not wanted:
        return ""
    engines = [engine for engine, of_engine in record["engines"].items() if of_engine["asked"]]
    heading = [
        f"{threads} thread{'s'[:threads - 1]}, ms", *(ENGINES[engine] for engine in engines), "DuckDB / Khabar",
        "fastest / Khabar"]
    rows = []
    for question in wanted:
        ours = seconds_of(record, "khabar", threads, question)
        others = seconds_of(record, "duckdb", threads, question), fastest_peer(record, threads, question)[0]
        rows.append([
            f"{question} {QUESTIONS[question]}", *(cell(record, engine, threads, question) for engine in engines),
            *(ratio(seconds, ours) for seconds in others)])
    return table(heading, rows)


def cell(record, engine, threads, question):
    line = line_of(record, engine, threads, question)
    if line is None:
        return "–"
    if "error" in line:
        return line["error"] if line["error"].startswith("over ") else "fails"
    runs = max(1, len(line["seconds"]) - 1)
    return milliseconds(median(line["seconds"])) + (f" ({runs})" if runs < 3 else "")


def ratio(seconds, of_khabar):
    return "–" if seconds is None or of_khabar is None else times(seconds / of_khabar)


def whole(record, threads):
    """Loading, size, and start of whole processes, a line for each engine."""
    heading = ["", *[f"load {count}t, s" for count in threads], "on disk, MB", "open, ms", "process, ms", "after eviction, ms",
               "peak of loading, MB", "peak of a question, MB"]
    rows = []
    for engine, of_engine in record["engines"].items():
        loads = of_engine["loads"]
        size = of_engine.get("bytes") or next((load["bytes"] for load in loads.values()), None)
        opens = [asked["open"] for asked in of_engine["asked"].values() if asked["open"]]
        rows.append([
            ENGINES[engine], *[f"{loads[count]['seconds']:.2f}" if count in loads else "–" for count in threads],
            megabytes(size), milliseconds(min(opens)) if opens else "–", *start_cells(of_engine.get("start")),
            megabytes(max((load["peak_bytes"] for load in loads.values()), default=None)), megabytes(peak(of_engine))])
    for name, key in (("DuckDB's command", "cli"), ("Python alone", "python")):
        start = record["engines"].get("duckdb", {}).get(key)
        if start:
            rows.append([name, *["–"] * len(threads), "–", "–", *start_cells(start), "–", "–"])
    note = "A process: it starts, opens, counts the events, and ends; of the other engines it is one of Python."
    return table(heading, rows) + "\n\n" + note


def start_cells(start):
    if not start or "error" in start:
        return ["–", "–"]
    return [milliseconds(start["warm"]), milliseconds(start["cold"]) if start["cold"] else "–"]


def peak(of_engine):
    """Of Khabar each question was asked in a process of its own; of the others it is that of the last process."""
    peaks = of_engine.get("peaks") or {
        question: line.get("peak_bytes") for asked in of_engine["asked"].values()
        for question, line in asked["questions"].items()}
    return max((value for value in peaks.values() if value), default=None)


def megabytes(count):
    return "–" if count is None else f"{count / 1e6:,.0f}"


def verdict(record):
    if not record["compared"]:
        return ""
    if not record["wrong"]:
        return f"All {record['compared']} answers agree."
    return "\n".join(["Answers that are wrong or missing:", *(f"- {line}" for line in record["wrong"])])
