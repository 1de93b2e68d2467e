"""Measures all engines on one number of events, one after the other, and compares their answers."""

import hashlib
import json
import os
import sys

import khabar
import peers
import processes
from answers import KEYS, difference, difference_but_for_ties


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def data_of(size, given, environment):
    """The folder with so many events; made anew where the generator is another one."""
    digest = hashlib.sha256()
    for name in ("generate.py", "world.py"):
        with open(f"{peers.KIT}/{name}", "rb") as file:
            digest.update(file.read())
    version = digest.hexdigest()[:8]
    folder = f"{given.work}/data/{size}-{given.seed}-{version}"
    if not os.path.exists(f"{folder}/params.json"):
        environment.generate(size, given.seed, folder)
    return folder


def measure(size, given, environment):
    data = data_of(size, given, environment)
    engines = {"khabar": measure_khabar(size, given, data)}
    for name in given.peers:
        peer = peers.Peer(name, environment, data, f"{given.work}/databases/{os.path.basename(data)}/{name}")
        engines[name] = measure_peer(peer, size, given, environment)
    wrong, compared = compare(engines, given, environment, data)
    return {"engines": engines, "wrong": wrong, "compared": compared}


# Khabar

def measure_khabar(size, given, data):
    database = given.database or f"{given.work}/khabar-{os.path.basename(data)}.khdb"
    record = {"loads": {}, "asked": {}, "peaks": {}}
    for threads in given.loading_threads if not given.database else []:
        say(f"{size} events: Khabar imports, {threads} threads")
        record["loads"][threads] = load = khabar.import_tables(data, database, threads)
        if "error" in load:
            sys.exit(f"bench: the import has failed: {load['error']}")
    record["bytes"] = khabar.size_on_disk(database)
    if given.questions:
        ask(record, size, given, data, database)
    if "start" in given.only:
        query = khabar.command(database, "events | count", given.threads[-1])
        record["start"] = processes.starts(query, None, database)
    return record


def ask(record, size, given, data, database):
    """The answers are put into the form that the other engines have."""
    folder = f"{given.work}/parameters-{os.path.basename(data)}"
    khabar.write_parameters(data, folder)
    country = khabar.three_letters(
        data, lambda query: processes.run(khabar.command(database, query, 1))["output"])
    answers = khabar.Answers(country)
    for threads in given.threads:
        say(f"{size} events: Khabar answers, {threads} threads")
        asked = khabar.ask(database, given.questions, folder, threads, given.runs, given.limit)
        for question, line in asked["questions"].items():
            if "error" not in line:
                line["answer"] = answers.plain(question, line.pop("answers"))
        record["asked"][threads] = asked
    if "memory" in given.only:
        for question in given.questions:
            asked = khabar.ask(database, [question], folder, given.threads[-1], 0, given.limit)
            record["peaks"][question] = asked["questions"][question].get("peak_bytes")


def start_of_small(size, given, environment):
    """The same start with few events, to compare with."""
    data = data_of(size, given, environment)
    database = f"{given.work}/khabar-{os.path.basename(data)}.khdb"
    load = khabar.import_tables(data, database, 1)
    if "error" in load:
        return load
    return processes.starts(khabar.command(database, "events | count", given.threads[-1]), None, database)


# The others

def measure_peer(peer, size, given, environment):
    record = {"loads": loads(peer, size, given, environment), "asked": {}}
    for threads in peer.threads(given.threads) if given.questions else []:
        say(f"{size} events: {peer.engine} answers, {threads} threads")
        record["asked"][threads] = peer.ask(given.questions, threads, given.runs, given.limit)
    if "start" in given.only:
        record["start"] = peer.start(given.threads[-1])
        if peer.engine == "duckdb":
            record["python"] = peers.start_of_python(environment)
            record["cli"] = peers.start_of_cli(environment, peer)
    return record


def loads(peer, size, given, environment):
    """What loading took; with `--reuse`, when it was last done."""
    note = f"{peer.database}/loads.json"
    stamp = environment.requirements
    if given.reuse and os.path.exists(note):
        with open(note) as file:
            kept = json.load(file)
        if kept["stamp"] == stamp:
            return {int(threads): load for threads, load in kept["loads"].items()}
    found = {}
    for threads in peer.threads(given.loading_threads):
        say(f"{size} events: {peer.engine} loads, {threads} threads")
        found[threads] = peer.load(threads)
        if "error" in found[threads]:
            sys.exit(f"bench: {peer.engine} has not loaded the data: {found[threads]['error']}")
    with open(note, "w") as file:
        json.dump({"stamp": stamp, "loads": found}, file)
    return found


# Answers

def compare(engines, given, environment, data):
    """Every answer with that of the first of the other engines that has one; what is wrong, and how many were compared."""
    wrong, compared = [], 0
    ties = ties_of(engines, given, environment, data)
    for question in given.questions:
        lines = {
            f"{name}, {threads} threads": asked["questions"][question]
            for name, record in engines.items() for threads, asked in record["asked"].items()
            if question in asked["questions"]}
        right = {who: line["answer"] for who, line in lines.items() if "answer" in line}
        reference = next((answer for who, answer in right.items() if not who.startswith("khabar")), None)
        for who, line in lines.items():
            if "error" in line and who.startswith("khabar"):
                wrong.append(f"{question} {who}: {line['error'].splitlines()[0]}")
        for who, answer in right.items() if reference is not None else []:
            if who.startswith("khabar") and question in KEYS:
                found = difference_but_for_ties(question, answer, reference, ties.get(question))
            else:
                found = difference(answer, reference)
            compared += 1
            if found:
                wrong.append(f"{question} {who}: {found}")
    return wrong, compared


def ties_of(engines, given, environment, data):
    questions = [question for question in given.questions if question in KEYS]
    for name in ("duckdb", "sqlite"):
        if name in engines and questions:
            database = f"{given.work}/databases/{os.path.basename(data)}/{name}"
            return peers.Peer(name, environment, data, database).ties(questions, given.limit)
    return {}
