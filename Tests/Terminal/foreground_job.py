"""A process in a pseudo-terminal as a shell would start it: a foreground job, which Ctrl-Z stops and which goes on at
once, as after `fg`."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time

TIOCGPTN = 0x80045430  # the number of a pseudo-terminal by its master, of which `termios` does not know


def set_size(descriptor, columns, rows):
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def ignore_flow_control(descriptor):
    """A Ctrl-S that is typed while a query runs would stop all output."""
    modes = termios.tcgetattr(descriptor)
    modes[0] &= ~termios.IXON
    termios.tcsetattr(descriptor, termios.TCSANOW, modes)


class ForegroundJob:
    """`send` writes to its keyboard, `received` is all that it wrote to the terminal."""

    def __init__(self, arguments, environment, directory, columns=80, rows=24):
        self.received = b""
        self.status = None
        self._is_closed = False
        self._leader, self._master = pty.fork()
        if self._leader == 0:
            set_size(0, columns, rows)
            ignore_flow_control(0)
            _lead(arguments, environment, directory)
        os.set_blocking(self._master, False)

    def resize(self, columns, rows):
        if self.status is None:
            set_size(self._master, columns, rows)

    def send(self, data, patience=20):
        """False: nothing was taken and nothing came for `patience` seconds."""
        end = time.monotonic() + patience
        while data and self.status is None:
            readable, writable, _ = select.select([self._master], [self._master], [], 0.2)
            if readable and self._receive():
                end = time.monotonic() + patience
            if writable and self.status is None:
                try:
                    data = data[os.write(self._master, data) :]
                    end = time.monotonic() + patience
                except BlockingIOError:
                    time.sleep(0.005)
                except OSError:
                    self._finish()
            if time.monotonic() > end:
                return False
        return True

    def settle(self, quiet):
        """Reads until nothing comes for `quiet` seconds and all that was sent is read: a paste is read in silence."""
        while self.status is None:
            if select.select([self._master], [], [], quiet)[0]:
                self._receive()
            elif self._unread() == 0:
                return

    def _unread(self):
        """How many bytes that were sent wait in the terminal."""
        try:
            number = struct.unpack("I", fcntl.ioctl(self._master, TIOCGPTN, bytes(4)))[0]
            terminal = os.open(f"/dev/pts/{number}", os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
        except OSError:
            return 0
        try:
            return struct.unpack("i", fcntl.ioctl(terminal, termios.FIONREAD, bytes(4)))[0]
        finally:
            os.close(terminal)

    def wait_for(self, bytes_, start, patience=20):
        """Whether `bytes_` come after the first `start` bytes received."""
        end = time.monotonic() + patience
        while bytes_ not in self.received[start:]:
            if self.status is not None or time.monotonic() > end:
                return False
            if select.select([self._master], [], [], 0.2)[0]:
                self._receive()
        return True

    def wait_for_end(self, patience=20):
        """Its exit status, minus the signal that ended it; None: it goes on."""
        end = time.monotonic() + patience
        while self.status is None and time.monotonic() < end:
            if select.select([self._master], [], [], 0.1)[0]:
                self._receive()
        return self.status

    def hang_up(self, patience=20):
        """Closes the terminal's window; the status, or None if the process goes on without."""
        if self.status is None:
            os.close(self._master)
            self._finish(patience, closes=False)
        return self.status

    def kill(self):
        """Ends it without a word to it."""
        if self.status is None and not self._is_closed:
            os.killpg(os.tcgetpgrp(self._master), signal.SIGKILL)
            self.wait_for_end()

    def _receive(self):
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            data = b""
        self.received += data
        if not data:
            self._finish()
        return data

    def _finish(self, patience=20, closes=True):
        """The terminal's other side is closed: the process has ended or is about to."""
        self._is_closed = True
        end = time.monotonic() + patience
        pid = 0
        while pid == 0 and time.monotonic() < end:
            pid, status = os.waitpid(self._leader, os.WNOHANG)
            if pid == 0:
                time.sleep(0.005)
        if pid:
            code = os.waitstatus_to_exitcode(status)
            self.status = code - 256 if code > 128 else code
        else:
            os.kill(self._leader, signal.SIGTERM)
            self.status = None
        if closes:
            os.close(self._master)


def _lead(arguments, environment, directory):
    """The session's leader, which does a shell's work. Does not return."""
    for number in (signal.SIGTTOU, signal.SIGTTIN, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
        signal.signal(number, signal.SIG_IGN)
    job = os.fork()
    if job == 0:
        os.setpgid(0, 0)
        os.tcsetpgrp(0, os.getpid())
        for number in (signal.SIGTTOU, signal.SIGTTIN, signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
            signal.signal(number, signal.SIG_DFL)
        os.chdir(directory)
        os.execve(arguments[0], arguments, environment)
    signal.signal(signal.SIGTERM, lambda *_: os.killpg(job, signal.SIGKILL))
    while True:
        _, status = os.waitpid(job, os.WUNTRACED)
        if os.WIFSTOPPED(status):
            os.tcsetpgrp(0, os.getpgrp())
            time.sleep(0.002)
            os.tcsetpgrp(0, job)
            os.killpg(job, signal.SIGCONT)
            continue
        code = os.waitstatus_to_exitcode(status)
        os._exit(code if code >= 0 else 256 + code)
