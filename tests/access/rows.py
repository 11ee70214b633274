"""Who the matrix speaks of, beside the cast, and how their rows are written and named. What stands is in `world_*`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from mentalspace.access.actor import IDENTITY, Actor, acting_as, identity_of
from mentalspace.access.audiences import (
    BILLING,
    CLIENT,
    CLINICIAN,
    IMPORT,
    JOBS,
    SUPERVISOR,
    SYSTEM,
    audience_for,
)
from mentalspace.access.catalog import table_name
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, NOOR, OLEG, ROLES, THEO
from tests.cast import actor as cast_actor

PIA, FRED, LEX, VERA = (UUID(int=(7 << 64) + number) for number in range(1, 5))
EXTRA = {
    "ben": ["associate"],
    "vic": ["supervisor", "clinician"],
    "eve": ["administrator", "supervisor", "clinician", "associate", "billing", "front_desk"],
    **{name: ["client"] for name in ("lou", "ned", "max", "kim", "pam", "nan")},
}
WHO = ID | {name: UUID(int=(7 << 64) + 16 + number) for number, name in enumerate(EXTRA)}
NAMES = {CLEO: "Cleo", NOOR: "Noor", THEO: "Theo", PIA: "Pia", FRED: "Fred", LEX: "Lex", VERA: "Vera", OLEG: "Oleg"}


def actor(name: str) -> Actor:
    """How a person of the matrix acts; `ida` is identity once Ana is known, `job` her enqueueing, `anyone` nobody."""
    special = {
        "sys": Actor(HERE, HERE, SYSTEM),
        "imp": Actor(HERE, HERE, IMPORT),
        "id": IDENTITY,
        "ida": identity_of(WHO["ana"]),
        "job": Actor(HERE, WHO["ana"], JOBS),
        "sys-next-door": Actor(NEXT_DOOR, NEXT_DOOR, SYSTEM),
        "imp-next-door": Actor(NEXT_DOOR, NEXT_DOOR, IMPORT),
        "ana as supervisor": Actor(HERE, WHO["ana"], SUPERVISOR),
        "ana as billing": Actor(HERE, WHO["ana"], BILLING),
        "eve as clinician": Actor(HERE, WHO["eve"], CLINICIAN),
        "sam as billing": Actor(HERE, WHO["sam"], BILLING),
        "vic as clinician": Actor(HERE, WHO["vic"], CLINICIAN),
        "cleo as billing": Actor(HERE, WHO["cleo"], BILLING),
        **{NAMES[pk].lower(): Actor(HERE, pk, CLIENT) for pk in (THEO, PIA, FRED)},
    }
    if name in special:
        return special[name]
    return cast_actor(name) if name in ROLES else Actor(HERE, WHO[name], audience_for(EXTRA[name]))


@dataclass(frozen=True)
class Row:
    """One row as SQL needs it. A row that does not stand in the table is only ever tried to be added."""

    table: str
    values: dict[str, Any]
    key: tuple[str, ...]
    stands: bool = True

    @property
    def touch(self) -> str:
        """A column that no key, policy or trigger minds: one statement may write one value into every row."""
        if minded := MINDED.get(self.table.replace('"."', ".")):
            return minded
        usual = ("created_at", "viewed_at", "updated_at", "last_active_at", "timezone", "digest", "primary", "data")
        free = [name for name in self.values if name not in self.key]
        return next((name for name in usual if name in free), free[-1])


MINDED = {
    "account_emailconfirmation": "created",
    "alert_webhook_deliveries": "last_error",
    "alert_webhooks": "retired_at",
    "break_glass_access": "review_note",
    "client_consents": "revoke_reason",
    "client_documents": "title",
    "contact_consents": "revoked_at",
    "document_shares": "last_opened_at",
    "document_templates": "updated_at",
    "form_assignments": "changed_at",
    "form_files": "removed_at",
    "form_links": "revoked_at",
    "form_packets": "updated_at",
    "form_responses": "review_note",
    "form_templates": "updated_at",
    "maintenance_runs": "says",
    "notification_logs": "error_message",
    "provider_accounts": "retired_at",
    "psychotherapy_notes": "about_date",
    "reminder_logs": "error_message",
    "security_incidents": "assigned_to",
    "signature_request_signers": "signed_name",
    "signature_requests": "status",
    "storage.objects": "key_id",
    "suppressed_addresses": "lifted_at",
    "system_alerts": "note",
    "operations_incidents": "updated_at",
    "operations_incident_action_items": "updated_at",
    "operations_incident_rules": "updated_at",
    "on_call_overrides": "called_off_at",
    "breach_assessments": "warned",
    "breach_affected_people": "notified_how",
}
"""Tables whose triggers keep `created_at` and most else, and a column they leave to whoever may change the row."""


Maker = Callable[[UUID], Row]
"""A row that names whoever asks, e.g. as its author."""


def row(instance: Model, *, stands: bool = True) -> Row:
    """The row of a model instance."""
    meta = instance._meta
    fields = [field for field in meta.concrete_fields if not field.generated]
    values = {
        str(field.column): field.get_db_prep_save(getattr(instance, field.attname), connection) for field in fields
    }
    return Row(meta.db_table, values, tuple(str(field.column) for field in meta.pk_fields), stands)


class Rows:
    """`rows[table][label]` is a row, or makes one for whoever asks."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, Row | Maker]] = {}
        self.today: date = _database_today()
        self._kept: dict[str, Any] = {}
        self._hours = 0

    def put(self, who: str, label: str, instance: Any) -> Any:
        """Insert as this person, who therefore may."""
        with acting_as(actor(who)):
            instance.save(force_insert=True)
        self.know(label, instance)
        self._kept[f"{table_name(type(instance))}: {label}"] = instance
        return instance

    def know(self, label: str, instance: Model) -> None:
        """Name a row that stands already."""
        self.rows.setdefault(table_name(type(instance)), {})[label] = row(instance)

    def would(self, label: str, make: Callable[[UUID], Model]) -> None:
        """Name a row that somebody might add."""
        table = table_name(type(make(WHO["ana"])))
        self.rows.setdefault(table, {})[label] = lambda me: row(make(me), stands=False)

    def kept(self, table: str, label: str) -> Any:
        return self._kept[f"{table}: {label}"]

    def another_hour(self) -> int:
        """1, 2, 3, …: so that no two sessions meet."""
        self._hours += 1
        return self._hours


def _database_today() -> date:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_date")
        return cursor.fetchone()[0]  # type: ignore[no-any-return]


def practice_of(pk: UUID) -> UUID:
    return NEXT_DOOR if pk == OLEG else HERE
