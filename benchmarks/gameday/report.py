"""`benchmarks/GAMEDAY.md`."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from benchmarks.gameday.day import Report

FILE = Path(__file__).parents[1] / "GAMEDAY.md"
PROMISED = 60
"""Seconds within which an incident is to be noticed."""

ABSENT = {
    "AI provider down or slow": "AI drafting does not exist yet.",
    "Stuck call": "Telehealth does not exist yet.",
    "Clock jumped": "It cannot be caused without rights over the machine's clock; the check of clocks has its tests.",
}
"""Incidents that are not caused here, and why."""

HEAD = """# Game day

`make gameday` starts a real instance with the demo practice, lets people work in it, and causes each incident of the
runbook. Written by it on {day}, on {cores} cores. *Noticed* is the time until the product said so by itself.

| incident | caused by | noticed | what it said | repair | over after |
|---|---|---|---|---|---|
"""


@dataclass
class Kills:
    """What came of killing parts, and of all that was written and mailed meanwhile."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)
    mails: int = 0
    keys: int = 0


def write(reports: list[Report], kills: Kills) -> None:
    """The file anew."""
    text = HEAD.format(day=f"{datetime.now(UTC):%d %B %Y}", cores=os.cpu_count())
    text += "".join(map(_line, reports))
    text += "\n" + "".join(f"* **{each.name}**: {each.note}\n" for each in reports if each.note)
    text += "\n## Not caused\n\n" + "".join(f"* **{name}**: {why}\n" for name, why in ABSENT.items())
    FILE.write_text(text + _killed(kills))
    print(f"Written: {FILE}")


def _line(report: Report) -> str:
    late = " (late)" if report.detected and report.detected > PROMISED else ""
    said = " ".join(report.said.replace("|", "/").split())
    cells = (
        report.name,
        report.caused,
        _seconds(report.detected) + late,
        said,
        report.repair,
        _seconds(report.recovered),
    )
    return f"| {' | '.join(cells)} |\n"


def _seconds(value: float | None) -> str:
    return "not" if value is None else f"{value:.1f} s"


def _killed(kills: Kills) -> str:
    count = sum(map(len, kills.seconds.values()))
    if not count:
        return ""
    text = f"\n## Killed\n\n`kill -9`, {count} times, each when people could work again:\n\n"
    text += "| part | times | written again after (median) | longest |\n|---|---|---|---|\n"
    for target, seconds in kills.seconds.items():
        text += f"| {target} | {len(seconds)} | {median(seconds):.1f} s | {max(seconds):.1f} s |\n"
    lost = ", ".join(kills.faults[:10]) or "none lost, none twice"
    return (
        text + f"\n{kills.acknowledged:,} acknowledged writes in all: {lost}. {kills.mails} mails, {kills.keys} keys.\n"
    )
