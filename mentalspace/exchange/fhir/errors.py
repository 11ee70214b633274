"""The one error of a file that cannot be imported, and the place it names."""

from typing import NamedTuple


class Place(NamedTuple):
    """Where something stands: a file, a line of it (NDJSON), an entry of a bundle; both count from 1."""

    file: str
    line: int | None = None
    entry: int | None = None

    def __str__(self) -> str:
        parts = [self.file]
        if self.line is not None:
            parts.append(f"line {self.line}")
        if self.entry is not None:
            parts.append(f"entry {self.entry}")
        return ", ".join(parts)


class BrokenFile(Exception):
    """The file is not FHIR R4 JSON that can be trusted. `reason` never quotes the file's content."""

    def __init__(self, place: Place, reason: str) -> None:
        self.place, self.reason = place, reason
        super().__init__(f"{place}: {reason}")


class InvalidResource(Exception):
    """A resource breaks the rules of FHIR R4 at `path`, e.g. `Patient.name[0].given`."""

    def __init__(self, path: str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path} {reason}")
