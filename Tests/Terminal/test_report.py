"""`khabar report`: pages that stand by themselves, and pictures in SVG."""

import os
import pathlib
import re
import unittest
import xml.etree.ElementTree

import html5lib

from test_command import CommandTestCase, khabar

ROOT = pathlib.Path(__file__).resolve().parents[2]
NAMESPACE = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


class PageTestCase(CommandTestCase):
    def page(self, *arguments, status=0, **options):
        run = khabar("report", *arguments, **options)
        self.assertEqual(run.returncode, status, run.stderr)
        return self.checked(run.stdout)

    def checked(self, html):
        """The page, after what has to hold of any."""
        parser = html5lib.HTMLParser(strict=True)
        root = parser.parse(html)
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        self.assertEqual(len(ids), len(set(ids)), "an id is there twice")
        for element in root.iter():
            self.assertNotIn(element.tag, (NAMESPACE + "script", NAMESPACE + "link", NAMESPACE + "img", NAMESPACE + "iframe"))
            self.assertFalse([name for name in element.keys() if name.startswith("on") or name == "src"])
            href = element.get("href")
            if href and href.startswith("#"):
                self.assertIn(href[1:], ids)
        self.assertNotRegex(html, r"url\(|@import|javascript:")
        for table in root.iter(NAMESPACE + "table"):
            self.assertIsNotNone(table.find(NAMESPACE + "caption"))
            heads = table.findall(f"{NAMESPACE}thead/{NAMESPACE}tr/{NAMESPACE}th")
            self.assertTrue(heads and all(head.get("scope") == "col" for head in heads))
            for row in table.findall(f"{NAMESPACE}tbody/{NAMESPACE}tr"):
                self.assertEqual(len(row), len(heads))
        levels = [int(element.tag[-1]) for element in root.iter() if re.fullmatch(NAMESPACE + "h[1-6]", element.tag)]
        self.assertEqual(levels[:1], [1])
        self.assertEqual(levels.count(1), 1)
        for before, after in zip(levels, levels[1:]):
            self.assertLessEqual(after, before + 1, "a level of headings is left out")
        for picture in root.iter(SVG + "svg"):
            self.assertEqual(picture.get("role"), "img")
            self.assertIsNotNone(picture.find(SVG + "title"))
        return root

    def text(self, root):
        return " ".join("".join(root.itertext()).split())


class ReportTests(PageTestCase):
    def test_every_example(self):
        for script in sorted((ROOT / "Scripts/examples").glob("*.khabar")):
            for options in ((), ("--lang", "ar")):
                with self.subTest(script=script.name, options=options):
                    self.page(str(script), *options)

    def test_what_a_page_has(self):
        script = self.file(
            "page.khabar",
            "#!/usr/bin/env -S khabar run\n## Talks *now*\n#\n# First <b>.\n\n### When\nmeetings in Moscow  # three\n"
            '  | select id, time\nprint "{count(events)} events"\nassert true, "it is so"\n'
            "expect events | count\n= count\n= 25\nmeetings | timeline\n# The end.\n")
        root = self.page(script)
        text = self.text(root)
        self.assertEqual(root.find(f"{NAMESPACE}head/{NAMESPACE}title").text, "Talks *now*")
        for part in ("Talks now", "First <b>.", "moscow_trilateral", "25 events", "✓ it is so", "The end.", "3 rows"):
            self.assertIn(part, text)
        self.assertNotIn("env -S", text)
        links = [a.get("href") for a in root.iter(NAMESPACE + "a")]
        self.assertIn("#event-moscow_trilateral", links)
        articles = [article.get("id") for article in root.iter(NAMESPACE + "article")]
        self.assertEqual(articles[0], "event-lavrov_bayramov")
        self.assertEqual(len(articles), 9)

    def test_directions(self):
        self.assertEqual(self.page("-", text="## A\nevents").get("dir"), "ltr")
        self.assertEqual(self.page("-", text="## عنوان\nevents").get("dir"), "rtl")
        root = self.page("-", "--lang", "ar", text="events | take 1")
        self.assertEqual((root.get("dir"), root.get("lang")), ("rtl", "ar"))

    def test_what_fails_is_on_the_page(self):
        script = self.file("s.khabar", 'assert false, "<wrong>"\nevents with Lavorv\nevents | count')
        target = os.path.join(self.directory, "page.html")
        run = khabar("report", script, "-o", target)
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        with open(target, encoding="utf-8") as file:
            text = self.text(self.checked(file.read()))
        for part in ("✗ <wrong>", "E0503", "did you mean `Lavrov`", "1 row"):
            self.assertIn(part, text)
        text = self.text(self.page("-", text="events |", status=1))
        self.assertIn("E02", text)

    def test_data_cannot_break_out(self):
        model = self.file(
            "m.khabar",
            'define article a ( published 2031 )\ndefine state x ( name "</td><script>alert(1)</script>\\u{202E}" )\n'
            'define event e ( type CONSULT, actor x, label "<img src=x onerror=1>" )\n'
            'define report ( event e, status planned, gist "</style><b>" )')
        root = self.page("-", model, text="# <script>x</script>\nevents\nevents | timeline\nstates | graph")
        self.assertIn("<script>alert(1)</script>", self.text(root))


class PictureTests(CommandTestCase):
    def test_pictures_are_whole(self):
        for query in (
            "meetings | timeline", "events | timeline by place", "events | graph", "events | take 0 | timeline",
            "events | summarize count by status | chart count", "events | summarize avg(score) by place | chart avg_score",
            "events | summarize count by status, month(time) as m | chart count", "events | take 0 | graph",
        ):
            for language in ("en", "ar"):
                with self.subTest(query=query, language=language):
                    run = khabar("-c", query, "-f", "svg", "--lang", language)
                    self.assertEqual(run.returncode, 0, run.stderr)
                    root = xml.etree.ElementTree.fromstring(run.stdout)
                    self.assertEqual(root.tag, SVG + "svg")
                    width, height = float(root.get("width")), float(root.get("height"))
                    for rectangle in root.iter(SVG + "rect"):
                        x, y = float(rectangle.get("x")), float(rectangle.get("y"))
                        self.assertGreaterEqual(x, -0.1)
                        self.assertLessEqual(x + float(rectangle.get("width")), width + 0.1)
                        self.assertLessEqual(y + float(rectangle.get("height")), height)

    def test_the_same_each_time(self):
        outputs = {khabar("-c", "events | graph", "-f", "svg").stdout for _ in range(4)}
        self.assertEqual(len(outputs), 1)

    def test_pictures_to_files(self):
        run = khabar(
            "-c", 'meetings | timeline by status to "t.svg"; events | graph to "g.dot"; meetings | chart score to "c.txt"',
            cwd=self.directory)
        self.assertGives(run, "")
        for name, start in (("t.svg", "<svg "), ("g.dot", "graph khabar"), ("c.txt", "Talks in Washington")):
            with open(os.path.join(self.directory, name), encoding="utf-8") as file:
                self.assertTrue(file.read().startswith(start), name)
        self.assertFails(khabar("-c", 'events | timeline to "t.dot"', cwd=self.directory), "E0325")
        self.assertFails(khabar("-c", "events | timeline to t"), "in quotes")

    def test_a_script_writes_only_where_it_may(self):
        script = self.file("s.khabar", 'meetings | timeline to "t.svg"')
        self.assertFails(khabar("run", script), "E0661", "--allow-write")
        self.assertFalse(os.path.exists(os.path.join(self.directory, "t.svg")))
        self.assertGives(khabar("run", script, "--allow-write", self.directory), "")
        self.assertTrue(os.path.exists(os.path.join(self.directory, "t.svg")))

    def test_what_is_no_picture(self):
        self.assertFails(khabar("-c", "events", "-f", "svg"), "E0321", "| timeline")


if __name__ == "__main__":
    unittest.main()
