"""An OpenID provider of its own, on this machine, for tests of signing in from elsewhere. In: who it vouches for. Out: a server that speaks OIDC."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

SECRET = "a secret of thirty-two bytes, at the least"


@dataclass
class Provider:
    """claims: about the person it vouches for; lies: what its token says otherwise."""

    issuer: str = ""
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "u-1", "org": "jx"})
    lies: dict[str, Any] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    def answer_to(self, address: str) -> str:
        """A person goes there and says yes: the address they come back to."""
        words = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.asked.append(words)
        return f"{urlsplit(words['redirect_uri']).path}?{urlencode({'code': 'c-1', 'state': words['state']})}"


@contextmanager
def provider() -> Iterator[Provider]:
    one = Provider()

    class Answer(BaseHTTPRequestHandler):
        def say(self, words: Any) -> None:
            body = json.dumps(words).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

        def do_GET(self) -> None:
            if self.path.endswith("openid-configuration"):
                self.say({"issuer": one.issuer, "authorization_endpoint": f"{one.issuer}/authorize", "token_endpoint": f"{one.issuer}/token",
                          "userinfo_endpoint": f"{one.issuer}/userinfo", "jwks_uri": f"{one.issuer}/keys",
                          "token_endpoint_auth_methods_supported": ["client_secret_post"]})
            else:
                self.say(one.claims)

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            assert sent["client_secret"] == ["s-1"]
            assert sent["code_verifier"]
            said = {"iss": one.issuer, "aud": "luoshi", "iat": 1, "exp": 4_000_000_000} | one.claims | one.lies
            self.say({"access_token": "t-1", "token_type": "Bearer", "id_token": jwt.encode(said, SECRET, "HS256")})

        def log_message(self, *_: Any) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        one.issuer = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield one
        finally:
            server.shutdown()
            thread.join()
