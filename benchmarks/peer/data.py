"""The product's clients and appointments once more, in GNU Health's tables: as many, of the same names and times."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg

from benchmarks.data import FIRST_NAMES, LAST_NAMES, PRACTICE, STAFF
from benchmarks.scenarios import Person

FIRST_USER, FIRST_PATIENT_PARTY = 100, 1_001
"""Row numbers below are the installation's own, and the professionals'."""

STATES = {"Completed": "done", "Scheduled": "confirmed"}


def user_id(staff: int) -> int:
    return FIRST_USER + staff


def professional_id(staff: int) -> int:
    return 1 + staff


def patient_id(client: UUID) -> int:
    return 1 + _number(client)


def login(person: Person) -> str:
    return f"staff{person.number}"


def load(ours: psycopg.Connection[Any], theirs: psycopg.Connection[Any], password_hash: str) -> None:
    """Fill its database from the product's. `password_hash` is everybody's, in the peer's own form."""
    for table, columns, rows in (*_staff(theirs, password_hash), *_patients(ours), *_appointments(ours)):
        with theirs.cursor().copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        theirs.execute(f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), (SELECT max(id) FROM \"{table}\"))")
    theirs.commit()
    theirs.autocommit = True
    theirs.execute("VACUUM ANALYZE")


_Tables = Iterator[tuple[str, str, Iterable[tuple[Any, ...]]]]
_PARTY = (
    "id, create_uid, create_date, active, name, lastname, code, ref, gender, dob, is_person, is_patient,"
    " is_healthprof, internal_user"
)


def _staff(theirs: psycopg.Connection[Any], password_hash: str) -> _Tables:
    """A hundred doctors, each with a login and the doctors' group."""
    now = datetime.now(UTC).replace(tzinfo=None)
    menu = theirs.execute("SELECT menu FROM res_user WHERE login = 'admin'").fetchone()
    doctors = theirs.execute("SELECT id FROM res_group WHERE name = 'Health Doctor'").fetchone()
    if menu is None or doctors is None:
        raise LookupError("This is not the GNU Health that the lock file names.")
    yield (
        "res_user",
        "id, create_uid, create_date, active, name, login, menu, password_hash, company_filter",
        ((user_id(n), 1, now, True, f"Staff {n}", f"staff{n}", menu[0], password_hash, "one") for n in range(STAFF)),
    )
    groups = ((1_000 + n, 1, now, user_id(n), doctors[0]) for n in range(STAFF))
    yield "res_user-res_group", 'id, create_uid, create_date, "user", "group"', groups
    yield (
        "party_party",
        _PARTY,
        (
            (professional_id(n), 1, now, True, FIRST_NAMES[n % 16], LAST_NAMES[n % 15], f"STAFF{n}", f"STAFF{n}",
             "f", datetime(1980, 1, 1, tzinfo=UTC).date(), True, False, True, user_id(n))
            for n in range(STAFF)
        ),
    )  # fmt: skip
    professionals = ((professional_id(n), 1, now, True, professional_id(n)) for n in range(STAFF))
    yield "gnuhealth_healthprofessional", "id, create_uid, create_date, active, party", professionals


def _patients(ours: psycopg.Connection[Any]) -> _Tables:
    now = datetime.now(UTC).replace(tzinfo=None)
    clients = ours.execute(
        "SELECT id, first_name, last_name, medical_record_number, date_of_birth, primary_therapist_id"
        " FROM clients WHERE practice_id = %s",
        [PRACTICE],
    ).fetchall()
    yield (
        "party_party",
        _PARTY,
        (
            (FIRST_PATIENT_PARTY + _number(client), 1, now, True, first, last, number, number, "f", born, True, True,
             False, None)
            for client, first, last, number, born, _ in clients
        ),
    )  # fmt: skip
    yield (
        "gnuhealth_patient",
        "id, create_uid, create_date, active, party, primary_care_doctor",
        (
            (patient_id(client), 1, now, True, FIRST_PATIENT_PARTY + _number(client), professional_id(_number(doctor)))
            for client, _, _, _, _, doctor in clients
        ),
    )


def _appointments(ours: psycopg.Connection[Any]) -> _Tables:
    now = datetime.now(UTC).replace(tzinfo=None)
    booked = ours.execute(
        "SELECT id, client_id, clinician_id, starts_at AT TIME ZONE 'UTC', status FROM appointments"
        " WHERE practice_id = %s",
        [PRACTICE],
    ).fetchall()
    yield (
        "gnuhealth_appointment",
        "id, create_uid, create_date, name, patient, healthprof, appointment_date, state, urgency, appointment_type,"
        " visit_type",
        (
            (1 + _number(number), 1, now, f"BENCH {_number(number)}", patient_id(client),
             professional_id(_number(doctor)), start, STATES[status], "a", "outpatient", "followup")
            for number, client, doctor, start, status in booked
        ),
    )  # fmt: skip


def _number(of: UUID) -> int:
    """The running number inside an id of the benchmark's data."""
    return of.int & ((1 << 64) - 1)
