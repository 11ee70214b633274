"""Checking a backup by reading it back: every piece's hash and seal, and every file against PostgreSQL's manifest.

What `pg_verifybackup` does with an unpacked backup is done here on the way through, so that checking takes no room; a
restore drill runs the program itself as well.
"""

import hashlib
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mentalspace.env import EnvironmentRefused
from mentalspace.launch.backup import sealing
from mentalspace.launch.backup.repository import Piece, Repository

SAFELY: Any = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
"""Python knows filters from 3.11.4 on. Before, what is unpacked is still what seal and manifest say it is."""

STARTS_IN = re.compile(r"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)")
POSTGRES_MANIFEST, LABEL = "backup_manifest", "backup_label"


class NotWhole(EnvironmentRefused):
    """The backup is not what was written. The message names the first thing that is wrong."""


@dataclass(frozen=True)
class Contents:
    """What PostgreSQL says of a backup it made: the segment its log begins in, and where it ends."""

    first_segment: str
    end_lsn: str


def pieces(repository: Repository, identifier: str, listed: list[Piece]) -> Iterator[bytes]:
    """The plain bytes of a backup's pieces, in order, each checked. Raises NotWhole."""
    for piece in listed:
        path = repository.base(identifier) / piece.name
        if not path.exists():
            raise NotWhole(f"The piece {piece.name} of the backup {identifier} is missing.")
        if sealing.sha256(path) != piece.sha256:
            raise NotWhole(f"The piece {piece.name} of the backup {identifier} was altered or damaged.")
        try:
            yield from sealing.unseal(path, repository.place(path), repository.key)
        except sealing.Damaged as damaged:
            raise NotWhole(str(damaged)) from None


def check(repository: Repository, identifier: str, listed: list[Piece]) -> Contents:
    """Read a backup through. Raises NotWhole when anything in it is not as PostgreSQL wrote it."""
    hashes: dict[str, str] = {}
    label = manifest = b""
    try:
        with tarfile.open(fileobj=sealing.Stream(pieces(repository, identifier, listed)), mode="r|") as archive:
            for member in archive:
                file = archive.extractfile(member)
                if file is None:
                    continue
                name = member.name.removeprefix("./")
                if name == POSTGRES_MANIFEST:
                    manifest = file.read()
                    continue
                digest, first = hashlib.sha256(), b""
                for part in iter(lambda file=file: file.read(sealing.CHUNK), b""):  # type: ignore[misc]
                    first = first or part
                    digest.update(part)
                hashes[name] = digest.hexdigest()
                label = first if name == LABEL else label
    except tarfile.TarError:
        raise NotWhole(f"The backup {identifier} ends in the middle.") from None
    return _compared(identifier, hashes, label.decode(), manifest)


def _compared(identifier: str, hashes: dict[str, str], label: str, manifest: bytes) -> Contents:
    began = STARTS_IN.search(label)
    if not manifest or began is None:
        raise NotWhole(f"The backup {identifier} is not a whole backup of PostgreSQL's.")
    said = json.loads(manifest)
    for listed in said["Files"]:
        name = listed.get("Path") or bytes.fromhex(listed["Encoded-Path"]).decode("utf-8", "replace")
        if hashes.get(name) != listed["Checksum"]:
            raise NotWhole(f"The file {name} in the backup {identifier} is not as PostgreSQL wrote it.")
    return Contents(began[1], said["WAL-Ranges"][-1]["End-LSN"])


def unpack(repository: Repository, identifier: str, listed: list[Piece], target: Path) -> None:
    """Put a backup's files into an empty folder. Raises NotWhole."""
    try:
        with tarfile.open(fileobj=sealing.Stream(pieces(repository, identifier, listed)), mode="r|") as archive:
            archive.extractall(target, **SAFELY)  # noqa: S202 (sealed by us, and compared)
    except tarfile.TarError:
        raise NotWhole(f"The backup {identifier} ends in the middle.") from None
