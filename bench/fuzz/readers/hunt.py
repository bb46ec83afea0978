"""Look for files that make a reader fail. `hunt.py --seconds 3600 [--engine atheris]`. Out: figures; crashing files in tests/reading/crashes.

A reader may return a document or raise `Unreadable`; anything else is a crash: an exception, more than SLOW CPU seconds, more
than MEMORY, the death of the process. Files are spoiled in child processes, so that one death does not end the hunt.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from pathlib import Path
from time import monotonic, process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
CRASHES = ROOT / "tests" / "reading" / "crashes"
FORMATS = ("docx", "xlsx", "html", "pdf", "text")
BATCH = 1_000                # files a child reads
SLOW = 5.0                   # CPU seconds for one file
MEMORY = 3 * 1024**3         # bytes of address space of a child
WAIT = 900                   # seconds for a batch


def main() -> None:
    """Hunt until the time is over, format after format."""
    parser = argparse.ArgumentParser(description="Fuzz the readers of documents.")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--engine", choices=("hypothesis", "atheris"), default="hypothesis")
    parser.add_argument("--format", action="append", choices=FORMATS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        print(json.dumps(_child(options.child, options.engine, options.seed)), flush=True)
        return
    start, totals, seed = monotonic(), {name: Counter[str]() for name in options.format or FORMATS}, options.seed
    while monotonic() - start < options.seconds:
        for name in totals:
            totals[name] += _batch(name, options.engine, seed)
        seed += 1
        print(json.dumps({"engine": options.engine, "wall_s": round(monotonic() - start), "seed": seed, "read": totals}), flush=True)


def _batch(name: str, engine: str, seed: int) -> Counter[str]:
    """What one child saw."""
    with tempfile.TemporaryDirectory(prefix="luoshi-fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        command = [sys.executable, __file__, "--child", f"{name}:{folder}", "--engine", engine, "--seed", str(seed)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=WAIT, check=False)
        except subprocess.TimeoutExpired:
            _keep(name, Path(folder), "hung", "")
            return Counter(crashes=1)
        if done.returncode == 0:
            return Counter(json.loads(done.stdout.splitlines()[-1]))
        _keep(name, Path(folder), f"died {done.returncode}", done.stderr[-2_000:])
        return Counter(crashes=1)


def _keep(name: str, folder: Path, why: str, trace: str) -> None:
    """Keep the file being read when it happened."""
    path = folder / f"file.{name}"
    data = path.read_bytes() if path.exists() else b""
    CRASHES.mkdir(exist_ok=True)
    kept = CRASHES / f"{name}-{hashlib.sha256(data).hexdigest()[:10]}.bin"
    kept.write_bytes(data)
    print(f"{why}: {kept.name}\n{trace}", file=sys.stderr, flush=True)


class _Drawn:
    """Choices drawn by Hypothesis."""

    def __init__(self, data: Any) -> None:
        from hypothesis import strategies as st

        self._draw, self._st = data.draw, st

    def below(self, count: int) -> int:
        return int(self._draw(self._st.integers(0, count - 1)))

    def blob(self, most: int) -> bytes:
        return bytes(self._draw(self._st.binary(max_size=most)))


class _Fed:
    """Choices read from the bytes that atheris makes."""

    def __init__(self, provider: Any) -> None:
        self._provider = provider

    def below(self, count: int) -> int:
        return int(self._provider.ConsumeIntInRange(0, count - 1))

    def blob(self, most: int) -> bytes:
        return bytes(self._provider.ConsumeBytes(self.below(most + 1)))


class _Reading:
    """Reads spoiled files of one format and counts what became of them."""

    def __init__(self, name: str, folder: str) -> None:
        from seeds import seeds

        from luoshi.reading.read import read_document

        self.read, self.path, self.seeds = read_document, Path(folder) / f"file.{name}", seeds()[name]
        self.name, self.count, self.known = name, Counter[str](), set[str]()

    def once(self, choices: Any) -> None:
        from mutations import spoil

        from luoshi.reading.source import Unreadable

        data = self.seeds[choices.below(len(self.seeds))]
        self.path.write_bytes(spoil(data, choices))
        self.count["files"] += 1
        start = process_time()
        try:
            self.read(self.path)
            self.count["read"] += 1
        except Unreadable:
            self.count["refused"] += 1
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            self._crashed(f"{type(error).__name__} {where.filename}:{where.lineno}", traceback.format_exc())
        if process_time() - start > SLOW:
            self._crashed("slow", f"{process_time() - start:.1f} s")

    def _crashed(self, sign: str, trace: str) -> None:
        self.count["crashes"] += 1
        if sign not in self.known:
            self.known.add(sign)
            _keep(self.name, self.path.parent, sign, trace)


def _child(where: str, engine: str, seed: int) -> dict[str, int]:
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    name, folder = where.split(":", 1)
    if engine == "atheris":
        return _atheris(name, folder, seed)
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    reading = _Reading(name, folder)

    @seeded(seed)
    @settings(max_examples=BATCH, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(st.data())
    def hunt(data: Any) -> None:
        reading.once(_Drawn(data))

    hunt()
    return dict(reading.count)


def _atheris(name: str, folder: str, seed: int) -> dict[str, int]:
    """Guided by which lines of the readers a file reaches."""
    import atheris

    with atheris.instrument_imports(include=["luoshi.reading"]):
        import luoshi.reading.docx
        import luoshi.reading.html
        import luoshi.reading.pdf.read
        import luoshi.reading.text
        import luoshi.reading.xlsx  # noqa: F401 - imported to be instrumented
    reading = _Reading(name, folder)
    report = Path(folder) / "count.json"

    def hunt(data: bytes) -> None:
        reading.once(_Fed(atheris.FuzzedDataProvider(data)))
        if reading.count["files"] >= BATCH * 5:
            report.write_text(json.dumps(reading.count))
            print(report.read_text(), flush=True)
            import os

            os._exit(0)   # libFuzzer never returns

    atheris.Setup([sys.argv[0], f"-seed={seed}", "-max_len=4096", "-rss_limit_mb=0", "-verbosity=0"], hunt)
    with contextlib.suppress(SystemExit):
        atheris.Fuzz()
    return dict(reading.count)


if __name__ == "__main__":
    main()
