"""Which backups are kept: seven daily and four weekly ones. Pure functions."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol, TypeVar

DAILY, WEEKLY = 7, 4
WINDOW = timedelta(days=7)
"""How far back any moment can be restored: from the newest backup that is older than this, its log is kept."""


class Dated(Protocol):
    @property
    def began_at(self) -> datetime: ...


D = TypeVar("D", bound=Dated)


def kept(backups: Iterable[D], now: datetime) -> list[D]:
    """The backups to keep, oldest first.

    The newest of each of the last seven days that have one (UTC), the newest of each of the last four finished ISO
    weeks that have one, and whatever point-in-time recovery over the last seven days begins from. Days and weeks
    without a backup do not count: a machine that was off for a month keeps what it had.
    """
    ordered = sorted(backups, key=lambda each: each.began_at)
    finished = [each for each in ordered if _week(each.began_at) < _week(now)]
    keep = {id(each) for each in (*_newest_of(ordered, _day, DAILY), *_newest_of(finished, _week, WEEKLY))}
    keep |= {id(each) for each in log_needed_by(ordered, now)}
    return [each for each in ordered if id(each) in keep]


def log_needed_by(backups: Iterable[D], now: datetime) -> list[D]:
    """The backups from which the log is kept: those of the window, and the last before it."""
    ordered = sorted(backups, key=lambda each: each.began_at)
    within = [each for each in ordered if each.began_at > now - WINDOW]
    before = [each for each in ordered if each.began_at <= now - WINDOW]
    return [*before[-1:], *within]


def _newest_of(ordered: list[D], span: Callable[[datetime], Any], most: int) -> list[D]:
    newest = {span(each.began_at): each for each in ordered}
    return [newest[key] for key in sorted(newest)[-most:]]


def _day(moment: datetime) -> tuple[int, int, int]:
    return moment.year, moment.month, moment.day


def _week(moment: datetime) -> tuple[int, int]:
    year, week, _ = moment.isocalendar()
    return year, week
