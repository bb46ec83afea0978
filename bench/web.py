"""Section web: the server with its sign-in and permission checks, on SQLite and PostgreSQL, 2 workers, 32 connections, loopback only.

In: a temporary folder. Out: requests a second, p95, CPU-milliseconds of the server for each request, and Redmine's beside them.
`bench/web.py` runs it alone. The load (`load.py`) shares the machine with the server: CPU is the figure to trust.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aim
import redmine
import report
from aim import CONNECTIONS, ROUNDS, SECONDS, Page

ROOT = Path(__file__).parents[1]
WORKERS, WARM, PORT = 2, 10, 18300
MIX = {"board": 2, "target": 2, "task": 1, "registers": 1, "register, 50 rows": 1, "my duties": 1}
"""How often officials open each page, for the mean: board and targets twice as often as the others."""
ANEW = "register, 200 rows, nothing kept"
SEED = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from luoshi.cli.serve import prepare
prepare(Path(sys.argv[1]))
from luoshi.actions.seed_example import seed_example
from luoshi.store.models import FactRecord, ListRecord
from luoshi.store.queries.story import tell_list
at = datetime(2019, 9, 30, 9, tzinfo=UTC)
seeded = seed_example(at)
row = dict(FactRecord.objects.filter(source="platform").first().row)
FactRecord.objects.bulk_create(FactRecord(list_id=seeded.list_id, source="platform", key="", origin="bench", recorded_at=at,
                                          row=row | {"平台名称": f"示例平台{n:03}", "四至编号": f"示例四至-{n:03}"}) for n in range(1000, 1240))
told = tell_list(ListRecord.objects.get(pk=seeded.list_id), at.date())
promise = next(i.promise.id for i in told.items if i.figure and i.figure.because.counted_total)
people = {p.role: {"username": p.username, "password": p.password} for p in seeded.people}
print(json.dumps({"list": seeded.list_id, "promise": promise, "people": people}))
"""


def run(folder: Path) -> list[report.Goal]:
    """Both databases; a machine without PostgreSQL or Redmine measures the rest, and says so."""
    report.head("Web: signed in, permissions checked")
    with redmine.beside(PORT + 50) as (others, why):
        found = {"SQLite": measure(folder / "web-sqlite", others)}
    found["PostgreSQL"] = on_postgres(folder)
    notes = [f"granian, {WORKERS} workers, {CONNECTIONS} connections; medians of {ROUNDS} rounds of {SECONDS} s, all pages by turns"]
    for database, pages in found.items():
        rows = [[p.name, f"{p.rate:.0f}", f"{p.p95:.0f}", f"{p.cpu:.1f}", f"{p.database_cpu:.1f}", f"{p.size / 1000:.0f}"] for p in pages]
        if pages:
            report.table(database, ("page", "requests/s", "p95 ms", "CPU ms", "of the database", "kB"), rows, notes)
        else:
            print(f"\n{database}: not measured (tests/postgres.sh found no server to start)")
    if why:
        print(f"\nRedmine: not measured, so nothing is said beside it. {why}")
    return goals(found)


def goals(found: dict[str, list[Page]]) -> list[report.Goal]:
    """Area D."""
    made = []
    for database, pages in found.items():
        if not pages:
            continue
        by_name = {p.name: p for p in pages}
        mean = sum(by_name[name].cpu * weight for name, weight in MIX.items()) / sum(MIX.values())
        slowest = max(by_name[name].p95 for name in MIX)
        made.append(report.Goal("D", f"{database}: mean mix ≤ 8.4 CPU ms a request", mean <= 8.4, f"{mean:.1f} ms", mean <= 4))
        made.append(report.Goal("D", f"{database}: p95 ≤ 300 ms at {CONNECTIONS} connections", slowest <= 300, f"{slowest:.0f} ms"))
    return made + _beside_redmine({p.name: p for p in found["SQLite"]})


def _beside_redmine(pages: dict[str, Page]) -> list[report.Goal]:
    """The list of 200 rows with the page kept, and, so that it cannot be said that memory won, with nothing kept."""
    goal = "200-row list ≥ 5x Redmine's requests/s, ≤ 1/5 of its CPU"
    other = pages.get("Redmine, 200 rows")
    if other is None:
        return [report.Goal("D", goal, None, "Redmine was not measured")]
    made = []
    for name, words in (("register, 200 rows", ""), (ANEW, ", nothing kept")):
        rate, cpu = pages[name].rate / other.rate, other.cpu / pages[name].cpu
        made.append(report.Goal("D", goal + words, min(rate, cpu) >= 5, f"{rate:.1f}x, 1/{cpu:.1f}", min(rate, cpu) >= 20))
    return made


def on_postgres(folder: Path) -> list[Page]:
    """The same in a process of its own, beside a throw-away cluster."""
    command = [str(ROOT / "tests" / "postgres.sh"), "--", sys.executable, __file__, "--only", str(folder / "web-postgres")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return [Page(**page) for page in json.loads(done.stdout.splitlines()[-1])] if done.stdout.strip() else []


def measure(data: Path, others: list[aim.Aim] | None = None) -> list[Page]:
    """Seed, serve, sign in, load, stop. others: what is fired at in the same rounds."""
    environment = os.environ | {"LUOSHI_TODAY": "2019-09-30"}
    seeded = subprocess.run([sys.executable, "-c", SEED, str(data)], env=environment, capture_output=True, text=True, check=False)
    if seeded.returncode:
        raise RuntimeError(seeded.stderr[-2000:])
    facts = json.loads(seeded.stdout.splitlines()[-1])
    with _served(data, PORT, environment) as kept, _served(data, PORT + 25, environment | {"LUOSHI_KEPT_MB": "0"}) as anew:
        aims = [*_aims(*kept, facts), *_aims_anew(*anew, facts), *(others or ())]
        sizes = {each.name: _check(each) for each in aims}
        with ThreadPoolExecutor(2) as pool:     # each worker keeps stories and pages of its own
            list(pool.map(lambda each: aim.read(each.url, each.cookie), aims * WARM))
        return aim.fire_all(aims, sizes)


@contextmanager
def _served(data: Path, port: int, environment: dict[str, str]) -> Iterator[tuple[str, int]]:
    command = [sys.executable, "-m", "luoshi", "serve", "--data", str(data), "--workers", str(WORKERS), "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            first = server.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", first)       # http://127.0.0.1:18300
            if address is None:
                raise RuntimeError(f"the server did not start: {first}")
            yield address[0], server.pid
        finally:
            server.terminate()


def _aims(origin: str, pid: int, facts: dict[str, Any]) -> list[aim.Aim]:
    at = f"/lists/{facts['list']}"
    paths = {"board": f"{at}/", "target": f"{at}/targets/{facts['promise']}/", "task": f"{at}/tasks/1/", "registers": f"{at}/registers/",
             "register, 50 rows": f"{at}/registers/platform/", "register, 200 rows": f"{at}/registers/platform/?size=200",
             "API: board with because": f"/api/v1{at}/figures", "API: one figure": f"/api/v1{at}/figures/{facts['promise']}",
             "API: 200 rows": f"/api/v1{at}/registers/platform?size=200"}
    office, liaison = (_sign_in(origin, facts["people"][role]) for role in ("supervision", "liaison"))
    aims = [aim.Aim(name, origin + path, office, lambda: aim.tree(pid), _backends) for name, path in paths.items()]
    return [*aims, aim.Aim("my duties", f"{origin}{at}/my-duties/", liaison, lambda: aim.tree(pid), _backends)]


def _aims_anew(origin: str, pid: int, facts: dict[str, Any]) -> list[aim.Aim]:
    """A server that draws every page anew: what the first reader after a change waits for."""
    url = f"{origin}/lists/{facts['list']}/registers/platform/?size=200"
    return [aim.Aim(ANEW, url, _sign_in(origin, facts["people"]["supervision"]), lambda: aim.tree(pid), _backends)]


def _sign_in(origin: str, person: dict[str, str]) -> str:
    return aim.sign_in(origin, "/sign-in/", "csrfmiddlewaretoken", person)


def _check(each: aim.Aim) -> int:
    """Bytes; a page that is not what it should be is not worth a measurement."""
    text = aim.read(each.url, each.cookie)
    shown = text.count("示例平台1")
    assert "platform" not in each.url or "200" not in each.name or shown >= 150, f"{each.url}: {shown} rows"
    return len(text.encode())


def _backends() -> set[int]:
    """PostgreSQL's processes that serve our connections."""
    if not os.environ.get("LUOSHI_DATABASE"):
        return set()
    import psycopg

    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(os.environ["LUOSHI_DATABASE"]) as connection:
        return {row[0] for row in connection.execute(others)}


def main() -> None:
    """Alone: tables and goals; --only FOLDER: one database, as JSON."""
    if "--only" in sys.argv:
        print(json.dumps([asdict(page) for page in measure(Path(sys.argv[-1]))]))
        return
    print(f"{os.cpu_count()} cores, load {report.load()}")
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        report.goals(run(Path(folder)))


if __name__ == "__main__":
    main()
