"""The recovery key: what its holder needs beside the repository to restore on another machine.

It is the private half of an X25519 pair. The home keeps the public half only, so every backup can put the key folder
as it is now into the repository, and nobody who steals home or repository's disk can open it there. Written for people
as groups of letters and digits (Crockford's base 32: no I, L, O, U), the last four a checksum against mistyping.
"""

import hashlib
import io
import json
import secrets
import tarfile
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch.backup.sealing import derived
from mentalspace.launch.keys import write_private

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": "", "\n": ""})
KEY, CHECK, GROUP = 32, 4, 4
WRITTEN = 52
"""Letters that 256 bits take."""

FORM = b"MSK1"
PUBLIC = "recovery.json"
"""The file of the key folder that holds the public half."""

WRONG = "This is not a recovery key: compare it with what was written down."
NOT_THIS = "This recovery key does not open these backups: it belongs to others, or was replaced by a newer one."


def make() -> tuple[str, bytes]:
    """A new pair: the private half as people write it, kept nowhere, and the public one, which `keep` is for."""
    private = X25519PrivateKey.generate()
    return written(private.private_bytes_raw()), private.public_key().public_bytes_raw()


def keep(env: Environment, public: bytes) -> None:
    """From now on the key folder is sealed for the holder of the other half."""
    write_private(env.keys / PUBLIC, json.dumps({"public": public.hex()}) + "\n")


def public_half(env: Environment) -> bytes | None:
    """None while nobody has asked for a recovery key."""
    try:
        return bytes.fromhex(json.loads((env.keys / PUBLIC).read_text())["public"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        raise EnvironmentRefused(f"The key file {env.keys / PUBLIC} cannot be read.") from None


def written(key: bytes) -> str:
    """A key as people write it down."""
    number = int.from_bytes(key, "big")
    letters = "".join(LETTERS[number >> 5 * place & 31] for place in reversed(range(WRITTEN))) + _check(key)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def read(text: str) -> bytes:
    """The key that somebody typed; small letters, blanks and look-alikes are taken. Raises EnvironmentRefused."""
    letters = text.strip().upper().translate(ALIKE)
    body, check = letters[:WRITTEN], letters[WRITTEN:]
    if len(letters) != WRITTEN + CHECK or any(letter not in LETTERS for letter in letters):
        raise EnvironmentRefused(WRONG)
    number = 0
    for letter in body:
        number = number << 5 | LETTERS.index(letter)
    if number >> 8 * KEY or _check(number.to_bytes(KEY, "big")) != check:
        raise EnvironmentRefused(WRONG)
    return number.to_bytes(KEY, "big")


def _check(key: bytes) -> str:
    number = int.from_bytes(hashlib.sha256(b"recovery" + key).digest()[:4], "big")
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(CHECK))


# -- the key folder, sealed for whoever holds the private half


def sealed_keys(env: Environment, public: bytes) -> bytes:
    """The whole key folder, for the holder of the other half."""
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    mine = once.public_key().public_bytes_raw()
    nonce = secrets.token_bytes(12)
    head = FORM + public + mine
    return head + nonce + AESGCM(derived(shared, "keys", mine + public)).encrypt(nonce, _packed(env.keys), head)


def opened(content: bytes, key: bytes) -> dict[str, bytes]:
    """The key folder's files by name. Raises EnvironmentRefused when the recovery key is another's."""
    private = X25519PrivateKey.from_private_bytes(key)
    public, mine, nonce = content[4:36], content[36:68], content[68:80]
    if content[:4] != FORM or private.public_key().public_bytes_raw() != public:
        raise EnvironmentRefused(NOT_THIS)
    shared = private.exchange(X25519PublicKey.from_public_bytes(mine))
    try:
        packed = AESGCM(derived(shared, "keys", mine + public)).decrypt(nonce, content[80:], content[:68])
    except InvalidTag:
        raise EnvironmentRefused("The keys in this repository were altered or damaged.") from None
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = {member.name: archive.extractfile(member) for member in archive}
        return {name: file.read() for name, file in files.items() if file is not None and "/" not in name}


def open_keys(content: bytes, key: bytes, target: Path) -> None:
    """Put the key folder into `target`. Raises EnvironmentRefused when the recovery key is another's."""
    files = opened(content, key)
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, file in files.items():
        write_private(target / name, file)


def _packed(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                archive.add(path, path.name)
    return buffer.getvalue()


def fingerprint(folder: Path) -> str:
    """Changes when a key does."""
    digest = hashlib.sha256()
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.name.startswith("."):
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
