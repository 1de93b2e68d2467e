"""Processes whose time, memory and lines are taken, for Scripts/bench."""

import json
import os
import select
import statistics
import subprocess
import tempfile
import time


def run(command, environment=None, processors=None):
    """Runs it to its end: seconds, the most memory, what it has written; an error where it failed. It may be held to so
    many processors."""
    confine = processors and (lambda: os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:processors]))
    with tempfile.TemporaryFile("w+") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, env=environment, text=True,
            preexec_fn=confine)
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        line = {"seconds": time.perf_counter() - start, "peak_bytes": usage.ru_maxrss * 1024, "output": output}
        process.stdout.close()
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        if process.returncode:
            line["error"] = (errors.read() or output).strip() or f"ended with status {process.returncode}"
    return line


def lines(command, environment, patience):
    """Its lines of JSON as they come. Who says nothing for so many seconds is ended; then the last is None."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=environment, bufsize=0)
    rest = b""
    try:
        while True:
            if not select.select([process.stdout], [], [], patience)[0]:
                yield None
                return
            block = os.read(process.stdout.fileno(), 1 << 16)
            if not block:
                return
            *whole, rest = (rest + block).split(b"\n")
            yield from map(json.loads, whole)
    finally:
        process.kill()
        process.wait()


def questions(command, environment, wanted, limit):
    """What `command(wanted)` says of each question, and the seconds that it took to open. Where it has to be ended, or
    ends by itself, the question that it was at has no answer, and it is started anew for the rest."""
    opening, found = None, {}
    while wanted:
        error = "ended without an answer"
        for line in lines(command(wanted), environment, 2 * limit + 30):
            if line is None:
                error = f"over {limit:.0f} s"
            elif "script" in line:
                found[line["script"]] = line
                wanted = wanted[wanted.index(line["script"]) + 1:]
            else:
                opening = opening or line["seconds"]
        for question in wanted[:1]:
            found[question] = {"script": question, "seconds": [], "error": error}
        wanted = wanted[1:]
    return {"open": opening, "questions": found}


def median(seconds):
    """Of the runs after the first one, which warms up; of that, if there is no other."""
    return statistics.median(seconds[1:] or seconds)


def evict(path):
    """Drops the files from the system's memory."""
    files = [path] if os.path.isfile(path) else [
        os.path.join(folder, file) for folder, _, names in os.walk(path) for file in names]
    for file in files:
        descriptor = os.open(file, os.O_RDONLY)
        os.fsync(descriptor)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(descriptor)


def starts(command, environment, path, count=11):
    """Seconds of whole processes: with the file in the system's memory, and with the file on disk only."""
    first = run(command, environment)
    if "error" in first:
        return {"error": first["error"]}
    warm = [run(command, environment)["seconds"] for _ in range(count)]
    cold = []
    for _ in range(3 if path else 0):
        evict(path)
        cold.append(run(command, environment)["seconds"])
    return {"warm": statistics.median(warm), "cold": statistics.median(cold) if cold else None}
