"""Counterparts on this machine: an S3 that is moto's, one that only fails, and a clamd."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from mentalspace.env import S3
from mentalspace.storage.adapters.s3 import S3Store

HOW = {"region": "us-east-1", "prefix": "riverbend-", "access_key": "key", "secret_key": "secret", "kms_key": ""}


def s3_at(port: int, encryption: str = "AES256") -> S3:
    return S3(endpoint=f"http://127.0.0.1:{port}", encryption=encryption, **HOW)


@pytest.fixture(scope="session")
def moto_port() -> Iterator[int]:
    """moto's server, spoken to over HTTP."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield server.get_host_and_port()[1]
    server.stop()


@pytest.fixture
def s3(moto_port: int, monkeypatch: pytest.MonkeyPatch) -> S3Store:
    """A service with the product's buckets, empty."""
    for name in ("AWS_PROFILE", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.delenv(name, raising=False)
    store = S3Store(s3_at(moto_port), seconds=10, attempts=1)
    bucket = "riverbend-client-documents"
    store.client.create_bucket(Bucket=bucket)
    for place in list(store.places("client-documents")):
        store.remove(place)
    return store


@contextmanager
def failing_s3(status: int | None) -> Iterator[int]:
    """A service that answers everything with this status; None: that never answers."""
    done = threading.Event()

    class Fails(BaseHTTPRequestHandler):
        def _fail(self) -> None:
            if status is None:
                done.wait(30)
                return
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_PUT = do_HEAD = do_DELETE = _fail  # noqa: N815 - http.server's names

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Fails)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.server_port
    finally:
        done.set()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def clamd(answer: bytes | None = None) -> Iterator[tuple[str, int]]:
    """A daemon that objects to what holds EVIL, or always answers the same; b"" hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=_answer_one, args=(server, answer))
        thread.start()
        yield server.getsockname()[:2]
        thread.join(10)


def _answer_one(server: socket.socket, answer: bytes | None) -> None:
    server.settimeout(10)
    try:
        line, _ = server.accept()
    except TimeoutError:
        return
    with line, line.makefile("rb") as said:
        assert said.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", said.read(4))[0]:
            content += said.read(size)
        found = b"stream: Test.Evil FOUND\0" if b"EVIL" in content else b"stream: OK\0"
        line.sendall(found if answer is None else answer)
