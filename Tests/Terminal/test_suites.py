"""`khabar test`: scripts as tests, in every format."""

import json
import os
import pathlib
import shutil
import subprocess
import unittest
import xml.etree.ElementTree

from test_command import CommandTestCase, khabar

ROOT = pathlib.Path(__file__).resolve().parents[2]
RIGHT = 'assert count(meetings) = 9, "nine meetings"\nexpect events | count\n= count\n= 25\n'
WRONG = 'assert count(meetings) = 8, "eight # <meetings>"\nevents with Lavorv\nlet x = meetings in Nowhere\nassert exists(x)\n'

# What JUnit's readers know: of each element, the attributes that must and may be there, and the elements inside.
JUNIT = {
    "testsuites": ((), ("name", "tests", "failures", "errors", "time"), ("testsuite",)),
    "testsuite": (("name", "tests", "failures", "errors"), ("time", "skipped"), ("testcase", "system-err")),
    "testcase": (("name",), ("classname", "time"), ("failure", "error", "skipped")),
    "failure": ((), ("type", "message"), ()),
    "error": ((), ("type", "message"), ()),
    "skipped": ((), ("type", "message"), ()),
    "system-err": ((), (), ()),
}


class SuiteTests(CommandTestCase):
    def suite(self, **scripts):
        for name, text in scripts.items():
            self.file(name + ".khabar", text)
        return self.directory

    def test_what_holds_and_what_does_not(self):
        suite = self.suite(a=RIGHT, b=WRONG, c='print "x"')
        run = khabar("test", suite)
        self.assertEqual(run.returncode, 1)
        self.assertIn(f"✓ {suite}/a.khabar: 2 checks\n✗ {suite}/b.khabar: 3 of 3 checks failed\n", run.stdout)
        self.assertIn("  1 check was not reached\n✓", run.stdout)
        self.assertTrue(run.stdout.endswith("c.khabar: ran\n3 scripts: 3 passed, 3 failed\n"), run.stdout)
        self.assertEqual(run.stderr, "")
        self.assertGives(khabar("test", suite + "/a.khabar"), f"✓ {suite}/a.khabar: 2 checks\n1 script: 2 passed, 0 failed\n")

    def test_directories(self):
        os.makedirs(os.path.join(self.directory, "z/y"))
        os.makedirs(os.path.join(self.directory, ".hidden"))
        for name in ("z/y/b.khabar", "z/a.khabar", "m.khabar", ".hidden/x.khabar", "z/notes.txt"):
            self.file(name, "assert true" if name != "z/notes.txt" else "?")
        os.symlink(self.directory, os.path.join(self.directory, "z/loop"))
        run = khabar("test", self.directory, self.directory + "/m.khabar", "-f", "json")
        names = [script["name"].removeprefix(self.directory + "/") for script in json.loads(run.stdout)["scripts"]]
        self.assertEqual(names, ["m.khabar", "z/a.khabar", "z/y/b.khabar"])

    def test_nothing_to_test(self):
        self.assertFails(khabar("test", self.directory), "E0650", status=64)
        suite = self.suite(a=RIGHT)
        self.assertFails(khabar("test", suite, "--filter", "elsewhere"), "E0650", status=64)
        self.assertFails(khabar("test", suite + "/none"), "E0606")
        self.assertFails(khabar("test", suite, "--jobs", "0"), "jobs", status=64)

    def test_filter(self):
        suite = self.suite(a=RIGHT, b=WRONG)
        self.assertIn("1 script: 1 passed, 0 failed", khabar("test", suite, "--filter", "Nine").stdout)
        self.assertIn("1 script: 0 passed, 3 failed", khabar("test", suite, "--filter", "b.khabar").stdout)

    def test_parameters_and_models(self):
        suite = self.suite(a="param n = 1\nassert count(states) = n", b="assert true")
        model = self.file("model.khabar", 'define state utopia ( name en "Utopia" )')
        self.assertIn("2 passed, 0 failed", khabar("test", suite, "-m", model).stdout)
        self.assertIn("1 passed, 1 failed", khabar("test", suite, "-m", model, "--set", "n=2").stdout)
        self.assertFails(khabar("test", suite, "-m", model, "--set", "m=2"), "E0617")

    def test_jobs_and_stopping(self):
        suite = self.suite(**{f"s{number:03}": WRONG if number == 7 else RIGHT for number in range(20)})
        outputs = {khabar("test", suite, "--jobs", jobs).stdout for jobs in ("1", "2", "7", "64")}
        self.assertEqual(len(outputs), 1)
        run = khabar("test", suite, "--jobs", "3", "--fail-fast")
        self.assertEqual(run.returncode, 1)
        self.assertTrue(run.stdout.endswith("8 scripts: 14 passed, 3 failed\n"), run.stdout)

    def test_update(self):
        suite = self.suite(a="# note\nexpect events | count   # all\n= count\n= 24\n", b="expect meetings in\n= x\n")
        run = khabar("test", suite, "--update")
        self.assertEqual(run.returncode, 1, run.stdout)
        with open(suite + "/a.khabar", encoding="utf-8") as file:
            self.assertEqual(file.read(), "# note\nexpect events | count   # all\n= count\n= 25\n")
        with open(suite + "/b.khabar", encoding="utf-8") as file:
            self.assertEqual(file.read(), "expect meetings in\n= x\n")
        self.assertEqual(khabar("test", suite + "/a.khabar").returncode, 0)

    def test_junit(self):
        run = khabar("test", self.suite(a=RIGHT, b=WRONG), "--format", "junit")
        suites = xml.etree.ElementTree.fromstring(run.stdout.encode())
        for element in suites.iter():
            required, allowed, children = JUNIT[element.tag]
            self.assertLessEqual(set(required), set(element.keys()), element.tag)
            self.assertLessEqual(set(element.keys()), set(required + allowed), element.tag)
            self.assertLessEqual({child.tag for child in element}, set(children), element.tag)
        right, wrong = suites
        self.assertEqual([right.get(name) for name in ("tests", "failures", "errors", "skipped")], ["2", "0", "0", "0"])
        self.assertEqual([wrong.get(name) for name in ("tests", "failures", "errors", "skipped")], ["4", "1", "2", "1"])
        self.assertEqual(wrong[0].get("name"), "eight # <meetings>")
        self.assertEqual(wrong[0][0].get("type"), "E0503")
        self.assertIn("the left side is 9", wrong[0][0].text)
        self.assertEqual((suites.get("tests"), suites.get("failures"), suites.get("errors")), ("6", "1", "2"))

    @unittest.skipUnless(shutil.which("prove"), "prove comes with Perl")
    def test_tap_as_prove_reads_it(self):
        for text, status, count in ((RIGHT, 0, 2), (RIGHT + WRONG, 1, 5)):
            output = khabar("test", self.suite(a=text), "--format", "tap").stdout
            path = self.file("output.tap", output)
            prove = subprocess.run(["prove", "--exec", "cat", path], capture_output=True, encoding="utf-8", timeout=60)
            self.assertEqual(prove.returncode, status, prove.stdout + prove.stderr)
            self.assertIn(f"Tests={count}", prove.stdout)
            self.assertNotIn("Parse errors", prove.stdout)
        self.assertIn("\nnot ok 3 - ", output)
        self.assertIn("eight \\# <meetings>", output)

    def test_json(self):
        results = json.loads(khabar("test", self.suite(a=RIGHT, b=WRONG), "--format", "json").stdout)
        self.assertEqual((results["passed"], results["failed"]), (2, 3))
        problem = results["scripts"][1]["checks"][0]["problems"][0]
        self.assertEqual((problem["id"], problem["line"], problem["column"]), ("E0503", 1, 8))
        self.assertEqual(problem["notes"][1:], ["the left side is 9", "the right side is 8"])
        self.assertEqual(results["scripts"][1]["unreached"], 1)

    def test_the_examples(self):
        run = khabar("test", str(ROOT / "Scripts/examples"))
        self.assertEqual(run.returncode, 0, run.stdout)


class ExpectTests(CommandTestCase):
    def test_standard_input_waits_for_the_lines(self):
        self.assertGives(khabar(text="expect events | count\n= count\n= 25\nprint \"next\""), "next\n")
        run = khabar(text="expect events | count\n= count |\n= 24 |\nprint \"next\"")
        self.assertFails(run, "E0510", "<stdin>:1:1")

    def test_run_stops_where_the_answer_is_another(self):
        script = self.file("s.khabar", 'expect events | count\n= count\n= 24\nprint "next"')
        run = khabar("run", script)
        self.assertGives(run, "", status=1)
        self.assertFails(run, "E0510", "- 24", "+ 25")


if __name__ == "__main__":
    unittest.main()
