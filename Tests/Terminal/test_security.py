"""What a terminal would obey never reaches it from a model, a script, a file's name or a query."""

import os
import tempfile
import unittest

import pexpect

from terminal import KHABAR, TAB, Terminal

CTRL_U = "\x15"

EVIL = "\x1b]0;owned\x07\x1b[31mRED\x9b31m\x7f\r\u202e"
# As a script writes it.
ESCAPED = "".join("\\u{%X}" % ord(character) for character in EVIL)
OBEYED = [b"\x1b]0;owned", b"\x1b[31mRED", b"\xc2\x9b", "\u202e".encode(), b"\x7f"]

MODEL = """
define article gazette ( published 2031-04-02, publisher "Gazette EVIL", language en, title en "Title EVIL" )
define topic trade ( name en "trade EVIL" )
define state averna ( name en "Averna EVIL" ar "أفيرنا EVIL", alias "Avernan EVIL" )
define place selm ( name en "Selm EVIL", kind city )
define event talks ( type CONSULT, label en "Talks EVIL", time 2031-04-01, place selm, actor averna, topic trade )
define report ( event talks, status occurred, gist en "Gist EVIL", evidence line 1 )
""".replace("EVIL", ESCAPED)

QUERIES = [
    "events",
    "actors | select name, names, aliases",
    "articles",
    "events | evidence",
    "events | select label, topics, place.name",
    f'events | select label as "column{ESCAPED}"',
    "events | timeline",
    "events | summarize count by place.name",
]

MISTAKES = [
    f'events with "Averna{ESCAPED}x"',
    f'print "{{list(name)}} {ESCAPED}"',
    f'assert count(events) = 2, "{ESCAPED}"',
    f'events where label matches "({ESCAPED}"',
    f'table "{ESCAPED}"',
    f'explain events where label = "{ESCAPED}"',
    f'set lang "{ESCAPED}"',
    f"events {EVIL}",
    f'events where label = "{EVIL}"',
    f"events # {EVIL}\n  | cuont",
]


class SecurityTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="a\x1b]0;owned\x07")
        self.addCleanup(self.folder.cleanup)
        self.model = os.path.join(self.folder.name, "m\x1b]0;owned\x07\u202e.khabar")
        with open(self.model, "w", encoding="utf-8") as file:
            file.write(MODEL)

    def check(self, received):
        for sequence in OBEYED:
            self.assertNotIn(sequence, received)

    def run_command(self, *arguments):
        terminal = Terminal(*arguments, columns=160)
        self.addCleanup(terminal.close)
        terminal.exit_status()
        self.check(terminal.bytes)
        return terminal.bytes

    def test_results_in_every_format(self):
        for format in ["table", "line", "json", "jsonl", "csv", "tsv", "markdown"]:
            with self.subTest(format):
                shown = self.run_command(self.model, "-c", "\n".join(QUERIES), "--format", format)
                self.assertIn(b"Averna", shown)

    def test_mistakes_and_texts(self):
        for query in MISTAKES:
            with self.subTest(query):
                self.assertTrue(self.run_command(self.model, "-c", query))

    def test_file_names(self):
        missing = self.model + "x"
        for arguments in [
            [missing], ["run", missing], ["run", self.model], ["check", missing], ["check", self.model],
            ["fmt", missing], ["fmt", "--check", self.model], [self.folder.name],
        ]:
            with self.subTest(arguments):
                self.run_command(*arguments)

    def test_a_formatted_script(self):
        script = os.path.join(self.folder.name, "script.khabar")
        with open(script, "w", encoding="utf-8") as file:
            file.write("events # \x1b]0;owned\x07\x7f\n")
        variables = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"}
        process = pexpect.spawn("/bin/sh", ["-c", '"$0" fmt < "$1"', KHABAR, script], env=variables)
        shown = process.read()
        self.check(shown)
        self.assertIn("events  # ␛]0;owned␇␡".encode(), shown)

    def test_the_shell(self):
        terminal = Terminal(self.model, columns=160, rows=60)
        self.addCleanup(terminal.close)
        terminal.wait_for_prompt()
        for begun, name in [("events with ", "Averna ␛"), ("events in ", "Selm ␛")]:
            terminal.type(begun + TAB + TAB)
            terminal.wait_for(name)
            terminal.type(CTRL_U)
        for line in [".schema", ".names", f'let "x{ESCAPED}" = events', f'.explain events where id = "{ESCAPED}"']:
            terminal.ask(line)
        self.check(terminal.bytes)
