"""One measured process. In: what to load (argument 1, JSON), one line on standard input for each round. Out: a JSON line a round.

`measure.py` starts one of these for each alternative and asks them in turn. Only the standard library is imported here, so
that memory and start-up are those of the alternative alone.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import sys
from pathlib import Path
from time import process_time
from typing import Any, TextIO

LONG_ENOUGH = 0.2
"""CPU seconds of a round: what takes less is repeated, and its mean taken."""


def peak_mb() -> float:
    """The most memory this process has held, and those that it started and that still run: a Java machine, for one. VmHWM starts anew at
    exec; ru_maxrss would carry over the parent's."""
    if Path("/proc/self/status").exists():
        statuses = [Path(f"/proc/{pid}/status").read_text() for pid in (os.getpid(), *_descendants(os.getpid()))]
        return sum(int(line.split()[1]) for status in statuses for line in status.splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def cpu_seconds() -> float:
    """Of this process, and of those that it started and that still run."""
    ticks = os.sysconf("SC_CLK_TCK")
    fields = (Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split() for pid in _descendants(os.getpid()))
    return process_time() + sum(int(field[11]) + int(field[12]) for field in fields) / ticks


def _descendants(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task")
    children = [int(child) for task in (tasks.iterdir() if tasks.exists() else ()) for child in (task / "children").read_text().split()]
    return [one for child in children for one in (child, *_descendants(child))]


def serve(answers: TextIO, module: str, load: str, args: dict[str, Any]) -> None:
    """Load once, then run and time for each line asked. What `describe` does with the result is not timed."""

    def answer(**fields: object) -> None:
        answers.write(json.dumps(fields) + "\n")
        answers.flush()

    try:
        start = cpu_seconds()
        run, describe = getattr(importlib.import_module(module), load)(**args)
        answer(cpu=cpu_seconds() - start)
        for number, _ in enumerate(sys.stdin):
            gc.collect()
            cpu: list[float] = []
            result = None
            while not cpu or (number and sum(cpu) < LONG_ENOUGH):  # the first time warms up, and shows the peak of one run
                del result
                start = cpu_seconds()
                result = run()
                cpu.append(cpu_seconds() - start)
            peak = peak_mb()
            answer(cpu=sum(cpu) / len(cpu), peak=peak, done=describe(result))
            del result
    except Exception as error:  # a peer may fail in any way: the report says how, and goes on
        answer(failed=f"{type(error).__name__}: {error}"[:200])


if __name__ == "__main__":
    private = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    serve(private, **json.loads(sys.argv[1]))
