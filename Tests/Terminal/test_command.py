"""The command as scripts and pipes meet it. $KHABAR names the binary."""

import json
import os
import signal
import subprocess
import tempfile
import threading
import time
import unittest

KHABAR = os.path.abspath(os.environ.get("KHABAR", ".build/debug/khabar"))
UTOPIA = 'define state utopia ( name en "Utopia" )\n'
TALKS = """\
define article gazette ( title en "Talks at the border", published 2024-04-30 )
define event border_talks ( type CONSULT, time 2024-05, actor utopia )
define report ( event border_talks, status planned )
"""
LONG_QUERY = "events" + "".join(f" | join (events) as x{number} on true" for number in range(6))


def khabar(*arguments, text=None, **options):
    """Runs the command off any terminal; standard input is empty unless there is a text."""
    return subprocess.run(
        [KHABAR, *arguments], input=text or "", capture_output=True, encoding="utf-8", timeout=60, **options
    )


class CommandTestCase(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = directory.name

    def file(self, name, text):
        path = os.path.join(self.directory, name)
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else text.encode())
        return path

    def assertGives(self, run, output, status=0):
        self.assertEqual((run.returncode, run.stdout), (status, output), run.stderr)

    def assertFails(self, run, *messages, status=1):
        self.assertEqual(run.returncode, status, run.stderr)
        for message in messages:
            self.assertIn(message, run.stderr)


class StatementTests(CommandTestCase):
    def test_answer_and_nothing_else(self):
        for run in (
            khabar("--format", "json", text="events | count"),
            khabar("-c", "events | count", "--format", "json"),
            khabar("-f", "json", "-c", "events | count"),
            khabar("builtin:moscow_2023_05_19", "-c", "events | count", "--format=json"),
        ):
            self.assertGives(run, '[{"count":25}]\n')
            self.assertEqual(run.stderr, "")

    def test_table_off_a_terminal_is_plain_and_whole(self):
        run = khabar("-c", "events")
        self.assertNotIn("\x1b", run.stdout)
        self.assertNotIn("\u2068", run.stdout)
        self.assertNotIn("…", run.stdout)
        self.assertGreater(max(map(len, run.stdout.splitlines())), 100)

    def test_formats(self):
        query = "meetings in Moscow | select id, score | take 1"
        expected = {
            "json": '[{"id":"lavrov_bayramov","score":',
            "jsonl": '{"id":"lavrov_bayramov","score":',
            "csv": "id,score\nlavrov_bayramov,",
            "tsv": "id\tscore\nlavrov_bayramov\t",
            "markdown": "| id | score |\n",
            "line": "   id: lavrov_bayramov\n",
            "table": "id               score\n",
        }
        for name, beginning in expected.items():
            run = khabar("-c", query, "--format", name)
            self.assertEqual(run.returncode, 0)
            self.assertTrue(run.stdout.startswith(beginning), run.stdout)

    def test_json_is_json(self):
        rows = json.loads(khabar("-c", "events", "-f", "json").stdout)
        self.assertEqual(len(rows), 25)
        lines = khabar("-c", "events", "-f", "jsonl").stdout.splitlines()
        self.assertEqual([json.loads(line) for line in lines], rows)

    def test_language(self):
        self.assertIn("لافروف", khabar("--lang", "ar", "-c", "meetings in Moscow").stdout)

    def test_unknown_name(self):
        run = khabar("-c", "events with Lavorv")
        self.assertGives(run, "", status=1)
        self.assertFails(run, "-c:1:13", "Lavrov")

    def test_stops_at_the_first_that_fails(self):
        run = khabar("-c", "events | count\nassert false\nevents | count", "-f", "json")
        self.assertGives(run, '[{"count":25}]\n', status=1)
        self.assertFails(run, "-c:2:8")

    def test_locale_does_not_matter(self):
        run = khabar("-c", "الأحداث | عدد", "-f", "csv", env={"LC_ALL": "C"})
        self.assertGives(run, "count\n25\n")

    def test_colour_when_asked(self):
        self.assertIn("\x1b[", khabar("--color", "always", "-c", "x y").stderr)
        self.assertNotIn("\x1b[", khabar("-c", "x y").stderr)


class StandardInputTests(CommandTestCase):
    def test_statements_may_go_on(self):
        script = "meetings in Moscow\n\n  # who\n  | actors\n  | count\nlet t = (\nstatements\nby Russia)\nt | count"
        self.assertGives(khabar("-f", "csv", text=script), "count\n3\ncount\n4\n")

    def test_place_of_a_mistake(self):
        run = khabar("-f", "csv", text="events | count\n\n# fine\nevents with Lavorv\nevents | count\n")
        self.assertGives(run, "count\n25\n", status=1)
        self.assertFails(run, "<stdin>:4:13", "4 | events with Lavorv")

    def test_commands(self):
        self.assertGives(khabar(text=".mode csv\nevents | count\n.quit\nnonsense here\n"), "count\n25\n")
        self.assertFails(khabar(text="\n.moed csv\n"), "<stdin>:2:1", "`.mode`")

    def test_definitions_may_refer_to_one_another(self):
        script = "define person ada ( represents utopia )\n" + UTOPIA + "people where represents has utopia | count"
        self.assertGives(khabar("-f", "csv", text=script), "count\n1\n")

    def test_unfinished_statement_is_run(self):
        self.assertFails(khabar(text="count(meetings"), "<stdin>:1:")
        self.assertGives(khabar("-f", "csv", text="events | count"), "count\n25\n")

    def coprocess(self):
        process = subprocess.Popen(
            [KHABAR, "-f", "csv"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        # A program that never answers fails the test instead of stopping it.
        watchdog = threading.Timer(20, process.kill)
        watchdog.start()
        self.addCleanup(watchdog.cancel)
        return process

    def test_coprocess_is_answered_at_once(self):
        with self.coprocess() as process:
            for query, answer in (("events | count;", "25"), ("meetings in Moscow\n| count;", "3")):
                process.stdin.write(query + "\n")
                process.stdin.flush()
                self.assertEqual([process.stdout.readline() for _ in range(2)], ["count\n", answer + "\n"])
            process.stdin.close()
            self.assertEqual(process.wait(10), 0)

    def test_statement_goes_on_however_late(self):
        with self.coprocess() as process:
            process.stdin.write("events\n")
            process.stdin.flush()
            time.sleep(0.3)
            process.stdin.write("| count\n")
            process.stdin.close()
            self.assertEqual(process.stdout.read(), "count\n25\n")
            self.assertEqual(process.wait(10), 0)

    def test_empty(self):
        self.assertGives(khabar(text=""), "")

    def test_not_utf8(self):
        run = subprocess.run([KHABAR], input=b"events with \xff\n", capture_output=True, timeout=60)
        self.assertEqual(run.returncode, 1)
        self.assertIn(b"UTF-8", run.stderr)


class ModelTests(CommandTestCase):
    def test_models_are_loaded_as_one(self):
        talks, utopia = self.file("talks.khabar", TALKS), self.file("utopia.khabar", UTOPIA)
        self.assertGives(khabar(talks, utopia, "-f", "csv", "-c", "events with Utopia | count"), "count\n1\n")

    def test_what_cannot_be_read(self):
        self.assertFails(khabar("nowhere.khabar", "-c", "events"), "E0606", "nowhere.khabar", "no such file")
        self.assertFails(khabar(self.directory, "-c", "events"), "E0607", "directory")
        self.assertFails(khabar(self.file("latin", b"\xe9"), "-c", "events"), "E0608", "line 1")
        self.assertFails(khabar("builtin:nothing", "-c", "events"), "E0601", "moscow_2023_05_19")

    def test_mistakes_in_a_model(self):
        model = self.file("model.khabar", UTOPIA + "define person ada ( represents atlantis )\n")
        self.assertFails(khabar(model, "-c", "events"), "model.khabar:2:", "atlantis")


class RunTests(CommandTestCase):
    def test_script(self):
        script = self.file("script.khabar", "#!/usr/bin/env -S khabar run\nset lang ar\nevents | count\n")
        self.assertGives(khabar("run", script, "-f", "csv"), "count\n25\n")

    def test_script_on_a_model(self):
        script = self.file("script.khabar", 'print "{count(states)} state"')
        self.assertGives(khabar("run", script, self.file("m.khabar", UTOPIA)), "1 state\n")

    def test_standard_input(self):
        self.assertGives(khabar("run", "-", "-f", "csv", text="events | count"), "count\n25\n")

    def test_failing_statement(self):
        script = self.file("script.khabar", 'print "one"\nassert 1 = 2, "sums"\nprint "two"\n')
        run = khabar("run", script)
        self.assertGives(run, "one\n", status=1)
        self.assertFails(run, script + ":2:8", "sums")

    def test_parameters(self):
        script = self.file("few.khabar", "param most = 2\nevents | take most | count")
        self.assertGives(khabar("run", script, "-f", "json"), '[{"count":2}]\n')
        self.assertGives(khabar("run", script, "-f", "json", "--set", "most=5"), '[{"count":5}]\n')
        self.assertFails(khabar("run", script, "--set", "mots=5"), "E0617", "did you mean `most`?")
        self.assertFails(khabar("run", script, "--set", "most=many"), "E0618", "few.khabar:1:7")
        self.assertFails(khabar("run", script, "--set", "most"), "NAME=VALUE", status=64)
        self.assertFails(khabar("check", script, "--set", "mots=5"), "E0617")

    def test_imports_begin_at_the_script(self):
        self.file("lib.khabar", "def few() = events | take 2")
        script = self.file("main.khabar", 'import "lib.khabar"\nfew() | count')
        self.assertGives(khabar("run", script, "-f", "json", cwd="/"), '[{"count":2}]\n')
        self.assertGives(khabar("check", script, cwd="/"), "")
        circle = self.file("circle.khabar", f'import "{script}"\nimport "circle.khabar"')
        self.assertFails(khabar("check", circle), "E0616", "circle.khabar:2:8")

    def test_missing_script(self):
        self.assertFails(khabar("run", "nowhere.khabar"), "E0606")


class CheckTests(CommandTestCase):
    def test_right_files(self):
        script = self.file("script.khabar", "let talks = meetings\ntalks with Lavrov\n")
        self.assertGives(khabar("check", script, self.file("m.khabar", UTOPIA)), "")

    def test_all_mistakes_of_all_files(self):
        one = self.file("one.khabar", "events with Lavorv\nevents in Mscow\n")
        two = self.file("two.khabar", "define person ada ( represents atlantis )\n")
        self.assertFails(khabar("check", one, two), "one.khabar:1:13", "one.khabar:2:11", "two.khabar:1:")

    def test_nothing_is_run(self):
        self.assertGives(khabar("check", self.file("s.khabar", 'print "here"\nassert false\n')), "")

    def test_against_a_model(self):
        script = self.file("script.khabar", "events with Utopia\n")
        self.assertFails(khabar("check", script), "Utopia")
        self.assertGives(khabar("check", script, "--model", self.file("m.khabar", UTOPIA)), "")
        talks = self.file("talks.khabar", TALKS)
        self.assertFails(khabar("check", talks), "utopia")
        self.assertGives(khabar("check", talks, "-m", self.file("m.khabar", UTOPIA)), "")


class ExportTests(CommandTestCase):
    def test_an_exported_model_is_the_same(self):
        run = khabar("export", "builtin:salt_road")
        self.assertEqual(run.returncode, 0)
        model = self.file("again.khabar", run.stdout)
        self.assertGives(khabar("export", model), run.stdout)
        query = "events | evidence"
        self.assertEqual(
            khabar(model, "-c", query, "-f", "json").stdout, khabar("builtin:salt_road", "-c", query, "-f", "json").stdout
        )

    def test_several_models_become_one(self):
        run = khabar("export", self.file("utopia.khabar", UTOPIA), self.file("talks.khabar", TALKS))
        self.assertIn("define event border_talks", run.stdout)
        self.assertIn("define state utopia", run.stdout)

    def test_what_cannot_be_read(self):
        self.assertFails(khabar("export", "none.khabar"), "E0606")
        self.assertFails(khabar("export", "--format", "xml"), "khabar", status=64)



class UsageTests(CommandTestCase):
    def test_help_and_version(self):
        for arguments, words in (
            (["--help"], ["run", "check", "MODEL"]),
            (["help", "run"], ["FILE", "--format"]),
            (["help", "check"], ["--model"]),
            (["--version"], ["khabar 0."]),
        ):
            run = khabar(*arguments)
            self.assertEqual((run.returncode, run.stderr), (0, ""))
            for word in words:
                self.assertIn(word.lower(), run.stdout.lower())

    def test_wrong_usage(self):
        for arguments in (
            ["--frmat", "json"], ["--format", "xml"], ["-c"], ["run"], ["check"], ["--lang", "klingon!", "-c", "events"],
        ):
            run = khabar(*arguments)
            self.assertEqual((run.returncode, run.stdout), (64, ""), arguments)
            self.assertNotEqual(run.stderr, "")


class SignalTests(CommandTestCase):
    def test_interrupt(self):
        script = self.file("long.khabar", LONG_QUERY)
        for arguments in (["-c", LONG_QUERY], ["run", script]):
            process = subprocess.Popen([KHABAR, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            with process:
                time.sleep(0.5)
                process.send_signal(signal.SIGINT)
                self.assertEqual(process.wait(5), 130)

    def test_reader_that_leaves_is_no_failure(self):
        command = f"'{KHABAR}' -c '{'events;' * 2000}' -f json | head -c 10"
        run = subprocess.run(["sh", "-c", command], capture_output=True, timeout=60)
        self.assertEqual((run.stdout[:3], run.stderr), (b"[{\"", b""))

    def test_full_disk_is_told(self):
        with open("/dev/full", "w") as full:
            run = subprocess.run([KHABAR, "-c", "events"], stdout=full, stderr=subprocess.PIPE, timeout=60)
        self.assertEqual(run.returncode, 1)
        self.assertIn(b"cannot write", run.stderr)


if __name__ == "__main__":
    unittest.main()
