"""The engines that Khabar is measured against, as Scripts/bench runs them: each step is a process of its own.

They come from PyPI, in the versions of requirements.txt, into an environment of their own. PyPI's DuckDB is a module of
Python, so a whole process of it, as of the others, is a small program of Python; the command `duckdb`, which PyPI has as
well, is of an earlier version, and is given a database that it can open.
"""

import json
import os
import shutil
import subprocess
import sys

import processes

KIT = os.path.dirname(os.path.abspath(__file__))
NAMES = {"duckdb": "DuckDB", "sqlite": "SQLite", "polars": "Polars", "kuzu": "Kùzu"}
UNFIT = {"polars": ["q09", "q11"], "kuzu": ["q02", "q05", "q06", "q07", "q12"]}
ONE_THREAD = ["sqlite"]


class Environment:
    """A Python with the engines."""

    def __init__(self, folder):
        self.folder = folder
        self.python = f"{folder}/bin/python"
        with open(f"{KIT}/requirements.txt") as file:
            self.requirements = file.read()

    def install(self):
        stamp = f"{self.folder}/requirements.txt"
        if os.path.exists(stamp) and open(stamp).read() == self.requirements:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        try:
            subprocess.run([sys.executable, "-m", "venv", self.folder], check=True, stdout=sys.stderr)
            subprocess.run(
                [self.python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement",
                 f"{KIT}/requirements.txt"], check=True, stdout=sys.stderr)
        except subprocess.CalledProcessError:
            sys.exit("bench: the other engines cannot be installed; it needs python3-venv and PyPI")
        shutil.copy(f"{KIT}/requirements.txt", stamp)

    def generate(self, count, seed, folder):
        subprocess.run(
            [self.python, f"{KIT}/generate.py", str(count), str(seed), folder], check=True, stdout=sys.stderr)

    def cli(self):
        path = f"{self.folder}/bin/duckdb"
        return path if os.path.exists(path) else None


class Peer:
    def __init__(self, engine, environment, data, database):
        self.engine, self.environment, self.data, self.database = engine, environment, data, database

    def command(self, action, threads, *words):
        return [
            self.environment.python, f"{KIT}/peer.py", self.engine, action, self.data, self.database, "--threads",
            str(threads), *words]

    def variables(self, threads):
        """Polars takes its number of threads from there."""
        return {**os.environ, "POLARS_MAX_THREADS": str(threads)}

    def threads(self, wanted):
        return [1] if self.engine in ONE_THREAD else wanted

    def load(self, threads):
        shutil.rmtree(self.database, ignore_errors=True)
        line = processes.run(self.command("load", threads), self.variables(threads))
        return json.loads(line["output"]) if "error" not in line else line

    def ask(self, questions, threads, runs, limit):
        fit = [question for question in questions if question not in UNFIT.get(self.engine, [])]
        return processes.questions(
            lambda wanted: self.command(
                "ask", threads, "--runs", str(runs), "--limit", str(limit), "--only", ",".join(wanted)),
            self.variables(threads), fit, limit)

    def ties(self, questions, limit):
        """Of the answers that are cut off, all rows that are as good as the last one."""
        command = self.command("ties", 2, "--only", ",".join(questions))
        said = processes.lines(command, self.variables(2), 4 * limit)
        return {line["script"]: line["answer"] for line in said if line}

    def start(self, threads):
        return processes.starts(self.command("start", threads), self.variables(threads), self.database)


def start_of_python(environment):
    return processes.starts([environment.python, "-c", "pass"], None, None)


def start_of_cli(environment, duckdb):
    """The command `duckdb`, on the events alone; None where there is none."""
    path = f"{duckdb.database}/events_for_cli.duckdb"
    if not environment.cli() or not os.path.exists(path):
        return None
    return processes.starts(
        [environment.cli(), "-readonly", path, "-csv", "-c", "SELECT count(*) FROM events"], None, path)
