"""Completion and the hint at the right, as a person sees them. $KHABAR names the binary."""

import os
import random
import re
import tempfile
import unittest

from terminal import CTRL_C, TAB, UP, Terminal

CLEAR = "\x15"


class CompletionTestCase(unittest.TestCase):
    def shell(self, *arguments, **options):
        terminal = Terminal(*arguments, **options)
        self.addCleanup(terminal.close)
        terminal.wait_for_prompt()
        return terminal

    def line(self, shell):
        """The row of the cursor: what was typed, and the hint, which two blanks set apart."""
        row = shell.rows()[shell.screen.cursor.y]
        parts = row.removeprefix("khabar> ").rsplit("  ", 1)
        return parts[0].rstrip(), parts[1] if len(parts) > 1 else ""

    def wait_for_line(self, shell, typed, hint=None):
        shell.wait(lambda shell: self.line(shell)[0] == typed and hint in (None, self.line(shell)[1]))


class TabTests(CompletionTestCase):
    def test_name_in_the_script_that_was_typed(self):
        shell = self.shell()
        for typed, whole in [("laf", "Lavrov"), ("lav", "Lavrov"), ("لاف", "لافروف"), ("لافر", "لافروف")]:
            shell.type(CLEAR + "events with " + typed + TAB)
            self.wait_for_line(shell, "events with " + whole)

    def test_name_of_two_words_is_quoted(self):
        shell = self.shell()
        shell.type("events in south" + TAB)
        self.wait_for_line(shell, 'events in "South Caucasus"')
        shell.type(CLEAR + 'events in "sou' + TAB)
        self.wait_for_line(shell, 'events in "South Caucasus"')

    def test_what_is_completed_has_an_answer(self):
        shell = self.shell()
        shell.type("meetings in mosc" + TAB + "| cou" + TAB + "\r")
        shell.wait_for("1 row")
        self.assertIn("    3", shell.rows())

    def test_list_has_kinds_and_counts(self):
        shell = self.shell(rows=40)
        shell.type("events with " + TAB)
        shell.wait_for("Azerbaijan  state · 15 events")
        self.wait_for_line(shell, "events with")

    def test_second_tab_shows_the_rest(self):
        shell = self.shell(rows=12, columns=70)
        shell.type("events with " + TAB)
        shell.wait_for("more; Tab shows them")
        self.assertNotIn("Moldova", shell.text())
        shell.type(TAB)
        shell.type(TAB)
        shell.wait_for("Moldova")

    def test_list_fits_narrow_windows(self):
        for columns in (20, 30, 45):
            shell = self.shell(columns=columns, rows=30)
            before = len(shell.bytes)
            shell.type("events | " + TAB)
            shell.wait_for("summarize")
            shell.wait(lambda shell: shell.rows()[shell.screen.cursor.y].startswith("khabar>"))
            listed = shell.bytes[before:].decode().split("\r\n")[1:-1]
            self.assertTrue(all(len(row) < columns for row in listed), listed)

    def test_arabic_columns_are_aligned(self):
        shell = self.shell(columns=90, rows=40)
        shell.type("الأحداث مع " + TAB)
        shell.wait_for("أذربيجان")
        self.wait_for_line(shell, "الأحداث مع")
        self.assertIn("روسيا  Russia, state · 10 events", shell.text())

    def test_paths(self):
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "models"))
            open(os.path.join(folder, "models", "two words.khabar"), "w").close()
            shell = self.shell(state=folder)
            shell.type(".open ~/mod" + TAB)
            self.wait_for_line(shell, ".open ~/models/")
            shell.type(TAB)
            self.wait_for_line(shell, '.open "~/models/two words.khabar"')

    def test_names_of_the_session(self):
        shell = self.shell()
        shell.ask("def met(a, b) = meetings with a, b")
        shell.type("me" + TAB)
        shell.wait_for("met(a, b)  def")
        shell.type("t" + TAB)
        self.wait_for_line(shell, "met(")


class HintTests(CompletionTestCase):
    def test_what_a_name_means(self):
        shell = self.shell()
        shell.type("events with Lavrov")
        self.wait_for_line(shell, "events with Lavrov", "Sergei Lavrov, person · 3 events")
        shell.type(CLEAR + "الأحداث مع لافروف")
        shell.wait(lambda shell: "person · 3 events" in shell.text())

    def test_next_words(self):
        shell = self.shell()
        shell.type("events ")
        self.wait_for_line(shell, "events", "with · in · during · …")
        shell.type("| ")
        shell.wait(lambda shell: "where" in self.line(shell)[1])

    def test_first_mistake(self):
        shell = self.shell()
        shell.type("events with Lavorv in Moscow ")
        self.wait_for_line(shell, "events with Lavorv in Moscow", 'no actor is called "Lavorv"; Lavrov?')

    def test_command(self):
        shell = self.shell()
        shell.type(".timer ")
        shell.wait(lambda shell: self.line(shell)[1].startswith(".timer [on|off]: "))

    def test_it_makes_way(self):
        shell = self.shell(columns=70)
        text = "events with Russia and Armenia in Moscow | count"
        for end in range(1, len(text) + 1):
            shell.type(text[end - 1])
            shell.wait(lambda shell: self.line(shell)[0].startswith(text[:end].rstrip()[:50]))
            row = shell.rows()[shell.screen.cursor.y]
            self.assertLess(len(row), 70)
        shell.wait(lambda shell: shell.rows()[shell.screen.cursor.y] == "khabar> " + text)

    def test_it_does_not_stay_behind(self):
        shell = self.shell()
        shell.type("events ")
        self.wait_for_line(shell, "events", "with · in · during · …")
        shell.type("| count\r")
        shell.wait_for("   25")
        shell.wait_for_prompt()
        self.assertNotIn("·  …", shell.text())
        self.assertIn("khabar> events | count", shell.rows())
        shell.type("events ")
        self.wait_for_line(shell, "events", "with · in · during · …")
        shell.type(CTRL_C)
        shell.wait_for("^C")
        self.assertIn("khabar> events ^C", shell.rows())

    def test_no_isolate_stays_behind(self):
        """A terminal keeps an isolate in the cell before; that one is a blank of the hint's, erased with it."""
        shell = self.shell()
        before = len(shell.bytes)
        shell.type("الاجتماعات في موسكو ")
        shell.wait(lambda shell: "…" in shell.text())
        shell.type("\r")
        shell.wait_for("3 rows")
        written = shell.bytes[before:].decode()
        drawn = re.findall("\x1b7\r\x1b\\[(\\d+)C( ?)(?:\x1b\\[2m)?\u2068", written)
        self.assertTrue(drawn)
        for column, blank in drawn:
            self.assertEqual(blank, " ")
            self.assertIn(f"\x1b7\r\x1b[{column}C\x1b[K\x1b8", written)

    def test_none_where_it_cannot_be(self):
        for options in ({"columns": 59}, {"TERM": "dumb"}):
            shell = self.shell(**options)
            shell.type("events ")
            shell.wait_for("events")
            answer = shell.ask("| count")
            self.assertNotIn("during", shell.text())

    def test_dim_only_where_colours_are_allowed(self):
        for options, expected in (({}, True), ({"NO_COLOR": "1"}, False)):
            shell = self.shell(**options)
            shell.type("events ")
            self.wait_for_line(shell, "events", "with · in · during · …")
            self.assertEqual(b"\x1b[2mwith" in shell.bytes, expected)

    def test_random_keys_leave_the_line_right(self):
        """What Enter submits is what the screen shows, whatever has been typed; with and without room for a hint."""
        keys = list("eventsiw |.\"()لافروفموسك") + ["\x1b[D", "\x1b[C", "\x7f", "\x01", "\x05", "\x0b", UP, TAB, "中"]
        for seed in range(4):
            generator = random.Random(seed)
            shell = self.shell(columns=(100, 59)[seed % 2], rows=30)
            for _ in range(60):
                shell.type(generator.choice(keys))
                if generator.random() < 0.3:
                    try:
                        shell.wait(lambda shell: False, 0.06)
                    except AssertionError:
                        pass
            shell.type(CTRL_C)
            shell.wait_for("^C")
            shell.wait_for_prompt()
            self.assertIn("   25", shell.ask("events | count"))
            row = [row for row in shell.rows() if "events | count" in row][-1]
            self.assertEqual(row, "khabar> events | count")


if __name__ == "__main__":
    unittest.main()
