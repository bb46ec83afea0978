"""A mail server and a robot's server of their own, on this machine, for tests that send. In: what to answer. Out: what came in."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Office:
    """answers: what the next messages are told, the last one again and again."""

    port: int
    answers: list[Any]
    got: list[Any] = field(default_factory=list)

    def answer(self) -> Any:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def mail_server(*answers: str) -> Iterator[Office]:
    """Just enough of SMTP; answers: what DATA is told, such as 250 ok, 451 later, 550 no such person."""
    office = Office(0, list(answers or ["250 ok"]))

    class Talk(socketserver.StreamRequestHandler):
        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

        def handle(self) -> None:
            self.say("220 test")
            while line := self.rfile.readline().decode().strip():
                verb = line.split(":")[0].split()[0].upper()
                if verb == "DATA":
                    self.say("354 go on")
                    lines = []
                    while (part := self.rfile.readline().decode()) != ".\r\n":
                        lines.append(part)
                    told = office.answer()
                    if told.startswith("250"):
                        office.got.append("".join(lines))
                    self.say(told)
                elif verb == "QUIT":
                    self.say("221 bye")
                    return
                else:
                    self.say("250 ok")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as server:
        server.daemon_threads = True
        office.port = server.server_address[1]
        yield from _run(server, office)


@contextmanager
def robot_server(*answers: Any) -> Iterator[Office]:
    """answers: (status, body) of each message."""
    office = Office(0, list(answers or [(200, {"errcode": 0})]))

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, told = office.answer()
            office.got.append((self.path, body))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:9/")
            self.end_headers()
            self.wfile.write(json.dumps(told).encode())

        def log_message(self, *_: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        office.port = server.server_address[1]
        yield from _run(server, office)


def _run(server: Any, office: Office) -> Iterator[Office]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        thread.join()
