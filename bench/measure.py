"""Measuring side by side. In: alternatives, or commands. Out: CPU seconds of every round, peak memory, ratios.

Rounds are interleaved (A B C A B C …) and ratios are taken within a round, so that a machine that slows down halfway slows
everybody. Each alternative lives in a process of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROUNDS = 5
WORKER = Path(__file__).with_name("worker.py")


@dataclass(frozen=True, slots=True)
class Engine:
    """An alternative: load, `module:function` that returns what to run and what to say of its result. python: whose packages it finds."""

    name: str
    load: str
    args: dict[str, Any] = field(default_factory=dict)
    python: str = sys.executable


@dataclass(slots=True)
class Measured:
    """What was found out about one alternative. done: what it said of its result, one a round; cpu, wall: seconds a round."""

    name: str
    failed: str = ""
    loading: float = 0.0
    peak: float = 0.0
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    done: list[Any] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Median CPU seconds of a round."""
        return median(self.cpu)

    @property
    def speeds(self) -> list[float]:
        """Pieces of work for each CPU second, by round; `done` must be their number."""
        return [done / cpu for done, cpu in zip(self.done, self.cpu, strict=True)]


def interleave(engines: Sequence[Engine], rounds: int = ROUNDS) -> dict[str, Measured]:
    """Run every engine once to warm up (its peak memory is taken there), then all in turn, `rounds` times."""
    started: dict[str, subprocess.Popen[str]] = {}
    found = {engine.name: Measured(engine.name) for engine in engines}
    for engine in engines:  # one after the other: who loads has the machine to himself
        name, process = engine.name, _start(engine)
        started[name], loaded = process, _answer(process, found[engine.name])
        warm = _ask(process, found[name])
        found[name].loading, found[name].peak = loaded.get("cpu", 0.0), warm.get("peak", 0.0)
    for _ in range(rounds):
        for name, process in started.items():
            if not found[name].failed and (answer := _ask(process, found[name])):
                found[name].cpu.append(answer["cpu"])
                found[name].done.append(answer["done"])
    for process in started.values():
        process.communicate()
    return found


def once(engine: Engine) -> Measured:
    """Load and run it once: for what is to be known, not timed."""
    process, found = _start(engine), Measured(engine.name)
    _answer(process, found)
    answer = _ask(process, found)
    found.done, found.peak = [answer.get("done")], answer.get("peak", 0.0)
    process.communicate()
    return found


def _start(engine: Engine) -> subprocess.Popen[str]:
    module, load = engine.load.split(":")
    command = [engine.python, str(WORKER), json.dumps({"module": module, "load": load, "args": engine.args})]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8")


def _ask(process: subprocess.Popen[str], found: Measured) -> dict[str, Any]:
    if found.failed or process.stdin is None:
        return {}
    process.stdin.write("\n")
    process.stdin.flush()
    return _answer(process, found)


def _answer(process: subprocess.Popen[str], found: Measured) -> dict[str, Any]:
    line = process.stdout.readline() if process.stdout else ""
    answer: dict[str, Any] = json.loads(line) if line else {"failed": "the process ended without an answer"}
    found.failed = answer.get("failed", "")
    return {} if found.failed else answer


def keep_byte_code(folder: Path, modules: Sequence[str]) -> int:
    """Give every measured process one cache of byte code, and fill it: a shell may forbid Python to write any
    (PYTHONDONTWRITEBYTECODE), and then each start would compile all sources anew. Returns the number of files in it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)
    for module in modules:
        subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, check=False)
    return sum(1 for _ in folder.rglob("*.pyc"))


def interleave_commands(commands: dict[str, list[str]], rounds: int = ROUNDS) -> dict[str, Measured]:
    """Whole processes, from start to end: CPU seconds as the system counts them, wall seconds. Warm them up before."""
    found = {name: Measured(name) for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            if found[name].failed:
                continue
            start = perf_counter()
            with tempfile.TemporaryFile() as errors:
                process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors)
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
                errors.seek(0)
                said = errors.read().decode(errors="replace").strip().splitlines()
            if process.returncode != 0:
                found[name].failed = f"exit status {process.returncode}: {said[-1] if said else 'nothing said'}"[:200]
            else:
                found[name].wall.append(perf_counter() - start)
                found[name].cpu.append(usage.ru_utime + usage.ru_stime)
    return found


def ratio(over: Sequence[float], under: Sequence[float]) -> float:
    """The median of over/under, taken round by round; NaN where one of them did not run."""
    return median(a / b for a, b in zip(over, under, strict=True)) if over and len(over) == len(under) else float("nan")


def each(rows: dict[str, Measured], of: Callable[[Measured], list[str]]) -> list[list[str]]:
    """A table row for each alternative: `of` gives its cells, a failure is said in the first of them."""
    return [[m.name, *(of(m) if not m.failed else [f"not run: {m.failed}"])] for m in rows.values()]
