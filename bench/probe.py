"""What a whole command held and imported. In: its work as a line of Python. Out: peak memory, packages, or why it failed.

Memory is asked inside the process: seen from outside, a child's ru_maxrss begins at its parent's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PROGRAM = """
import sys
sys.path.append({bench!r})
try:
    {work}
finally:
    roots = sorted({{name.partition(".")[0] for name in sys.modules}} - set(sys.stdlib_module_names) - {{"__main__"}})
    from worker import peak_mb
    import json
    print(json.dumps([peak_mb(), roots]), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Probe:
    """imported: packages that are not of the standard library. failed: the last words on standard error; empty if it went well."""

    peak: float
    imported: list[str]
    failed: str


def call_of(command: list[str]) -> str:
    """A `luoshi …` command as a line of Python, the same that its script runs."""
    return f"sys.argv = {command!r}; from luoshi.cli.main import main; main()"


def probe(work: str) -> Probe:
    """Run it once."""
    program = PROGRAM.format(bench=str(Path(__file__).parent), work=work)
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=False)
    lines = process.stderr.strip().splitlines()
    told = next((i for i, line in enumerate(lines) if line.startswith("[") and line.endswith("]]")), None)
    if told is None:
        return Probe(float("nan"), [], f"exit status {process.returncode}: {lines[-1] if lines else 'nothing said'}")
    peak, imported = json.loads(lines.pop(told))
    failed = f"exit status {process.returncode}: {lines[-1] if lines else 'nothing said'}" if process.returncode else ""
    return Probe(float(peak), list(imported), failed)
