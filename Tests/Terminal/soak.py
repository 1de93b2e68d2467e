"""Appends, withdrawals, compactions and kills, with queries between and beside them.

    soak.py KHABAR SOURCE SECONDS SEED

SOURCE is a database, of which a copy is used, or a model. For so many seconds small models are imported into it, with events
that are new, that are revised and that are withdrawn; some writers are killed; meanwhile another process asks how many events
there are. After each step the answers about what was put in are compared with what is known to be there, and samples with
the answers of a model that holds nothing else. The status is 1 where one is wrong.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ACTORS = 5


class Soak:
    def __init__(self, khabar, source, seed):
        self.khabar = khabar
        self.random = random.Random(seed)
        self.folder = tempfile.mkdtemp(prefix="khabar-soak-")
        self.database = os.path.join(self.folder, "soak.khdb")
        if os.path.isdir(source):
            shutil.copytree(source, self.database)
        else:
            self.run("import", source, "-o", self.database)
        self.base = self.count()
        self.known = {}
        self.next = 0
        self.steps = dict.fromkeys(["imports", "kills", "withdrawals", "compactions", "samples", "counts"], 0)
        # What the reader may see: the number of events before the step and after it.
        self.allowed = {self.base}
        self.wrong = []

    def run(self, *words, check=True):
        run = subprocess.run([self.khabar, *words], capture_output=True, encoding="utf-8", timeout=300)
        if check and run.returncode != 0:
            raise AssertionError(f"{words}: {run.stderr}")
        return run

    def answer(self, query, model=None):
        return self.run(model or self.database, "-c", query, "-f", "csv").stdout

    def count(self):
        return int(self.answer("events | count").split()[1])

    # What is put in

    def text(self, events):
        lines = ["define article soak_gazette ( published 2031-04-02 )\n"]
        lines += [f"define state soak_{actor} ( name en \"Soak {actor}\" )\n" for actor in range(ACTORS)]
        for number, (actor, day, status) in events.items():
            lines.append(
                f"define event soak_event_{number} ( type CONSULT, time {day}, actor soak_{actor} )\n"
                f"define report ( event soak_event_{number}, article soak_gazette, status {status} )\n")
        return "".join(lines)

    def made(self):
        events = {}
        for _ in range(self.random.randint(1, 30)):
            if self.known and self.random.random() < 0.3:
                number = self.random.choice(list(self.known))
            else:
                number, self.next = self.next, self.next + 1
            day = f"20{self.random.randint(10, 30)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
            events[number] = (self.random.randrange(ACTORS), day, self.random.choice(["occurred", "planned", "denied"]))
        return events

    def write(self):
        events = self.made()
        path = os.path.join(self.folder, "part.khabar")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.text(events))
        after = {**self.known, **events}
        self.allowed = {self.base + len(self.known), self.base + len(after)}
        if self.steps["imports"] and self.random.random() < 0.3:
            writer = subprocess.Popen([self.khabar, "import", path, "-o", self.database], stderr=subprocess.DEVNULL)
            time.sleep(self.random.uniform(0, self.last_write * 1.2))
            writer.send_signal(signal.SIGKILL)
            writer.wait()
            self.steps["kills"] += 1
            if self.events() != self.expected(self.known):
                self.known = after
        else:
            start = time.monotonic()
            self.run("import", path, "-o", self.database)
            self.last_write = time.monotonic() - start
            self.steps["imports"] += 1
            self.known = after

    last_write = 0.1

    def withdraw(self):
        actor = self.random.randrange(ACTORS)
        after = {number: event for number, event in self.known.items() if event[0] != actor or event[2] != "denied"}
        self.allowed = {self.base + len(self.known), self.base + len(after)}
        self.run("withdraw", self.database, f"denied events with soak_{actor}")
        self.known = after
        self.steps["withdrawals"] += 1

    def compact(self):
        self.run("compact", self.database)
        self.steps["compactions"] += 1

    # What is there

    def events(self):
        any_of = ", ".join(f"soak_{actor}" for actor in range(ACTORS))
        return self.answer(f"events with any of {any_of} | select id, time, status | sort by id")

    def expected(self, known):
        rows = sorted(f"soak_event_{number},{day},{status}" for number, (_, day, status) in known.items())
        return "".join(row + "\n" for row in ["id,time,status", *rows])

    def check(self):
        found, expected = self.events(), self.expected(self.known)
        if found != expected:
            self.wrong.append(f"events: found\n{found}\nexpected\n{expected}")
        if self.random.random() < 0.3:
            self.check_sample()

    def check_sample(self):
        """A part of the database, as a model of its own, gives the same answers."""
        actor = f"soak_{self.random.randrange(ACTORS)}"
        path = os.path.join(self.folder, "sample.khabar")
        with open(path, "w", encoding="utf-8") as file:
            file.write(self.run("export", "--query", f"events with {actor}", self.database).stdout)
        for query in (
            f"events with {actor} | summarize count by status | sort by status",
            f"events with {actor} since 2020 | select id, time | sort by id",
            f"planned meetings with {actor} before 2025-06 | count",
            f"events with {actor} | reports | summarize count by status | sort by status",
        ):
            found = self.run(self.database, "-c", query, "-f", "csv", check=False)
            other = self.run(path, "-c", query, "-f", "csv", check=False)
            if (found.stdout, found.returncode) != (other.stdout, other.returncode):
                self.wrong.append(f"{query}: found\n{found.stdout}{found.stderr}\nexpected\n{other.stdout}{other.stderr}")
        self.steps["samples"] += 1

    def read(self, stop):
        while not stop.is_set():
            before = set(self.allowed)
            found = self.count()
            if found not in before | self.allowed:
                self.wrong.append(f"a reader saw {found} events; expected one of {sorted(before | self.allowed)}")
            self.steps["counts"] += 1

    def soak(self, seconds):
        stop = threading.Event()
        reader = threading.Thread(target=self.read, args=(stop,))
        reader.start()
        try:
            end = time.monotonic() + seconds
            while time.monotonic() < end and not self.wrong:
                steps = [self.write, self.withdraw, self.compact] if self.known else [self.write]
                self.random.choices(steps, [10, 2, 1][:len(steps)])[0]()
                self.check()
        finally:
            stop.set()
            reader.join()
        self.run("check", self.database)
        shutil.rmtree(self.folder)


def main():
    khabar, source, seconds, seed = sys.argv[1:]
    soak = Soak(khabar, source, int(seed))
    soak.soak(float(seconds))
    print("soak: " + ", ".join(f"{count} {step}" for step, count in soak.steps.items()) + f", {len(soak.wrong)} wrong")
    for wrong in soak.wrong:
        print(wrong)
    sys.exit(1 if soak.wrong else 0)


if __name__ == "__main__":
    main()
