"""Many requests at once, on loopback. In: an address, a cookie, connections, seconds. Out: requests answered with 200, seconds, p95 in ms."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
from time import perf_counter
from urllib.parse import urlsplit

SCRIPT = """
done = function(summary, latency, requests)
  local e = summary.errors
  local wrong = e.status + e.connect + e.read + e.timeout
  io.write(string.format("said %d %d %d %d\\n", summary.requests, summary.duration, latency:percentile(95), wrong))
end
"""


def name() -> str:
    """Who makes the load."""
    return "wrk" if shutil.which("wrk") else "load.py (wrk is not installed)"


def fire(url: str, cookie: str, connections: int, seconds: int) -> tuple[int, float, float]:
    """Raises where an answer was not 200."""
    assert urlsplit(url).hostname == "127.0.0.1"
    return _wrk(url, cookie, connections, seconds) if shutil.which("wrk") else asyncio.run(_fire(url, cookie, connections, seconds))


def _wrk(url: str, cookie: str, connections: int, seconds: int) -> tuple[int, float, float]:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT)
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "-H", f"Cookie: {cookie}", "-s", script.name, url]
        said = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds + 60).stdout
    requests, microseconds, p95, errors = map(int, next(line for line in said.splitlines() if line.startswith("said")).split()[1:])
    if errors or not requests:
        raise RuntimeError(f"{url}: {errors} of {requests} answers were wrong")
    return requests, microseconds / 1e6, p95 / 1000


async def _fire(url: str, cookie: str, connections: int, seconds: int) -> tuple[int, float, float]:
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    head = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\n\r\n".encode()
    times: list[float] = []
    end = perf_counter() + seconds

    async def one() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        while (start := perf_counter()) < end:
            writer.write(head)
            answer = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in answer.split(b"\r\n", 1)[0]:
                raise RuntimeError(f"{url}: {answer.splitlines()[0]!r}")
            length = next(int(line.split(b":")[1]) for line in answer.lower().splitlines() if line.startswith(b"content-length"))
            await reader.readexactly(length)
            times.append(perf_counter() - start)
        writer.close()

    start = perf_counter()
    await asyncio.gather(*(one() for _ in range(connections)))
    took = perf_counter() - start
    return len(times), took, sorted(times)[int(len(times) * 0.95)] * 1000
