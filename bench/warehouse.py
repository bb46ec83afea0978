"""Section warehouse: twenty indicators over generated rows. Ours (Ibis, compiled each time, and with its SQL kept) beside SQL by hand, the shared
scan beside twenty queries, and the refresh after one changed row. Millions of rows: LUOSHI_BENCH_MILLIONS (10). One process, interleaved:
every way answers the same questions over the same Parquet file, and the answers are compared."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

from measure import ROUNDS, ratio
from report import Goal, head, met, table, times
from worker import peak_mb

MILLIONS = float(os.environ.get("LUOSHI_BENCH_MILLIONS", "10"))
AS_OF, YEAR = date(2019, 9, 30), 2019
STATES = ("申报", "批准", "开工", "竣工", "撤销")


def run(folder: Path) -> list[Goal]:
    """In a process of its own, so that its peak is its own; the goals come back as lines."""
    head(f"The warehouse: {MILLIONS:g} million rows")
    done = subprocess.run([sys.executable, __file__, str(folder)], capture_output=True, encoding="utf-8", check=False)
    print(done.stdout.split("GOALS")[0].rstrip() or done.stderr[-2000:])
    if done.returncode:
        return [Goal("C", "the warehouse", None, f"not run: {done.stderr.strip().splitlines()[-1][:150]}")]
    values = [float(value) for value in done.stdout.split("GOALS")[1].split()]
    fresh, kept, shared, refresh, peak = values
    return [
        Goal("C", "engine through Ibis <= 1.15x SQL by hand", met(fresh, fresh <= 1.15), times(fresh)),
        Goal("C", "the same with its SQL kept <= 1.03x", met(kept, kept <= 1.03), times(kept)),
        Goal("C", "shared scan >= 2.5x faster than 20 queries (stretch 3.5x)", met(shared, shared >= 2.5), times(shared), shared >= 3.5),
        Goal("C", "refresh after one changed row <= 50 ms", met(refresh, refresh <= 50), f"{refresh:.0f} ms"),
        Goal("C", "<= 500 MB", met(peak, peak <= 500), f"{peak:.0f} MB"),
    ]


@dataclass(frozen=True, slots=True)
class Question:
    """One of the twenty: its pack form and the same by hand."""

    name: str
    state: str
    good: bool
    paid: bool


QUESTIONS = [Question(f"q{n}", STATES[n % 5], n % 4 < 2, n >= 10) for n in range(20)]


def pack() -> Any:
    """A register of projects and the twenty indicators, without files."""
    from luoshi.pack.indicator_spec import IndicatorsFile
    from luoshi.pack.pack import Pack, PackFile
    from luoshi.pack.register_spec import RegisterSpec

    fields = [{"name": "id", "title": "编号", "type": "text", "required": True},
              {"name": "paid", "title": "金额", "type": "money", "required": True},
              {"name": "state", "title": "状态", "type": "choice", "choices": STATES, "required": True},
              {"name": "good", "title": "达标", "type": "boolean", "required": True}]
    register = RegisterSpec.model_validate({"register": "project", "title": "项目", "counted_as": "个", "purpose": "示例", "fields": fields,
                                            "key": ["id"], "row_title": "id", "supply": {"unit": "示例局"}})
    stated = [{"indicator": q.name, "title": q.name, "unit": "元" if q.paid else "个", "class": "A", "nature": "stock", "scope": "示例",
               "kind": "sum" if q.paid else "count", "register": "project", **({"field": "paid"} if q.paid else {}),
               "where": [{"field": "state", "op": "=", "value": q.state}, {"field": "good", "op": "=", "value": q.good}]} for q in QUESTIONS]
    indicators = IndicatorsFile.model_validate({"indicators": stated}).indicators
    named = {one.indicator: one for one in indicators}
    return Pack(PackFile(id="bench", title="示例"), Path("."), {"project": register}, {}, {}, named, {}, {}, (), (), (), {})


def by_hand(question: Question) -> str:
    """What a careful analyst writes: by unit, as of the day, over the table of the warehouse."""
    what = "sum(paid)" if question.paid else "count(*)"
    return (f"SELECT last_day(_happened) AS month, district, {what} AS value FROM _project "
            f"WHERE state = '{question.state}' AND good = {question.good} AND _level >= 2 AND _happened <= DATE '{AS_OF}' "
            f"AND (_recorded IS NULL OR _recorded <= DATE '9999-12-31') GROUP BY ALL")


def timed(work: Any, into: list[float]) -> Any:
    """CPU seconds of one piece of work, all threads."""
    start = process_time()
    result = work()
    into.append(process_time() - start)
    return result


def measure(folder: Path) -> None:
    """Everything, in turn, `ROUNDS` times."""
    from luoshi.indicator.cube import group_versions
    from luoshi.indicator.cube_plan import plan_cubes
    from luoshi.indicator.kept_cube import KeptCube
    from luoshi.indicator.shared_scan import ScanDay
    from luoshi.register.generate import generated_rows
    from luoshi.register.record import Facts, Record, fields_of
    from luoshi.register.segments import Segments
    from luoshi.register.warehouse import Warehouse

    made = pack()
    segments = Segments(folder / "project", made.registers["project"])
    rows, start = int(MILLIONS * 1_000_000), perf_counter()
    for first in range(0, rows, 1_000_000):
        segments.adopt(generated_rows(made.registers["project"], min(1_000_000, rows - first), first))
    print(f"generated in {perf_counter() - start:.0f} s, {sum(Path(p).stat().st_size for p in segments.paths()) / 1e6:.0f} MB of Parquet")
    warehouse = Warehouse(made, Facts(), None, {"project": segments})
    warehouse.set_day(AS_OF, YEAR)
    singles = [plan_cubes(made, (q.name,), ("district",))[0][0] for q in QUESTIONS]
    (whole,), _ = plan_cubes(made, [q.name for q in QUESTIONS], ("district",))
    register = made.registers["project"]

    def ask(kept: bool) -> list[int]:
        if not kept:
            warehouse._compiled.clear()
        return [len(warehouse.pairs(warehouse.remembered(("bench", p), lambda p=p: warehouse.compile(
            flow(group_versions(p, register, warehouse.known("project"), False), p))))) for p in singles]

    def flow(groups: Any, plan: Any) -> Any:
        question = QUESTIONS[int(plan.questions[0].indicator[1:])]
        here = groups.filter((groups.state == question.state) & (groups.good == question.good) & groups._by)
        return here.group_by(["_month", "district"]).aggregate(value=(here._sum_paid if question.paid else here._n).sum())

    def shared() -> list[list[tuple[Any, ...]]]:
        warehouse.make('CREATE OR REPLACE TEMP TABLE "_groups" AS ' + warehouse.remembered(("whole", whole), lambda: warehouse.compile(
            group_versions(whole, register, warehouse.known("project"), False))))
        return [warehouse.pairs(f"SELECT last_day(_month) AS month, district, CAST(sum({'_sum_paid' if q.paid else '_n'}) AS DECIMAL(38, 10)) "
                                f"FROM _groups WHERE state = '{q.state}' AND good = {q.good} AND _by GROUP BY ALL ORDER BY ALL") for q in QUESTIONS]

    hand, fresh, kept, together = [], [], [], []
    for number in range(ROUNDS + 1):
        into = [hand, fresh, kept, together] if number else [[], [], [], []]      # the first warms up
        timed(lambda: [warehouse.pairs(by_hand(q)) for q in QUESTIONS], into[0])
        timed(lambda: ask(False), into[1])
        timed(lambda: ask(True), into[2])
        answers = timed(shared, into[3])
    expected = [warehouse.pairs(f"SELECT month, district, CAST(value AS DECIMAL(38, 10)) FROM ({by_hand(q)}) ORDER BY ALL") for q in QUESTIONS]
    assert answers == expected, "the shared scan says something else"
    cube = KeptCube(made, warehouse, plan_cubes(made, [q.name for q in QUESTIONS])[0][0], (ScanDay(AS_OF, YEAR),))
    cube.figures()
    refreshed: list[float] = []
    for number in range(ROUNDS + 1):
        key = f"{rows // 3 + number:010d}"
        cells = {"id": key, "paid": 1, "state": STATES[number % 5], "good": True, "district": "示例县1"}
        changed = Record(key, key, tuple(cells.get(f.name) for f in fields_of(register)), date(2019, 9, 1), None, 2, (), "")
        start = perf_counter()
        cube.change([key], lambda changed=changed: segments.add([changed]))
        cube.figures()
        if number:
            refreshed.append((perf_counter() - start) * 1000)
    ways = {"SQL by hand, 20 queries": hand, "through Ibis, compiled each time": fresh, "through Ibis, SQL kept": kept,
            "shared scan, 20 answers": together}
    table(f"20 indicators by unit and month, median CPU-s of {ROUNDS} rounds", ("way", "CPU-s"),
          [[name, f"{median(cpu):.2f}"] for name, cpu in ways.items()])
    print(f"answers equal row by row; refresh after one changed row {median(refreshed):.0f} ms wall (median of {ROUNDS}); "
          f"peak {peak_mb():.0f} MB")
    print("GOALS", ratio(fresh, hand), ratio(kept, hand), ratio(hand, together), median(refreshed), peak_mb())


if __name__ == "__main__":
    measure(Path(sys.argv[1]))
