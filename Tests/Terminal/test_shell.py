"""The shell as a person meets it, in a pseudo-terminal. $KHABAR names the binary."""

import os
import tempfile
import time
import unittest

from terminal import CTRL_C, CTRL_D, FIRST_STRONG_ISOLATE, TAB, UP, Terminal

# Ten million rows and more: it must not end by itself while a test waits.
LONG_QUERY = "events" + " | join (events) as x{} on true" * 6


class ShellTestCase(unittest.TestCase):
    def shell(self, *arguments, **options):
        terminal = Terminal(*arguments, **options)
        self.addCleanup(terminal.close)
        terminal.wait_for_prompt()
        return terminal


class AnswerTests(ShellTestCase):
    def test_greeting_says_what_is_loaded_and_what_to_try(self):
        shell = self.shell()
        greeting = shell.text().split("khabar>")[0].splitlines()
        self.assertEqual(len(greeting), 3)
        self.assertIn("builtin:moscow_2023_05_19: 25 events", greeting[0])
        self.assertIn("meetings in Moscow", greeting[1])
        self.assertIn(".help", greeting[2])

    def test_what_the_greeting_proposes_has_an_answer(self):
        shell = self.shell()
        proposals = shell.rows()[1].removeprefix("Try: ").split("   ")
        for proposal in proposals:
            answer = shell.ask(proposal)
            self.assertNotIn("error", answer)
            self.assertNotIn("0 rows", answer)

    def test_arabic_query(self):
        shell = self.shell()
        shell.ask("الاجتماعات مع لافروف في موسكو | عدد")
        self.assertIn("    3", shell.rows())

    def test_arabic_names_stand_between_isolates(self):
        shell = self.shell(columns=120)
        shell.ask(".lang ar")
        shell.ask("meetings in Moscow")
        self.assertIn("لافروف يستقبل بيراموف", shell.text())
        self.assertIn((FIRST_STRONG_ISOLATE + "موسكو").encode(), shell.bytes)

    def test_table_fits_the_window(self):
        for columns in (40, 60, 100):
            shell = self.shell(columns=columns)
            answer = shell.ask("events").replace("\u2068", "").replace("\u2069", "")
            rule = next(line for line in answer.splitlines() if "──" in line)
            self.assertLessEqual(rule.count("─") + rule.count(" "), columns + 8)  # colours are not counted
            self.assertIn("25 rows", answer)

    def test_mistake_shows_the_caret_under_it(self):
        shell = self.shell()
        shell.ask("events with Lavorv")
        rows = shell.rows()
        echo = next(index for index, row in enumerate(rows) if row == "1 | events with Lavorv")
        self.assertEqual(rows[echo + 1], "  | " + " " * 12 + "^^^^^^")
        self.assertIn("Sergei Lavrov", shell.text())

    def test_caret_after_arabic(self):
        shell = self.shell()
        shell.ask("الاجتماعات مع Lavorv")
        rows = shell.rows()
        echo = next(index for index, row in enumerate(rows) if row.startswith("1 | "))
        self.assertEqual(rows[echo].index("Lavorv"), rows[echo + 1].index("^"))

    def test_session_goes_on_after_a_mistake(self):
        shell = self.shell()
        shell.ask("let talks = meetings in Moscow")
        shell.ask("talks | cuont")
        self.assertIn("    3", shell.ask("talks | count"))


class LineTests(ShellTestCase):
    def test_statement_over_lines(self):
        shell = self.shell()
        shell.type("meetings in Moscow |\r")
        shell.wait_for("┊")
        shell.type("count\r")
        shell.wait_for("    3\n1 row")

    def test_interrupt_drops_the_line(self):
        shell = self.shell()
        shell.type("events with Lavorv" + CTRL_C)
        shell.wait_for("^C")
        shell.wait_for_prompt()
        self.assertNotIn("error", shell.text())
        self.assertIn("   25", shell.ask("events | count"))

    def test_interrupt_stops_a_query_soon(self):
        shell = self.shell()
        shell.type(LONG_QUERY.format(*range(6)) + "\r")
        time.sleep(0.5)
        self.assertNotIn("interrupted", shell.text())
        start = time.monotonic()
        shell.type(CTRL_C)
        shell.wait_for("interrupted")
        self.assertLess(time.monotonic() - start, 1)
        self.assertIn("   25", shell.ask("events | count"))

    def test_leaving(self):
        for keys in (CTRL_D, ".quit\r", ".exit\r"):
            shell = self.shell()
            shell.type(keys)
            self.assertEqual(shell.exit_status(), 0)

    def test_history_across_shells(self):
        with tempfile.TemporaryDirectory() as state:
            first = self.shell(state=state)
            first.ask("meetings in Moscow | count")
            first.type(CTRL_D)
            first.exit_status()
            second = self.shell(state=state)
            second.type(UP)
            second.wait_for("khabar> meetings in Moscow | count")
            second.type(CTRL_C)
            second.wait_for("^C")
            self.assertIn("meetings in Moscow | count", second.ask(".history mosc"))

    def test_no_history(self):
        with tempfile.TemporaryDirectory() as state:
            shell = self.shell("--no-history", state=state)
            shell.ask("events | count")
            shell.type(CTRL_D)
            shell.exit_status()
            self.assertEqual(os.listdir(state), [])


class CompletionTests(ShellTestCase):
    def completed(self, keys, row):
        shell = self.shell()
        shell.type(keys + TAB)
        shell.wait_for("khabar> " + row)
        return shell

    def test_name_in_either_script(self):
        self.completed("events with Lavr", "events with Lavrov")
        self.completed("events with لافر", "events with لافروف")

    def test_name_of_several_words_is_quoted(self):
        self.completed('events in "South C', 'events in "South Caucasus"')

    def test_bound_name(self):
        shell = self.shell()
        shell.ask("let briefings = statements")
        shell.type("brief" + TAB)
        shell.wait_for("khabar> briefings")

    def test_fields_are_those_of_the_rows(self):
        self.completed("people where repr", "people where represents")
        self.completed("events where place.coun", "events where place.country")

    def test_values_of_a_field(self):
        self.completed("events where status = pl", "events where status = planned")

    def test_several_are_listed(self):
        shell = self.shell()
        shell.type("events | su" + TAB)
        shell.wait_for("khabar> events | summarize")
        shell = self.shell()
        shell.type("events where status = " + TAB)
        shell.wait_for("hypothetical")

    def test_commands_and_their_arguments(self):
        self.completed(".sch", ".schema")
        self.completed(".mode mar", ".mode markdown")
        self.completed(".open builtin:mos", ".open builtin:moscow_2023_05_19")

    def test_path(self):
        with tempfile.TemporaryDirectory() as directory:
            open(os.path.join(directory, "nine.khabar"), "w").close()
            self.completed(f".open {directory}/n", f".open {directory}/nine.khabar")


class CommandTests(ShellTestCase):
    def test_every_command_has_an_example_that_works(self):
        shell = self.shell(rows=60)
        for line in (
            ".help", ".help clauses", ".help mode", ".names lav", ".names لافروف", ".schema", ".schema meetings",
            ".explain meetings in Moscow", ".lang", ".timer on", ".timer off", ".history events", ".open",
        ):
            self.assertNotIn("error", shell.ask(line), line)

    def test_words_without_their_dot(self):
        shell = self.shell()
        self.assertIn(".help commands", shell.ask("help"))
        shell.type("exit\r")
        self.assertEqual(shell.exit_status(), 0)

    def test_wrong_command_is_corrected(self):
        self.assertIn("did you mean `.mode`?", self.shell().ask(".moed"))

    def test_wrong_argument_is_corrected(self):
        answer = self.shell().ask(".mode jsno")
        self.assertIn("did you mean `json`?", answer)

    def test_mode(self):
        shell = self.shell()
        shell.ask(".mode json")
        self.assertIn('[{"count":25}]', shell.ask("events | count"))

    def test_names_in_both_scripts(self):
        for pattern in ("lavrov", "لافروف"):
            self.assertIn("sergei_lavrov", self.shell().ask(".names " + pattern))

    def test_open(self):
        shell = self.shell()
        with tempfile.NamedTemporaryFile("w", suffix=".khabar") as model:
            model.write('define state utopia ( name en "Utopia" )\n')
            model.flush()
            self.assertIn("0 events, 1 actor,", shell.ask(".open " + model.name))
        self.assertIn("utopia", shell.ask("states"))

    def test_open_what_is_missing_keeps_the_model(self):
        shell = self.shell()
        self.assertIn("no such file", shell.ask(".open nowhere.khabar"))
        self.assertIn("   25", shell.ask("events | count"))

    def test_timer(self):
        shell = self.shell()
        shell.ask(".timer on")
        self.assertRegex(shell.ask("events | count"), r"time: [0-9.]+ (s|ms|µs)")


class EnvironmentTests(ShellTestCase):
    def test_locale_c(self):
        shell = self.shell(LANG="C", LC_ALL="C")
        shell.ask("الاجتماعات مع لافروف في موسكو | عدد")
        self.assertIn("    3", shell.rows())

    def test_dumb_terminal(self):
        shell = self.shell(TERM="dumb")
        self.assertIn("   25", shell.ask("events | count"))
        shell.ask("events with Lavorv")
        self.assertNotIn(b"\x1b", shell.bytes)

    def test_colours(self):
        for environment, expected in (({}, True), ({"NO_COLOR": "1"}, False)):
            shell = self.shell(**environment)
            answer = shell.ask("events with Lavorv")
            self.assertEqual("\x1b[1;31merror" in answer, expected)


if __name__ == "__main__":
    unittest.main()
