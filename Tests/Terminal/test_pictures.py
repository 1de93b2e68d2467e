"""Pictures in a terminal: what stands in which column of the screen."""

import re
import unicodedata
import unittest

from terminal import FIRST_STRONG_ISOLATE, Terminal


class PictureTests(unittest.TestCase):
    def shell(self, **options):
        terminal = Terminal(**options)
        self.addCleanup(terminal.close)
        terminal.wait_for_prompt()
        return terminal

    def column(self, row, character):
        """The column of a character, counted as a terminal counts."""
        before = row[: row.index(character)]
        return sum(not unicodedata.combining(letter) for letter in before)

    def test_arabic_labels_leave_the_bars_aligned(self):
        shell = self.shell()
        shell.ask(".lang ar")
        shell.ask("الاجتماعات في موسكو | خط زمني")
        rows = [row for row in shell.rows() if row.startswith("○ ")]
        self.assertEqual(len(rows), 4)  # and the legend
        columns = {self.column(row, "█") for row in rows if "█" in row}
        axis = next(row for row in shell.rows() if "┬" in row)
        self.assertEqual(columns, {axis.index("┬")})
        self.assertIn((FIRST_STRONG_ISOLATE + "لافروف يستقبل بيراموف").encode(), shell.bytes)

    def test_arabic_bars_begin_in_one_column(self):
        shell = self.shell()
        shell.ask(".lang ar")
        shell.ask("events | chart place")
        columns = {self.column(row, "█") for row in shell.rows() if "█" in row}
        self.assertEqual(len(columns), 1)

    def test_pictures_fit_narrow_windows(self):
        for query in ("events | timeline by status", "events | chart score", "meetings | graph"):
            shell = self.shell(columns=20, rows=200)
            answer = shell.ask(query)
            lines = re.sub("\x1b\\[[0-9;?]*[A-Za-z]|[\u2068\u2069\r]", "", answer).split("\n")
            drawn = [line for line in lines if re.search("[█░─]", line)]
            self.assertGreater(len(drawn), 5, answer)
            self.assertLessEqual(max(map(len, drawn)), 20)
            self.assertTrue(any(line.endswith(" rows") for line in lines), answer)

    def test_a_dumb_terminal_gets_ascii(self):
        shell = self.shell(TERM="dumb")
        answer = shell.ask("meetings in Moscow | timeline")
        self.assertIn("#", answer)
        self.assertNotIn("█", answer)

    def test_dot_is_for_graphs(self):
        shell = self.shell()
        shell.ask(".mode dot")
        self.assertIn('"ararat_mirzoyan" -- "sergei_lavrov"', shell.ask("meetings in Moscow | graph"))
        self.assertIn("E0321", shell.ask("meetings | count"))


if __name__ == "__main__":
    unittest.main()
