"""Types at random into the shell: fuzz_shell.py KHABAR [RUNS] [KEYS] [SEED]

Each run is a shell in a pseudo-terminal of its own size, terminal type, locale and ~/.editrc, into which KEYS keys are
typed: letters of both scripts, commands, escape sequences, broken UTF-8, pastes, searches, resizes, Ctrl-C, Ctrl-Z.
A run fails if the shell crashes, is reported by AddressSanitizer or valgrind, hangs, or does not answer a query at its
end, and if the history has lost that query. Run N has the seed SEED + N: `fuzz_shell.py KHABAR 1 KEYS SEED` repeats one.

A different KHABAR_WRAPPER (`valgrind -q --error-exitcode=99`) is put before the command.
"""

import os
import random
import shlex
import sys
import tempfile
import time

from foreground_job import ForegroundJob

ANSWER_QUERY, ANSWER = b'print "{6 * 7000}"', b"42000"
REPORTED = 99  # the status that the sanitizer and valgrind end with

# No `.watch`: while it reads nothing, a terminal with 4 KB of lines typed ahead takes no more, not even Ctrl-C.
WORDS = (
    "events", "meetings in Moscow", "with Lavrov", "| count", "| where label contains \"", "place.coun", "by status",
    "# note", "let a = events", "(", ")", "\"", "'", "الاجتماعات", "لافروف", "مع", "في موسكو", "| عدد", "؟", "،", "لا",
    "中文", "한국", "𝄞", "😀", "é", "e\u0301", "لَافْرُوف", "\u200f", "\u2067", "\ufeff", "\u00ad", "\u0085", "ﷺ", "\u3000",
    ".help", ".mode", ".names laf", ".history", "2023-05-19", ";", ".last", ".why", ".tour", ".schema", ".describe ",
    ".types", ".models", ".timer on", ".limit", ".diff events", ".edit", ".width 40", ".null -", ".show", ".explain ",
    "events", "ans", "| chart", "| graph", "| timeline", "as ", "الأحداث",
)
CONTROLS = [bytes([code]) for code in range(1, 0x20) if code not in (0x03, 0x04, 0x0D, 0x1A, 0x1C)]
SEQUENCES = [
    b"\x1b[" + tail
    for tail in (
        b"A B C D H F 1~ 3~ 4~ 5~ 6~ 7~ 8~ 2~ 15~ 24~ Z I O E 1;5C 1;5D 1;5A 1;2B 1;3C 3;5~ 3;3~ 200~ 201~ 20 1; ? [A 999;9R"
    ).split()
] + [b"\x1b" + bytes([code]) for code in b"bfdBFDuUlLcCyYtT.<>?!0123456789/nNpPkKaAxX\r\n\t\x7f\x08\x1b\x12\x03"]
SEQUENCES += [b"\x1bO" + bytes([code]) for code in b"ABCDHFPQRScd"]
VI_COMMANDS = [bytes([code]) for code in range(0x21, 0x7F)] + [b"dd", b"cc", b"yy", b"dw", b"cw", b"3~", b"10x", b"d0"]
BROKEN = (b"\xff", b"\xc3", b"\xe2\x80", b"\xf0\x9f", b"\xed\xa0\x80", b"\xc0\x80", b"\x80", b"\xf5\x80\x80\x80", b"\x00")
EDITRCS = (
    "", "", "", "bind -v\n", "bind -v\n", "bind -v\nbind -a q ed-quoted-insert\n", "bind ^X ed-kill-line\nbind -e\n",
    "bind ^G em-inc-search-prev\nbind ^R em-inc-search-prev\nbind ^O ed-search-prev-history\n",
    "khabar:bind ^T ed-prev-history\nbind ^O em-copy-region\nbind -r\n\"open\nedit on\nsetty -a\n", "edit off\n",
)
TERMINALS = ("xterm-256color",) * 6 + ("screen", "linux", "vt100", "ansi", "dumb", "no-such-terminal", "", None)
LOCALES = ("C.UTF-8",) * 3 + ("C", "no_SUCH", None)


class Failure(Exception):
    pass


class Run:
    def __init__(self, command, keys, seed):
        self.command, self.keys, self.random = command, keys, random.Random(seed)
        self.expected_signals = ()
        self.typed = []

    def perform(self):
        with tempfile.TemporaryDirectory() as home:
            self.home = home
            self.prepare()
            self.job = self.start()
            try:
                self.use()
            finally:
                self.job.kill()

    def use(self):
        for _ in range(self.keys):
            self.do_something()
            if self.job.status is not None:  # Ctrl-D
                self.check_end()
                self.job = self.start()
        self.check_answer()
        self.leave()
        self.check_history()

    def prepare(self):
        choose = self.random.choice
        with open(os.path.join(self.home, ".editrc"), "w") as file:
            self.editrc = choose(EDITRCS)
            file.write(self.editrc)
        self.environment = {
            "HOME": self.home, "PATH": "/usr/bin:/bin", "PAGER": "cat", "EDITOR": "true", "VISUAL": "true",
            "ASAN_OPTIONS": f"exitcode={REPORTED}:detect_leaks=0:log_path={self.home}/report",
        }
        for name, value in (("TERM", choose(TERMINALS)), ("LANG", choose(LOCALES))):
            if value is not None:
                self.environment[name] = value
        if "LD_LIBRARY_PATH" in os.environ:  # where a libedit may be that is itself built with the sanitizer
            self.environment["LD_LIBRARY_PATH"] = os.environ["LD_LIBRARY_PATH"]

    def size(self):
        if self.random.random() < 0.05:
            return self.random.randint(1, 12), self.random.randint(1, 4)
        return self.random.choice((20, 21, 40, 80, self.random.randint(12, 130))), self.random.choice((3, 4, 10, 24, 50))

    def start(self):
        columns, rows = self.size()
        job = ForegroundJob(self.command, self.environment, self.home, columns, rows)
        job.wait_for(b"> ", 0, 60)  # before it, Ctrl-C ends the process
        return job

    def do_something(self):
        dice = self.random.random()
        if dice < 0.04:
            self.job.resize(*self.size())
        elif dice < 0.06:
            self.job.settle(0.01)
        else:
            self.type(self.key(dice))

    def key(self, dice):
        choose = self.random.choice
        kinds = (
            (0.36, lambda: choose(WORDS).encode()),
            (0.42, lambda: choose("abcde 'ابتثج(|").encode()),
            (0.47, lambda: choose((b" ", b"\t", b"\t\t"))),
            (0.60, lambda: choose(CONTROLS)),
            (0.74, lambda: choose(SEQUENCES)),
            (0.80, lambda: choose(VI_COMMANDS) if "bind -v" in self.editrc else choose((b"\x7f", b"\x17", b"\x15"))),
            (0.82, lambda: b"\x1b" if "bind -v" in self.editrc else b"\x1b[D"),
            (0.85, lambda: choose(BROKEN)),
            (0.87, self.paste),
            (0.90, lambda: b"\x12" + choose(WORDS).encode()),
            (0.95, lambda: b"\r"),
            (0.97, lambda: b"\x03"),
            (0.98, lambda: b"\x1a"),
            (0.99, lambda: b"\x16" + choose(CONTROLS + [b"\x03", "م".encode()])),
            (0.995, lambda: b"\x04"),
        )
        return next((make for limit, make in kinds if dice < limit), lambda: b"x" * self.random.randint(1, 3000))()

    def paste(self):
        lines = [" ".join(self.random.choices(WORDS, k=3)) for _ in range(self.random.choice((0, 1, 3, 200)))]
        end = b"\x1b[201~" if self.random.random() < 0.9 else b""
        return b"\x1b[200~" + self.random.choice(("\n", "\r", "\r\nkhabar> ")).join(lines).encode() + end

    def type(self, data):
        self.typed = self.typed[-30:] + [data[:80]]
        if not self.job.send(data):
            raise Failure("it hangs")

    def check_end(self):
        reports = [name for name in os.listdir(self.home) if name.startswith("report")]
        if reports:
            with open(os.path.join(self.home, reports[0])) as file:
                raise Failure(file.read(6000))
        if self.job.status is not None and self.job.status not in (0, *self.expected_signals):
            raise Failure(f"it ended with {self.job.status} after {self.typed}: {self.job.received[-500:]}")

    def check_answer(self):
        """On a clean line, a query still has its answer, at once: a key that is lost shows. A Ctrl-C after Ctrl-V is
        text, and one that falls into the moment in which the job is stopped is for nobody, hence the second. Before
        them all that was typed must be read: behind 4 KB of it, Ctrl-C and the query would wait in the terminal and
        come at one and the same time."""
        self.job.resize(80, 24)
        for quiet in (1, 0.3):
            self.job.settle(quiet)
            self.type(b"\x03")
        self.job.settle(0.3)
        if self.job.status is not None:
            self.check_end()
            self.job = self.start()
        start = len(self.job.received)
        self.type(ANSWER_QUERY + b"\r")
        if not self.job.wait_for(ANSWER, start):
            self.check_end()
            received = self.job.received[-1000:]
            raise Failure(f"no answer after {self.typed}: {received} in {self.environment} {self.editrc}")

    def leave(self):
        self.job.settle(0.05)
        way = self.random.choice(("Ctrl-D", "hang-up", "kill"))
        if way == "Ctrl-D":
            self.type(b"\x04")
            self.job.wait_for_end()
        elif way == "hang-up":
            self.expected_signals = (-1,)
            self.job.hang_up()
        else:
            self.expected_signals = (-9,)
            self.job.kill()
        if self.job.status is None:
            raise Failure(f"it goes on after {way}")
        self.check_end()

    def check_history(self):
        with open(os.path.join(self.home, ".local/state/khabar/history"), "rb") as file:
            if file.read().split(b"\n")[-2:] != [ANSWER_QUERY, b""]:
                raise Failure("the last query is not in the history")


def main():
    khabar = os.path.abspath(sys.argv[1])
    runs, keys, seed = (int(text) for text in (sys.argv[2:] + ["500", "400", "1"][len(sys.argv) - 2 :])[:3])
    command = shlex.split(os.environ.get("KHABAR_WRAPPER", "")) + [khabar]
    failures = 0
    begin = time.monotonic()
    for number in range(runs):
        try:
            Run(command, keys, seed + number).perform()
        except Failure as failure:
            failures += 1
            print(f"seed {seed + number}: {failure}\n", flush=True)
        if (number + 1) % 50 == 0:
            print(f"{number + 1} runs, {failures} failed", file=sys.stderr, flush=True)
    seconds = time.monotonic() - begin
    print(f"fuzz_shell: {runs} runs of {keys} keys from seed {seed}, {failures} failed, in {seconds:.0f} s")
    return failures > 0


if __name__ == "__main__":
    sys.exit(main())
