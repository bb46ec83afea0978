"""Section web: the server with its sign-in and permission checks, on SQLite and PostgreSQL, 2 workers, 32 connections, loopback only.

In: a temporary folder. Out: requests a second, p95, CPU-milliseconds of the server for each request. `bench/web.py` runs it alone.
The load (`load.py`) shares the machine with the server: CPU is the figure to trust.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median
from time import monotonic, sleep

import load
import report

ROOT = Path(__file__).parents[1]
CONNECTIONS, SECONDS, ROUNDS, WORKERS, WARM = 32, 3, 5, 2, 10
MIX = {"board": 2, "target": 2, "register, 50 rows": 1}
"""How often officials open each page, for the mean: board and targets twice as often as rows."""
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
person = next(p for p in seeded.people if p.role == "supervision")
print(json.dumps({"list": seeded.list_id, "promise": promise, "username": person.username, "password": person.password}))
"""


@dataclass(frozen=True, slots=True)
class Page:
    """One page, measured. rate: requests a second; p95: milliseconds; cpu: milliseconds of the server's processes for each request."""

    name: str
    rate: float
    p95: float
    cpu: float
    database_cpu: float
    size: int


def run(folder: Path) -> list[report.Goal]:
    """Both databases; a machine without PostgreSQL measures the first only, and says so."""
    report.head("Web: signed in, permissions checked")
    found = {"SQLite": measure(folder / "web-sqlite"), "PostgreSQL": on_postgres(folder)}
    for database, pages in found.items():
        rows = [[p.name, f"{p.rate:.0f}", f"{p.p95:.0f}", f"{p.cpu:.1f}", f"{p.database_cpu:.1f}", f"{p.size / 1000:.0f}"] for p in pages]
        notes = [f"granian, {WORKERS} workers, {CONNECTIONS} connections; medians of {ROUNDS} rounds of {SECONDS} s"]
        if pages:
            report.table(database, ("page", "requests/s", "p95 ms", "CPU ms", "of the database", "kB"), rows, notes)
        else:
            print(f"\n{database}: not measured (tests/postgres.sh found no server to start)")
    print("\nRedmine: not measured in this run (it is not installed here), so nothing is said beside it.")
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
    made.append(report.Goal("D", "200-row list ≥ 5x Redmine's requests/s, ≤ 1/5 of its CPU", None, "Redmine was not measured"))
    return made


def on_postgres(folder: Path) -> list[Page]:
    """The same in a process of its own, beside a throw-away cluster."""
    command = [str(ROOT / "tests" / "postgres.sh"), "--", sys.executable, __file__, "--only", str(folder / "web-postgres")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return [Page(**page) for page in json.loads(done.stdout.splitlines()[-1])] if done.stdout.strip() else []


def measure(data: Path) -> list[Page]:
    """Seed, serve, sign in, load, stop."""
    environment = os.environ | {"LUOSHI_TODAY": "2019-09-30"}
    seeded = subprocess.run([sys.executable, "-c", SEED, str(data)], env=environment, capture_output=True, text=True, check=False)
    if seeded.returncode:
        raise RuntimeError(seeded.stderr[-2000:])
    facts = json.loads(seeded.stdout.splitlines()[-1])
    command = [sys.executable, "-m", "luoshi", "serve", "--data", str(data), "--workers", str(WORKERS), "--port", "18300"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stdout is not None
            first = server.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", first)
            if address is None:
                raise RuntimeError(f"the server did not start: {first}")
            return _load_all(address[0], facts, server.pid)
        finally:
            server.terminate()


def _load_all(origin: str, facts: dict[str, str], pid: int) -> list[Page]:
    opener = _sign_in(origin, facts)
    cookie = "; ".join(f"{c.name}={c.value}" for h in opener.handlers if isinstance(h, urllib.request.HTTPCookieProcessor) for c in h.cookiejar)
    at = f"/lists/{facts['list']}"
    paths = {"board": f"{at}/", "target": f"{at}/targets/{facts['promise']}/", "register, 50 rows": f"{at}/registers/platform/",
             "register, 200 rows": f"{at}/registers/platform/?size=200", "API: board with because": f"/api/v1{at}/figures",
             "API: one figure": f"/api/v1{at}/figures/{facts['promise']}", "API: 200 rows": f"/api/v1{at}/registers/platform?size=200"}
    sizes = {name: _check(opener, origin + path, 200 if "200" in name else 1) for name, path in paths.items()}
    with ThreadPoolExecutor(2) as pool:     # each worker keeps stories of its own
        list(pool.map(lambda path: _check(opener, origin + path, 1), [*paths.values()] * WARM))
    rounds: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in paths}
    for _ in range(ROUNDS):
        for name, path in paths.items():
            before = _cpu(_tree(pid)), _cpu(_backends())
            requests, seconds, p95 = load.fire(origin + path, cookie, CONNECTIONS, SECONDS)
            after = _cpu(_tree(pid)), _cpu(_backends())
            rounds[name].append((requests / seconds, p95, *((b - a) * 1000 / requests for a, b in zip(before, after, strict=True))))
    return [Page(name, *(median(column) for column in zip(*rows, strict=True)), sizes[name]) for name, rows in rounds.items()]


def _sign_in(origin: str, facts: dict[str, str]) -> urllib.request.OpenerDirector:
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    deadline = monotonic() + 60
    while True:
        try:
            text = opener.open(f"{origin}/sign-in/", timeout=10).read().decode()
            break
        except OSError:
            if monotonic() > deadline:
                raise
            sleep(0.3)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
    assert token
    form = {"csrfmiddlewaretoken": token[1], "username": facts["username"], "password": facts["password"]}
    opener.open(f"{origin}/sign-in/", urllib.parse.urlencode(form).encode(), timeout=60).read()
    return opener


def _check(opener: urllib.request.OpenerDirector, url: str, rows: int) -> int:
    """A page that is not what it should be is not worth a measurement."""
    with opener.open(url, timeout=60) as response:
        text = response.read().decode()
        assert "/sign-in/" not in response.url, url
    shown = text.count("示例平台1")
    assert rows == 1 or shown >= 150, f"{url}: {shown} rows"
    return len(text.encode())


def _tree(pid: int) -> set[int]:
    """The process and all below it."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(stat.parent.name)] = int(stat.read_text().rsplit(") ", 1)[1].split()[1])
        except OSError:
            continue
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _backends() -> set[int]:
    """PostgreSQL's processes that serve our connections."""
    if not os.environ.get("LUOSHI_DATABASE"):
        return set()
    import psycopg

    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(os.environ["LUOSHI_DATABASE"]) as connection:
        return {row[0] for row in connection.execute(others)}


def _cpu(pids: set[int]) -> float:
    """Seconds of user and system time so far."""
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


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
