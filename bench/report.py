"""What is printed: tables, and the goals with their answers. In: words and numbers. Out: lines on standard output."""

from __future__ import annotations

import math
import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = (
    "luoshi", "jionlp", "recognizers-text-suite", "cn2an", "python-docx", "openpyxl", "python-calamine", "lxml", "typer",
    "ibis-framework", "duckdb",
)


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of design/performance.md. met: None where this run cannot tell; found: what it did measure; beyond: the stretch too."""

    area: str
    wanted: str
    met: bool | None
    found: str
    beyond: bool = False


def met(value: float, reached: bool) -> bool | None:
    """Whether a goal was reached; None where its value is not known (NaN)."""
    return None if math.isnan(value) else reached


def head(title: str) -> None:
    """A section begins."""
    print(f"\n{title}\n{'=' * len(title)}", flush=True)


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> None:
    """Columns as wide as they must be, the first to the left, numbers to the right. A short row runs on to the right."""
    full = [columns, *(row for row in rows if len(row) == len(columns))]
    widths = [max(len(row[i]) for row in full) for i in range(len(columns))]
    widths[0] = max(widths[0], *(len(row[0]) for row in rows))
    print(f"\n{title}\n" + _line(columns, widths) + "\n" + "  ".join("-" * width for width in widths))
    for row in rows:
        print(_line(row, widths) if len(row) == len(columns) else f"{row[0]:<{widths[0]}}  {'  '.join(row[1:])}")
    for note in notes:
        print(f"  {note}")
    print(end="", flush=True)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join([f"{row[0]:<{widths[0]}}", *(f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))]).rstrip()


def goals(found: Sequence[Goal]) -> None:
    """Every goal of A and B, and whether this run met it."""
    words = {True: "yes", False: "NO", None: "?"}
    rows = [[goal.area, words[goal.met] + ("*" if goal.met and goal.beyond else ""), goal.wanted, goal.found] for goal in found]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    head("Goals of design/performance.md, as this run found them: yes (* the stretch too), NO, ? (this run cannot tell)")
    for row in rows:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(row[:3], widths, strict=True)) + "  " + row[3])


def machine(cached: int) -> None:
    """What this ran on. cached: files of byte code that the measured processes find ready."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    model = models[0] if models else platform.processor()
    print(f"{model}, {cores} cores, load {load()}; Python {platform.python_version()}, {platform.platform()}")
    print(f"{cached:,} modules compiled and cached beforehand" if cached else "NO BYTE CODE IS CACHED: start-up and import are too high")
    print(", ".join(f"{name} {_version(name)}" for name in PACKAGES))


def load() -> str:
    """Load averages of the last 1 and 5 minutes: above the number of cores, wall times lie."""
    return " ".join(f"{value:.1f}" for value in os.getloadavg()[:2])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def times(value: float) -> str:
    """A ratio: 31x, 7.80x, 0.050x."""
    return f"{value:.0f}x" if value >= 10 else f"{value:.2f}x" if value >= 0.1 else f"{value:.3f}x"


def speed(value: float) -> str:
    """Characters a second: 8.27 M, 261 k."""
    return f"{value / 1e6:.2f} M" if value >= 1e6 else f"{value / 1e3:.1f} k"
