"""What the browser tests need to know or to make before they begin: times, clients, sessions, notes."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.e2e.visit import Visit

ZONE = ZoneInfo("America/New_York")
"""Where Riverbend works."""

FAR_AHEAD = timedelta(weeks=5)
"""The demo's calendar ends before."""


def today() -> date:
    """The practice's day."""
    return datetime.now(ZONE).date()


def empty_monday() -> date:
    """A week in which nothing is booked yet."""
    day = today() + FAR_AHEAD
    return day - timedelta(days=day.weekday())


def before_clock_change(weekday: int) -> date:
    """The last such weekday (Monday is 0) before the practice's clocks change next, after what the demo has booked."""
    day = today() + FAR_AHEAD
    while _offset(day) == _offset(day + timedelta(days=1)):
        day += timedelta(days=1)
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _offset(day: date) -> timedelta | None:
    return datetime.combine(day, time(15), ZONE).utcoffset()


def instant(day: date, clock: str) -> str:
    """A clock time of the practice as the API takes it."""
    return datetime.combine(day, time.fromisoformat(clock), ZONE).isoformat()


def clients_of(visit: Visit) -> list[dict[str, Any]]:
    """The person's own active clients without a session today, whose names no other client has."""
    seen_today = {each["client_id"] for each in visit.read("/today")["appointments"]}
    rows = visit.read("/clients?mine=true")["items"]
    names = [row["name"] for row in rows]
    return [
        row
        for row in rows
        if row["id"] not in seen_today and row["status"] == "Active" and names.count(row["name"]) == 1
    ]


def book(visit: Visit, client_id: str, starts_at: str, minutes: int = 20) -> dict[str, Any]:
    """A session of this person, booked over the API."""
    ends_at = (datetime.fromisoformat(starts_at) + timedelta(minutes=minutes)).isoformat()
    answer = visit.api(
        "POST", "/api/appointments", {"client_id": client_id, "starts_at": starts_at, "ends_at": ends_at}
    )
    assert answer.status == 201, answer.bytes
    booked: dict[str, Any] = answer.json()["appointment"]
    return booked


def begin_note(visit: Visit, client_id: str) -> dict[str, Any]:
    """A note of today about a client, begun over the API."""
    answer = visit.api("POST", "/api/notes", {"client_id": client_id, "note_format": "SOAP"})
    assert answer.status == 201, answer.bytes
    note: dict[str, Any] = answer.json()
    return note
