"""Scripts as they are run by others: what they may read and write, where their parameters come from, how several answers
stand in one output, and what happens when nobody reads it."""

import os
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


if __name__ == "__main__":
    unittest.main()
