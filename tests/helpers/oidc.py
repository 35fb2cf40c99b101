"""A small OpenID Connect provider on loopback, for the tests of signing in through SPID or CIE."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT = {"client_id": "portale", "secret": "un-segreto-di-prova-lungo-abbastanza"}


class Provider:
    """Knows one person, and gives codes for whoever comes with a proper request."""

    def __init__(self, address: str, claims: dict) -> None:
        self.address = address
        self.claims = claims
        self.challenges: dict[str, str] = {}
        self.asked: list[str] = []

    def authorize(self, url: str) -> dict:
        """What the person's browser would do at the authorization page: say yes, come back with a code.

        Raises:
            AssertionError: the request lacks PKCE, the state or the scope for signing in.
        """
        assert url.startswith(f"{self.address}/authorize?")
        asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        assert asked["client_id"] == CLIENT["client_id"]
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self.challenges)}"
        self.challenges[code] = asked["code_challenge"]
        return {"code": code, "state": asked["state"], "redirect_uri": asked["redirect_uri"]}

    def answer(self, path: str, form: dict[str, str]) -> tuple[int, dict]:
        """The provider's answer to the portal's server."""
        self.asked.append(path)
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/jwks",
                "token_endpoint_auth_methods_supported": ["client_secret_post"],
            }
        if path == "/token":
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
            known = self.challenges.pop(form.get("code", ""), None)
            if known is None or proof != known or form.get("client_secret") != CLIENT["secret"]:
                return 400, {"error": "invalid_grant"}
            token = jwt.encode(
                {"iss": self.address, "aud": CLIENT["client_id"], "exp": 4_000_000_000, **self.claims},
                CLIENT["secret"],
                algorithm="HS256",
            )
            return 200, {"access_token": "chiave", "token_type": "Bearer", "id_token": token}
        if path == "/userinfo":
            return 200, self.claims
        return 404, {}


@contextmanager
def running_provider(claims: dict) -> Iterator[Provider]:
    """A provider that listens on a free port of loopback until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._send({key: values[0] for key, values in parse_qs(body).items()})

        def _send(self, form: dict[str, str]) -> None:
            status, answer = provider.answer(urlsplit(self.path).path, form)
            payload = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, *args) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_port}", claims)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
