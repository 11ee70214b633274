"""What storage needs from the outside: a place for bytes, and somebody who knows malware."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True)
class Place:
    """Where an object lies in any store. Only ids: nothing in a path says anything about anybody."""

    bucket: str
    practice: UUID
    name: str

    def __str__(self) -> str:
        return f"{self.bucket}/{self.practice}/{self.name}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """The inverse of `str`. Raises ValueError for anything else."""
        bucket, practice, name = text.split("/", 2)
        return cls(bucket, UUID(practice), name)


class ObjectMissing(Exception):
    """There are no bytes at this place, or not the ones that were put there."""


class ObjectStore(Protocol):
    """Bytes at places. Each may raise StorageAway when the store cannot be reached."""

    name: str

    @property
    def key_id(self) -> str:
        """The name of the key under which it encrypts what is new."""

    def put(self, place: Place, content: bytes) -> None:
        """Keep these bytes, durably."""

    def get(self, place: Place, start: int = 0, end: int | None = None) -> bytes:
        """The bytes from `start` up to and without `end`. Raises ObjectMissing."""

    def has(self, place: Place) -> bool:
        """Whether something lies there."""

    def remove(self, place: Place) -> None:
        """Let go of it; nothing to do when it is not there."""

    def probe(self) -> None:
        """Ask for an answer, quickly. Raises StorageAway."""

    def places(self, bucket: str) -> Iterator[Place]:
        """Everything that lies in a bucket, in any order."""


@dataclass(frozen=True)
class Verdict:
    """What a scanner says. `finding` is the name of the malware, empty when there is none."""

    scanner: str
    finding: str = ""


class Scanner(Protocol):
    def scan(self, content: bytes) -> Verdict:
        """Look at the bytes. Raises ScannerAway when it cannot be asked."""
