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
    """The most memory this process has held. VmHWM starts anew at exec; ru_maxrss would carry over the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        return next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def serve(answers: TextIO, module: str, load: str, args: dict[str, Any]) -> None:
    """Load once, then run and time for each line asked. What `describe` does with the result is not timed."""

    def answer(**fields: object) -> None:
        answers.write(json.dumps(fields) + "\n")
        answers.flush()

    try:
        start = process_time()
        run, describe = getattr(importlib.import_module(module), load)(**args)
        answer(cpu=process_time() - start)
        for number, _ in enumerate(sys.stdin):
            gc.collect()
            cpu: list[float] = []
            result = None
            while not cpu or (number and sum(cpu) < LONG_ENOUGH):  # the first time warms up, and shows the peak of one run
                del result
                start = process_time()
                result = run()
                cpu.append(process_time() - start)
            peak = peak_mb()
            answer(cpu=sum(cpu) / len(cpu), peak=peak, done=describe(result))
            del result
    except Exception as error:  # a peer may fail in any way: the report says how, and goes on
        answer(failed=f"{type(error).__name__}: {error}"[:200])


if __name__ == "__main__":
    private = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not mix with the answers
    serve(private, **json.loads(sys.argv[1]))
