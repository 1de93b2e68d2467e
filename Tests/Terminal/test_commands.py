"""Commands about models, names, scripts and settings, in a pseudo-terminal and off it."""

import os
import re
import stat
import subprocess
import tempfile
import unittest

from terminal import KHABAR, UP, Terminal


class CommandsTestCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def shell(self, *arguments, **options):
        terminal = Terminal(*arguments, **options)
        self.addCleanup(terminal.close)
        terminal.wait_for_prompt()
        return terminal

    def write(self, name, text, mode=0o644):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def content(self, path):
        with open(path) as file:
            return file.read()

    def pipe(self, text, *arguments, **environment):
        return subprocess.run(
            [KHABAR, *arguments], input=text, capture_output=True, text=True, timeout=30, cwd=self.folder,
            env={**os.environ, **environment})


class ModelTests(CommandsTestCase):
    def test_models(self):
        shell = self.shell()
        rows = shell.ask(".models").splitlines()
        self.assertTrue(any(re.search(r"builtin:moscow_2023_05_19 +open +25 +25 +24 +15 +1$", row) for row in rows))
        self.assertTrue(any(re.search(r"builtin:salt_road +36 ", row) for row in rows))

    def test_close(self):
        shell = self.shell("builtin:moscow_2023_05_19", "builtin:salt_road")
        self.assertIn("is not open", shell.ask(".close nowhere"))
        self.assertIn("25 events", shell.ask(".close salt_road"))
        self.assertIn("nothing is open", shell.ask(".close"))
        self.assertIn("    0", shell.ask("events | count"))
        self.assertIn("25 events", shell.ask(".open builtin:moscow_2023_05_19"))

    def test_describe(self):
        shell = self.shell()
        answer = shell.ask(".describe لافروف")
        for words in ("sergei_lavrov", "ru: Сергей Лавров", "represents", "events", "first"):
            self.assertIn(words, answer)
        self.assertIn("negotiation, summit", shell.ask(".describe meetings"))
        moscow = shell.ask(".describe Moscow")
        self.assertIn("russia", moscow)
        self.assertIn("city", moscow)
        shell.ask("let talks = meetings in Moscow")
        self.assertIn("let talks = meetings in Moscow", shell.ask(".describe talks"))
        self.assertIn("did you mean `Lavrov`", shell.ask(".describe Lavorv"))

    def test_types(self):
        answer = self.shell(columns=120).ask(".types")
        self.assertRegex(answer, r"CONSULT +9 +meetings")
        self.assertRegex(answer, r"└ negotiation +2 +negotiations")
        self.assertIn("اجتماعات", answer)


class SettingTests(CommandsTestCase):
    def test_set_and_show(self):
        shell = self.shell()
        shell.ask(".set timer on")
        shell.ask(".set mode json")
        self.assertIn('{"setting":"timer","value":"on"', shell.ask(".show"))
        self.assertIn("mode: json", shell.ask(".set mode"))
        self.assertIn("did you mean `.set timer`?", shell.ask(".set tiemr on"))
        self.assertIn("expected on or off", shell.ask(".set timer maybe"))

    def test_help_on_what_there_is_none_on(self):
        shell = self.shell()
        for word, near in [("pikture", "picture"), ("sumarize", "summarize"), ("tiem", "time"), ("comands", "commands")]:
            self.assertIn(f"did you mean `.help {near}`?", shell.ask(".help " + word))
        self.assertIn("topics: nouns", shell.ask(".help zzz"))
        self.assertIn("timeline", shell.ask(".help pictures"))
        self.assertIn(".help commands", shell.ask("?"))

    def test_help_wraps(self):
        for columns in (40, 60, 80):
            shell = self.shell(columns=columns, rows=120)
            answer = shell.ask(".help") + shell.ask(".help commands") + shell.ask(".help time")
            self.assertNotIn("error", answer)
            self.assertIn(".tour", answer)


class ScriptTests(CommandsTestCase):
    def test_read_runs_commands_and_statements(self):
        path = self.write("work.khabar", ".mode json\nlet talks = meetings in Moscow |\n  take 3\ntalks | count\n")
        shell = self.shell()
        self.assertIn('[{"count":3}]', shell.ask(".read " + path))
        self.assertIn('[{"count":3}]', shell.ask("talks | count"))

    def test_read_says_where_the_mistake_is(self):
        path = self.write("work.khabar", "events | count\n\nevents with Lavorv\nplaces | count\n")
        answer = self.shell().ask(".read " + path)
        self.assertIn("work.khabar:3:13", answer.replace("\n", ""))
        self.assertNotIn("   15", answer)
        self.assertEqual(self.pipe(f".read {path}\nevents | count\n").returncode, 1)

    def test_file_that_reads_itself(self):
        path = self.write("circle.khabar", "")
        self.write("circle.khabar", f".read {path}\n")
        result = self.pipe(f".read {path}\n")
        self.assertEqual(result.returncode, 1)
        self.assertIn("E0639", result.stderr)

    def test_save_and_read_again(self):
        self.write("nested/countries.csv", "name,land\nRussia,RU\n")
        self.write("nested/lib.khabar", "let from_lib = meetings\n")
        work = os.path.join(self.folder, "work.khabar")
        result = self.pipe(
            'set lang ar\nparam most = 3\ndef met(a, b) = meetings with a, b\n'
            'let far = table "nested/countries.csv"\nimport "nested/lib.khabar"\n.save work.khabar\n')
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        check = "met(Armenia, Azerbaijan) | count; far | count; from_lib | count; events | take most | count\n"
        for command in (f".read {work}\n", f'import "{work}"\n'):
            again = subprocess.run(
                [KHABAR, "--format", "json"], input=command + check, capture_output=True, text=True, cwd="/")
            self.assertEqual(re.findall(r'"count":(\d+)', again.stdout)[1:], ["1", "9", "3"], again.stderr)
        refused = self.pipe("let x = events\n.save work.khabar\n")
        self.assertIn("E0638", refused.stderr)
        self.assertNotIn("let x", self.content(work))
        self.assertEqual(self.pipe("let x = events\n.save work.khabar replace\n").returncode, 0)
        self.assertIn("let x = events", self.content(work))
        self.assertEqual([name for name in os.listdir(self.folder) if name.startswith("work.khabar.")], [])

    def test_save_where_nothing_can_be_written(self):
        self.assertIn("E0619", self.pipe(".save nowhere/work.khabar\n").stderr)


class EditTests(CommandsTestCase):
    def editor(self, script):
        return self.write("editor", "#!/bin/sh\n" + script, 0o755)

    def test_what_is_saved_is_run(self):
        editor = self.editor('sed -i "s/actors/places/" "$1"\n')
        shell = self.shell(VISUAL=editor)
        shell.ask("actors | count")
        answer = shell.ask(".edit")
        self.assertIn("places | count", answer)
        self.assertIn("   15", answer)
        shell.type(UP)
        shell.wait_for("khabar> places | count")

    def test_editor_that_fails(self):
        shell = self.shell(EDITOR=self.editor("echo 'places | count' > \"$1\"; exit 3\n"))
        shell.ask("actors | count")
        answer = shell.ask(".edit")
        self.assertIn("E0641", answer)
        self.assertIn("status 3", answer)
        self.assertNotIn("   15", answer)
        self.assertIn("   24", shell.ask("actors | count"))

    def test_terminal_is_as_it_was(self):
        shell = self.shell(EDITOR=self.editor("stty -echo -icanon\nkill -INT $$\n"))
        self.assertIn("E0641", shell.ask(".edit"))
        self.assertIn("   25", shell.ask("events | count"))

    def test_off_a_terminal(self):
        self.assertIn("E0640", self.pipe(".edit\n").stderr)


class InitFileTests(CommandsTestCase):
    def test_is_run_and_mistakes_are_told(self):
        self.write("khabar/init.khabar", ".mode json\nevents with Lavorv\nlet talks = meetings in Moscow\n")
        shell = self.shell(XDG_CONFIG_HOME=self.folder)
        self.assertIn("init.khabar:2:13", shell.text().replace("\n", ""))
        self.assertIn('[{"count":3}]', shell.ask("talks | count"))

    def test_in_the_home_folder(self):
        self.write(".config/khabar/init.khabar", ".timer on\n")
        shell = self.shell(state=self.folder)
        self.assertIn("timer: on", shell.ask(".timer"))

    def test_is_left_out(self):
        self.write("khabar/init.khabar", ".mode json\n")
        shell = self.shell("--no-init", XDG_CONFIG_HOME=self.folder)
        self.assertIn("mode: table", shell.ask(".mode"))
        result = self.pipe("events | count\n", XDG_CONFIG_HOME=self.folder)
        self.assertIn("1 row", result.stdout)


if __name__ == "__main__":
    unittest.main()
