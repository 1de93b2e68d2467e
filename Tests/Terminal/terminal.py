"""A khabar in a pseudo-terminal, with pyte as the screen that a person would look at."""

import os
import tempfile
import time

import pexpect
import pyte

KHABAR = os.environ.get("KHABAR", ".build/debug/khabar")
CTRL_C, CTRL_D, TAB, UP = "\x03", "\x04", "\t", "\x1b[A"
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


class Terminal:
    """Keys go in by `type`, the screen's rows come out by `rows`."""

    def __init__(self, *arguments, columns=100, rows=30, state=None, **environment):
        self._state = None if state else tempfile.TemporaryDirectory()
        variables = {
            "PATH": os.environ["PATH"],
            "HOME": state or self._state.name,
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "PAGER": "",
        }
        variables.update(environment)
        self._is_plain = variables["TERM"] in ("dumb", "emacs")
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.bytes = b""
        # Without arguments pexpect would split the command's path at its blanks.
        self._process = pexpect.spawn(
            "/usr/bin/env", [KHABAR, *arguments], env=variables, dimensions=(rows, columns), timeout=10
        )
        self._process.delaybeforesend = None
        self._process.ptyproc.delayafterclose = self._process.ptyproc.delayafterterminate = 0.02

    def close(self):
        self._process.close(force=True)
        if self._state:
            self._state.cleanup()

    def type(self, keys):
        self._process.send(keys.encode())

    def rows(self):
        """The rows of the screen without the blanks at their ends, and without marks of direction: pyte takes them
        for letters."""
        return [row.rstrip() for row in self.screen.display]

    def text(self):
        return "\n".join(self.rows()).rstrip()

    def wait(self, condition, seconds=10):
        """Reads until the condition holds of this terminal; says what is on the screen if it never does."""
        end = time.monotonic() + seconds
        while not condition(self):
            if time.monotonic() > end:
                raise AssertionError("waited in vain; the screen:\n" + self.text())
            try:
                received = self._process.read_nonblocking(1 << 16, 0.05)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                if condition(self):
                    return
                raise AssertionError("khabar has ended; the screen:\n" + self.text())
            self.bytes += received
            marks = (FIRST_STRONG_ISOLATE, POP_ISOLATE)
            for mark in marks:
                received = received.replace(mark.encode(), b"")
            self._stream.feed(received)

    def wait_for(self, text, seconds=10):
        self.wait(lambda terminal: text in terminal.text(), seconds)

    def wait_for_prompt(self, seconds=10):
        """The cursor stands after an empty prompt, and keys are no longer the terminal's to interpret."""

        def at_prompt(terminal):
            cursor = terminal.screen.cursor
            is_drawn = terminal.rows()[cursor.y] == "khabar>" and cursor.x == 8
            return is_drawn and (self._is_plain or not terminal._process.getecho())

        self.wait(at_prompt, seconds)

    def ask(self, line):
        """Types a line and waits for the next prompt; returns what came between."""
        self.wait_for_prompt()
        before = len(self.bytes)
        self.type(line + "\r")
        self.wait(lambda terminal: b"\n" in terminal.bytes[before:])
        self.wait_for_prompt()
        return self.bytes[before:].decode(errors="replace").replace("\r\n", "\n")

    def exit_status(self, seconds=10):
        """Waits for the end; the status, or minus the signal."""
        end = time.monotonic() + seconds
        while self._process.isalive() and time.monotonic() < end:
            try:
                self.bytes += self._process.read_nonblocking(1 << 16, 0.05)
            except (pexpect.TIMEOUT, pexpect.EOF):
                pass
        self._process.close()
        if self._process.exitstatus is None:
            return -(self._process.signalstatus or 0)
        return self._process.exitstatus
