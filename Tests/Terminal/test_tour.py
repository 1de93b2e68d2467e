"""The tour, as a newcomer takes it."""

import unittest

from terminal import Terminal

ENGLISH = (
    "events", "actors | count", "events | count", "meetings where place = moscow", "events with russia",
    "planned events during 2023-06", "meetings in Moscow | actors", "moscow_trilateral | evidence",
)


class TourTests(unittest.TestCase):
    def shell(self, *arguments, **options):
        terminal = Terminal(*arguments, **options)
        self.addCleanup(terminal.close)
        terminal.wait_for_prompt()
        return terminal

    def test_from_beginning_to_end(self):
        shell = self.shell(rows=60)
        self.assertIn("1 of 8", shell.ask(".tour"))
        step = 1
        for query in ENGLISH:
            answer = shell.ask(query)
            if query == "actors | count":
                self.assertIn("Not yet", answer)
                continue
            step += 1
            self.assertIn("Right.", answer, query)
            self.assertIn(f"{step} of 8", answer)
        self.assertIn("That was the tour", shell.ask("events | summarize count by status"))
        self.assertNotIn("of 8", shell.ask("events"))

    def test_hints_lead_to_the_answer(self):
        shell = self.shell()
        shell.ask(".tour")
        shell.ask(".tour next")
        self.assertIn("Count the rows", shell.ask("events"))
        self.assertIn("events | count", shell.ask("events").split("Not yet.")[1])
        self.assertIn("error", shell.ask("events | cuont"))
        self.assertIn("Right.", shell.ask("events | count"))

    def test_left_and_continued(self):
        shell = self.shell()
        shell.ask(".tour")
        shell.ask("events")
        self.assertIn("waits here", shell.ask(".tour end"))
        self.assertNotIn("Right", shell.ask("events | count"))
        self.assertIn("E0642", shell.ask(".tour next"))
        self.assertIn("2 of 8", shell.ask(".tour"))
        self.assertIn("Right.", shell.ask("events | count"))

    def test_arabic(self):
        shell = self.shell()
        shell.ask(".lang ar")
        self.assertIn("1 من 8", shell.ask(".tour").replace("\u2068", "").replace("\u2069", ""))
        self.assertIn("صحيح", shell.ask("الأحداث"))
        self.assertIn("ليس بعد", shell.ask("الأحداث"))
        self.assertIn("صحيح", shell.ask("الأحداث | عدد"))

    def test_narrow_window(self):
        shell = self.shell(columns=40, rows=60)
        shell.ask(".tour")
        self.assertIn("Ask for all events", " ".join(shell.text().split()))

    def test_other_model(self):
        shell = self.shell("builtin:salt_road")
        self.assertIn("E0643", shell.ask(".tour"))


if __name__ == "__main__":
    unittest.main()
