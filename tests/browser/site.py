"""A server of its own process with the demonstration, as an operator starts it. In: a folder. Out: its address and the passwords it printed.

A process, not a thread of the tests: pages in a browser ask from outside, and the tests' own database is left alone.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.environment import of_a_person

PATIENCE = 120
"""Seconds for a start on a busy machine."""
STARTED = re.compile(r"已启动：(http://\S+?)/")       # 示例已启动：http://127.0.0.1:8000/　页面停在…
SETUP = re.compile(r"(http://\S+/set-up/\S+/)")       # …建立系统管理员（只能用一次）：http://127.0.0.1:8000/set-up/abc/
SIGN = "Started worker"
ACCOUNT = re.compile(r"^  ([a-z-]+) +([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4}) ", re.M)   # ducha  2b3c-4d5e-6f7g  督查室 …


@dataclass
class Site:
    """log: what the server says; kept: sign-in name → the browser's storage after signing in; papers: what the tests made → its address."""

    address: str
    passwords: dict[str, str]
    log: Path
    kept: dict[str, Any] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)

    def said(self) -> str:
        """All of it so far."""
        return self.log.read_text("utf-8")


@contextmanager
def running(folder: Path, command: str = "demo", port: int = 8750, today: str = "", *more: str) -> Iterator[Site]:
    """`luoshi demo` or `luoshi serve` on a free port; stopped afterwards. today: at which `serve` stands still; more: options."""
    log = folder / f"{command}.log"
    environment = of_a_person() | ({"LUOSHI_TODAY": today} if today else {})
    with log.open("wb") as out:
        process = subprocess.Popen([sys.executable, "-m", "luoshi", command, "--port", str(port), "--data", str(folder / command), *more],
                                   stdout=out, stderr=subprocess.STDOUT, env=environment, cwd=folder)
        try:
            yield _site(process, log)
        finally:
            process.terminate()
            process.wait(30)


def _site(process: subprocess.Popen[bytes], log: Path) -> Site:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        said = log.read_text("utf-8")
        if SIGN in said:
            started = STARTED.search(said)
            assert started, said
            return Site(started[1], dict(ACCOUNT.findall(said)), log)
        if process.poll() is not None:
            break
        time.sleep(0.2)
    raise AssertionError(f"the server did not start:\n{log.read_text('utf-8')}")
