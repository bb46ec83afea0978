"""The last hour of the month, as fast as the server goes. In: an address, where everybody works. Out: `Hour`: how long each request took, what
everybody was told.

32 connections, each busy all the time: most of them belong to liaisons one after the other, some to heads who sign, some to the office that reads,
accepts and returns. A browser's way is gone: a redirect is followed, the form that is sent back is the one that was shown.
"""

from __future__ import annotations

import asyncio
import re
import struct
import zlib
from collections import Counter, deque
from dataclasses import dataclass, field
from random import Random
from time import perf_counter
from typing import Any

LIAISONS, HEADS, OFFICE = 24, 3, 5
"""Connections; together 32."""
PERIOD, SECRET = "2019-09", "luoshibenchluoshibenchluoshibenc"
READING = ("open a form", "own duties", "review list", "board", "Monday list", "target")
WRITING = ("save a draft", "submit", "sign", "accept", "return")
EVIDENCE, SECOND, SIGNED, ACCEPTED, RETURNED = 5, 50, 4, 3, 20
"""Every 5th attaches a photo, every 50th saves once more from a form that is out of date; every 4th report is signed at once; the office accepts
one in 3 that it comes by, and returns one in 20."""
REVISION = re.compile(rb'name="revision" value="(\d+)"')            # name="revision" value="2"
WAITING = re.compile(rb'action="(/lists/\d+/reviews/(\d+)/)".{0,400}?name="revision" value="(\d+)"', re.DOTALL)   # action="/lists/3/reviews/71/"


@dataclass(slots=True)
class Answer:
    """What came back. ms: until the last byte."""

    status: int
    head: bytes
    body: bytes
    ms: float

    def to(self) -> str:
        """Where a redirect leads."""
        return re.search(rb"(?i)location: ([^\r\n]+)", self.head)[1].decode()      # type: ignore[index]  # location: /lists/1/my-duties/


@dataclass(slots=True)
class Hour:
    """times: milliseconds by kind; problems: what came that should not; said: what each report was last told by its author."""

    times: dict[str, list[float]] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)
    said: list[dict[str, Any]] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    seconds: float = 0.0

    @property
    def requests(self) -> int:
        """All of them."""
        return sum(map(len, self.times.values()))


class Line:
    """One connection, opened again where the server hung up between two requests."""

    def __init__(self, port: int, hour: Hour) -> None:
        self.port, self.hour = port, hour
        self.reader: asyncio.StreamReader | None = None
        self.writer: asyncio.StreamWriter | None = None

    async def get(self, kind: str, path: str, session: str) -> Answer:
        """A page; anything but 200 is a problem."""
        return await self._ask(kind, f"GET {path} HTTP/1.1\r\n{self._cookies(session)}\r\n".encode(), 200)

    async def post(self, kind: str, path: str, session: str, typed: dict[str, str], photo: bytes = b"", wanted: int = 302) -> Answer:
        """A form, with a file where there is one; a redirect is what it should lead to."""
        parts = [f'--cut\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in (typed | _TOKEN).items()]
        if photo:
            parts.append(_FILE + photo + b"\r\n")
        body = b"".join(parts) + b"--cut--\r\n"
        kept = f"Content-Type: multipart/form-data; boundary=cut\r\nContent-Length: {len(body)}\r\n\r\n"
        return await self._ask(kind, f"POST {path} HTTP/1.1\r\n{self._cookies(session)}{kept}".encode() + body, wanted)

    def _cookies(self, session: str) -> str:
        return f"Host: 127.0.0.1:{self.port}\r\nCookie: sessionid={session}; csrftoken={SECRET}\r\n"

    async def _ask(self, kind: str, request: bytes, wanted: int) -> Answer:
        sent = perf_counter()
        answer = await self._answered(request)
        answer.ms = (perf_counter() - sent) * 1000
        self.hour.times.setdefault(kind, []).append(answer.ms)
        if answer.status != wanted:
            self.hour.problems[f"{kind}: {answer.status}"] += 1
        return answer

    async def _answered(self, request: bytes) -> Answer:
        for again in (True, False):
            if self.writer is None:
                self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port, limit=1 << 24)
            assert self.reader is not None
            self.writer.write(request)
            try:
                head = await self.reader.readuntil(b"\r\n\r\n")
                break
            except (asyncio.IncompleteReadError, ConnectionError):
                self.writer = None
                if not again:
                    raise
        length = re.search(rb"(?i)content-length: (\d+)", head)     # content-length: 21034
        body = await self.reader.readexactly(int(length[1])) if length else b""
        if b"connection: close" in head.lower():
            self.writer = None
        return Answer(int(head[9:12]), head, body, 0.0)


_TOKEN = {"csrfmiddlewaretoken": SECRET}
_FILE = b'--cut\r\nContent-Disposition: form-data; name="papers"; filename="1.png"\r\nContent-Type: image/png\r\n\r\n'


def rush(port: int, city: dict[str, Any], seed: int = 5000) -> Hour:
    """Until every liaison has submitted and every chosen report is signed."""
    return asyncio.run(_rush(port, city, Random(seed)))


def warm(port: int, city: dict[str, Any], times: int) -> None:
    """Each list is opened by each worker before the hour begins, as at any other time of the month."""
    asyncio.run(_warm(port, city, times))


async def _warm(port: int, city: dict[str, Any], times: int) -> None:
    lines = [Line(port, Hour()) for _ in range(4)]
    for _ in range(times):
        for at in city["lists"]:
            await asyncio.gather(*(line.get("board", f"/lists/{at}/", city["office"][0]) for line in lines))
            await asyncio.gather(*(line.get("Monday list", f"/lists/{at}/monday/", city["office"][0]) for line in lines))


async def _rush(port: int, city: dict[str, Any], random: Random) -> Hour:
    hour = Hour()
    people = list(enumerate(city["liaisons"]))
    random.shuffle(people)
    waiting, heads = deque(people), {head["organ"]: head["cookie"] for head in city["heads"]}
    to_sign: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
    over = asyncio.Event()
    start = perf_counter()
    signing = [asyncio.create_task(_sign(Line(port, hour), to_sign, heads)) for _ in range(HEADS)]
    reading = [asyncio.create_task(_read(Line(port, hour), city, city["office"][n % len(city["office"])], Random(n), over)) for n in range(OFFICE)]
    await asyncio.gather(*(_report(Line(port, hour), waiting, to_sign) for _ in range(LIAISONS)))
    for _ in signing:
        to_sign.put_nowait(None)
    await asyncio.gather(*signing)
    over.set()
    await asyncio.gather(*reading)
    hour.seconds = perf_counter() - start
    return hour


async def _report(line: Line, waiting: deque[tuple[int, dict[str, Any]]], to_sign: asyncio.Queue[Any]) -> None:
    """One liaison after the other: open, save, save again, submit."""
    while waiting:
        number, place = waiting.popleft()
        path, session = f"/lists/{place['list']}/reports/{place['promise']}/{place['organ']}/{PERIOD}/", place["cookie"]
        page = await line.get("open a form", path, session)
        told = {"list": place["list"], "promise": place["promise"], "organ": place["organ"], "text": "", "saves": 0, "submitted": False, "photo": ""}
        line.hour.said.append(told)
        for turn in (1, 2):
            page = await _save(line, path, session, number, turn, page, told)
        sent = await line.post("submit", path, session, _typed(number, 3, page), _photo(number) if number % EVIDENCE == 0 else b"")
        if sent.status == 302:
            told |= {"text": _text(number, 3), "submitted": True, "photo": str(number) if number % EVIDENCE == 0 else ""}
            line.hour.acts["report.submit"] += 1
            if number % SIGNED == 0:
                to_sign.put_nowait(place)
            await line.get("own duties", sent.to(), session)


async def _save(line: Line, path: str, session: str, number: int, turn: int, page: Answer, told: dict[str, Any]) -> Answer:
    """The form as it stands after saving."""
    sent = await line.post("save a draft", path, session, _typed(number, turn, page))
    if sent.status != 302:
        return page
    told |= {"text": _text(number, turn), "saves": told["saves"] + 1}
    line.hour.acts["report.save"] += 1
    if number % SECOND == 0:        # the form in another window is one revision behind: it must not overwrite what was just saved
        await line.post("save a draft", path, session, _typed(number, turn, page) | {"progress": "示例：另一个窗口里的旧稿"}, wanted=409)
        line.hour.refused += 1
    return await line.get("open a form", sent.to(), session)


async def _sign(line: Line, to_sign: asyncio.Queue[Any], heads: dict[int, str]) -> None:
    """A head opens the review list and signs what waits there."""
    while (place := await to_sign.get()) is not None:
        session = heads[place["organ"]]
        page = await line.get("review list", f"/lists/{place['list']}/reviews/", session)
        found = WAITING.search(page.body)
        if found is None:
            line.hour.problems["sign: the report is not on the review list"] += 1
            continue
        sent = await line.post("sign", found[1].decode(), session, {"revision": found[3].decode(), "do": "sign"})
        line.hour.acts["report.sign"] += sent.status == 302


async def _read(line: Line, city: dict[str, Any], session: str, random: Random, over: asyncio.Event) -> None:
    """The office goes from list to list: board, Monday list, a target, reviews."""
    places = city["liaisons"]
    while not over.is_set():
        at = random.choice(city["lists"])
        await line.get("board", f"/lists/{at}/", session)
        for place in random.sample([p for p in places if p["list"] == at], 3):
            await line.get("target", f"/lists/{at}/targets/{place['promise']}/", session)
        await line.get("Monday list", f"/lists/{at}/monday/", session)
        page = await line.get("review list", f"/lists/{at}/reviews/", session)
        await _decide(line, session, random, WAITING.findall(page.body))


async def _decide(line: Line, session: str, random: Random, found: list[tuple[bytes, bytes, bytes]]) -> None:
    """Of what waits, some is accepted, some returned. Another of the office may have been first: then 409 is the right answer."""
    for path, _pk, revision in random.sample(found, min(len(found), 3)):
        act = "return" if random.randrange(RETURNED) == 0 else "accept"
        sent = await line.post(act, path.decode(), session, {"revision": revision.decode(), "do": act, "reason": "示例：请写清口径。"})
        if sent.status == 409:
            line.hour.problems[f"{act}: 409"] -= 1
            line.hour.refused += 1
        line.hour.acts[f"report.{act}"] += sent.status == 302


def _typed(number: int, turn: int, page: Answer) -> dict[str, str]:
    """The form as shown, filled in."""
    shown = REVISION.search(page.body)
    return {"revision": shown[1].decode() if shown else "", "value": str(20 + number % 40), "observed_on": "2019-09-30",
            "progress": _text(number, turn), "next_step": "示例：10月集中推进一批。", "asks": "", "forecast_on": "",
            "do": "submit" if turn == 3 else "save"}


def _text(number: int, turn: int) -> str:
    return f"示例：第{number}号填报第{turn}稿。9月新增{number % 9}处，其余按计划推进，没有新的困难。" + "进展写在这里。" * (number % 7)


def _photo(number: int) -> bytes:
    """A picture that nobody else has."""
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    noise = Random(number).randbytes(64 * 64 * 3)
    rows = b"".join(b"\0" + noise[n * 192:n * 192 + 192] for n in range(64))
    size = struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
