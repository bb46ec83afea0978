"""Speed and memory of `luoshi` beside the alternatives, in one run: `make bench`, or `bench/run.py --only extraction`.

Out: tables on standard output, then every goal of design/performance.md with whether this run met it. Nothing is asserted:
a number is for people to judge. Figures are CPU time, medians of interleaved rounds (`measure.py`); texts and files are
generated (`texts.py`, `documents.py`). Nothing is written but into a temporary folder.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

import extraction
import measure
import report
import rush
import startup
import story
import warehouse

import reading
import web

SECTIONS = {"extraction": extraction.run, "reading": reading.run, "startup": startup.run, "story": story.run,
            "warehouse": warehouse.run, "web": web.run, "rush": rush.run}

MODULES = (
    "luoshi.cli.main", "luoshi.compiler.passes", "luoshi.pipeline", "jionlp", "recognizers_number_with_unit", "cn2an", "docx", "openpyxl",
    "lxml.html",
)


def main() -> None:
    """Run the sections asked for."""
    parser = argparse.ArgumentParser(description="Speed and memory beside the alternatives.")
    parser.add_argument("--only", action="append", choices=SECTIONS, help="run this section only; may be repeated")
    chosen = parser.parse_args().only or list(SECTIONS)
    start = perf_counter()
    goals: list[report.Goal] = []
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        cached = measure.keep_byte_code(Path(folder) / "bytecode", MODULES)
        report.machine(cached)
        for name in chosen:
            goals += SECTIONS[name](Path(folder))
    if goals:
        report.goals(goals)
    print(f"\n{perf_counter() - start:.0f} s in all; load at the end {report.load()}")


if __name__ == "__main__":
    main()
