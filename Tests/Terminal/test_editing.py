"""Editing and the history in a pseudo-terminal: what the screen shows, and what the shell makes of it."""

import os
import random
import re
import subprocess
import tempfile
import time
import unittest

from pyte.screens import wcwidth

from foreground_job import ForegroundJob
from terminal import CTRL_C, CTRL_D, KHABAR, UP, Terminal

ESCAPE, CTRL_R, CTRL_Z = "\x1b", "\x12", "\x1a"
HISTORY = ".local/state/khabar/history"
PASTE = "\x1b[200~{}\x1b[201~"


class EditingTestCase(unittest.TestCase):
    def setUp(self):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.home = directory.name

    def shell(self, *arguments, **options):
        terminal = Terminal(*arguments, state=self.home, **options)
        self.addCleanup(terminal.close)
        terminal.wait_for_prompt()
        return terminal

    def write(self, name, content):
        path = os.path.join(self.home, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(content)

    def history(self):
        if not os.path.exists(os.path.join(self.home, HISTORY)):
            return []
        with open(os.path.join(self.home, HISTORY), "rb") as file:
            return file.read().decode().splitlines()

    def entered(self, *keys, **options):
        """What the shell takes for the statement, of keys that come one after the other. A comment is one."""
        before = len(self.history())
        shell = self.shell(**options)
        for key in keys:
            shell.type(key)
            time.sleep(0.06)  # an escape key by itself is one that nothing follows
        shell.type("\r")
        shell.wait(lambda _: len(self.history()) > before)
        shell.close()
        return self.history()[-1]


class KeyTests(EditingTestCase):
    def test_keys(self):
        cases = {
            "# ab \x17": "# ",  # Ctrl-W
            "# ab\x15# c": "# c",  # Ctrl-U
            "# ab\x1b[D\x0b": "# a",  # Ctrl-K
            "# ab cd\x17\x19\x19": "# ab cdcd",  # Ctrl-Y
            "# ab\x14": "# ba",  # Ctrl-T
            "# ab cd\x1bbx": "# ab xcd",  # Alt-B
            "# ab cd\x01\x1bfx": "# abx cd",  # Ctrl-A, Alt-F
            "# ab cd\x1bb\x1bd": "# ab ",  # Alt-D
            "# ab\x0cc": "# abc",  # Ctrl-L
            "# ab cd\x1b[1;5Dx": "# ab xcd",  # Ctrl-Left
            "ab\x1b[H# \x1b[Fc": "# abc",  # Home, End
            "# ab\x1b[D\x1b[D\x1b[3~": "# b",  # Delete
            "# لافروف\x1b[D\x1b[D\x7f": "# لافوف",
            "# لافروف Lavrov\x1b[1;5D\x1b[1;5Dx": "# xلافروف Lavrov",
            "# لَافْرُوف\u200f\u2067": "# لافروف",
            "# a\x1b[15~\x1b[Zb": "# ab",  # keys without a meaning
        }
        for keys, statement in cases.items():
            with self.subTest(keys=keys):
                self.assertEqual(self.entered(keys), statement)

    def test_undo_in_vi_mode(self):
        self.write(".editrc", b"bind -v\n")
        self.assertEqual(self.entered("# ab cd", ESCAPE, "b", "dw", "u"), "# ab cd")

    def test_vi_mode(self):
        self.write(".editrc", b"bind -v\n")
        self.assertEqual(self.entered("# one"), "# one")
        self.assertEqual(self.entered("# two", ESCAPE, "dd", "i# three"), "# three")
        self.assertEqual(self.entered(ESCAPE, "kk", "A!"), "# one!")
        self.assertEqual(self.entered(ESCAPE, "~", "i# abc", ESCAPE, "~"), "# abC")

    def test_vi_words_back(self):
        self.write(".editrc", b"bind -v\n")
        self.assertEqual(self.entered("# ab cd", ESCAPE, "bix"), "# ab xcd")
        self.assertEqual(self.entered("# ab cd", ESCAPE, "BBix"), "# xab cd")
        self.assertEqual(self.entered("# ab", ESCAPE, "99bix"), "x# ab")  # more words than there are

    def test_vi_commands_without_effect(self):
        self.write(".editrc", b"bind -v\n")
        self.assertEqual(self.entered("# ab", ESCAPE, "x.", "av"), "# av")
        self.assertEqual(self.entered("# ab", ESCAPE, "vx"), "# a")

    def test_editrc(self):
        self.write(".editrc", b'"open\nbind ^X ed-kill-line\nkhabar:bind ^G ed-move-to-beg\nother:bind ^A ed-insert\n')
        self.assertEqual(self.entered("ab\x07# \x18c"), "# c")

    def test_a_search_of_the_users_choice_is_ours(self):
        """libedit's own hears no Ctrl-C and reads beyond its buffer."""
        for editrc, keys in (
            (b"bind ^G em-inc-search-prev\n", "\x07"), (b"bind ^G vi-search-prev\n", "\x07"),
            (b"bind -v\n", "\x1b?"), (b"bind -v\n", "\x1b/"),
        ):
            with self.subTest(editrc=editrc, keys=keys):
                self.write(".editrc", editrc)
                shell = self.shell()
                shell.type(keys)
                shell.wait_for("(search:")

    def test_literal_control_character_shows_and_is_refused(self):
        shell = self.shell()
        shell.type("events \x16\x07")
        shell.wait_for("events ^G")
        shell.type("\r")
        shell.wait_for("error")
        self.assertNotIn(b"\x07", shell.bytes)


class StatementTests(EditingTestCase):
    def test_lines_are_recalled_and_edited_as_a_whole(self):
        shell = self.shell()
        shell.type("(events\r| count\r)\r")
        shell.wait_for("   25")
        shell.wait_for_prompt()
        shell.type(UP)
        shell.wait_for("khabar> (events\n┊       | count\n┊       )")
        shell.type(UP + UP + "\x1b[F where status = planned")  # up to the first line, not to an older statement
        # The hint at the right may be there already.
        shell.wait(lambda terminal: re.search(r"\(events where status = planned( +planned)?\n┊ +\| count", terminal.text()))
        shell.type("\x1b[B\x1b[B\x1b[F\r")
        shell.wait(lambda _: len(self.history()) == 2)
        self.assertEqual(self.history()[-1], "(events where status = planned\\n| count\\n)")

    def test_paste_of_200_lines(self):
        lines = [f"# {number} لافروف" for number in range(200)]
        shell = self.shell()
        shell.type(PASTE.format("\r".join(lines)) + "\r")
        shell.wait_for_prompt()
        shell.wait(lambda _: self.history())
        self.assertEqual(self.history(), ["\\n".join(lines)])

    def test_paste_with_prompts_and_controls(self):
        pasted = "khabar> (events\r\n┊       | count\x07\x1b[31m\r\n┊       )\n\n"
        shell = self.shell()
        shell.type(PASTE.format(pasted))
        shell.wait_for("khabar> (events\n┊       | count\n┊       )")
        shell.type("\r")
        shell.wait_for("   25")
        self.assertEqual(self.history(), ["(events\\n| count\\n)"])

    def test_interrupt_ends_a_paste_without_end(self):
        shell = self.shell()
        shell.type("\x1b[200~events | cou")
        time.sleep(0.2)
        shell.type(CTRL_C)
        shell.wait_for_prompt()
        self.assertIn("   25", shell.ask("events | count"))

    def test_statement_taller_than_the_window(self):
        shell = self.shell(columns=20, rows=6)
        lines = [f"# {number:02} abcdefghijklmn" for number in range(20)]
        shell.type(PASTE.format("\n".join(lines)) + "\x7fN\r")
        shell.wait_for_prompt()
        shell.wait(lambda _: self.history())
        self.assertEqual(self.history(), ["\\n".join(lines)[:-1] + "N"])

    def test_resizes(self):
        shell = self.shell(columns=60, rows=20)
        shell.type("# one two three four five six seven")
        shell.wait_for("seven")
        for columns, rows in ((20, 20), (100, 20), (20, 3), (60, 20), (5, 2), (60, 20)):
            shell._process.setwinsize(rows, columns)
            shell.screen.resize(rows, columns)
            time.sleep(0.1)
        shell.type(" الثامن\r")
        shell.wait(lambda _: self.history())
        self.assertEqual(self.history(), ["# one two three four five six seven الثامن"])

    def test_tiny_window(self):
        shell = self.shell(columns=20, rows=3)
        shell.type("events | count\r")
        shell.wait_for("1 row")


class SearchTests(EditingTestCase):
    def searched(self, pattern, *entries):
        self.write(HISTORY, "".join(entry + "\n" for entry in entries).encode())
        shell = self.shell()
        shell.type(CTRL_R + pattern)
        shell.wait_for("(search: " + pattern)
        return shell

    def test_in_any_spelling(self):
        self.searched("لافروف", "# زيارة لَافْرُوف", "# b").wait_for("زيارة")
        self.searched("احمد", "# أحمد", "# b").wait_for("أحمد")
        self.searched("lavrov", "# LAVROV", "# b").wait_for("# LAVROV")

    def test_arabic_comma_and_deleting_a_word(self):
        shell = self.searched("ا، ب", "# ا، ب ج", "# b")
        shell.wait_for("ا، ب ج")
        shell.type("\x17")  # ends the search and deletes
        shell.wait_for("khabar> # ا، ب")

    def test_across_lines(self):
        shell = self.searched("count", "(events\\n| count\\n)", "# b")
        shell.wait_for("| count\n┊       )")
        shell.type("\r")
        shell.wait_for("   25")

    def test_older_newer_and_giving_up(self):
        shell = self.searched("event", "# event 1", "# event 2", "# other")
        shell.wait_for("# event 2")
        shell.type(CTRL_R)
        shell.wait_for("# event 1")
        shell.type("\x13")
        shell.wait_for("# event 2")
        shell.type("z")
        shell.wait_for("(not found: eventz)")
        shell.type("\x07")
        shell.wait_for_prompt()


def drawn(statement, columns):
    """The rows that a statement takes up after the prompt, in a window of so many columns."""
    rows, column = [""], 0

    def put(character, width):
        nonlocal column
        if column + width > columns:
            rows.append("")
            column = 0
        rows[-1] += character
        column += width

    for character in "khabar> " + statement.replace("\n", "\n┊       "):
        if character == "\n":
            if column == columns:
                rows.append("")  # the cursor has gone on to the next row before the line ends
            rows.append("")
            column = 0
        elif character == "\t":
            if column == columns:
                rows.append("")
                column = 0
            for _ in range(min(8 - column % 8, columns - column)):
                put(" ", 1)
        else:
            put(character, wcwidth(character))
    return [row.rstrip() for row in rows]


class ScreenTests(EditingTestCase):
    """What the screen shows is what Enter submits."""

    MARK = "§"
    NARROW = ("Lavrov", "abc", "x", "لافروف", "الاجتماعات", "لَافْرُوف", "é", " ", PASTE.format("a\tب"))
    WIDE = ("Lavrov", "لافروف", "中文", "한국", "😀", "é", " ", "\x16\t")
    ARROWS = ("\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B", "\x1b[H", "\x1b[F", "\x1b[3~", "\x7f", "\x0c")
    WORD_KEYS = ("\x1b[1;5D", "\x1b[1;5C", "\x0b", "\x14", "\x17", "\x19", "\x1bb", "\x1bf", "\x1bd", "\x1bu", "\x1bc")
    LINES = ("\x1b\r# ", PASTE.format("# a\tب\n# b\n# c"))

    def test_one_line(self):
        for seed in range(8):
            with self.subTest(seed=seed):
                self.check(random.Random(seed), self.NARROW, self.ARROWS + self.WORD_KEYS)

    def test_lines(self):
        """Without the keys that can take a gutter apart."""
        for seed in range(8):
            with self.subTest(seed=seed):
                self.check(random.Random(seed), self.NARROW, self.ARROWS + self.LINES)

    def test_wide_characters(self):
        """With tabs. Added and taken away at the end: pyte's screen falls apart where half of one is overwritten, and
        libedit loses count behind a tab that reaches the end of a row."""
        for seed in range(8):
            with self.subTest(seed=seed):
                self.check(random.Random(seed), self.WIDE, ("\x7f", "\x0c", "\x1b[F"))

    def check(self, source, texts, keys):
        columns = source.randint(20, 120)
        shell = self.shell(columns=columns, rows=70)
        for _ in range(5):
            before = len(self.history())
            typed = (source.choice(texts if source.random() < 0.7 else keys) for _ in range(source.randint(5, 60)))
            shell.type("\x0c# " + "".join(typed) + self.MARK)
            shell.wait(self.is_cursor_behind_mark)
            shell.type("\r")
            shell.wait_for_prompt()
            if len(self.history()) == before:  # hidden by a space
                self.assertTrue(shell.rows()[0].startswith("khabar>  "))
                continue
            rows = drawn(self.history()[-1].replace("\\n", "\n"), columns)
            self.assertEqual(shell.rows()[: len(rows)], rows, f"{columns} columns")

    def is_cursor_behind_mark(self, shell):
        cursor, columns = shell.screen.cursor, shell.screen.columns
        place = cursor.y * columns + cursor.x - 1
        return shell.screen.buffer[place // columns][place % columns].data == self.MARK


class JobTests(EditingTestCase):
    def stopped_and_resumed(self, keys, expected):
        job = ForegroundJob([os.path.abspath(KHABAR)], self.environment(), self.home)
        self.addCleanup(job.kill)
        self.assertTrue(job.wait_for(b"khabar> ", 0))
        job.settle(0.1)
        job.send(keys.encode())
        job.settle(0.2)
        start = len(job.received)
        job.send(CTRL_Z.encode())
        self.assertTrue(job.wait_for(expected.encode(), start), job.received[start:])
        return job

    def environment(self):
        return {"HOME": self.home, "TERM": "xterm", "LANG": "C.UTF-8"}

    def test_stop_and_go_on(self):
        job = self.stopped_and_resumed("events | cou", "khabar> events | cou")
        start = len(job.received)
        job.send(b"nt\r")
        self.assertTrue(job.wait_for(b"   25", start))

    def test_stop_within_a_statement_of_lines(self):
        job = self.stopped_and_resumed("(events\r| count", "(events\r\n┊       | count")
        start = len(job.received)
        job.send(b"\r)\r")
        self.assertTrue(job.wait_for(b"   25", start))

    def test_stop_while_searching(self):
        self.write(HISTORY, b"events | count\n")
        job = self.stopped_and_resumed(CTRL_R + "cou", "events | count")
        start = len(job.received)
        job.send(b"\r")
        self.assertTrue(job.wait_for(b"   25", start))

    def test_hang_up(self):
        job = ForegroundJob([os.path.abspath(KHABAR)], self.environment(), self.home)
        job.wait_for(b"khabar> ", 0)
        job.send(b"events | count\r")
        job.wait_for(b"   25", 0)
        self.assertIn(job.hang_up(), (0, -1))
        self.assertEqual(self.history(), ["events | count"])


class EnvironmentTests(EditingTestCase):
    def test_terminals_and_locales(self):
        for number, variables in enumerate((
            {"TERM": "dumb"}, {"TERM": ""}, {"TERM": "no-such-terminal"}, {"TERM": "vt100", "LANG": "C"},
            {"LC_ALL": "no_SUCH"}, {"LANG": "", "LC_CTYPE": "POSIX"},
        )):
            with self.subTest(**variables):
                self.assertEqual(self.entered(f"# لافروف Lavrov\x7f{number}", **variables), f"# لافروف Lavro{number}")

    def test_editing_switched_off(self):
        self.write(".editrc", b"edit off\n")
        job = ForegroundJob([os.path.abspath(KHABAR)], {"HOME": self.home, "TERM": "xterm"}, self.home)
        self.addCleanup(job.kill)
        job.wait_for(b"khabar> ", 0)
        job.send("الاجتماعات في موسكو | عدد\n".encode())
        self.assertTrue(job.wait_for(b"    3", 0))

    def test_without_a_terminal(self):
        answer = subprocess.run([KHABAR], input=b"events | count", capture_output=True, env=JobTests.environment(self))
        self.assertIn(b"   25", answer.stdout)
        self.assertNotIn(b"khabar>", answer.stdout)
        self.assertFalse(os.path.exists(os.path.join(self.home, ".local")))


class HistoryTests(EditingTestCase):
    def test_hidden_statement(self):
        shell = self.shell()
        shell.ask(" events | count")
        shell.ask("# kept")
        self.assertEqual(self.history(), ["# kept"])

    def test_killed_shells_lose_nothing(self):
        for number in range(8):
            job = ForegroundJob([os.path.abspath(KHABAR)], JobTests.environment(self), self.home)
            job.wait_for(b"khabar> ", 0)
            job.send(f'print "n{{{number} + 100}}"\r'.encode())
            self.assertTrue(job.wait_for(f"n{number + 100}".encode(), 0))
            job.kill()
        self.assertEqual(self.history(), [f'print "n{{{number} + 100}}"' for number in range(8)])

    def test_four_shells_at_once(self):
        shells = [self.shell() for _ in range(4)]
        for turn in range(5):
            for number, shell in enumerate(shells):
                shell.type(f"# {number} {turn}\r")
        for shell in shells:
            shell.wait(lambda terminal: terminal.text().count("khabar>") == 6)
        self.assertEqual(sorted(self.history()), [f"# {number} {turn}" for number in range(4) for turn in range(5)])

    def test_foreign_file_in_locale_c_is_kept(self):
        foreign = b"_HiStOrY_V2_\nevents\\040\n\xff\xfe\x00\n\xcf\xf0\xe8\n" + "# لافروف\n".encode()
        self.write(HISTORY, foreign)
        shell = self.shell(LC_ALL="C")
        shell.type(UP)
        shell.wait_for("# لافروف")
        shell.type(CTRL_C)
        shell.wait_for("^C")
        shell.ask("# next")
        with open(os.path.join(self.home, HISTORY), "rb") as file:
            self.assertEqual(file.read(), foreign + b"# next\n")

    def test_listing_is_numbered_and_folded(self):
        self.write(HISTORY, "# events\n# زيارة لَافْرُوف\n(events\\n)\n# LAVROV\n".encode())
        shell = self.shell()
        self.assertIn("2  # زيارة", shell.ask(".history لافروف"))
        answer = shell.ask(".history lavrov")
        self.assertIn("4  # LAVROV", answer)
        self.assertNotIn("# events", answer)
        self.assertIn("3  (events\n   )", shell.ask(".history event"))


if __name__ == "__main__":
    unittest.main()
