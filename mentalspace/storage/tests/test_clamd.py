"""clamd is asked over TCP; half an answer is no clean bill."""

import socket

import pytest

from mentalspace.storage.adapters.clamd import Clamd
from mentalspace.storage.errors import ScannerAway
from mentalspace.storage.ports import Verdict
from mentalspace.storage.tests.conftest import clamd


def test_clean_and_found():
    with clamd() as address:
        assert Clamd(*address).scan(bytes(200_000)) == Verdict("clamd")
    with clamd() as address:
        assert Clamd(*address).scan(b"EVIL" * 30_000) == Verdict("clamd", "Test.Evil")


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: ", b"\xff\xfe\0", b"stream: OK maybe\0"]
)
def test_anything_else_is_no_answer(answer):
    with clamd(answer) as address, pytest.raises(ScannerAway):
        Clamd(*address).scan(b"x")


def test_nobody_listens_or_nobody_answers():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(ScannerAway):
            Clamd("127.0.0.1", port, seconds=0.2).scan(b"x")
    with pytest.raises(ScannerAway):
        Clamd("127.0.0.1", port, seconds=1).scan(b"x")
