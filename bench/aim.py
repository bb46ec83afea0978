"""Pages under load. In: addresses with the cookie of somebody who is signed in, and the processes that answer. Out: `Page`s, measured.

All are fired at by turns, round after round, so that what else the machine does meets them alike.
"""

from __future__ import annotations

import os
import re
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import median
from time import monotonic, sleep

import load

CONNECTIONS, SECONDS, ROUNDS = 32, 3, 5


@dataclass(frozen=True, slots=True)
class Aim:
    """One address. pids: of the server, and of its database where that is another process."""

    name: str
    url: str
    cookie: str
    pids: Callable[[], set[int]]
    database: Callable[[], set[int]] = set


@dataclass(frozen=True, slots=True)
class Page:
    """One page, measured. rate: requests a second; p95: milliseconds; cpu: milliseconds of the server's processes for each request."""

    name: str
    rate: float
    p95: float
    cpu: float
    database_cpu: float
    size: int


def fire_all(aims: Sequence[Aim], sizes: dict[str, int]) -> list[Page]:
    """Medians of the rounds."""
    rounds: dict[str, list[tuple[float, float, float, float]]] = {aim.name: [] for aim in aims}
    for _ in range(ROUNDS):
        for aim in aims:
            before = cpu(aim.pids()), cpu(aim.database())
            requests, seconds, p95 = load.fire(aim.url, aim.cookie, CONNECTIONS, SECONDS)
            after = cpu(aim.pids()), cpu(aim.database())
            rounds[aim.name].append((requests / seconds, p95, *((b - a) * 1000 / requests for a, b in zip(before, after, strict=True))))
    return [Page(name, *(median(column) for column in zip(*rows, strict=True)), sizes[name]) for name, rows in rounds.items()]


def sign_in(origin: str, path: str, token: str, form: dict[str, str], patience: int = 60) -> str:
    """The cookie of a session, once the server answers. token: the name of the field that proves where the form came from."""
    jar = CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    deadline = monotonic() + patience
    while True:
        try:
            text = opener.open(origin + path, timeout=30).read().decode()
            break
        except OSError:
            if monotonic() > deadline:
                raise
            sleep(0.3)
    found = re.search(rf'name="{token}" value="([^"]+)"', text)
    assert found
    with opener.open(origin + path, urllib.parse.urlencode(form | {token: found[1]}).encode(), timeout=60) as answer:
        assert path not in answer.url, f"{origin}: not signed in"
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def read(url: str, cookie: str) -> str:
    """A page as text; one that leads to the sign-in page is not worth a measurement."""
    with urllib.request.urlopen(urllib.request.Request(url, headers={"Cookie": cookie}), timeout=120) as response:
        assert response.url == url, f"{url}: led to {response.url}"
        return str(response.read().decode())


def tree(pid: int) -> set[int]:
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


def cpu(pids: set[int]) -> float:
    """Seconds of user and system time so far."""
    ticks = 0
    for pid in pids:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
