"""Khabar, as Scripts/bench runs it: the command, and KhabarBench for questions to a database that is open already.

The questions are the scripts in Scripts/bench-queries, the same for every number of events and of threads; their
parameters are set from params.json. What they answer is put into the form in which the other engines have it: ids
without their first letter, countries by their three letters, months and quarters counted from the year 0.
"""

import csv
import json
import os
import shutil
import subprocess
import sys

import processes
from facts import bounds, lookups_digest, size_on_disk

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
QUERIES = f"{ROOT}/Scripts/bench-queries"
TABLES = ["places", "actors", "articles", "events", "participants"]
QUAD_NAMES = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]


def build():
    """With the flags of the command that is installed."""
    built = subprocess.run(["bash", "-c", f"""
        set -euo pipefail
        source '{ROOT}/Scripts/setup.sh'
        build_khabar
        build_release KhabarBench "$root/Sources" "$root/Tests/KhabarBench" "$root/Package.swift" """])
    if built.returncode:
        sys.exit("bench: Khabar cannot be built")


def command(database, query, threads):
    return [f"{ROOT}/.build/release/khabar", database, "-c", query, "-f", "csv", "--threads", str(threads)]


def import_tables(data, database, threads):
    """It takes as many threads as there are processors: it is given so many."""
    shutil.rmtree(database, ignore_errors=True)
    tables = [f"{data}/{table}.tsv" for table in TABLES]
    line = processes.run(
        [f"{ROOT}/.build/release/khabar", "import", "csv", *tables, "--mapping", f"{QUERIES}/mapping.khabar",
         "-o", database], processors=threads)
    return line | {"bytes": size_on_disk(database)} if "error" not in line else line


def parameters(data):
    """By question, each value as it is written after `--set NAME=`; and the ids that q11 asks for."""
    with open(f"{data}/params.json") as file:
        p = json.load(file)
    first, second, third = p["q2"]["actors"]
    (one, other), (another, last) = p["q9"]["pairs"]
    return {
        "q02": dict(
            first_actor=f"a{first}", second_actor=f"a{second}", third_actor=f"a{third}", from_day=p["q2"]["lo"],
            to_day=p["q2"]["hi"]),
        "q03": dict(one=f"a{p['q3']['a']}", other=f"a{p['q3']['b']}"),
        "q05": dict(
            first_country=f"p{p['q5']['roots'][0]}", second_country=f"p{p['q5']['roots'][1]}", from_day=p["q5"]["lo"],
            to_day=p["q5"]["hi"]),
        "q06": dict(day_in_question=p["q6"]["day"]),
        "q07": dict(periods=f"{os.path.abspath(data)}/periods.tsv"),
        "q09": dict(
            first_one=f"a{one}", first_other=f"a{other}", second_one=f"a{another}", second_other=f"a{last}",
            from_day=p["q9"]["window"][0], to_day=p["q9"]["window"][1]),
        "q12": dict(at_least=p["q12"]["min_rows"]),
    }, [f"e{number}" for number in p["q11"]["ids"]]


def write_parameters(data, folder):
    """As KhabarBench reads them."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    by_question, ids = parameters(data)
    for question, values in by_question.items():
        with open(f"{folder}/{question}.params", "w") as file:
            file.writelines(f"{name}={value}\n" for name, value in values.items())
    with open(f"{folder}/q11.each", "w") as file:
        file.write("\n".join(["wanted", *ids, ""]))


def ask(database, questions, folder, threads, runs, limit):
    return processes.questions(
        lambda wanted: bench(
            database, *(f"{QUERIES}/{question}.khabar" for question in wanted), "--params", folder, "--runs", str(runs),
            "--limit", str(limit), "--threads", str(threads)),
        None, questions, limit)


def bandwidth():
    """Bytes of memory that one thread reads in a second."""
    return json.loads(processes.run(bench("--bandwidth"))["output"])["bytesPerSecond"]


def bench(*words):
    return [f"{ROOT}/.build/release/KhabarBench", *words]


def three_letters(data, run_query):
    """Countries are known by two letters in Khabar and by three in the tables: which are which, the actors tell."""
    with open(f"{data}/actors.tsv") as file:
        by_actor = {f"a{row['id']}": row["country"] for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
    rows = csv.DictReader(run_query("organizations | select id, country_code").splitlines())
    return {row["country_code"]: by_actor[row["id"]] for row in rows}


class Answers:
    """Puts answers into the form of the other engines: lists of rows, of all queries of a script together."""

    def __init__(self, country):
        """`country`: from two letters to three."""
        self.country = country

    def plain(self, question, answers):
        return [list(row) for row in getattr(self, question)(answers)]

    def number(self, identifier):
        return int(identifier[1:])

    def q01(self, answers):
        return answers[0]

    def q02(self, answers):
        return [(self.number(event), time, place) for answer in answers for event, time, place in answer]

    def q03(self, answers):
        return sorted(
            (int(month[:4]) * 12 + int(month[5:]) - 1, QUAD_NAMES.index(quad) + 1, count)
            for month, quad, count in answers[0])

    def q04(self, answers):
        return [(*self.pair(pair), count) for pair, count in answers[0]]

    def pair(self, pair):
        return sorted(map(self.number, pair or []))

    def q05(self, answers):
        """Events that begin on one day are in the order of their ids, which here are numbers."""
        rows = [[(self.number(event), name, time) for event, name, time in answer] for answer in answers]
        return [row for answer in rows for row in sorted(answer, key=lambda row: (bounds(row[2])[0], row[0]))]

    def q06(self, answers):
        return [(answers[0][0][0], answers[1][0][0])]

    def q07(self, answers):
        return answers[0]

    def q08(self, answers):
        return [(None, None, answers[0][0][0])] + [(*self.pair(pair), count) for pair, count in answers[1]]

    def q09(self, answers):
        """An answer counts the steps; there is none without a step, and none where there is no path."""
        return [(number // 2, number % 2, answer[0][0] or -1) for number, answer in enumerate(answers)]

    def q10(self, answers):
        rows = [(self.country[country], count) for country, count in answers[0]]
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def q11(self, answers):
        rows = [row for answer in answers for row in answer]
        return lookups_digest([
            (name, time, status, self.number(place), score) for name, time, status, place, score in rows])

    def q12(self, answers):
        return [
            (self.country[country], int(quarter[:4]) * 4 + int(quarter[5:]) - 33, round(was, 6), round(now, 6),
             round(change, 6))
            for country, quarter, was, now, change in answers[0]]
