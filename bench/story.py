"""Section story: the whole of `luoshi run` on the example. Seconds and memory of whole processes; no peer does this, no goal is set."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

from measure import ROUNDS, Measured, each, interleave_commands
from probe import call_of, probe
from report import Goal, head, table

PACK, AS_OF = "jiaxing-2019", "2019-09-30"


def run(folder: Path) -> list[Goal]:
    """Print the table of the section, or why it could not be run."""
    head("The story")
    text = [str(Path(sys.executable).with_name("luoshi")), "run", PACK, "--as-of", AS_OF]
    commands = {"text": text, "html": [*text, "--format", "html", "--out", str(folder / "board.html")]}
    probes = {name: probe(call_of(command)) for name, command in commands.items()}
    found = interleave_commands({name: command for name, command in commands.items() if not probes[name].failed})
    for name, probed in probes.items():
        if probed.failed:
            found[name] = Measured(name, failed=probed.failed)
        found[name].peak = probed.peak

    def cells(m: Measured) -> list[str]:
        return [f"{median(m.wall):.2f}", f"{m.seconds:.2f}", f"{m.peak:.0f}"]

    table(f"luoshi run {PACK} --as-of {AS_OF}: list → plan → registers → figures → board, median of {ROUNDS} whole processes",
          ("board as", "wall s", "CPU-s", "peak MB"), each({name: found[name] for name in commands}, cells))
    return []
