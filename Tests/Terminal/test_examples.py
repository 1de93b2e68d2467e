"""The example scripts print what Tests/Spec/examples says, also when the command runs them."""

import os
import pathlib
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
KHABAR = os.environ.get("KHABAR", str(ROOT / ".build/debug/khabar"))


def expected(script):
    """The text below `--- table` in the case that runs the script."""
    cases = (ROOT / "Tests/Spec/examples/examples.spec").read_text(encoding="utf-8").split("\n=== ")
    (case,) = [case for case in cases if f"--- script\n{script}\n" in case]
    return case.split("--- table\n")[1]


class ExampleTests(unittest.TestCase):
    def test_every_example_prints_what_it_should(self):
        scripts = sorted((ROOT / "Scripts/examples").glob("*.khabar"))
        # What the others import prints nothing.
        scripts = [script for script in scripts if script.name != "lib.khabar"]
        self.assertEqual(len(scripts), 8)
        for script in scripts:
            with self.subTest(script.name):
                done = subprocess.run([KHABAR, "run", script], capture_output=True, text=True, timeout=60)
                self.assertEqual(done.stderr, "")
                self.assertEqual(done.returncode, 0)
                lines = [line.rstrip() for line in done.stdout.rstrip().splitlines()]
                self.assertEqual(lines, expected(script.name).rstrip().splitlines())


if __name__ == "__main__":
    unittest.main()
