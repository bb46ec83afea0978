"""Section start-up: what it costs to begin. CPU and memory of whole processes over bare Python, and what is imported on the way."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from measure import Measured, each, interleave_commands, ratio
from probe import call_of, probe
from report import Goal, head, met, table, times
from texts import flattened_list

from documents import write_docx

BARE, JIONLP = "python -c pass", "python -c 'import jionlp'"
TEXT, DOCX = "luoshi compile small.txt -f json", "luoshi compile small.docx -f json"
HEAVY = ("rich", "pydantic", "jsonschema", "django", "ibis")
ROUNDS = 7
DOCLING = 7.6
"""Wall seconds of docling's first docx, as design/performance.md records it: docling is not installed here (451 MB)."""


def run(folder: Path) -> list[Goal]:
    """Print the table of the section."""
    head("Start-up")
    small, docx, python = folder / "small.txt", write_docx(folder / "small.docx", rows=30), sys.executable
    small.write_text(flattened_list(10), "utf-8")
    luoshi = [str(Path(python).with_name("luoshi")), "compile"]
    commands = {
        BARE: [python, "-c", "pass"],
        TEXT: [*luoshi, str(small), "--format", "json"],
        DOCX: [*luoshi, str(docx), "--format", "json"],
        JIONLP: [python, "-c", "import jionlp"],
    }
    works = {BARE: "pass", TEXT: call_of(commands[TEXT]), DOCX: call_of(commands[DOCX]), JIONLP: "import jionlp"}
    probes = {name: probe(work) for name, work in works.items()}
    found = interleave_commands(commands, ROUNDS)
    for name, measured in found.items():
        measured.peak, measured.failed = probes[name].peak, measured.failed and (probes[name].failed or measured.failed)
    bare = found[BARE]

    def cells(m: Measured) -> list[str]:
        return [f"{m.seconds:.3f}", f"{_over(m, bare):.3f}", f"{m.peak:.0f}", f"{m.peak - bare.peak:.0f}", f"{median(m.wall):.3f}"]

    table(f"Whole processes, warm (byte code cached), median of {ROUNDS} rounds",
          ("command", "CPU-s", "over bare", "peak MB", "over bare", "wall s"), each(found, cells))
    roots = [name for name in probes[TEXT].imported if name not in probes[BARE].imported]
    heavy = [name for name in HEAVY if name in roots]
    print(f"\ncompile --format json imports, besides the standard library: {', '.join(roots)}")
    print(f"of {', '.join(HEAVY)}: {', '.join(heavy) or 'none'}")
    return _goals(found, heavy)


def _over(m: Measured, bare: Measured) -> float:
    return median(a - b for a, b in zip(m.cpu, bare.cpu, strict=True))


def _goals(found: dict[str, Measured], heavy: list[str]) -> list[Goal]:
    bare, text, docx, jionlp = (found[name] for name in (BARE, TEXT, DOCX, JIONLP))
    over = float("nan") if text.failed else _over(text, bare)
    beside = "" if jionlp.failed or text.failed else f"; `import jionlp` takes {times(ratio(jionlp.cpu, text.cpu))} of our whole command"
    first = "docling is not installed here"
    if not docx.failed:
        wall = median(docx.wall)
        first += f"; {wall:.2f} s wall, {times(wall / DOCLING)} of the {DOCLING} s recorded on another day"
    start = "compile starts in <= 0.3 CPU-s over bare Python (stretch 0.15)"
    return [
        Goal("A", start, met(over, over <= 0.3), f"{over:.3f} s{beside}", over <= 0.15),
        Goal("A", "compile <= 40 MB over bare Python", met(over, text.peak - bare.peak <= 40), f"{text.peak - bare.peak:.0f} MB"),
        Goal("A", f"compile -f json imports none of {', '.join(HEAVY)}", met(over, not heavy), ", ".join(heavy) or "none"),
        Goal("B", "start-up + first docx <= 1/20 of docling (stretch 1/50)", None, first),
    ]
