"""A practice of a good size, the same at every run: loaded by COPY, as the cluster's superuser, past all triggers."""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg

SEED = 20260302
CLIENTS, STAFF, SESSIONS_EACH, AUDIT_ROWS = 10_000, 100, 1_000, 1_000_000
FIRST_DAY = datetime(2026, 1, 5, 14, 0, tzinfo=UTC)
SLOTS_A_DAY = 8
DRAFT_EVERY = 4
PRACTICE = UUID(int=9 << 64)
WORDS = "reported slept better this week and described less worry about work while practising the exercise".split()
FIRST_NAMES = "Ada Bruno Carla Dario Elif Farid Greta Hugo Ines Jonas Karim Lena Milo Nora Omar Petra".split()
LAST_NAMES = "Abbott Baker Castillo Dang Evans Fischer Garcia Huang Iyer Jansen Keller Lopez Moore Nowak Okafor".split()


@dataclass(frozen=True)
class Scale:
    """Multiplies the rows: 1 is the measured size."""

    factor: float = 1

    @property
    def clients(self) -> int:
        return round(CLIENTS * self.factor)

    @property
    def sessions_each(self) -> int:
        """Appointments, and notes, of each of the staff."""
        return round(SESSIONS_EACH * self.factor)

    @property
    def audit_rows(self) -> int:
        return round(AUDIT_ROWS * self.factor)


def staff_id(number: int) -> UUID:
    return UUID(int=(10 << 64) + number)


def client_id(number: int) -> UUID:
    return UUID(int=(11 << 64) + number)


def appointment_id(number: int) -> UUID:
    return UUID(int=(12 << 64) + number)


def note_id(number: int) -> UUID:
    return UUID(int=(13 << 64) + number)


def clients_of(staff: int, scale: Scale) -> range:
    """Client numbers a clinician treats: each has a hundredth of them."""
    each = scale.clients // STAFF
    return range(staff * each, (staff + 1) * each)


def load(superuser: psycopg.Connection[Any], password_hash: str, scale: Scale) -> None:
    """Fill the database. The order is that of the foreign keys."""
    superuser.execute("SET session_replication_role = replica")
    for table, columns, rows in _tables(password_hash, scale):
        with superuser.cursor().copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
    superuser.execute(
        "INSERT INTO client_access (practice_id, staff_id, client_id, through)"
        " SELECT practice_id, person_id, client_id, 'care_team' FROM care_team WHERE practice_id = %s",
        [PRACTICE],
    )
    superuser.commit()
    superuser.autocommit = True
    superuser.execute("VACUUM ANALYZE")


def _tables(password_hash: str, scale: Scale) -> Iterator[tuple[str, str, Iterable[tuple[Any, ...]]]]:
    now = datetime(2026, 3, 2, tzinfo=UTC)
    yield (
        "users",
        "id, email, password, is_active, must_change_password, created_at",
        ((staff_id(n), f"staff{n}@bench.example", password_hash, True, False, now) for n in range(STAFF)),
    )
    yield (
        "account_emailaddress",
        'user_id, email, verified, "primary"',
        ((staff_id(n), f"staff{n}@bench.example", True, True) for n in range(STAFF)),
    )
    yield (
        "profiles",
        "id, practice_id, user_id, created_at, email, first_name, last_name, title, credentials, license_number,"
        " license_state, npi_number, phone_number, calendar_color, audience, is_active, is_system",
        (
            (staff_id(n), PRACTICE, staff_id(n), now, f"staff{n}@bench.example", FIRST_NAMES[n % 16],
             LAST_NAMES[n % 15], "", "LCSW", "", "", "", "", n % 8, _audience(n), True, False)
            for n in range(STAFF)
        ),
    )  # fmt: skip
    yield (
        "user_roles",
        "id, practice_id, person_id, role, created_at",
        (
            (UUID(int=(14 << 64) + n), PRACTICE, staff_id(n), _audience(n).removeprefix("ms_"), now)
            for n in range(STAFF)
        ),
    )
    yield "clients", _CLIENT_COLUMNS, _clients(scale, now)
    yield (
        "care_team",
        "id, practice_id, client_id, person_id, role, start_date, created_at",
        (
            (UUID(int=(15 << 64) + c), PRACTICE, client_id(c), staff_id(n), "Therapist", date(2025, 1, 6), now)
            for n in range(STAFF)
            for c in clients_of(n, scale)
        ),
    )
    yield "appointments", _APPOINTMENT_COLUMNS, _appointments(scale, now)
    yield "clinical_notes", _NOTE_COLUMNS, _notes(scale, now)
    yield "audit_logs", _AUDIT_COLUMNS, _audit(scale)


_CLIENT_COLUMNS = (
    "id, practice_id, created_at, updated_at, medical_record_number, first_name, middle_name, last_name, suffix,"
    " preferred_name, previous_names, pronouns, date_of_birth, gender, sex_assigned_at_birth, race, ethnicity,"
    " marital_status, primary_language, primary_phone, email, preferred_contact_method, okay_to_leave_message,"
    " street1, street2, city, state, zip_code, status, primary_therapist_id, version"
)
_APPOINTMENT_COLUMNS = (
    "id, practice_id, created_at, updated_at, client_id, clinician_id, starts_at, ends_at, timezone, appointment_type,"
    " status, cpt_code, cancellation_reason, appointment_notes, is_imported, created_by_id, version"
)
_NOTE_COLUMNS = (
    "id, practice_id, created_at, updated_at, client_id, author_id, appointment_id, kind, note_format, service_date,"
    " sections, diagnoses, version, signed_at, signed_name, content_hash,"
    " signed_licence, signed_service, signed_location, is_imported, digest_form"
)
_AUDIT_COLUMNS = (
    "id, practice_id, user_id, action_type, event, resource_type, resource_id, client_ids, action_description,"
    " action_details, user_agent, session_id, severity, created_at"
)


def _audience(staff: int) -> str:
    """The last one of the staff is front desk, who sees every client."""
    return "ms_front_desk" if staff == STAFF - 1 else "ms_clinician"


def _clients(scale: Scale, now: datetime) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(SEED)
    for n in range(scale.clients):
        first, last = chance.choice(FIRST_NAMES), f"{chance.choice(LAST_NAMES)}{n % 997}"
        born = date(1950, 1, 1) + timedelta(days=chance.randrange(20_000))
        yield (
            client_id(n), PRACTICE, now, now, f"MS{n:06}", first, "", last, "", "", "", "", born, "", "", "", "", "",
            "English", "555-0100", f"client{n}@bench.example", "Phone", False, "1 Main St", "", "Troy", "NY", "12180",
            "Active", staff_id(n * STAFF // scale.clients), 1,
        )  # fmt: skip


def _appointments(scale: Scale, now: datetime) -> Iterator[tuple[Any, ...]]:
    number = 0
    for staff in range(STAFF):
        theirs = clients_of(staff, scale)
        for n in range(scale.sessions_each):
            day, slot = divmod(n, SLOTS_A_DAY)
            start = FIRST_DAY + timedelta(days=day // 5 * 7 + day % 5, hours=slot)
            status = "Completed" if start < now else "Scheduled"
            yield (
                appointment_id(number), PRACTICE, now, now, client_id(theirs[n % len(theirs)]), staff_id(staff), start,
                start + timedelta(minutes=50), "America/New_York", "Individual Therapy", status, "", "", "", False,
                staff_id(staff), 1,
            )  # fmt: skip
            number += 1


def _notes(scale: Scale, now: datetime) -> Iterator[tuple[Any, ...]]:
    """One note for each appointment: every fourth a draft, the others signed."""
    chance = random.Random(SEED + 1)
    for number in range(STAFF * scale.sessions_each):
        staff, n = divmod(number, scale.sessions_each)
        theirs = clients_of(staff, scale)
        text = " ".join(chance.choices(WORDS, k=60))
        signed = number % DRAFT_EVERY != 0
        sections = '{"subjective": "%s", "objective": "%s", "assessment": "%s", "plan": "%s"}' % ((text,) * 4)
        yield (
            note_id(number), PRACTICE, now, now, client_id(theirs[n % len(theirs)]), staff_id(staff),
            appointment_id(number), "progress_note", "SOAP", (FIRST_DAY + timedelta(days=n // 8)).date(), sections,
            '[{"code": "F41.1", "description": "Generalized anxiety"}]', 1, now if signed else None,
            "Bench Staff, LCSW" if signed else "", "0" * 64 if signed else "", "", "", "", False, 2,
        )  # fmt: skip


def _audit(scale: Scale) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(SEED + 2)
    began = datetime(2025, 3, 1, tzinfo=UTC)
    for n in range(scale.audit_rows):
        client = client_id(chance.randrange(scale.clients))
        yield (
            UUID(int=(16 << 64) + n), PRACTICE, staff_id(chance.randrange(STAFF)), "PHI_ACCESS", "client_chart.read",
            "client_chart", client, [client], "Somebody opened a chart", "{}", "bench", "", "info",
            began + timedelta(seconds=30 * n / scale.factor),
        )  # fmt: skip
