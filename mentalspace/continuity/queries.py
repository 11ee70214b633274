"""What administrators see of backups. They belong to the installation: nothing here is about a practice's data."""

from typing import Any

from django.http import Http404

from mentalspace.continuity import watching
from mentalspace.core import clock
from mentalspace.env import Environment, EnvironmentRefused, environment
from mentalspace.launch.backup import certificates, recovery, restoring
from mentalspace.launch.backup.certificates import Certificate
from mentalspace.launch.backup.repository import Repository
from mentalspace.launch.backup.restoring import Span

MOST_DRILLS = 30


def overview() -> dict[str, Any]:
    """The `BackupsOut` of this installation."""
    env = environment()
    if env.database_url:
        return NOTHING | {"state": "elsewhere"}
    try:
        return _overview(env, Repository.of(env))
    except (EnvironmentRefused, OSError):
        return NOTHING | {"state": "away", "overdue": ["away"]}


NOTHING: dict[str, Any] = {
    "state": "here",
    "covered_until": None,
    "behind_seconds": None,
    "oldest_moment": None,
    "newest_moment": None,
    "size": 0,
    "overdue": [],
    "failure": "",
    "has_recovery_key": False,
    "backup_runs": False,
    "drill_runs": False,
    "backups": [],
    "drills": [],
}


def _overview(env: Environment, kept: Repository) -> dict[str, Any]:
    spans, found = restoring.spans(kept), watching.standing(env)
    behind = (clock.now() - found.covered_until).total_seconds() if found.covered_until else None
    return NOTHING | {
        "covered_until": found.covered_until,
        "behind_seconds": None if behind is None else max(0, round(behind)),
        "oldest_moment": min((span.since for span in spans), default=None),
        "newest_moment": max((span.until for span in spans), default=None),
        "size": kept.state().get("size", 0),
        "overdue": found.overdue(clock.now()),
        "failure": kept.state().get("failure", ""),
        "has_recovery_key": recovery.public_half(env) is not None,
        "backup_runs": watching.runs(kept, "backups", clock.now()),
        "drill_runs": watching.runs(kept, "drill", clock.now()),
        "backups": [_backup(span) for span in reversed(spans)],
        "drills": [_drill(each) for each in certificates.latest(env, kept, MOST_DRILLS)],
    }


def _backup(span: Span) -> dict[str, Any]:
    base = span.base
    said = {name: getattr(base, name) for name in ("id", "kind", "began_at", "verified_at", "size", "plain", "objects")}
    return said | {"since": span.since, "until": span.until}


def _drill(done: Certificate) -> dict[str, Any]:
    said = {name: getattr(done, name) for name in ("id", "began_at", "ended_at", "backup", "passed")}
    return said | {"seconds": round(done.seconds, 1), "steps": [vars(step) for step in done.steps]}


def certificate(drill_id: str) -> str:
    """The signed file of a drill. 404 when there is none whose signature is ours."""
    env = environment()
    try:
        names = {path.stem: path for path in Repository.of(env).drills.glob("*.json")}
        text = names[drill_id].read_text()
        certificates.verify(text, certificates.public_key(env))
    except (KeyError, OSError, EnvironmentRefused):
        raise Http404 from None
    return text
