"""The keys that sign actors: one current, older ones still verified until they are retired.

Sessions hold no signed actor, so a rotation signs nobody out: processes that still sign with the old key are
believed until `retire`, and notice the new file by its modification time.
"""

import base64
import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

BLOCK = 64
"""Bytes of a SHA-256 block: an HMAC key is padded to it."""


@dataclass(frozen=True)
class Key:
    id: int
    secret: bytes


_cache: tuple[int, Key] | None = None


def _path() -> Path:
    return Path(settings.ACTOR_KEYS)


def _read() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(_path().read_text())
    return content


def current() -> Key:
    """The key to sign with. Re-read when the file has changed, so a rotation needs no restart."""
    global _cache
    changed_at = _path().stat().st_mtime_ns
    if _cache is None or _cache[0] != changed_at:
        content = _read()
        _cache = (
            changed_at,
            Key(content["current"], base64.b64decode(content["keys"][str(content["current"])])),
        )
    return _cache[1]


def pads(secret: bytes) -> tuple[bytes, bytes]:
    """HMAC's inner and outer padded key, which let the database compute HMAC-SHA256 without pgcrypto."""
    padded = secret.ljust(BLOCK, b"\0")
    return bytes(b ^ 0x36 for b in padded), bytes(b ^ 0x5C for b in padded)


def install(execute: Any) -> None:
    """Make the database's table of keys equal to the file. `execute(sql, params)` runs as the owner."""
    stored = {int(key): base64.b64decode(secret) for key, secret in _read()["keys"].items()}
    execute("DELETE FROM access.keys WHERE id <> ALL(%s)", [list(stored)])
    for key, secret in stored.items():
        execute(
            "INSERT INTO access.keys (id, inner_pad, outer_pad) VALUES (%s, %s, %s) ON CONFLICT (id) DO UPDATE"
            " SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad",
            [key, *pads(secret)],
        )


def rotate() -> int:
    """Add a key and sign with it from now on; the one before stays valid until the next rotation.

    The database learns the new key before the file names it, so no signature is ever ahead of the database.
    """
    from django.db import connections

    content = _read()
    new = max(map(int, content["keys"])) + 1
    kept = {str(content["current"]): content["keys"][str(content["current"])]}
    secret = secrets.token_bytes(32)
    with connections["owner"].cursor() as cursor:
        cursor.execute("INSERT INTO access.keys (id, inner_pad, outer_pad) VALUES (%s, %s, %s)", [new, *pads(secret)])
    _replace({"current": new, "keys": kept | {str(new): base64.b64encode(secret).decode()}})
    with connections["owner"].cursor() as cursor:
        install(cursor.execute)
    return new


def _replace(content: dict[str, Any]) -> None:
    """Write the file so that no reader ever sees half of it."""
    draft = _path().with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(content))
    draft.replace(_path())
