"""Answers on a terminal: their looks, where they go, what is behind them."""

import os
import tempfile
import unittest

from test_shell import ShellTestCase

ARTICLE = """Ferry news
A ferry sank. Nobody was on it.
"""
MODEL = """
define article news ( published 2031-01-02, sha256 "b68da9f232ae8a4faceacedf9002d0da26e655bf16769433c1b52524f453c714" )
define event sinking ( type ASSAULT, time 2031-01-01, label en "A ferry sinks" ar "غرق عبّارة" )
define report ( event sinking, status occurred, evidence line 2 span 11 24 )
"""


class LookTests(ShellTestCase):
    def test_rows_are_numbered_on_the_terminal(self):
        shell = self.shell(NO_COLOR="1")
        rows = shell.ask("meetings in Moscow | select id").splitlines()
        self.assertIn("1  lavrov_bayramov", rows)
        self.assertIn("3  moscow_trilateral", rows)
        shell.ask(".numbers off")
        self.assertIn("lavrov_bayramov", shell.ask("meetings in Moscow | select id").splitlines())

    def test_numbers_leave_room_in_the_window(self):
        for columns in (20, 40, 80):
            shell = self.shell(columns=columns)
            shell.type("events\r")
            shell.wait_for("25 rows")
            shell.wait_for_prompt()
            numbered = [row for row in shell.rows() if row[:2] in ("24", "25") and row[2:4] == "  "]
            self.assertEqual(len(numbered), 2)

    def test_null_and_width(self):
        shell = self.shell()
        shell.ask(".null ??")
        self.assertIn("??", shell.ask("peace_treaty_talks | select place"))
        shell.ask(".width 30")
        answer = shell.ask("meetings in Moscow")
        self.assertIn("no room for:", " ".join(answer.split()))
        self.assertTrue(all(len(line) <= 30 for line in answer.splitlines() if line.startswith("1  ")))

    def test_long_answers_are_paged(self):
        shell = self.shell(rows=12, PAGER="sed s/^/paged:/")
        self.assertNotIn("paged:", shell.ask("meetings in Moscow | select id"))
        self.assertIn("paged:25 rows", shell.ask("events | select id"))
        shell.ask(".pager off")
        self.assertNotIn("paged:", shell.ask("events | select id"))

    def test_a_pager_left_early_leaves_the_shell(self):
        shell = self.shell(rows=12, PAGER="head -3")
        answer = shell.ask("events | join (events) as x on true")
        self.assertNotIn("error", answer)
        self.assertIn("25", shell.ask("events | count"))


class WhereAnswersGoTests(ShellTestCase):
    def test_once(self):
        shell = self.shell()
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "answer.csv")
            shell.ask(".mode csv")
            shell.ask(".once " + path)
            self.assertNotIn("granada_meeting", shell.ask("events | select id").replace("events", ""))
            with open(path) as file:
                lines = file.read().splitlines()
            self.assertEqual((lines[0], len(lines)), ("id", 26))
            self.assertIn("lavrov_bayramov", shell.ask("meetings in Moscow | select id"))

    def test_once_to_a_command(self):
        shell = self.shell()
        shell.ask(".mode csv")
        shell.ask(".once | wc -l")
        self.assertIn("26", shell.ask("events | select id"))
        shell.ask(".once |exit 3")
        self.assertIn("E0646", shell.ask("events"))
        self.assertIn("26", shell.ask(".once |wc -l") + shell.ask(".last"))

    def test_last_in_another_format(self):
        shell = self.shell()
        shell.ask("meetings in Moscow | count")
        self.assertIn('[{"count":3}]', shell.ask(".last json"))

    def test_ans(self):
        shell = self.shell()
        shell.ask("meetings in Moscow")
        self.assertIn("    3", shell.ask("ans | count"))

    def test_difference(self):
        shell = self.shell()
        shell.ask("meetings with Russia | select id")
        self.assertIn("no difference", shell.ask(".diff meetings in Moscow | select id"))
        self.assertIn("E0649", shell.ask(".diff meetings in Moscow"))
        self.assertIn("+       chisinau_meeting", shell.ask(".diff meetings with Armenia | select id"))


class TraceTests(ShellTestCase):
    def model(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name, text in (("news.khabar", MODEL), ("news.txt", ARTICLE), ("other.txt", ARTICLE + "!")):
            with open(os.path.join(folder.name, name), "w") as file:
                file.write(text)
        return folder.name

    def test_why(self):
        shell = self.shell(NO_COLOR="1")
        shell.ask("meetings in Moscow | actors | select name")
        answer = shell.ask(".why 2")
        self.assertIn("lavrov_bayramov · ", answer)
        self.assertIn("lines 2, 3 · according to Maria Zakharova · planned, certain", answer)
        self.assertIn(".attach FILE", answer)
        self.assertNotIn("lavrov_mirzoyan", answer)

    def test_why_needs_a_row(self):
        shell = self.shell()
        self.assertIn("E0647", shell.ask(".why 1"))
        shell.ask("meetings in Moscow")
        self.assertIn("which of the 3 rows?", shell.ask(".why"))
        self.assertIn("1 to 3", shell.ask(".why 4"))
        self.assertIn("1 to 3", shell.ask(".why لا"))

    def test_quotes_are_marked(self):
        folder = self.model()
        shell = self.shell(folder + "/news.khabar")
        shell.ask("events")
        self.assertNotIn("⟦", shell.ask(".why"))
        self.assertIn("E0613", shell.ask(f".attach {folder}/other.txt"))
        shell.ask(f".attach {folder}/news.txt")
        shell.ask(".why")
        self.assertIn("   2 │ ⟦A ferry sank.⟧ Nobody was on it.", shell.rows())
        self.assertIn(b"\x1b[1m\xe2\x9f\xa6A ferry", shell.bytes)

    def test_quotes_from_the_command_line(self):
        folder = self.model()
        shell = self.shell(folder + "/news.khabar", "--text", folder + "/news.txt")
        shell.ask("events")
        self.assertIn("⟦A ferry sank.⟧", shell.ask(".why").replace("\x1b[1m", "").replace("\x1b[0m", ""))

    def test_funnel(self):
        shell = self.shell()
        shell.ask("events in Granada during 2023-10-05")
        rows = shell.rows()
        self.assertIn("no row is left after `during 2023-10-05`", rows)
        self.assertIn("  in Granada         1", rows)
        self.assertIn("  events in Granada possibly during 2023-10-05  1 row", rows)

    def test_arabic_funnel_is_aligned(self):
        shell = self.shell()
        shell.ask("الاجتماعات المخططة في موسكو قبل 2020")
        counts = [row for row in shell.rows() if row.startswith("  ") and row.rstrip()[-1:].isdigit()]
        self.assertEqual(len(counts), 4)
        self.assertEqual(len({row.rindex(" ") for row in counts}), 1)


if __name__ == "__main__":
    unittest.main()
