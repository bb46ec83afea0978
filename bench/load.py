"""Many requests at once, on loopback. In: an address, a cookie, connections, seconds. Out: requests answered with 200, seconds, p95 in ms.

Every request that was sent is waited for and counted: a tool that hangs up when its time is over leaves the server working on answers
that nobody counts. It costs some 0.1 ms for each request on the machine that it shares with the server.
"""

from __future__ import annotations

import asyncio
from time import perf_counter
from urllib.parse import urlsplit


def fire(url: str, cookie: str, connections: int, seconds: int) -> tuple[int, float, float]:
    """Raises where an answer was not 200."""
    assert urlsplit(url).hostname == "127.0.0.1"
    return asyncio.run(_fire(url, cookie, connections, seconds))


async def _fire(url: str, cookie: str, connections: int, seconds: int) -> tuple[int, float, float]:
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    head = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: {cookie}\r\n\r\n".encode()
    times: list[float] = []
    start = perf_counter()

    async def one() -> None:
        reader, writer = await _open(parts.hostname, parts.port)
        while (sent := perf_counter()) < start + seconds:
            while True:
                writer.write(head)
                try:
                    answer = await reader.readuntil(b"\r\n\r\n")
                    break
                except (asyncio.IncompleteReadError, ConnectionError):  # a server may hang up between two requests: a browser asks again, too
                    writer.close()
                    reader, writer = await _open(parts.hostname, parts.port)
            if b" 200 " not in answer.split(b"\r\n", 1)[0]:
                raise RuntimeError(f"{url}: {answer.splitlines()[0]!r}")
            length = next(int(line.split(b":")[1]) for line in answer.lower().splitlines() if line.startswith(b"content-length"))
            await reader.readexactly(length)
            times.append(perf_counter() - sent)
            if b"connection: close" in answer.lower():
                writer.close()
                reader, writer = await _open(parts.hostname, parts.port)
        writer.close()

    await asyncio.gather(*(one() for _ in range(connections)))
    return len(times), perf_counter() - start, sorted(times)[int(len(times) * 0.95)] * 1000


async def _open(host: str | None, port: int | None) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    return await asyncio.open_connection(host, port, limit=1 << 20)
