"""Scripts as they are run by others: what they may read and write, where their parameters come from, how several answers
stand in one output, and what happens when nobody reads it."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import tempfile
import unittest

from terminal import KHABAR, Terminal


class ScriptTestCase(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.root = os.path.realpath(directory.name)
        self.folder = os.path.join(self.root, "own")
        os.makedirs(os.path.join(self.root, "other"))
        os.makedirs(self.folder)
        self.write("../other/table.csv", "name\nfar\n")
        self.write("table.csv", "name\nnear\n")

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def khabar(self, *arguments, text="", **environment):
        return subprocess.run(
            [KHABAR, *arguments], input=text, capture_output=True, text=True, cwd=self.folder,
            env={**os.environ, **environment})

    def shell(self, *arguments):
        terminal = Terminal("--no-history", *arguments)
        self.addCleanup(terminal.close)
        terminal.wait_for_prompt()
        return terminal


class AccessTest(ScriptTestCase):
    FAR = 'table "../other/table.csv"\n'

    def test_a_script_reads_below_its_own_directory(self):
        script = self.write("far.khabar", self.FAR)
        for arguments, text in [(["run", script], ""), (["run", "-"], self.FAR), (["check", script], "")]:
            with self.subTest(arguments):
                refused = self.khabar(*arguments, text=text)
                self.assertEqual((refused.returncode, refused.stdout), (1, ""))
                self.assertIn("E0660", refused.stderr)
                self.assertIn(f"`--allow-read '{self.root}/other'`", refused.stderr)
                granted = self.khabar(*arguments, "--allow-read", "../other", text=text)
                self.assertEqual((granted.returncode, granted.stderr), (0, ""))
        near = self.write("near.khabar", 'table "table.csv"\n')
        for arguments in ["run", near], ["run", "-"]:
            self.assertIn("near", self.khabar(*arguments, text=self.read("near.khabar")).stdout)

    def test_what_is_typed_reads_everywhere(self):
        self.assertIn("far", self.khabar("-c", self.FAR).stdout)
        self.assertIn("far", self.khabar(text=self.FAR).stdout)

    def test_a_file_that_is_read_is_a_script(self):
        script = self.write("far.khabar", self.FAR)
        typed = f".read {script}\n"
        refused = self.khabar(text=typed)
        self.assertIn("E0660", refused.stderr)
        self.assertIn("far", self.khabar("--allow-read", "../other", text=typed).stdout)
        # Afterwards what is typed is the user's own again.
        shell = self.shell()
        self.assertIn("E0660", shell.ask(f".read {script}"))
        self.assertIn("far", shell.ask(f'table "{self.root}/other/table.csv"'))

    def test_a_script_writes_nothing_and_runs_nothing(self):
        out = os.path.join(self.root, "other", "out.csv")
        for line, error in [
            (f".once {out}", "E0661"), (f".save {out}", "E0661"), (f".once |touch {out}", "E0662"),
            (f".pager touch {out}", "E0662"), (f".set pager touch {out}", "E0662"), (f".edit", "E0640"),
            (f".attach {self.root}/other/table.csv", "E0660"), (f".open {self.root}/other/table.csv", "E0660"),
            (f".read {self.root}/other/table.csv", "E0660"),
        ]:
            with self.subTest(line):
                script = self.write("script.khabar", f"{line}\nevents | count\n")
                result = self.khabar(text=f".read {script}\n")
                self.assertIn(error, result.stderr)
                self.assertEqual((result.returncode, os.path.exists(out)), (1, False))
        script = self.write("script.khabar", f".once {out}\nevents | count\n")
        granted = self.khabar("--allow-write", "../other", "--format", "csv", text=f".read {script}\n")
        self.assertEqual((granted.returncode, self.read("../other/out.csv")), (0, "count\n25\n"))


class ParameterTest(ScriptTestCase):
    SCRIPT = 'param who = "nobody"\nparam most = 3\nprint "{who} {most}"\n'

    def given(self, *arguments, text="", **environment):
        script = self.write("script.khabar", self.SCRIPT)
        result = self.khabar("run", script, *arguments, text=text, **environment)
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        return result.stdout.strip()

    def test_where_values_come_from(self):
        self.assertEqual(self.given(who="Lavrov"), "nobody 3")
        self.assertEqual(self.given("--set", "who=a=b"), "a=b 3")
        self.assertEqual(self.given("--set", "who", who="Lavrov "), "Lavrov  3")
        self.assertEqual(self.given("--params", "-", text="# of today\n\nwho=لافروف\r\nmost=7"), "لافروف 7")
        self.write("params", "who=x\nmost=4\n")
        self.assertEqual(self.given("--params", "params"), "x 4")

    def test_precedence(self):
        self.write("params", "who=file\nmost=4\n")
        given = ["--set", "who=line", "--params", "params", "--params", "-"]
        self.assertEqual(self.given(*given, text="who=input\n"), "line 4")
        self.assertEqual(self.given(*given[2:], text="who=input\n"), "input 4")
        self.assertEqual(self.given("--set", "who", "--set", "who=later", who="sooner"), "later 3")
        self.assertEqual(self.given("--set", "who=sooner", "--set", "who", who="later"), "later 3")

    def test_mistakes(self):
        script = self.write("script.khabar", self.SCRIPT)
        for arguments, text, status, message in [
            (["--set", "whom"], "", 64, "environment's variable `whom`"),
            (["--set", "=x"], "", 64, "expected `--set NAME=VALUE`"),
            (["--params", "-", "--params", "-"], "", 64, "once"),
            (["--params", "-"], "who=x\nmost\n", 1, "E0663"),
            (["--params", "none"], "", 1, "E0606"),
            (["--params", "-"], "whom=x\n", 1, "E0617"),
            (["--params", "-"], "most=many\n", 1, "E0618"),
        ]:
            with self.subTest(arguments=arguments, text=text):
                result = self.khabar("run", script, *arguments, text=text)
                self.assertIn(message, result.stderr)
                self.assertEqual((result.returncode, result.stdout), (status, ""))
        self.assertIn("<stdin>:2:1", self.khabar("run", script, "--params", "-", text="who=x\nmost\n").stderr)
        self.assertEqual(self.khabar("run", "-", "--params", "-", text=self.SCRIPT).returncode, 64)
        self.assertEqual(self.khabar("--params", "-", text=self.SCRIPT).returncode, 64)


class SeveralAnswersTest(ScriptTestCase):
    SCRIPT = """
        meetings in Moscow | select id
        print "between"
        events with Lavrov | where score > 1000 | select id
        articles | select publisher, "a\\n\\nb" as note
        """

    def output(self, format, *more):
        result = self.khabar("run", "-", "--format", format, *more, text=self.SCRIPT)
        self.assertEqual(result.returncode, 0)
        self.assertEqual(result.stderr.startswith("between\n"), format not in ("table", "line", "markdown"))
        return result.stdout

    def test_json_is_an_array_for_each(self):
        text = self.output("json")
        decoder, sets = json.JSONDecoder(), []
        while text:
            value, end = decoder.raw_decode(text)
            sets.append(value)
            self.assertEqual(text[end], "\n")
            text = text[end + 1:]
        self.assertEqual([len(set) for set in sets], [3, 0, 1])
        self.assertEqual(sets[2][0]["note"], "a\n\nb")

    def test_json_lines_are_one_after_the_other(self):
        lines = [json.loads(line) for line in self.output("jsonl").splitlines()]
        self.assertEqual([list(line) for line in lines], [["id"]] * 3 + [["publisher", "note"]])

    def test_csv_and_tsv_have_an_empty_line_between(self):
        sets = [[]]
        for row in csv.reader(io.StringIO(self.output("csv"), newline="")):
            if row:
                sets[-1].append(row)
            else:
                sets.append([])
        self.assertEqual([len(set) for set in sets], [4, 1, 2])
        self.assertEqual(sets[2][1][1], "a\n\nb")
        self.assertEqual([len(set.splitlines()) for set in self.output("tsv").split("\n\n")], [4, 1, 2])

    def test_markdown_and_line_are_paragraphs(self):
        paragraphs = self.output("markdown").split("\n\n")
        self.assertEqual([len(paragraph.splitlines()) for paragraph in paragraphs], [5, 1, 2, 3])
        self.assertEqual(paragraphs[1], "between")
        blocks = self.output("line").split("\n\n")
        self.assertEqual(blocks[3:5], ["between", "0 rows"])

    def test_tables_end_with_their_number_of_rows(self):
        lines = self.output("table").splitlines()
        self.assertEqual([line for line in lines if line.endswith((" rows", " row"))], ["3 rows", "0 rows", "1 row"])
        self.assertEqual(lines[lines.index("3 rows") + 1], "between")

    def test_graphs_are_one_after_the_other(self):
        result = self.khabar("run", "-", "--format", "dot", text="meetings | graph\nmeetings in Moscow | graph")
        self.assertEqual(result.stdout.count("\n}\ngraph khabar {\n"), 1)

    def test_the_shell_answers_each_statement_by_itself(self):
        self.assertEqual(self.khabar("-f", "csv", text="events | count\nevents | count").stdout, "count\n25\n" * 2)
        self.assertEqual(
            self.khabar("-f", "csv", "-c", "events | count\nevents | count").stdout, "count\n25\n\ncount\n25\n")


class PipeTest(ScriptTestCase):
    def test_nobody_reads(self):
        script = self.write("long.khabar", "events | join (events) as e on true | join (events) as f on true\n" * 3)
        for format in ["table", "csv", "json", "line", "markdown"]:
            with self.subTest(format):
                process = subprocess.Popen(
                    [KHABAR, "run", script, "--format", format], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                self.assertTrue(process.stdout.readline())
                process.stdout.close()
                self.assertEqual((process.wait(30), process.stderr.read()), (-signal.SIGPIPE, b""))
                process.stderr.close()

    def test_the_same_each_time(self):
        folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Scripts/examples")
        for name in sorted(os.listdir(folder)):
            if name.endswith(".khabar"):
                with self.subTest(name):
                    outputs = {self.khabar("run", os.path.join(folder, name)).stdout for _ in range(5)}
                    self.assertEqual(len(outputs), 1)


class WatchTest(ScriptTestCase):
    def watch(self, *arguments):
        terminal = Terminal("run", "--watch", *arguments)
        self.addCleanup(terminal.close)
        return terminal

    def test_what_the_answer_comes_from_is_watched(self):
        script = self.write("script.khabar", 'import "lib.khabar"\nprint "{count(table \\"table.csv\\")} {n}"\n')
        self.write("lib.khabar", "param n = 1\n")
        model = self.write("model.khabar", 'define person ada ( name en "Ada" )\n')
        terminal = self.watch(script, model)
        terminal.wait_for("1 1")
        self.write("table.csv", "name\na\nb\n")
        terminal.wait_for("table.csv has changed")
        terminal.wait_for("2 1")
        self.write("lib.khabar", "param n = 22\n")
        terminal.wait_for("2 22")
        self.write("script.khabar", 'import "lib.khabar"\nprint "{count(actors)} actor {n}"\n')
        terminal.wait_for("1 actor 22")
        self.write("model.khabar", 'define person ada ( name en "Ada" )\ndefine person eve ( name en "Eve" )\n')
        terminal.wait_for("2 actor 22")
        terminal.type("\x03")
        self.assertEqual(terminal.exit_status(), 130)

    def test_mistakes_are_waited_out(self):
        script = self.write("script.khabar", "print \"one\"\n")
        terminal = self.watch(script)
        terminal.wait_for("one")
        os.remove(script)
        terminal.wait_for("E0606")
        self.write("script.khabar", 'table "late.csv" | count\n')
        terminal.wait_for("cannot read `late.csv`".replace("late.csv", "late.csv"))
        self.write("late.csv", "name\na\nb\nc\n")
        terminal.wait_for("    3\n1 row")
        self.write("script.khabar", "events |\n")
        terminal.wait_for("error[E02")

    def test_off_a_terminal_only_answers_are_written(self):
        script = self.write("script.khabar", "events | count\n")
        process = subprocess.Popen(
            [KHABAR, "run", "--watch", script, "--format", "csv"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual([process.stdout.readline() for _ in range(2)], [b"count\n", b"25\n"])
        self.write("script.khabar", "meetings | count\n")
        self.assertEqual([process.stdout.readline() for _ in range(2)], [b"count\n", b"9\n"])
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=10)
        self.assertEqual((process.returncode, output, errors), (130, b"", b""))

    def test_standard_input_is_not_watched(self):
        self.assertEqual(self.khabar("run", "--watch", "-").returncode, 64)


class InstalledTest(ScriptTestCase):
    def completions(self, *words):
        script = self.write("completions", self.khabar("--generate-completion-script", "bash").stdout)
        program = """
            source "$1"; shift
            COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
            _khabar khabar "${@: -1}" "${@: -2:1}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        path = os.path.dirname(os.path.abspath(KHABAR)) + ":" + os.environ["PATH"]
        shell = subprocess.run(
            ["bash", "-c", program, "bash", script, *words], capture_output=True, text=True, cwd=self.folder,
            env={**os.environ, "PATH": path})
        self.assertEqual(shell.stderr, "")
        return sorted(filter(None, shell.stdout.split("\n")))

    def test_completions_of_bash(self):
        self.write("daily report.khabar", "events\n")
        self.write("model.khabar", "")
        self.assertEqual(self.completions("khabar", "ru"), ["run"])
        self.assertEqual(self.completions("khabar", "run", "d"), ["daily report.khabar"])
        self.assertEqual(self.completions("khabar", "run", "x", "--format", "js"), ["json", "jsonl"])
        self.assertEqual(self.completions("khabar", "fmt", "--lang", ""), ["ar", "en"])
        self.assertEqual(self.completions("khabar", "run", "x", "mo"), ["model.khabar"])
        self.assertEqual(self.completions("khabar", "run", "x", "builtin", ":", "sa"), ["salt_road"])

    def test_manual_pages(self):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../Scripts/manual-pages")
        subprocess.run([script, self.folder], check=True)
        command, language = self.read("khabar.1"), self.read("khabar.5")
        usage = self.khabar("--help").stdout
        for subcommand in re.findall(r"^  (\w+)  +", usage[usage.index("SUBCOMMANDS") :], re.MULTILINE):
            if subcommand != "shell":
                self.assertTrue(f"khabar {subcommand} " in command, subcommand)
        for option in set(re.findall(r"--[a-z-]+", self.khabar("run", "--help").stdout)) - {"--version", "--help"}:
            self.assertTrue(option.replace("-", "\\-") in command, option)
        self.assertTrue('.SH "WHO AND WHERE"' in language and "لافروف" in language)
        # Every request is one of those that are meant.
        for line in (command + language).splitlines():
            if line.startswith((".", "'")):
                self.assertRegex(line, r'^\.(\\"|(TH|SH|SS|PP|TP|IP|RS|RE|EX|EE|nf|fi|nh|ad)\b)')


if __name__ == "__main__":
    unittest.main()
