"""What GNU Health can do of the product's scenarios, as its own client asks for it: JSON-RPC."""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from benchmarks import data as ours
from benchmarks.load import User
from benchmarks.peer import data
from benchmarks.scenarios import PASSWORD, Person, Request, Scenario

DATABASE = "gnuhealth"
MOST = 1_000
"""Rows its client asks for at once."""

CHART = (
    "party", "party.rec_name", "gender", "age", "dob", "puid", "marital_status", "critical_summary", "critical_info",
    "general_info", "primary_care_doctor", "primary_care_doctor.rec_name", "deceased", "active", "rec_name",
)  # fmt: skip
FOUND = ("party", "party.rec_name", "gender", "age", "puid", "deceased", "lastname", "active", "rec_name")
BOOKED = (
    "state", "patient", "patient.rec_name", "healthprof", "healthprof.rec_name", "appointment_date", "visit_type",
    "appointment_type", "urgency", "comments", "name",
)  # fmt: skip


@dataclass
class PeerUser(User):
    """One connection of one signed-in doctor; `session` is what the header wants."""

    def headers(self, *, signed_in: bool) -> dict[str, str]:
        session = {"Authorization": f"Session {self.session}"} if signed_in else {}
        return {"Content-Type": "application/json", "User-Agent": "bench", **session}


def call(method: str, *parameters: Any) -> Request:
    """Without an `id` an error is an HTTP error, and so counted."""
    return Request("POST", f"/{DATABASE}/", {"method": method, "params": parameters})


def session(person: Person, answer: tuple[int, str]) -> str:
    """The header's value for what `sign_in` was answered."""
    user, key = answer
    return base64.b64encode(f"{data.login(person)}:{user}:{key}".encode()).decode()


def open_chart(person: Person) -> Request:
    return call("model.gnuhealth.patient.read", [data.patient_id(person.any_client())], CHART, {})


def search(person: Person) -> Request:
    """By the same words as in the product, as its search box does: name, record number, contacts."""
    name = person.chance.choice(ours.LAST_NAMES)[:5].lower()
    wanted = [["rec_name", "ilike", f"%{name}{person.chance.randrange(997)}%"]]
    return call("model.gnuhealth.patient.search_read", wanted, 0, MOST, None, FOUND, {})


def week(person: Person) -> Request:
    start = ours.FIRST_DAY.replace(hour=0) + timedelta(weeks=person.chance.randrange(20))
    wanted = [
        ["healthprof", "=", data.professional_id(person.number)],
        ["appointment_date", ">=", _time(start)],
        ["appointment_date", "<", _time(start + timedelta(days=7))],
    ]
    return call("model.gnuhealth.appointment.search_read", wanted, 0, MOST, None, BOOKED, {})


def book(person: Person) -> Request:
    """It has no end of an appointment, and looks for no conflict."""
    booked = {
        "patient": data.patient_id(person.any_client()),
        "healthprof": data.professional_id(person.number),
        "appointment_date": _time(person.free_slot()),
        "state": "confirmed",
        "urgency": "a",
        "appointment_type": "outpatient",
        "visit_type": "followup",
    }
    return call("model.gnuhealth.appointment.create", [booked], {})


def sign_in(person: Person) -> Request:
    return call("common.db.login", data.login(person), {"password": PASSWORD}, "en")


SCENARIOS: dict[str, Scenario] = {
    "open chart": open_chart,
    "client search": search,
    "clinician's week": week,
    "book": book,
    "sign in (password)": sign_in,
}


def _time(at: datetime) -> dict[str, Any]:
    parts = {name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute", "second", "microsecond")}
    return {"__class__": "datetime", **parts}
