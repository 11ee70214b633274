"""The page of results: a table for each number of users, ratios as medians of each round's ratio."""

import os
import platform
import statistics
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.data import STAFF, Scale
from benchmarks.load import Sample

Cells = dict[tuple[str, str, int], list["Cell"]]


@dataclass
class Cell:
    """One measurement of one target."""

    rate: float
    p50: float = float("nan")
    p95: float = float("nan")
    web_ms: float = float("nan")
    database_ms: float = float("nan")

    @classmethod
    def of(cls, sample: Sample, web: float, database: float) -> "Cell":
        count = max(1, len(sample.seconds))
        return cls(
            sample.rate(), sample.percentile(0.5), sample.percentile(0.95), 1000 * web / count, 1000 * database / count
        )


def write(
    path: Path,
    cells: Cells,
    idle: dict[str, float],
    busy: dict[str, float],
    loaded: float,
    scale: Scale,
    seconds: float,
    rounds: int,
    errors: int,
    more: list[str],
) -> None:
    """Write RESULTS.md; `more` are lines for its end."""
    lines = [*_preamble(loaded, scale, seconds, rounds, errors)]
    for users in sorted({key[2] for key in cells}):
        lines += ["", f"## {users} user{'s' if users > 1 else ''}", "", *_table(cells, users)]
    lines += ["", "## Memory of the web server (2 workers, resident MB)", "", "| target | idle | after the run |"]
    lines += ["|---|---|---|", *(f"| {name} | {idle[name]:.0f} | {busy[name]:.0f} |" for name in idle)]
    path.write_text("\n".join([*lines, *more, ""]))


def _preamble(loaded: float, scale: Scale, seconds: float, rounds: int, errors: int) -> list[str]:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return [
        "# Results of `make bench`",
        "",
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · commit {commit.stdout.strip() or 'unknown'} ·"
        f" {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()} · load average {load} ·"
        f" everything (PostgreSQL, servers, load) on this machine.",
        "",
        f"{scale.clients:,} clients, {STAFF * scale.sessions_each:,} appointments, as many notes,"
        f" {scale.audit_rows:,} audit rows, loaded in {loaded:.0f} s. {rounds} rounds of {seconds:g} s each, targets in"
        f" turns. Errors: {errors}{' (this run counts for nothing)' if errors else ''}.",
        "",
        "*product*: two workers, every read audited in its transaction. *no fence*: the same requests as a superuser,"
        " whom row-level security does not concern. *pgbench*: the statements of the person's transaction alone, no"
        " Python; for reads. Absolute figures drift with the machine; read the ratios.",
    ]


def _table(cells: Cells, users: int) -> list[str]:
    lines = [
        "| scenario | req/s | p50 ms | p95 ms | CPU ms: web + database | no fence ÷ product | pgbench | share of it |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name in dict.fromkeys(key[0] for key in cells):
        ours = cells[(name, "product", users)]
        unfenced, bench = cells.get((name, "no fence", users), []), cells.get((name, "pgbench", users), [])
        limit = f"{median(bench, 'rate'):.0f} | {ratio(ours, bench):.2f}×" if bench else "– | –"
        lines.append(
            f"| {name} | {median(ours, 'rate'):.0f} | {median(ours, 'p50'):.1f} | {median(ours, 'p95'):.1f} |"
            f" {median(ours, 'web_ms'):.2f} + {median(ours, 'database_ms'):.2f} |"
            f" {f'{ratio(unfenced, ours):.2f}×' if unfenced else '–'} | {limit} |"
        )
    return lines


def median(cells: list[Cell], name: str) -> float:
    return statistics.median(getattr(cell, name) for cell in cells)


def ratio(above: list[Cell], below: list[Cell]) -> float:
    """The median over rounds of one target's rate divided by the other's."""
    pairs = [one.rate / other.rate for one, other in zip(above, below, strict=True) if other.rate]
    return statistics.median(pairs) if pairs else float("nan")
