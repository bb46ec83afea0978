"""Redmine beside us, as Debian packages it. In: a port. Out: its two lists of 25 and 200 of 1,000 issues, signed in; nothing where it cannot
be had, and why. `bench/redmine.sh` sets it up."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import aim

PATIENCE = 600
FORM = {"username": "bench", "password": "bench-password", "login": "Login"}


@contextmanager
def beside(port: int) -> Iterator[tuple[list[aim.Aim], str]]:
    """Serves until the measurement is over."""
    command = [str(Path(__file__).with_name("redmine.sh")), str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        try:
            yield _aims(server, f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


def _aims(server: subprocess.Popen[str], origin: str) -> tuple[list[aim.Aim], str]:
    if not _answers(server, origin):
        assert server.stderr is not None
        return [], server.stderr.read().strip().splitlines()[-1]
    cookie = aim.sign_in(origin, "/login", "authenticity_token", FORM)
    aims = []
    for rows in (25, 200):
        url = f"{origin}/projects/bench/issues?per_page={rows}&set_filter=1"
        shown = aim.read(url, cookie).count('<tr id="issue-')
        assert shown == rows, f"Redmine shows {shown} of {rows} rows"
        aims.append(aim.Aim(f"Redmine, {rows} rows", url, cookie, lambda: aim.tree(server.pid)))
    return aims, ""


def _answers(server: subprocess.Popen[str], origin: str) -> bool:
    """Waits for the first page: setting up can take minutes."""
    deadline = monotonic() + PATIENCE
    while monotonic() < deadline and server.poll() is None:
        try:
            aim.read(f"{origin}/login", "")
            return True
        except OSError:
            sleep(0.5)
    if server.poll() is None:
        raise TimeoutError(f"Redmine did not answer within {PATIENCE} s")
    return False
