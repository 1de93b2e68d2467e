"""`khabar fmt` as it is used: on files, in pipes, on a terminal."""

import os
import stat
import subprocess
import tempfile
import unittest

import pexpect

from terminal import FIRST_STRONG_ISOLATE, KHABAR

UNTIDY, TIDY = "events|count   # all\n", "events | count  # all\n"


class FormatTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        return path

    def read(self, path):
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()

    def fmt(self, *arguments, text=""):
        return subprocess.run(
            [KHABAR, "fmt", *arguments], input=text.encode(), capture_output=True, timeout=20, check=False
        )

    def test_files_are_rewritten_in_place(self):
        first, second = self.write("a.khabar", UNTIDY), self.write("b.khabar", TIDY)
        os.chmod(first, 0o754)
        before = os.stat(second)
        done = self.fmt(first, second)
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))
        self.assertEqual(self.read(first), TIDY)
        self.assertEqual(stat.S_IMODE(os.stat(first).st_mode), 0o754)
        self.assertEqual(os.stat(second).st_ino, before.st_ino)
        self.assertEqual(sorted(os.listdir(self.folder)), ["a.khabar", "b.khabar"])

    def test_links_go_on_leading_where_they_lead(self):
        path = self.write("a.khabar", UNTIDY)
        link = os.path.join(self.folder, "link.khabar")
        os.symlink("a.khabar", link)
        self.assertEqual(self.fmt(link).returncode, 0)
        self.assertEqual(os.readlink(link), "a.khabar")
        self.assertEqual(self.read(path), TIDY)

    def test_a_check_names_files_and_changes_nothing(self):
        first, second = self.write("a.khabar", UNTIDY), self.write("b.khabar", TIDY)
        done = self.fmt("--check", first, second)
        self.assertEqual((done.returncode, done.stdout.decode()), (1, first + "\n"))
        self.assertEqual(self.read(first), UNTIDY)
        self.assertEqual(self.fmt("--check", second).returncode, 0)
        self.assertEqual(self.fmt("--check", text=UNTIDY).stdout, b"<stdin>\n")

    def test_standard_input_goes_to_standard_output(self):
        self.assertEqual(self.fmt(text=UNTIDY).stdout.decode(), TIDY)
        self.assertEqual(self.fmt("-", text="\ufeffevents\r\nactors").stdout, b"events\r\nactors\r\n")
        self.assertEqual(self.fmt("--lang", "ar", text="events | count").stdout.decode(), "الأحداث | عدد\n")
        self.assertEqual(self.fmt("--lang", "en", text="الأحداث | عدد").stdout.decode(), "events | count\n")

    def test_what_cannot_be_read_is_left_alone(self):
        wrong, right = self.write("a.khabar", "events   |\n"), self.write("b.khabar", UNTIDY)
        done = self.fmt(wrong, right)
        self.assertEqual(done.returncode, 1)
        self.assertIn("error[E02", done.stderr.decode())
        self.assertIn("^", done.stderr.decode())
        self.assertEqual(self.read(wrong), "events   |\n")
        self.assertEqual(self.read(right), TIDY)
        self.assertEqual(self.fmt(text="events   |").stdout, b"")
        self.assertIn("E0606", self.fmt(os.path.join(self.folder, "none")).stderr.decode())
        self.assertEqual(self.fmt("--lang", "fr", text="events").returncode, 64)

    def test_isolates_are_for_the_terminal_only(self):
        path = self.write("a.khabar", 'define state a (name ar "أفيرنا الكبرى" en "A")\n')
        with open(path, "rb") as file:
            piped = self.fmt(text=self.read(path)).stdout
            self.assertEqual(piped, file.read())
        variables = {"PATH": os.environ["PATH"], "TERM": "xterm-256color"}
        process = pexpect.spawn("/bin/sh", ["-c", '"$0" fmt < "$1"', KHABAR, path], env=variables)
        self.assertIn(f'ar "{FIRST_STRONG_ISOLATE}أفيرنا الكبرى\u2069" en'.encode(), process.read())
