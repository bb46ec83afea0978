"""Section rush: the end of a month. 5,000 liaisons open a form, save, save again and submit, one after the other on 24 connections, while heads
sign and the office reads, accepts and returns on 8 more; on SQLite and PostgreSQL, 2 workers, loopback only.

In: a temporary folder. Out: how long reading and writing took, errors by kind, CPU for each request, and what was lost (nothing may be).
`bench/rush.py` runs it alone; `--liaisons 300` with fewer. Sessions are made beforehand: 5,000 sign-ins would measure argon2.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from time import monotonic, process_time, sleep
from typing import Any

import aim
import report
import rush_hour
from rush_hour import Hour

ROOT, HERE = Path(__file__).parents[1], Path(__file__).parent
WORKERS, PORT, EVERYBODY, WARM = 2, 18400, 5000, 3
OF_LIST = 500
"""Liaisons of one list; fewer of them work on fewer lists."""
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Rushed:
    """One database, measured. cpu, database_cpu, sender_cpu: milliseconds for each request; lost: what was not as it was said; locked: how often a
    database gave up waiting for a lock."""

    rows: list[list[str]]
    liaisons: int
    requests: int
    seconds: float
    cpu: float
    database_cpu: float
    sender_cpu: float
    p95: dict[str, float]
    problems: dict[str, int]
    refused: int
    lost: list[str]
    locked: int
    load: str


def run(folder: Path, liaisons: int = EVERYBODY) -> list[report.Goal]:
    """Both databases; a machine without PostgreSQL measures the other, and says so."""
    report.head(f"Rush: {liaisons:,} liaisons at the end of a month")
    found = {"SQLite": measure(folder / "rush-sqlite", liaisons), "PostgreSQL": on_postgres(folder, liaisons)}
    made = []
    for database, rushed in found.items():
        if rushed is None:
            print(f"\n{database}: not measured (tests/postgres.sh found no server to start)")
            continue
        report.table(database, ("request", "times", "p50 ms", "p95 ms", "max ms"), rushed.rows, _notes(rushed))
        made += _goals(database, rushed)
    return made


def _notes(rushed: Rushed) -> list[str]:
    every = 3600 / rushed.seconds
    return [f"{rushed.requests:,} requests in {rushed.seconds:.0f} s: {rushed.requests / rushed.seconds:.0f} a second; an hour's rush went "
            f"{every:.0f} times as fast as an hour; load {rushed.load}",
            f"CPU for each request: {rushed.cpu:.1f} ms server, {rushed.database_cpu:.1f} ms database, {rushed.sender_cpu:.1f} ms sender "
            "(on the same machine)",
            f"{rushed.refused} forms that were out of date were refused (409), as they must be; other problems: {rushed.problems or 'none'}; "
            f"gave up on a lock: {rushed.locked}",
            *(rushed.lost[:SHOWN] or ["lost: nothing (every text, version, photo and journal entry looked at afterwards)"])]


def _goals(database: str, rushed: Rushed) -> list[report.Goal]:
    wrong = sum(rushed.problems.values()) + rushed.locked
    return [report.Goal("D", f"{database}: rush of {rushed.liaisons:,}: nothing lost", not rushed.lost, f"{len(rushed.lost)} lost"),
            report.Goal("D", f"{database}: rush of {rushed.liaisons:,}: no errors", not wrong, f"{wrong} errors"),
            report.Goal("D", f"{database}: rush within an hour, p95", rushed.seconds < 3600,
                        f"{rushed.seconds:.0f} s; reading {rushed.p95['reading']:.0f} ms, writing {rushed.p95['writing']:.0f} ms")]


def on_postgres(folder: Path, liaisons: int) -> Rushed | None:
    """The same in a process of its own, beside a throw-away cluster."""
    command = [str(ROOT / "tests" / "postgres.sh"), "--", sys.executable, __file__, "--liaisons", str(liaisons), "--only",
               str(folder / "rush-postgres")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=3600)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Rushed(**json.loads(done.stdout.splitlines()[-1])) if done.stdout.strip() else None


def measure(data: Path, liaisons: int) -> Rushed:
    """Seed, serve, rush, stop, count."""
    environment = os.environ | {"LUOSHI_TODAY": "2019-09-30"}
    city = json.loads(_run([str(HERE / "rush_city.py"), str(data), str(-(-liaisons // OF_LIST))], environment))
    Random(liaisons).shuffle(city["liaisons"])
    city["liaisons"] = city["liaisons"][:liaisons]
    log = data / "server.log"
    with _served(data, PORT, environment, log) as (port, pid):
        rush_hour.warm(port, city, WARM)
        before, own = (aim.cpu(aim.tree(pid)), _database_cpu()), process_time()
        hour = rush_hour.rush(port, city)
        after, own = (aim.cpu(aim.tree(pid)), _database_cpu()), process_time() - own
    lost = json.loads(_run([str(HERE / "rush_check.py"), str(data)], environment,
                           json.dumps({"said": hour.said, "acts": hour.acts, "period": rush_hour.PERIOD})))
    server, database = ((a - b) * 1000 / hour.requests for a, b in zip(after, before, strict=True))
    return Rushed(_rows(hour), liaisons, hour.requests, hour.seconds, server, database, own * 1000 / hour.requests,
                  {name: _at(times, 0.95) for name, times in _by_kind(hour).items()}, {k: n for k, n in hour.problems.items() if n},
                  hour.refused, lost, log.read_text("utf-8", "replace").count("database is locked"), report.load())


def _run(command: list[str], environment: dict[str, str], sent: str | None = None) -> str:
    done = subprocess.run([sys.executable, *command], env=environment, capture_output=True, text=True, check=False, input=sent)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout.splitlines()[-1]


def _by_kind(hour: Hour) -> dict[str, list[float]]:
    """All that is read, all that is written."""
    return {name: sorted(ms for kind in kinds for ms in hour.times.get(kind, ()))
            for name, kinds in (("reading", rush_hour.READING), ("writing", rush_hour.WRITING))}


def _rows(hour: Hour) -> list[list[str]]:
    kinds = {kind: sorted(hour.times[kind]) for kind in (*rush_hour.READING, *rush_hour.WRITING) if kind in hour.times}
    return [[name, f"{len(times):,}", f"{_at(times, 0.5):.0f}", f"{_at(times, 0.95):.0f}", f"{times[-1]:.0f}"]
            for name, times in ({f"all {name}": times for name, times in _by_kind(hour).items()} | kinds).items() if times]


def _at(times: list[float], share: float) -> float:
    return times[int(len(times) * share)] if times else float("nan")


@contextmanager
def _served(data: Path, port: int, environment: dict[str, str], log: Path) -> Iterator[tuple[int, int]]:
    """Port and process. What the server complains of goes into the log."""
    command = [sys.executable, "-m", "luoshi", "serve", "--data", str(data), "--workers", str(WORKERS), "--port", str(port)]
    with log.open("w") as complaints, subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=complaints, text=True) as server:
        try:
            assert server.stdout is not None
            first = server.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:(\d+)", first)       # http://127.0.0.1:18400
            if address is None:
                raise RuntimeError(f"the server did not start: {first}{log.read_text('utf-8', 'replace')[-2000:]}")
            _wait_for(int(address[1]))
            yield int(address[1]), server.pid
        finally:
            server.terminate()


def _wait_for(port: int, patience: int = 60) -> None:
    """Until it listens: the workers start after the address is printed."""
    deadline = monotonic() + patience
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            if monotonic() > deadline:
                raise
            sleep(0.3)


def _database_cpu() -> float:
    """Seconds of every process of PostgreSQL, ended ones too: connections come and go."""
    if not os.environ.get("LUOSHI_DATABASE"):
        return 0.0
    import psycopg

    with psycopg.connect(os.environ["LUOSHI_DATABASE"]) as connection:
        backend = connection.execute("SELECT pg_backend_pid()").fetchone()
    assert backend is not None
    postmaster = int(Path(f"/proc/{backend[0]}/stat").read_text().rsplit(") ", 1)[1].split()[1])
    ended = Path(f"/proc/{postmaster}/stat").read_text().rsplit(") ", 1)[1].split()[13:15]
    return aim.cpu(aim.tree(postmaster)) + sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Alone: tables and goals; --liaisons N: with fewer; --only FOLDER: one database, as JSON."""
    words: list[Any] = sys.argv
    liaisons = int(words[words.index("--liaisons") + 1]) if "--liaisons" in words else EVERYBODY
    if "--only" in words:
        print(json.dumps(asdict(measure(Path(words[-1]), liaisons))))
        return
    print(f"{os.cpu_count()} cores, load {report.load()}")
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as folder:
        report.goals(run(Path(folder), liaisons))


if __name__ == "__main__":
    main()
