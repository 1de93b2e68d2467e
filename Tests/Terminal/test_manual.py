"""The manual's talks with the shell: each block that begins with the prompt is typed, and the screen must show it."""

import pathlib
import re
import unittest

from terminal import Terminal

MANUAL = pathlib.Path(__file__).resolve().parents[2] / "Grammar" / "Manual.md"
PROMPT = "khabar> "


def talks():
    blocks = re.findall(r"^```text\n(.*?)^```$", MANUAL.read_text(), re.MULTILINE | re.DOTALL)
    return [block for block in blocks if block.startswith(PROMPT)]


class ManualTests(unittest.TestCase):
    def test_there_are_talks(self):
        self.assertGreater(len(talks()), 2)

    def test_talks(self):
        for talk in talks():
            shell = Terminal(columns=90, rows=200, NO_COLOR="1")
            try:
                shell.wait_for_prompt()
                start = next(index for index, row in enumerate(shell.rows()) if row.startswith(PROMPT.rstrip()))
                for line in talk.splitlines():
                    if line.startswith(PROMPT):
                        shell.ask(line.removeprefix(PROMPT))
                shown = "\n".join(shell.rows()[start:]).rstrip().removesuffix(PROMPT.rstrip()).rstrip()
                self.assertEqual(shown.splitlines(), talk.rstrip().splitlines())
            finally:
                shell.close()


if __name__ == "__main__":
    unittest.main()
