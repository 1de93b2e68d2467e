"""Runs one engine that Khabar is measured against, in a process of its own, for Scripts/bench.

    peer.py ENGINE load DATA DATABASE --threads N       fills a new database; a line of JSON says how long it took
    peer.py ENGINE ask DATA DATABASE --threads N …      a line of JSON for each question: seconds of each run, and the answer
    peer.py ENGINE ties DATA DATABASE                   of answers that are cut off, all rows that are as good as the last
    peer.py ENGINE start DATA DATABASE                  opens it, counts the events, and ends: a whole process

An engine's answers are those of `queries.md`'s definitions; each class has a method for every question that it is fit for.
"""

import argparse
import importlib
import json
import os
import sys
import threading
import time

from facts import QUESTIONS, peak_memory, plain, size_on_disk


def say(**line):
    print(json.dumps(line), flush=True)


def opened(options, writes=False):
    peer = importlib.import_module(f"{options.engine}_peer").Peer()
    path = os.path.join(options.database, peer.file)
    if writes and hasattr(peer, "prepare"):
        peer.prepare(options.data)
    start = time.perf_counter()
    with open(f"{options.data}/params.json") as file:
        peer.open(path, json.load(file), options.threads, writes)
    return peer, path, start


def load(options):
    os.makedirs(options.database, exist_ok=True)
    peer, path, start = opened(options, writes=True)
    peer.load(options.data)
    say(seconds=time.perf_counter() - start, bytes=size_on_disk(path), peak_bytes=peak_memory())
    if hasattr(peer, "write_events_for_cli"):
        peer.write_events_for_cli(path, os.path.join(options.database, "events_for_cli.duckdb"))


def ask(options):
    peer, _, start = opened(options)
    say(seconds=time.perf_counter() - start)
    for question in options.only.split(","):
        if hasattr(peer, question):
            say(**measured(peer, question, options))
    sys.stdout.flush()
    os._exit(0)


def measured(peer, question, options):
    """The first run warms up. One that would take longer than the limit is stopped."""
    line = {"script": question, "seconds": []}
    try:
        while len(line["seconds"]) <= options.runs and sum(line["seconds"]) < options.limit:
            timer = threading.Timer(options.limit, peer.interrupt)
            timer.start()
            start = time.perf_counter()
            try:
                rows = getattr(peer, question)()
            finally:
                timer.cancel()
            line["seconds"].append(time.perf_counter() - start)
        line["answer"] = plain(rows)
    except Exception as error:
        is_late = time.perf_counter() - start >= options.limit
        line["error"] = f"over {options.limit:.0f} s" if is_late else f"{type(error).__name__}: {error}"
    return line | {"peak_bytes": peak_memory()}


def ties(options):
    peer, _, _ = opened(options)
    for question in options.only.split(","):
        say(script=question, answer=plain(getattr(peer, question)(ties=True)))


def start(options):
    peer, _, _ = opened(options)
    print(peer.count()[0][0], flush=True)
    os._exit(0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("engine", choices=["duckdb", "sqlite", "polars", "kuzu"])
    parser.add_argument("action", choices=["load", "ask", "ties", "start"])
    parser.add_argument("data")
    parser.add_argument("database")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--only", default=",".join(QUESTIONS))
    options = parser.parse_args()
    {"load": load, "ask": ask, "ties": ties, "start": start}[options.action](options)


if __name__ == "__main__":
    main()
