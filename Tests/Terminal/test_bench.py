"""The twelve questions of Scripts/bench: that Khabar answers them as SQLite does, on two thousand events.

How fast it does is for Scripts/bench to say, with a thousand times as many and more engines. Here the questions are kept
right: the tables come in by the benchmark's mapping, and the scripts are run as anybody would run them.
"""

import json
import os
import sys
import tempfile
import unittest

from small_events import Tables
from test_command import khabar

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.append(os.path.join(ROOT, "Scripts", "bench-kit"))

import answers  # noqa: E402
import facts  # noqa: E402
import khabar as kit  # noqa: E402
import sqlite_peer  # noqa: E402


class BenchTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        directory = tempfile.TemporaryDirectory()
        cls.addClassCleanup(directory.cleanup)
        cls.data = directory.name
        Tables(cls.data)
        cls.database = os.path.join(cls.data, "small.khdb")
        cls.fill()
        with open(os.path.join(cls.data, "params.json")) as file:
            cls.parameters = json.load(file)
        path = os.path.join(cls.data, "small.sqlite")
        loading = sqlite_peer.Peer()
        loading.open(path, cls.parameters, 1, writes=True)
        loading.load(cls.data)
        cls.sqlite = sqlite_peer.Peer()
        cls.sqlite.open(path, cls.parameters, 1)
        cls.addClassCleanup(cls.sqlite.connection.close)
        cls.plain = kit.Answers(kit.three_letters(
            cls.data, lambda query: khabar(cls.database, "-c", query, "-f", "csv").stdout))

    @classmethod
    def fill(cls):
        run = khabar(
            "import", "csv", *(os.path.join(cls.data, f"{table}.tsv") for table in kit.TABLES), "--mapping",
            os.path.join(kit.QUERIES, "mapping.khabar"), "-o", cls.database)
        if run.returncode:
            raise AssertionError(run.stderr)

    def test_the_questions_are_answered_as_sqlite_answers_them(self):
        for question in facts.QUESTIONS:
            with self.subTest(question):
                expected = facts.plain(getattr(self.sqlite, question)())
                answer = facts.plain(self.plain.plain(question, self.answers(question)))
                if question in answers.KEYS:
                    ties = facts.plain(getattr(self.sqlite, question)(ties=True))
                    found = answers.difference_but_for_ties(question, answer, expected, ties)
                else:
                    found = answers.difference(answer, expected)
                self.assertIsNone(found)
                self.assertGreater(len(answer), 0)

    def test_they_are_in_the_canonical_layout(self):
        scripts = [os.path.join(kit.QUERIES, name) for name in sorted(os.listdir(kit.QUERIES))]
        self.assertEqual(khabar("fmt", "--check", *scripts).returncode, 0)

    def answers(self, question):
        """Of the script's queries, each as rows of values."""
        by_question, ids = kit.parameters(self.data)
        values = by_question.get(question, {})
        if question != "q11":
            return self.run_script(question, values)
        return [answer for wanted in ids for answer in self.run_script(question, {"wanted": wanted})]

    def run_script(self, question, values):
        settings = [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
        run = khabar(
            "run", os.path.join(kit.QUERIES, f"{question}.khabar"), self.database, "-f", "json", "--allow-read", self.data,
            *settings)
        self.assertEqual(run.returncode, 0, run.stderr)
        decoder, rest, found = json.JSONDecoder(), run.stdout.strip(), []
        while rest:
            rows, end = decoder.raw_decode(rest)
            found.append([list(row.values()) for row in rows])
            rest = rest[end:].strip()
        return found


if __name__ == "__main__":
    unittest.main()
