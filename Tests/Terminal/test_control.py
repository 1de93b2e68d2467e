"""Limits, progress, Ctrl-C and `.watch` in a pseudo-terminal, over a model of thousands of events made here."""

import os
import re
import subprocess
import tempfile
import time
import unittest

from terminal import CTRL_C, KHABAR, Terminal

EVENTS = 4000
HOME = None
MODEL = None


def setUpModule():
    global HOME, MODEL
    HOME = tempfile.TemporaryDirectory()
    MODEL = os.path.join(HOME.name, "harbour.khabar")
    with open(MODEL, "w") as model:
        model.write("define state averna ( name en \"Averna\" )\ndefine state brisk ( name en \"Brisk\" )\n")
        for number in range(EVENTS):
            day = f"{2000 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
            model.write(
                f"define event e{number} ( type CONSULT, time {day}, actor averna brisk,"
                f' label en "{"a" * 40}b{number}" )\n'
            )


def tearDownModule():
    HOME.cleanup()


CROSS = "events | join (events) as b on true | join (events) as c on true"


class ControlTestCase(unittest.TestCase):
    def shell(self, *arguments, **options):
        terminal = Terminal(*arguments, **options)
        self.addCleanup(terminal.close)
        terminal.wait_for_prompt()
        return terminal

    def command(self, *arguments):
        return subprocess.run([KHABAR, *arguments], capture_output=True, text=True, timeout=60)


class InterruptionTests(ControlTestCase):
    def interrupt(self, query, before=1.0):
        shell = self.shell(MODEL)
        shell.type(query + "\r")
        time.sleep(before)
        start = time.monotonic()
        shell.type(CTRL_C)
        shell.wait_for("interrupted")
        self.assertLess(time.monotonic() - start, 1)
        self.assertIn(f"{EVENTS}", shell.ask("events | count"))

    def test_joins(self):
        self.interrupt(CROSS)

    def test_sequences(self):
        self.interrupt("every sequence (events) then (events) then (events)")

    def test_one_long_match(self):
        self.interrupt('events where label matches "(a+)+(a+)+(a+)+c" | count')

    def test_sorting(self):
        self.interrupt("events | join (events) as b on true | sort by event.label, b.label")


class ProgressTests(ControlTestCase):
    def test_line_comes_and_goes(self):
        shell = self.shell(MODEL)
        shell.type(CROSS + "\r")
        shell.wait(lambda terminal: re.search(r"^join \d+ %.* rows$", terminal.text(), re.M))
        shell.type(CTRL_C)
        shell.wait_for("interrupted")
        shell.wait_for_prompt()
        self.assertNotRegex(shell.text(), r"(?m)^join \d")

    def test_narrow_window(self):
        shell = self.shell(MODEL, columns=20)
        shell.type(CROSS + "\r")
        shell.wait(lambda terminal: re.search(r"^join \d+ %", terminal.text(), re.M))
        rows = [row for row in shell.rows() if row.startswith("join ")]
        self.assertEqual(len(rows), 1)
        shell.type(CTRL_C)
        shell.wait_for("interrupted")

    def test_off(self):
        shell = self.shell(MODEL)
        shell.ask(".set progress off")
        shell.type(CROSS + "\r")
        time.sleep(1)
        shell.type(CTRL_C)
        shell.wait_for("interrupted")
        self.assertNotIn(b"join 0 %", shell.bytes)

    def test_nothing_off_a_terminal(self):
        result = self.command(MODEL, "--limit-time", "1s", "-c", CROSS)
        self.assertEqual(result.returncode, 1)
        self.assertNotIn("join 0 %", result.stderr)
        self.assertNotIn("\r", result.stderr)


class LimitTests(ControlTestCase):
    def test_each_says_what_was_reached(self):
        for option, value, error, words in (
            ("--limit-time", "700ms", "E0507", "the limit of time is 700 ms"),
            ("--limit-rows", "5000", "E0508", "the limit of rows is 5,000"),
            ("--limit-memory", "50MB", "E0509", "the limit of memory is 50 MB"),
        ):
            result = self.command(MODEL, option, value, "-c", CROSS)
            self.assertEqual(result.returncode, 1)
            self.assertEqual(result.stdout, "")
            self.assertIn(error, result.stderr)
            self.assertIn(words, result.stderr)

    def test_time_within_one_match(self):
        query = 'events where label matches "(a+)+(a+)+(a+)+c" | count'
        start = time.monotonic()
        result = self.command(MODEL, "--limit-time", "500ms", "-c", query)
        self.assertIn("E0507", result.stderr)
        self.assertLess(time.monotonic() - start, 10)

    def test_wrong_values(self):
        result = self.command("--limit-time", "soon", "-c", "events")
        self.assertEqual(result.returncode, 64)
        self.assertIn("expected a time", result.stderr)

    def test_command(self):
        shell = self.shell()
        self.assertIn("limit: off", shell.ask(".limit"))
        shell.ask(".limit rows 24")
        shell.ask(".limit time 10s")
        self.assertIn("limit: time 10 s, rows 24", shell.ask(".limit"))
        self.assertIn("E0508", shell.ask("events"))
        shell.ask(".limit rows off")
        self.assertIn("25 rows", shell.ask("events"))
        shell.ask(".limit off")
        self.assertIn("limit: off", shell.ask(".limit"))
        self.assertIn("expected a time", shell.ask(".limit time soon"))
        self.assertIn("did you mean `memory`?", shell.ask(".limit memroy 5MB"))


class WatchTests(ControlTestCase):
    def test_answers_follow_the_file(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "isle.khabar")
            with open(path, "w") as model:
                model.write('define state isla ( name en "Isla" )\n')
            shell = self.shell(path)
            shell.ask("let all = states | count")
            shell.type(".watch 0.2 all\r")
            shell.wait(lambda terminal: re.search(r"every 0.2 s: all · \d{4}-.*\n\ncount", terminal.text()))
            self.assertIn("    1\n1 row", shell.text())
            with open(path, "a") as model:
                model.write('define state otra ( name en "Otra" )\n')
            shell.wait_for("    2\n1 row")
            shell.type(CTRL_C)
            shell.wait_for_prompt()
            self.assertIn("    2", shell.ask("all"))

    def test_mistakes(self):
        shell = self.shell()
        self.assertIn("expected a number of seconds", shell.ask(".watch events"))
        self.assertIn("expected a query", shell.ask(".watch 2"))
        self.assertIn("E0301", shell.ask(".watch 2 events with Lavorv"))
        result = subprocess.run(
            [KHABAR], input=".watch 1 events\n", capture_output=True, text=True, timeout=10)
        self.assertIn("E0634", result.stderr)


if __name__ == "__main__":
    unittest.main()
