"""The shapes of the API of backups."""

from datetime import datetime
from typing import Literal

from ninja import Schema


class BackupOut(Schema):
    """One backup. Any moment from `since` to `until` can be restored from it. Sizes in bytes: sealed, and as it was."""

    id: str
    kind: Literal["daily", "asked"]
    began_at: datetime
    verified_at: datetime
    size: int
    plain: int
    objects: int
    since: datetime
    until: datetime


class DrillStepOut(Schema):
    """One thing a restore drill tried."""

    name: Literal["backup", "marker", "restore", "rows", "structure", "audit", "files", "access"]
    state: Literal["passed", "failed", "could not run"]
    said: str
    seconds: float


class DrillOut(Schema):
    """One restore drill."""

    id: str
    began_at: datetime
    ended_at: datetime
    backup: str
    passed: bool
    seconds: float
    steps: list[DrillStepOut]


class BackupsOut(Schema):
    """How backups stand. `state`: here; away (their disk); elsewhere (the database is not the product's own).

    What is written until `covered_until` can be restored; `behind_seconds` is how long ago that was. `size` in bytes,
    as it was after the last backup.
    """

    state: Literal["here", "away", "elsewhere"]
    covered_until: datetime | None
    behind_seconds: int | None
    oldest_moment: datetime | None
    newest_moment: datetime | None
    size: int
    overdue: list[Literal["backup", "drill", "log", "away"]]
    failure: str
    has_recovery_key: bool
    backup_runs: bool
    drill_runs: bool
    backups: list[BackupOut]
    drills: list[DrillOut]
