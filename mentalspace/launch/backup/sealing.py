"""How a backup is encrypted: compressed pieces under AES-256-GCM, with a key of each file's own.

    form (4) · salt (32) · frames: length (4) · piece of at most 1 MiB, compressed and encrypted, with its tag (16)

The file's key is derived (HKDF-SHA-256, RFC 5869) from the backup key, the salt and the file's place in the repository;
each frame is bound to its number and to whether it is the last. So a file cannot be altered, cut short, or put in
another's place without being found out. Memory stays at a few pieces however large a file is.
"""

import hashlib
import io
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORM = b"MSB1"
SALT, LENGTH, NONCE, TAG = 32, 4, 12, 16
CHUNK = 1 << 20
LONGEST_FRAME = CHUNK + (CHUNK >> 8) + 1024
"""A piece that cannot be compressed grows a little."""

LEVEL = 1
"""zlib's fastest: most of a log segment is empty, and time to restore counts for more than the last percent."""


class Damaged(Exception):
    """These are not the bytes that were sealed, or they belong elsewhere, or the key is another one."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} was altered or damaged, or was sealed with another key; nothing of it was used.")


@dataclass(frozen=True)
class Sealed:
    """What was written: bytes before and after, and the hash of the file as it lies there."""

    plain: int
    size: int
    sha256: str


def seal(source: Iterable[bytes], target: Path, place: str, key: bytes) -> Sealed:
    """Write `source` sealed to `target`: all of it, on the disk, or nothing under that name."""
    draft = target.with_name(f".{target.name}.{os.getpid()}.draft")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest, plain, size = hashlib.sha256(), 0, 0
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for part, grew in _sealed(source, place, key):
                digest.update(part)
                file.write(part)
                plain, size = plain + grew, size + len(part)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    sync(target.parent)
    return Sealed(plain, size, digest.hexdigest())


def unseal(path: Path, place: str, key: bytes) -> Iterator[bytes]:
    """The pieces of what was sealed, each checked before it is handed out. Raises Damaged."""
    with path.open("rb") as file:
        head = file.read(len(FORM) + SALT)
        if len(head) < len(FORM) + SALT or not head.startswith(FORM):
            raise Damaged(path)
        cipher, number, is_last = _cipher(head[len(FORM) :], place, key), 0, False
        while not is_last:
            is_last, piece = _open_frame(file, cipher, number, path)
            yield piece
            number += 1
        if file.read(1):
            raise Damaged(path)


def chunks(file: IO[bytes], most: int | None = None) -> Iterator[bytes]:
    """A stream in pieces; at most so many bytes of it."""
    left = most
    while left is None or left > 0:
        piece = file.read(CHUNK if left is None else min(CHUNK, left))
        if not piece:
            return
        left = None if left is None else left - len(piece)
        yield piece


def sha256(path: Path) -> str:
    """Of the file as it lies there."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(folder: Path) -> None:
    """See the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Stream(io.RawIOBase):
    """Pieces as a file, for whoever wants to read one."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # of any buffer
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


def _sealed(source: Iterable[bytes], place: str, key: bytes) -> Iterator[tuple[bytes, int]]:
    """Parts of the file, and how many plain bytes each stands for. An empty source is one empty piece."""
    salt = secrets.token_bytes(SALT)
    cipher, number, held = _cipher(salt, place, key), 0, b""
    yield FORM + salt, 0
    for piece in _evenly(source):
        if held:
            yield _frame(cipher, held, number, is_last=False), len(held)
            number += 1
        held = piece
    yield _frame(cipher, held, number, is_last=True), len(held)


def _evenly(source: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces of one size: pipes hand over less at a time."""
    held = bytearray()
    for part in source:
        held += part
        while len(held) >= CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    if held:
        yield bytes(held)


def _frame(cipher: AESGCM, piece: bytes, number: int, *, is_last: bool) -> bytes:
    body = cipher.encrypt(_nonce(number), zlib.compress(piece, LEVEL), _part(number, is_last=is_last))
    return len(body).to_bytes(LENGTH, "big") + body


def _open_frame(file: io.BufferedReader, cipher: AESGCM, number: int, path: Path) -> tuple[bool, bytes]:
    """Whether it is the last, and what was in it. Which it is shows in what follows, and in the tag."""
    length = int.from_bytes(file.read(LENGTH), "big")
    if not TAG < length <= LONGEST_FRAME:
        raise Damaged(path)
    body = file.read(length)
    is_last = not file.peek(1)
    try:
        return is_last, zlib.decompress(cipher.decrypt(_nonce(number), body, _part(number, is_last=is_last)))
    except (InvalidTag, zlib.error):
        raise Damaged(path) from None


def _cipher(salt: bytes, place: str, key: bytes) -> AESGCM:
    return AESGCM(derived(key, f"file {place}", salt))


def derived(key: bytes, purpose: str, salt: bytes = b"") -> bytes:
    """A key for one purpose, out of the backup key."""
    return HKDF(SHA256(), 32, salt, f"mentalspace backup: {purpose}".encode()).derive(key)


def _nonce(number: int) -> bytes:
    """Counted: the key is this file's alone and encrypts nothing twice."""
    return number.to_bytes(NONCE, "big")


def _part(number: int, *, is_last: bool) -> bytes:
    return f"{number}.{'last' if is_last else 'more'}".encode()
