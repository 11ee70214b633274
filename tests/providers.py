"""Local counterparts of the providers, over real HTTP: they check credentials and remember keys as theirs do, and can
be told to fail, to be slow, or to lose an answer after taking the message."""

import base64
import json
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from threading import Event, Lock, Thread
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

LOST = -1
"""Take the message and hang up without an answer."""

DRIP = -2
"""Begin an answer and never end it: a byte every hundredth of a second, until whoever asked hangs up."""


@dataclass
class Fault:
    """What to answer instead: a status (or `LOST`, or `DRIP`), a body, headers."""

    status: int
    body: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


class Provider:
    """A server on a free port. `taken` is what would reach readers; `faults` are answered first, in turn."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.faults: deque[Fault | None] = deque()
        self.lock = Lock()
        self.is_over, self.hung_up = Event(), Event()
        provider = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                provider.think()
                with provider.lock:
                    fault = provider.faults.popleft() if provider.faults else None
                    if fault is None or fault.status == LOST:
                        status, answer = provider.take(self.path, self.headers, body)
                if fault is None:
                    self.answer(status, answer, {})
                elif fault.status in (LOST, DRIP):
                    self.close_connection = True
                    provider.break_off(fault, self.wfile)
                else:
                    self.answer(fault.status, fault.body, fault.headers)

            def do_GET(self) -> None:
                self.answer(*provider.find(self.path, self.headers), {})

            def answer(self, status: int, body: dict[str, Any], headers: dict[str, str]) -> None:
                sent = json.dumps(body).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Type": "application/json"}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(sent)))
                self.end_headers()
                self.wfile.write(sent)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Self:
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over.set()
        self.server.shutdown()
        self.server.server_close()

    def think(self) -> None:
        """What comes before each answer: nothing here, so that tests do not wait."""

    def break_off(self, fault: Fault, wire: BufferedIOBase) -> None:
        """Answer nothing, or drip until whoever asked hangs up."""
        with suppress(OSError):
            wire.write(b"HTTP/1.1 200 OK\r\nX-Slow: " if fault.status == DRIP else b"")
            while fault.status == DRIP and not self.is_over.wait(0.01):
                wire.write(b"x")
        self.hung_up.set()

    def take(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        raise NotImplementedError

    def find(self, path: str, headers: Any) -> tuple[int, dict[str, Any]]:
        return 404, {}


class ResendServer(Provider):
    """POST /emails with a key; one Idempotency-Key is one message, and another text under it is a conflict."""

    key = "re_right"

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[str, tuple[bytes, str]] = {}

    def take(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        if headers["Authorization"] != f"Bearer {self.key}":
            return 403, {"statusCode": 403, "name": "invalid_api_key", "message": "API key is invalid"}
        key = headers["Idempotency-Key"]
        if key in self.known:
            before, made = self.known[key]
            if before != body:
                return 409, {"statusCode": 409, "name": "invalid_idempotent_request", "message": "another payload"}
            return 200, {"id": made}
        made = f"resend-{len(self.taken) + 1}"
        self.taken.append(json.loads(body))
        self.known[key] = (body, made)
        return 200, {"id": made}


class TwilioServer(Provider):
    """Messages.json of an account: sent by POST, listed by GET with To. What it took stays queued, with no date of
    sending."""

    account, token = "AC" + "0" * 32, "right"

    def __init__(self) -> None:
        super().__init__()
        self.made: list[str] = []

    def _may(self, headers: Any) -> bool:
        said = base64.b64encode(f"{self.account}:{self.token}".encode()).decode()
        return bool(headers["Authorization"] == f"Basic {said}")

    def take(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        if not self._may(headers):
            return 401, {"code": 20003, "message": "Authenticate", "status": 401}
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        self.taken.append(form)
        self.made.append(format_datetime(datetime.now(UTC)))
        return 201, {"sid": f"SM{len(self.taken):032}", "status": "queued", "body": form["Body"], "to": form["To"]}

    def find(self, path: str, headers: Any) -> tuple[int, dict[str, Any]]:
        if not self._may(headers):
            return 401, {"code": 20003, "message": "Authenticate", "status": 401}
        asked = parse_qs(urlsplit(path).query)
        found = [
            {"sid": f"SM{number:032}", "body": form["Body"], "to": form["To"], "status": "queued", "date_created": made}
            for number, (form, made) in enumerate(zip(self.taken, self.made, strict=True), 1)
            if form["To"] == asked.get("To", [""])[0] and not any(name.startswith("DateSent") for name in asked)
        ]
        return 200, {"messages": found, "next_page_uri": None, "page": 0, "page_size": 50}


class HookServer(Provider):
    """Takes webhooks by POST, as whoever the practice wants told; GET is a sign of life."""

    def __init__(self) -> None:
        super().__init__()
        self.pinged: list[str] = []

    def take(self, path: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        names = {"signature": "MentalSpace-Signature", "delivery": "MentalSpace-Delivery", "host": "Host"}
        self.taken.append({name: headers[header] for name, header in names.items()} | {"path": path, "raw": body})
        return 200, {}

    def find(self, path: str, headers: Any) -> tuple[int, dict[str, Any]]:
        self.pinged.append(path)
        return 200, {}
