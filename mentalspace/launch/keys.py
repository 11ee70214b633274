"""The key folder: made on the first start, never given defaults, readable by its owner only."""

import base64
import json
import os
import secrets
import threading
from collections.abc import Callable
from pathlib import Path

from mentalspace.env import KEY_BYTES, LOGINS, Environment, EnvironmentRefused, _secrets


def create_missing(env: Environment) -> None:
    """Make whatever key is missing. A key that exists is never replaced."""
    env.keys.mkdir(parents=True, exist_ok=True)
    env.keys.chmod(0o700)
    for name, content in MAKERS.items():
        if not (env.keys / name).exists():
            write_private(env.keys / name, content())
    refuse_open(env.keys)
    _secrets.cache_clear()


def write_private(path: Path, content: str | bytes) -> None:
    """Put `content` into `path`, readable by its owner only. A reader sees the old file or the new one."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content.encode() if isinstance(content, str) else content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def refuse_open(folder: Path) -> None:
    """Raise EnvironmentRefused when anybody but the owner may read a key."""
    for path in (folder, *folder.iterdir()):
        if path.stat().st_mode & 0o077:
            raise EnvironmentRefused(f"{path} may be read by others; run `chmod -R go= {folder}`.")


def read(env: Environment, name: str) -> bytes:
    """A key of `KEY_BYTES` that only some need. Raises EnvironmentRefused when it is missing or too short."""
    try:
        content = (env.keys / name).read_bytes()
    except FileNotFoundError:
        raise EnvironmentRefused(f"The key file {env.keys / name} is missing; `mentalspace up` makes it.") from None
    except PermissionError:
        raise EnvironmentRefused(f"The key file {env.keys / name} may not be read by this account.") from None
    if len(content) != KEY_BYTES:
        raise EnvironmentRefused(f"The key file {env.keys / name} is damaged.")
    return content


def _ring() -> str:
    return json.dumps({"current": 1, "keys": {"1": base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()}})


def _passwords() -> str:
    return json.dumps({role: secrets.token_urlsafe(24) for role in LOGINS})


MAKERS: dict[str, Callable[[], str | bytes]] = {
    "django_secret": lambda: secrets.token_urlsafe(48),
    "actor.json": _ring,
    "storage.json": _ring,
    "audit": lambda: secrets.token_bytes(KEY_BYTES),
    "psychotherapy": lambda: secrets.token_bytes(KEY_BYTES),
    "database.json": _passwords,
    "backup": lambda: secrets.token_bytes(KEY_BYTES),
    "certificate": lambda: secrets.token_bytes(KEY_BYTES),
}
"""What each key file is made of."""
