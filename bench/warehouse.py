"""Section warehouse: twenty indicators by unit and month's end over generated rows: SQL by hand on DuckDB and on Spark, pandas, ours on both
(compiled each time, with the SQL kept, by one shared scan); and the refresh after one changed row.

Millions of rows: `--millions` or LUOSHI_BENCH_MILLIONS (10). One interleaved run, a process for each way, the same Parquet files; that all
ways give the same answers is asserted. Spark needs Java and `make spark` before; above PANDAS_UP_TO million rows pandas and Spark are left
out. By itself: `.venv/bin/python bench/warehouse.py --millions 100`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import report
from measure import ROUNDS, Engine, Measured, interleave, once, ratio
from report import Goal, head, met, table, times
from ways import pack, segments_in

MILLIONS = float(os.environ.get("LUOSHI_BENCH_MILLIONS", "10"))
SPARK = Path(__file__).resolve().parent.parent / ".spark-venv" / "bin" / "python"
PANDAS_UP_TO = 20
HAND, FRESH, KEPT, SHARED = "DuckDB, SQL by hand", "ours, compiled each time", "ours, SQL kept", "ours, one shared scan"
SPARK_HAND, SPARK_OURS, PANDAS = "Spark, SQL by hand", "ours on Spark, SQL kept", "pandas, in memory"


def run(folder: Path, millions: float = MILLIONS, rounds: int = ROUNDS) -> list[Goal]:
    """Generate, measure, compare."""
    head(f"The warehouse: {millions:g} million rows")
    generate(folder, int(millions * 1_000_000))
    ways = interleave(engines(folder, millions), rounds)
    told = {name: set(way.done) for name, way in ways.items() if not way.failed}
    different = {name for name in told if told[name] != told.get(HAND)}
    assert not different, f"other answers than by hand: {different}"
    table(f"20 indicators by unit and month, {millions:g} million rows; medians of {rounds} rounds; ratios taken within a round",
          ("way", "CPU-s", "x by hand", "start CPU-s", "peak MB"), [_row(way, ways[HAND]) for way in ways.values()],
          [f"the same answers, to the last digit: {', '.join(told)}"])
    refreshed = once(Engine("refresh", "ways:refresh", {"folder": str(folder)}))
    changes = (refreshed.done[0] or [])[1:]     # the first warms up
    clock, cpu = (median(change[of] for change in changes) if changes else float("nan") for of in (0, 1))
    print(f"refresh: not run: {refreshed.failed}" if refreshed.failed else
          f"refresh of all 20 after one changed row: {clock:.0f} ms by the clock at a load of {report.load()}, {cpu:.0f} ms of CPU "
          f"(medians of {len(changes)}), peak {refreshed.peak:.0f} MB")
    return goals(ways, clock, refreshed.peak)


def engines(folder: Path, millions: float) -> list[Engine]:
    """The ways that this machine and this many rows allow."""
    args = {"folder": str(folder)}
    chosen = [Engine(HAND, "ways:duckdb_by_hand", args), Engine(FRESH, "ways:ours", args | {"kept": False}), Engine(KEPT, "ways:ours", args),
              Engine(SHARED, "ways:shared", args)]
    if millions > PANDAS_UP_TO:
        print(f"pandas and Spark are left out above {PANDAS_UP_TO} million rows")
        return chosen
    chosen.append(Engine(PANDAS, "ways:pandas_by_hand", args))
    if SPARK.exists() and shutil.which("java"):
        chosen += [Engine(SPARK_HAND, "ways:spark_by_hand", args, str(SPARK)), Engine(SPARK_OURS, "ways:ours", args | {"spark": True}, str(SPARK))]
    else:
        print("Spark is left out: it needs Java 17, and `make spark` once before")
    return chosen


def generate(folder: Path, rows: int) -> None:
    """A million at a time, as they would arrive."""
    from luoshi.register.generate import generated_rows

    segments, spec, start = segments_in(folder), pack().registers["project"], perf_counter()
    for first in range(0, rows, 1_000_000):
        segments.adopt(generated_rows(spec, min(1_000_000, rows - first), first))
    print(f"generated in {perf_counter() - start:.0f} s, {sum(Path(path).stat().st_size for path in segments.paths()) / 1e6:.0f} MB of Parquet")


def _row(way: Measured, hand: Measured) -> list[str]:
    if way.failed:
        return [way.name, f"not run: {way.failed}"]
    return [way.name, f"{way.seconds:.2f}", times(ratio(way.cpu, hand.cpu)), f"{way.loading:.1f}", f"{way.peak:.0f}"]


def goals(ways: dict[str, Measured], milliseconds: float, refreshing: float) -> list[Goal]:
    """Those of area C. refreshing: peak MB of the process that refreshes."""
    cpu = {name: way.cpu for name, way in ways.items()} | {name: [] for name in (SPARK_HAND, SPARK_OURS) if name not in ways}
    fresh, kept, shared = ratio(cpu[FRESH], cpu[HAND]), ratio(cpu[KEPT], cpu[HAND]), ratio(cpu[HAND], cpu[SHARED])
    spark, against_spark = ratio(cpu[SPARK_OURS], cpu[SPARK_HAND]), ratio(cpu[SPARK_HAND], cpu[KEPT])
    peak = max(refreshing, *(ways[name].peak for name in (FRESH, KEPT, SHARED)))
    return [
        Goal("C", "engine through Ibis <= 1.15x SQL by hand", met(fresh, fresh <= 1.15), times(fresh)),
        Goal("C", "the same with its SQL kept <= 1.03x", met(kept, kept <= 1.03), times(kept)),
        Goal("C", "shared scan >= 2.5x faster than 20 queries (stretch 3.5x)", met(shared, shared >= 2.5), times(shared), shared >= 3.5),
        Goal("C", ">= 7x faster than Spark SQL", met(against_spark, against_spark >= 7), times(against_spark)),
        Goal("C", "Spark through Ibis <= 1.1x Spark SQL", met(spark, spark <= 1.1), times(spark)),
        Goal("C", "refresh after one changed row <= 50 ms", met(milliseconds, milliseconds <= 50), f"{milliseconds:.0f} ms"),
        Goal("C", "<= 500 MB", met(peak, peak <= 500), f"{peak:.0f} MB"),
    ]


def main() -> None:
    """This section by itself."""
    parser = argparse.ArgumentParser(description="Twenty indicators over generated rows, beside SQL by hand, pandas and Spark.")
    parser.add_argument("--millions", type=float, default=MILLIONS, help="millions of rows")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        report.machine(0)
        report.goals(run(Path(folder), given.millions, given.rounds))


if __name__ == "__main__":
    sys.exit(main())
