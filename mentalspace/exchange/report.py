"""What an import did: every resource that was read is counted once, with a reason where it was not taken."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

EXAMPLES = 5
"""Places kept for each reason, so that a report stays short however large the import."""


class Outcome(StrEnum):
    """What became of a resource."""

    IMPORTED = "imported"
    MATCHED = "matched"
    UNCHANGED = "unchanged"
    CHANGED = "changed, left alone"
    REFUSED = "refused"
    UNSUPPORTED = "not supported"


Line = tuple[str, Outcome, str]
"""Resource type, outcome, reason."""


@dataclass
class ImportReport:
    """The counts of one run. Holds no health information: types, reasons and places only."""

    dry_run: bool = False
    read: int = 0
    empty_entries: int = 0
    ignored: tuple[str, ...] = ()
    files: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[Line] = field(default_factory=Counter)
    examples: dict[Line, list[str]] = field(default_factory=dict)
    created: Counter[str] = field(default_factory=Counter)

    def add(self, resource_type: str, outcome: Outcome, reason: str = "", *, place: object, weight: int = 1) -> None:
        """Count `weight` resources; the places of the first few that were not taken are kept."""
        line = (resource_type, outcome, reason)
        self.counts[line] += weight
        if outcome not in (Outcome.IMPORTED, Outcome.UNCHANGED, Outcome.UNSUPPORTED):
            shown = self.examples.setdefault(line, [])
            if len(shown) < EXAMPLES:
                shown.append(str(place))

    def total(self, outcome: Outcome, resource_type: str | None = None) -> int:
        return sum(
            count
            for (kind, came_to, _), count in self.counts.items()
            if came_to == outcome and resource_type in (None, kind)
        )

    @property
    def is_complete(self) -> bool:
        """Whether every resource that was read is accounted for."""
        return sum(self.counts.values()) == self.read

    def as_json(self) -> dict[str, Any]:
        return {
            "dry_run": self.dry_run,
            "files": self.files,
            "ignored_files": list(self.ignored),
            "resources_read": self.read,
            "entries_without_resource": self.empty_entries,
            "totals": {outcome.value: self.total(outcome) for outcome in Outcome},
            "created": dict(sorted(self.created.items())),
            "lines": [
                {
                    "resource_type": kind,
                    "outcome": outcome.value,
                    "reason": reason,
                    "count": count,
                    "examples": self.examples.get((kind, outcome, reason), []),
                }
                for (kind, outcome, reason), count in self._sorted()
            ],
        }

    def as_text(self) -> str:
        return "\n".join([*self._head(), "", *self._table(), "", *self._reasons()]).rstrip()

    def _sorted(self) -> list[tuple[Line, int]]:
        order = list(Outcome)
        return sorted(self.counts.items(), key=lambda item: (order.index(item[0][1]), item[0][0], -item[1]))

    def _head(self) -> Iterable[str]:
        yield "Dry run, nothing was written. A real run would give:" if self.dry_run else "Import finished."
        yield f"{self.read:,} resources read from {len(self.files)} file{'s' * (len(self.files) != 1)}."
        if self.empty_entries:
            yield f"{self.empty_entries:,} bundle entries held no resource."
        for name in self.ignored:
            yield f"Ignored {name}."
        if self.created:
            made = ", ".join(f"{count:,} {name}" for name, count in sorted(self.created.items()))
            yield f"{'Would create' if self.dry_run else 'Created'}: {made}."

    def _table(self) -> Iterable[str]:
        kinds = sorted({kind for kind, _, _ in self.counts})
        width = max([len(kind) for kind in kinds] + [len("resource")])
        shown = [outcome for outcome in Outcome if self.total(outcome)]
        yield "  ".join(["resource".ljust(width), *(outcome.value.rjust(10) for outcome in shown)])
        for kind in [*kinds, None]:
            cells = (f"{self.total(outcome, kind):,}".rjust(max(10, len(outcome.value))) for outcome in shown)
            yield "  ".join([(kind or "all").ljust(width), *cells])

    def _reasons(self) -> Iterable[str]:
        for (kind, outcome, reason), count in self._sorted():
            if not reason or (outcome == Outcome.UNSUPPORTED and kind not in SUPPORTED):
                continue
            yield f"{kind}, {outcome.value}: {count:,} because {reason}"
            for place in self.examples.get((kind, outcome, reason), []):
                yield f"    {place}"


SUPPORTED = ("Patient", "Practitioner", "Condition", "Encounter", "Observation")
"""Types whose refusals deserve a line; all others are named in the table and not imported as such."""
