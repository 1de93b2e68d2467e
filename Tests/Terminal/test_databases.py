"""Databases: `khabar import`, and what opens NAME.khdb."""

import fcntl
import gzip
import json
import os
import random
import signal
import subprocess
import time
import unittest
import xml.etree.ElementTree
import zipfile

import jsonschema

from test_command import KHABAR, TALKS, UTOPIA, CommandTestCase, khabar

SCHEMA = os.path.join(os.path.dirname(__file__), "../../Grammar/khabar.schema.json")
# How often the writer is killed.
KILLS = int(os.environ.get("KHABAR_KILLS", "40"))


def invented(count):
    """A model with so many events."""
    lines = ["define article gazette ( published 2031-04-02 )\n", UTOPIA]
    for number in range(count):
        day = 1 + number % 28
        lines.append(f"define event e{number} ( type CONSULT, time 2031-{1 + number % 12:02}-{day:02}, actor utopia )\n")
        lines.append(f"define report ( event e{number}, status occurred )\n")
    return "".join(lines)


class DatabaseTests(CommandTestCase):
    def database(self, *models):
        path = os.path.join(self.directory, "news.khdb")
        run = khabar("import", *models, "-o", path)
        self.assertGives(run, "")
        return path, run.stderr

    def count(self, path):
        run = khabar(path, "-c", "events | count", "-f", "csv")
        self.assertEqual(run.returncode, 0, run.stderr)
        return int(run.stdout.split()[1])

    def test_a_database_is_a_model(self):
        path, told = self.database("builtin:salt_road")
        self.assertEqual(told, "events: 36 new, 0 changed, 0 unchanged\nother records: 122 new, 0 changed, 0 unchanged\n")
        self.assertEqual(khabar("export", path).stdout.count("define event"), 36)
        for query in ("events", "events | graph", "reports | evidence", "events | summarize count by status"):
            other = khabar("builtin:salt_road", "-c", query)
            self.assertGives(khabar(path, "-c", query), other.stdout)
        self.assertGives(khabar("check", path), "")
        self.assertGives(khabar(path + "/", "-c", "events | count", "-f", "csv"), "count\n36\n")

    def test_importing_again_changes_nothing(self):
        path, _ = self.database("builtin:salt_road")
        _, told = self.database("builtin:salt_road")
        self.assertEqual(told, "events: 0 new, 0 changed, 36 unchanged\nother records: 0 new, 0 changed, 122 unchanged\n")
        self.assertEqual(self.count(path), 36)

    def test_models_come_together(self):
        path, _ = self.database("builtin:salt_road")
        talks = self.file("talks.khabar", UTOPIA + TALKS)
        _, told = self.database(talks)
        self.assertTrue(told.startswith("events: 1 new, 0 changed, 0 unchanged"), told)
        self.assertEqual(self.count(path), 37)
        self.file("talks.khabar", UTOPIA + TALKS.replace("2024-05", "2024-06"))
        _, told = self.database(talks)
        self.assertTrue(told.startswith("events: 0 new, 1 changed, 0 unchanged"), told)
        self.assertGives(
            khabar(path, "-c", "events with utopia | select id, time", "-f", "csv"), "id,time\nborder_talks,2024-06\n"
        )

    def test_files_of_definitions_add_to_one(self):
        path, _ = self.database("builtin:salt_road")
        more = self.file("more.khabar", UTOPIA + TALKS)
        run = khabar(path, more, "-c", "events | count", "-f", "csv")
        self.assertGives(run, "count\n37\n")
        self.assertEqual(self.count(path), 36)

    def test_a_model_that_is_wrong_is_not_imported(self):
        path, _ = self.database("builtin:salt_road")
        wrong = self.file("wrong.khabar", "define event e ( actor nobody )\n")
        self.assertFails(khabar("import", wrong, "-o", path), "error[E0")
        self.assertEqual(self.count(path), 36)

    def test_databases_that_cannot_be_opened(self):
        path, _ = self.database("builtin:salt_road")
        missing = os.path.join(self.directory, "missing.khdb")
        self.assertFails(khabar(missing, "-c", "events"), "error[E0670]", "no such file or directory")
        os.mkdir(missing)
        self.assertFails(khabar(missing, "-c", "events"), "error[E0671]")
        self.file("missing.khdb/state", "khabar database 99\n")
        self.assertFails(khabar(missing, "-c", "events"), "error[E0672]", "99")
        self.assertFails(khabar(path, path, "-c", "events"), "error[E0676]")
        segment = os.path.join(path, "000001.segment")
        with open(segment, "r+b") as file:
            file.seek(200)
            byte = file.read(1)
            file.seek(200)
            file.write(bytes([byte[0] ^ 8]))
        self.assertFails(khabar(path, "-c", "events"), "error[E0673]")
        self.assertFails(khabar("check", path), "error[E0673]")
        folder = os.path.join(self.directory, "folder")
        os.mkdir(folder)
        self.file("folder/notes", "notes")
        self.assertFails(khabar("import", "builtin:salt_road", "-o", folder), "error[E0675]")

    def test_one_writes_at_a_time_and_others_read(self):
        path, _ = self.database("builtin:salt_road")
        with open(os.path.join(path, "lock")) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.assertFails(khabar("import", "builtin:salt_road", "-o", path), "error[E0674]")
            self.assertEqual(self.count(path), 36)

    def test_a_full_disk_leaves_the_old_state(self):
        path, _ = self.database("builtin:salt_road")
        more = self.file("more.khabar", UTOPIA + TALKS)
        # A file may not grow beyond 8 KiB.
        run = subprocess.run(
            ["bash", "-c", 'trap "" XFSZ; ulimit -f 8; exec "$@"', "bash", KHABAR, "import", more, "-o", path],
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        self.assertFails(run, "error[E0670]", "nothing in the database has changed")
        self.assertEqual(self.count(path), 36)
        self.assertGives(khabar("check", path), "")

    def test_killed_at_any_moment(self):
        model = self.file("model.khabar", invented(800))
        path, _ = self.database("builtin:salt_road")
        start = time.monotonic()
        self.assertGives(khabar("import", model, "-o", os.path.join(self.directory, "other.khdb")), "")
        longest = 1.2 * (time.monotonic() - start)
        random.seed(1)
        for _ in range(KILLS):
            writer = subprocess.Popen([KHABAR, "import", model, "-o", path], stderr=subprocess.DEVNULL)
            time.sleep(random.uniform(0, longest))
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            self.assertIn(self.count(path), (36, 836))
            self.assertGives(khabar("check", path), "")
        self.database(model)
        self.assertEqual(self.count(path), 836)
        self.assertEqual(len([name for name in os.listdir(path) if name.endswith(".segment")]), 1)


    def test_events_are_withdrawn(self):
        path, _ = self.database("builtin:salt_road")
        gone = int(khabar(path, "-c", "planned meetings | count", "-f", "csv").stdout.split()[1])
        self.assertGreater(gone, 0)
        run = khabar("withdraw", path, "planned meetings")
        self.assertGives(run, "")
        self.assertEqual(run.stderr, f"events: {gone} withdrawn\n")
        self.assertEqual(self.count(path), 36 - gone)
        self.assertGives(khabar(path, "-c", "planned meetings | count", "-f", "csv"), "count\n0\n")
        self.assertGives(khabar("check", path), "")
        run = khabar("withdraw", path, "planned meetings")
        self.assertEqual(run.stderr, "events: 0 withdrawn\n")
        self.assertFails(khabar("withdraw", path, "actors"), "error[E0690]")
        self.assertFails(khabar("withdraw", path, "events with nobody_at_all"), "error[E0301]")
        self.assertFails(khabar("withdraw", path + "x.khdb", "events"), "error[E0670]")
        # What is imported again is there again.
        _, told = self.database("builtin:salt_road")
        self.assertTrue(told.startswith(f"events: {gone} new, 0 changed, {36 - gone} unchanged"), told)

    def test_compaction_of_what_has_not_changed(self):
        path, _ = self.database("builtin:salt_road")
        run = khabar("compact", path)
        self.assertGives(run, "")
        self.assertEqual(run.stderr, "nothing has changed since it was last written\n")
        self.assertFails(khabar("compact", os.path.join(self.directory, "none.khdb")), "error[E0670]")
        self.assertFalse(os.path.exists(os.path.join(self.directory, "none.khdb")))

    def test_what_can_be_saved_is(self):
        path, _ = self.database("builtin:salt_road")
        other = os.path.join(self.directory, "saved.khdb")
        model = khabar("export", path).stdout
        os.unlink(os.path.join(path, "state"))
        self.assertFails(khabar(path, "-c", "events | count"), "error[E0671]")
        run = khabar("recover", path, "-o", other)
        self.assertGives(run, "")
        self.assertEqual(
            run.stderr, "lost: `state`, which has been made anew of the segments that are there\nevents: 36 saved\n"
        )
        self.assertEqual(self.count(other), 36)
        self.assertGives(khabar("export", other), model)
        self.assertFails(khabar("recover", path, "-o", other), "error[E0675]")
        segment = os.path.join(path, "000001.segment")
        with open(segment, "r+b") as file:
            file.seek(0)
            file.write(b"\xff" * 4096)
        self.assertFails(khabar("recover", path, "-o", other + "2"), "error[E0673]", "nothing can do without it")


class CollectionTests(CommandTestCase):
    HEADER = "id,type_of_violence,side_a,side_b,country,where_coordinates,date_prec,date_start,date_end,best\n"
    ROWS = (
        "1,1,Government of France,Selm Army,France,Selm town,1,2031-01-03 00:00:00.000,2031-01-03 00:00:00.000,2\n"
        "2,1,Government of France,Selm Army,France,Selm town,2,2031-01-05,2031-01-08,1\n"
        "3,1,,Selm Army,France,Selm town,1,2031-01-05,2031-01-05,1\n"
    )

    def setUp(self):
        super().setUp()
        self.database = os.path.join(self.directory, "ged.khdb")

    def test_rows_are_kept_merged_or_rejected(self):
        ged = self.file("ged.csv", self.HEADER + self.ROWS + self.ROWS.split("\n")[0] + "\n")
        rejects = os.path.join(self.directory, "rejects.tsv")
        run = khabar("import", "ucdp", ged, "-o", self.database, "--rejects", rejects)
        self.assertGives(run, "")
        self.assertIn("rows: 4 read, 2 kept, 1 merged, 1 rejected\n  1 by side_a: it is empty", run.stderr)
        with open(rejects, encoding="utf-8") as file:
            self.assertEqual(file.read(), f"file\tline\tcolumn\treason\n{ged}\t4\tside_a\tit is empty\n")
        for query, answer in (
            ("events with فرنسا | select id, time", "id,time\nucdp_1,2031-01-03\nucdp_2,[2031-01-05..2031-01-08]\n"),
            ("events in France | count", "count\n2\n"),
            ("events where possibly time during 2031-01-04/2031-01-06 | select id", "id\nucdp_2\n"),
        ):
            self.assertGives(khabar(self.database, "-c", query, "-f", "csv"), answer)
        again = khabar("import", ged, "-o", self.database, "--strict")
        self.assertFails(again, "events: 0 new, 0 changed, 2 unchanged")

    def test_packed_files_and_standard_input(self):
        text = (self.HEADER + self.ROWS).encode()
        packed = self.file("ged.csv.gz", gzip.compress(text[:200]) + gzip.compress(text[200:]))
        archive = os.path.join(self.directory, "ged.zip")
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("ged/readme/", "")
            file.writestr("ged/ged.csv", text)
        # A frame of one block that is as it was.
        frame = bytes([0x28, 0xB5, 0x2F, 0xFD, 0xA0]) + len(text).to_bytes(4, "little")
        block = (1 | len(text) << 3).to_bytes(3, "little") + text
        standard = self.file("ged.csv.zst", frame + block)
        for arguments, given in (([packed], ""), ([archive], ""), ([standard], ""), (["ucdp", "-"], text.decode())):
            run = khabar("import", *arguments, "-o", self.database, text=given)
            self.assertGives(run, "")
            self.assertIn("rows: 3 read, 2 kept", run.stderr)
        self.assertIn("0 new, 0 changed, 2 unchanged", run.stderr)
        with open(packed, "rb") as file:
            torn = self.file("torn.gz", file.read()[:-40])
        self.assertFails(khabar("import", torn, "-o", self.database), "error[E0680]")
        with open(archive, "rb") as file:
            content = bytearray(file.read())
        random.seed(3)
        for position in random.sample(range(4, len(content)), 60):
            wrong = bytearray(content)
            wrong[position] ^= 0x55
            run = khabar("import", "ucdp", self.file("wrong.zip", bytes(wrong)), "-o", self.database)
            self.assertIn(run.returncode, (0, 1), run.stderr)

    def test_tables_are_read_by_a_mapping(self):
        table = self.file("wires.csv", "id,date,country,where\n1,2031-04-02,NOR,Selm\n2,some day,NOR,Selm\n")
        mapping = self.file(
            "wires.khabar",
            'define state "{country}" ( country "{country}" )\n'
            'define place "{where}" ( name "{where}" )\n'
            "define article wires ( publisher \"Wires\" )\n"
            'define event "wire_{id}" ( type CONSULT, time "{date}", place "{where}", actor "{country}" )\n'
            'define report ( event "wire_{id}", status occurred )\n',
        )
        for arguments in (["csv", table], [table]):
            run = khabar("import", *arguments, "--mapping", mapping, "-o", self.database)
            self.assertGives(run, "")
            self.assertIn("rows: 2 read, 1 kept, 0 merged, 1 rejected\n  1 by date: `some day` is no time", run.stderr)
        self.assertIn("0 new, 0 changed, 1 unchanged", run.stderr)
        self.assertGives(khabar(self.database, "-c", "events with النرويج in Selm | select id", "-f", "csv"), "id\nwire_1\n")
        strict = khabar("import", table, "--mapping", mapping, "-o", self.database, "--strict")
        self.assertEqual(strict.returncode, 1)
        other = self.file("other.csv", "id,day\n1,2\n")
        self.assertFails(khabar("import", other, "--mapping", mapping, "-o", self.database), "error[E0682]", "wires.khabar:1")
        self.assertFails(khabar("import", "csv", table, "-o", self.database), "error[E0682]", "--mapping")
        wrong = khabar("import", "gdelt", table, "--mapping", mapping, "-o", self.database)
        self.assertIn("`--mapping` is for tables of `csv`", wrong.stderr)
        self.assertNotEqual(wrong.returncode, 0)

    def test_models_as_json_lines(self):
        with open(SCHEMA, encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        validator = jsonschema.Draft202012Validator(schema)
        for model in ("builtin:moscow_2023_05_19", "builtin:salt_road"):
            lines = khabar("export", "-f", "jsonl", model).stdout
            for line in lines.splitlines():
                validator.validate(json.loads(line))
            again = os.path.join(self.directory, model[8:] + ".khdb")
            for arguments, given in (
                (["jsonl", "-"], lines),
                ([self.file("model.jsonl", lines)], ""),
                ([self.file("model.gz", gzip.compress(lines.encode()))], ""),
            ):
                run = khabar("import", *arguments, "-o", again, text=given)
                self.assertGives(run, "")
                self.assertIn(f"{lines.count(chr(10))} kept, 0 merged, 0 rejected", run.stderr)
            self.assertIn("0 new, 0 changed", run.stderr)
            self.assertGives(khabar("export", "-f", "jsonl", again), lines)
        for line in lines.splitlines():
            record = json.loads(line)
            for name in record:
                for wrong in ({**record, name: None}, {**record, name + "_": 1}):
                    self.assertFalse(validator.is_valid(wrong), wrong)

    def test_lines_of_json_that_are_wrong(self):
        text = (
            '{"record":"actor","id":"averna","kind":"state"}\n{"record":"actor","id":"kest","kind":"land"}\n\n'
            '{"record":"event","id":"talks","type":"CONSULT","participants":[{"actor":"averna"},{"actor":"kest"}]}\n'
        )
        model = self.file("model.jsonl", text)
        rejects = os.path.join(self.directory, "rejects.tsv")
        run = khabar("import", model, "-o", self.database, "--rejects", rejects)
        self.assertGives(run, "")
        self.assertIn("rows: 3 read, 1 kept, 0 merged, 2 rejected", run.stderr)
        with open(rejects, encoding="utf-8") as file:
            self.assertEqual(
                file.read().splitlines()[1:],
                [
                    f"{model}\t2\tkind\tfound `land`, expected one of person, state, organization, group",
                    f"{model}\t4\tparticipants[1].actor\tthere is no actor with the id `kest`",
                ],
            )
        self.assertFails(khabar("import", "jsonl", model, "-o", self.database, "--strict"), "2 rejected")
        other = self.file("other.jsonl", '{"name": 1}\n')
        self.assertFails(khabar("import", other, "-o", self.database), "error[E0681]")

    def test_models_for_other_programs(self):
        network = xml.etree.ElementTree.fromstring(khabar("export", "-f", "graphml", "builtin:salt_road").stdout)
        name = "{http://graphml.graphdrawing.org/xmlns}"
        nodes = [node.get("id") for node in network.iter(name + "node")]
        self.assertEqual(len(nodes), len(set(nodes)))
        self.assertEqual(sum(node.startswith("event ") for node in nodes), 36)
        for edge in network.iter(name + "edge"):
            self.assertIn(edge.get("source"), nodes)
            self.assertIn(edge.get("target"), nodes)
        keys = {key.get("id") for key in network.iter(name + "key")}
        self.assertTrue({data.get("key") for data in network.iter(name + "data")} <= keys)
        turtle = khabar("export", "-f", "turtle", "--base", "https://example.org/", "builtin:salt_road").stdout
        self.assertEqual(turtle.count("> a sem:Event ;"), 36)
        self.assertEqual(khabar("export", "-f", "turtle", "--base", "no base").returncode, 64)

    def test_the_part_that_a_query_needs(self):
        query = "planned meetings with Lavrov"
        for arguments in ([], ["-f", "jsonl"]):
            part = khabar("export", *arguments, "--query", query)
            self.assertGives(part, part.stdout)
            whole = khabar("export", *arguments)
            self.assertLess(len(part.stdout), len(whole.stdout) / 2)
            database = os.path.join(self.directory, f"part{len(arguments)}.khdb")
            self.assertGives(khabar("import", self.file("part", part.stdout), "-o", database), "")
            self.assertGives(khabar(database, "-c", query), khabar("-c", query).stdout)
            self.assertGives(khabar("export", *arguments, "--query", query, database), part.stdout)
        self.assertFails(khabar("export", "--query", "meetings | count"), "error[E0690]")
        self.assertFails(khabar("export", "--query", "meetings with Nobody"), "error[E03")

    def test_formats_are_told_by_their_first_rows(self):
        icews = self.file(
            "events.tab",
            "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name"
            "\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\n"
            "1\t2031-06-01\tFrance\t\tFrance\tConsult\t040\t1\tJapan\t\tJapan\t7\t3\tLantern\tSelm\tNA\tNA\tFrance\n"
            "2\t2031-06-01\tJapan\t\tJapan\tConsult\t040\t1\tFrance\t\tFrance\t7\t3\tLantern\tSelm\tNA\tNA\tFrance\n",
        )
        acled = self.file(
            "acled.csv",
            "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,location,source,notes\n"
            "FRA1,16 May 2031,2,Battles,Armed clash,Military Forces of France (2020-),Selm Army,France,Selm,The Lantern; Beacon,\n",
        )
        run = khabar("import", icews, acled, "-o", self.database)
        self.assertGives(run, "")
        self.assertIn("rows: 3 read, 2 kept, 1 merged", run.stderr)
        self.assertGives(
            khabar(self.database, "-c", "events with France in France | select id, time | sort by id", "-f", "csv"),
            "id,time\nacled_FRA1,[2031-05-10..2031-05-22]\nicews_1,2031-06-01\n",
        )
        self.assertGives(
            khabar(self.database, "-c", "reports | select article.publisher as paper | sort by paper", "-f", "csv"),
            "paper\nBeacon\nLantern\nThe Lantern\n",
        )
        text = khabar("export", self.database).stdout
        again = khabar("import", self.file("all.khabar", text), "-o", self.database)
        self.assertGives(again, "")
        self.assertIn("events: 0 new, 0 changed, 2 unchanged", again.stderr)

    def test_what_polecat_has_goes_there_and_back(self):
        columns = (
            "Event ID,Event Date,Event Type,Event Mode,Intensity,Contexts,Actor Name,Actor Country,Primary Actor Sector,"
            "Recipient Name,Recipient Country,Primary Recipient Sector,City,District,Province,Country,Latitude,Longitude,"
            "Source,Publication Date,Language,Headline,Event Text,Story ID"
        ).split(",")
        row = (
            "a7_CONSULT,2031-01-02,CONSULT,visit,4.0,diplomatic,Ada Selm; Japan,FRA; JPN,GOV; None,River Guild,FRA,BUS,"
            "Selm,None,Selmland,FRA,45.5,4.25,The Lantern,2031-01-03,French,Talks,They talk.,a7"
        ).split(",")
        other = row[:-4] + ["Spanish", "Talks again", "None", "b8"]
        table = self.file("polecat.tab", "".join("\t".join(row) + "\n" for row in (columns, row, other)))
        run = khabar("import", "polecat", table, "-o", self.database)
        self.assertIn("rows: 2 read, 2 kept, 0 merged, 0 rejected\nevents: 1 new", run.stderr)
        query = (
            "events | select time, type, mode, contexts, score, place.name, place.within, actors",
            "events | participants | select actor.name, role, actor.represents, actor.country_code | sort by actor.name",
            "reports | select article.publisher, article.published, article.title, gist | sort by article.title",
        )
        before = [khabar(self.database, "-c", one, "-f", "csv").stdout for one in query]
        written = khabar("export", "-f", "polecat", self.database)
        self.assertGives(written, written.stdout)
        again = os.path.join(self.directory, "again.khdb")
        run = khabar("import", self.file("again.tab", written.stdout), "-o", again)
        self.assertIn("rows: 2 read, 2 kept, 0 merged, 0 rejected", run.stderr)
        self.assertEqual([khabar(again, "-c", one, "-f", "csv").stdout for one in query], before)
        self.assertTrue(all(text.count("\n") > 1 for text in before), before)
        self.assertIn("left out: ", khabar("export", "-f", "polecat", "builtin:salt_road").stderr)

    def test_what_gdelt_has_goes_there_and_back(self):
        def row(number, day, code, actor, other):
            fields = [""] * 61
            fields[0], fields[1], fields[26], fields[30] = str(number), day, code, "-2.5"
            for start, (symbol, name, country, kind) in ((5, actor), (15, other)):
                fields[start], fields[start + 1], fields[start + 2], fields[start + 7] = symbol, name, country, kind
            fields[51:58] = ["4", "Selm, Selmland, France", "FR", "FR05", "", "45.5", "4.25"]
            fields[59:61] = [day + "120000", f"https://lantern.example/{number}"]
            return "\t".join(fields) + "\n"

        ministry = ("FRAGOV", "FOREIGN MINISTRY", "FRA", "GOV")
        rebels = ("FRAREB", "RIVER ARMY", "FRA", "REB")
        japan = ("JPN", "JAPAN", "JPN", "")
        rows = row(7, "20310218", "0871", ministry, rebels) + row(9, "20310301", "193", rebels, japan)
        table = self.file("events.CSV", rows + row(12, "20310302", "010", japan, ("", "", "", "")))
        run = khabar("import", "gdelt", table, "-o", self.database)
        self.assertIn("rows: 3 read, 3 kept, 0 merged, 0 rejected", run.stderr)
        query = (
            "events | select id, time, type, mode, contexts, score, place.name, place.within, actors",
            "events | participants | select actor.name, role, actor.represents, actor.country_code | sort by actor.name",
            "reports | select event, article.publisher, article.published, article.title | sort by article.title",
        )
        before = [khabar(self.database, "-c", one, "-f", "csv").stdout for one in query]
        written = khabar("export", "-f", "gdelt", self.database)
        self.assertGives(written, written.stdout)
        self.assertEqual(written.stderr, "")
        again = os.path.join(self.directory, "again.khdb")
        run = khabar("import", self.file("again.CSV", written.stdout), "-o", again)
        self.assertIn("rows: 3 read, 3 kept, 0 merged, 0 rejected", run.stderr)
        self.assertEqual([khabar(again, "-c", one, "-f", "csv").stdout for one in query], before)
        self.assertTrue(all(text.count("\n") > 3 for text in before), before)
        other = khabar("export", "-f", "gdelt", "builtin:salt_road")
        self.assertIn("left out: ", other.stderr)
        self.assertTrue(all(line.count("\t") == 60 for line in other.stdout.splitlines()))

    def test_what_is_no_collection(self):
        table = self.file("table.csv", "id,name\n1,2\n")
        self.assertFails(khabar("import", "gdelt", table, "-o", self.database), "error[E0681]", "gdelt, gdelt-mentions, polecat, icews, acled, ucdp, plover, jsonl")
        self.assertFails(khabar("import", table, "-o", self.database), "error[E0681]", "--mapping")
        self.assertFails(khabar("import", self.file("t.txt", "id,name\n"), "-o", self.database), "error[E0")
        self.assertFalse(os.path.exists(self.database))


if __name__ == "__main__":
    unittest.main()
