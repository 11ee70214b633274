"""The way of random practices into the database, each row by somebody who may write it."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Model

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import ADMINISTRATOR, CLINICIAN, IMPORT, SYSTEM, audience_for
from mentalspace.charting.models import ClinicalNote, NoteAmendment, NoteVersion
from mentalspace.clients import models as clients
from mentalspace.documents.models import BUCKET, ClientDocument
from mentalspace.notify import models as notify
from mentalspace.outcomes.models import MeasureResult
from mentalspace.people.models import Profile, SupervisionRelationship, UserRole
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.reminders import models as reminders
from mentalspace.scheduling.reminders.links import ReminderLink
from mentalspace.storage.models import StoredObject
from tests.access.drawing import PRACTICES
from tests.access.oracle import Person, Thing, Universe


def actor_of(person: Person) -> Actor:
    return Actor(person.practice, person.id, audience_for(list(person.hats)))


THEN = datetime(2026, 1, 1, 9, tzinfo=UTC)

MODELS: dict[str, tuple[type[Model], dict[str, Any]]] = {
    "profiles": (Profile, {"first_name": "x", "last_name": "x", "license_number": "x"}),
    "clients": (clients.Client, {"first_name": "x", "last_name": "x", "date_of_birth": date(1990, 1, 1)}),
    "supervision_relationships": (SupervisionRelationship, {}),
    "care_team": (clients.CareTeamMember, {}),
    "client_portal_access": (clients.ClientPortalAccess, {"reason": "x"}),
    "client_guardians": (
        clients.ClientGuardian,
        {"name": "x", "relationship": "legal_guardian", "ends_at_majority": False, "court_document": "x"},
    ),
    "client_status_changes": (
        clients.StatusChange,
        {"status": "Active", "reason": "x", "effective_date": date(2026, 1, 1)},
    ),
    "emergency_contacts": (clients.EmergencyContact, {"name": "x", "phone": "1"}),
    "client_alerts": (clients.ClientAlert, {"text": "x"}),
    "diagnoses": (clients.Diagnosis, {"code": "F41.1", "description": "x"}),
    "measure_results": (
        MeasureResult,
        {"instrument": "PHQ-9", "loinc_code": "x", "score": 1, "taken_at": datetime(2026, 1, 1, tzinfo=UTC)},
    ),
    "appointments": (
        Appointment,
        {
            "starts_at": THEN,
            "ends_at": THEN + timedelta(hours=1),
            "timezone": "UTC",
            "is_imported": True,  # imported history may overlap
        },
    ),
    "clinical_notes": (ClinicalNote, {"service_date": date(2026, 1, 1)}),
    "note_versions": (NoteVersion, {"version": 1, "sections": {}, "kept_because": "checkpoint"}),
    "note_amendments": (NoteAmendment, {"author_name": "x", "reason": "x", "text": "x"}),
    "client_favorites": (clients.ClientFavorite, {}),
    "client_views": (clients.ClientView, {}),
    "reminder_settings": (reminders.ReminderSettings, {}),
    "appointment_notification_settings": (reminders.NoticeSettings, {}),
    "client_reminder_preferences": (reminders.ReminderPreferences, {}),
    "contact_consents": (reminders.ContactConsent, {"channel": "email"}),
    "reminder_logs": (reminders.ReminderLog, {"reminder_type": "email", "starts_at": THEN, "due_at": THEN}),
    "reminder_links": (ReminderLink, {"starts_at": THEN}),
    "notification_logs": (
        notify.Notification,
        {"kind": "x", "recipient_email": "x@example.org", "message_subject": "x", "message_content": "x"},
    ),
    "suppressed_addresses": (notify.SuppressedAddress, {"channel": notify.EMAIL}),
    "provider_accounts": (notify.ProviderAccount, {"provider": "resend", "sender": "x", "sealed": "x"}),
    "provider_events": (notify.ProviderEvent, {"provider": "resend", "kind": "bounced", "happened_at": THEN}),
    "storage.objects": (
        StoredObject,
        {"bucket_id": BUCKET, "size": 1, "content_type": "x", "sha256": "0" * 64, "store": "local", "key_id": "1"},
    ),
    "client_documents": (
        ClientDocument,
        {"file_path": "x", "title": "x", "file_name": "x", "mime_type": "x", "file_size_bytes": 1},
    ),
}
VERIFIED = {"verified_at": datetime(2026, 1, 2, tzinfo=UTC), "verified_how": "x"}
SIGNED = {"signed_at": datetime(2026, 1, 2, tzinfo=UTC), "signed_name": "x", "content_hash": "x"}

Said = dict[str, Any]


def model_of(thing: Thing, today: date) -> Model:
    """The thing as a row."""
    model, values = MODELS[thing.table]
    named = {name if name == "added_by" else f"{name}_id": pk for name, pk in thing.of.items()}
    spans: Said = {}
    if thing.table in ("supervision_relationships", "care_team", "client_guardians"):
        spans["start_date"] = today + timedelta(thing.start)
        spans["end_date"] = None if thing.end is None else today + timedelta(thing.end)
    said = SAID[thing.table](thing) if thing.table in SAID else {}
    return model(**{"id": thing.id, "practice_id": thing.practice, **values, **named, **spans, **said})


def _authority(t: Thing) -> Said:
    purposes = {f"can_{purpose}": purpose in t.flags for purpose in ("view_record", "schedule")}
    verified = VERIFIED | {"verified_by_id": t.of["created_by"]} if "verified" in t.flags else {}
    return purposes | verified


def _consent(t: Thing) -> Said:
    revoked = {"revoked_at": THEN, "revoked_by_id": t.of["recorded_by"]} if "revoked" in t.flags else {}
    return {"address": f"{t.id}@example.org"} | revoked


def _reminder(t: Thing) -> Said:
    status = "cancelled" if "off" in t.flags else "sent" if "sent" in t.flags else "pending"
    return {
        "occasion": t.id.int % 10_000,  # several of one appointment
        "status": status,
        "sent_at": THEN if status == "sent" else None,
        "notification_id": t.id if "handed over" in t.flags else None,
    }


def _link(t: Thing) -> Said:
    asked = {"action": "reschedule" if "reschedule" in t.flags else "confirm"}
    return {"token_hash": str(t.id), "used_at": THEN if "used" in t.flags else None} | asked


def _suppressed(t: Thing) -> Said:
    why = {"reason": "bounced" if "bounced" in t.flags else "stopped"}
    return {"address": f"{t.id}@example.org", "lifted_at": THEN if "lifted" in t.flags else None} | why


SAID: dict[str, Callable[[Thing], Said]] = {
    "clients": lambda t: {"medical_record_number": str(t.id)},
    "client_portal_access": lambda t: {"enabled": "enabled" in t.flags},
    "client_guardians": _authority,
    "clinical_notes": lambda t: SIGNED if t.is_signed else {},
    "contact_consents": _consent,
    "reminder_logs": _reminder,
    "reminder_links": _link,
    "notification_logs": lambda t: {"sent_at": THEN, "sent_successfully": True} if "sent" in t.flags else {},
    "suppressed_addresses": _suppressed,
    "provider_accounts": lambda t: {"retired_at": THEN if "retired" in t.flags else None},
    "provider_events": lambda t: {"event_id": str(t.id)},
    "storage.objects": lambda t: {"name": str(t.id)},
    "client_documents": lambda t: {
        "family": t.id,
        "status": "quarantined" if "quarantined" in t.flags else "active",
    },
}
"""What a row says for what its thing is."""


OWN_NAME = {
    "client_portal_access": "changed_by",
    "client_status_changes": "changed_by",
    "client_guardians": "created_by",
    "client_alerts": "created_by",
    "client_favorites": "person",
    "client_views": "person",
    "contact_consents": "recorded_by",
    "provider_accounts": "added_by",
    "storage.objects": "owner",
    "client_documents": "uploader",
}
"""Tables that are written in one's own name, and where that name stands."""

AFTERWARDS = {
    "client_guardians": ("verified", ("verified_at", "verified_by", "verified_how")),
    "contact_consents": ("revoked", ("revoked_at", "revoked_by")),
    "notification_logs": ("sent", ("sent_at", "sent_successfully")),
}
"""What is not said when a row is entered, but of one that stands."""


def load(u: Universe, today: date) -> None:
    """Write a universe. Notes come while their authors still treat the client; care teams as generated come after."""
    for practice in PRACTICES:
        mine = Universe(u.people, [thing for thing in u.things if thing.practice == practice])
        office, importer, system = (Actor(practice, practice, role) for role in (ADMINISTRATOR, IMPORT, SYSTEM))
        for who, tables in (
            (office, ["profiles"]),
            (importer, ["clients", "measure_results", "diagnoses", "appointments"]),
            (office, ["emergency_contacts", "client_reminder_preferences"]),
            (office, ["reminder_settings", "appointment_notification_settings"]),
            (system, ["reminder_logs", "reminder_links", "suppressed_addresses", "provider_events"]),
        ):
            for table in tables:
                _insert(who, mine.all(table), today)
        for table, name in OWN_NAME.items():
            for thing in mine.all(table):
                _enter(Actor(practice, thing.of[name], ADMINISTRATOR), thing, today)  # type: ignore[arg-type]
        for thing in mine.all("notification_logs"):
            _enter(system, thing, today)
        _write_notes(mine, office, today)
        _give_hat(office, {thing.of["supervisor"] for thing in mine.all("supervision_relationships")})
        _insert(office, mine.all("supervision_relationships"), today)
        _insert(office, mine.all("care_team"), today)


def _insert(who: Actor, things: Iterable[Thing], today: date) -> None:
    rows = [model_of(thing, today) for thing in things]
    if rows:
        with acting_as(who):
            type(rows[0])._default_manager.bulk_create(rows)


def _give_hat(office: Actor, supervisors: set[Any]) -> None:
    """Only supervisors supervise. How people act does not go by these rows: it is signed."""
    with acting_as(office):
        UserRole.objects.bulk_create(
            UserRole(practice_id=office.practice, person_id=person, role="supervisor") for person in supervisors
        )


def _enter(who: Actor, thing: Thing, today: date) -> None:
    flag, fields = AFTERWARDS.get(thing.table, ("", ()))
    with acting_as(who):
        model_of(replace(thing, flags=thing.flags - {flag}), today).save(force_insert=True)
        if flag in thing.flags:
            model_of(thing, today).save(update_fields=fields, force_update=True)


def _write_notes(mine: Universe, office: Actor, today: date) -> None:
    notes = list(mine.all("clinical_notes"))
    with acting_as(office):
        for author, client in {(note.of["author"], note.of["client"]) for note in notes}:
            of: dict[str, Any] = {"client_id": client, "person_id": author}
            clients.CareTeamMember.objects.create(practice_id=office.practice, start_date=today - timedelta(9), **of)
    for note in notes:
        with acting_as(Actor(note.practice, note.of["author"], CLINICIAN)):  # type: ignore[arg-type]
            draft = Thing(note.table, note.id, note.practice, note.of)
            model_of(draft, today).save(force_insert=True)
            _write_parts(mine, note, today)
    with acting_as(office):
        clients.CareTeamMember.objects.filter(created_at__isnull=False, end_date=None, client__in=_ids(notes)).update(
            end_date=today
        )


def _ids(notes: list[Thing]) -> list[Any]:
    return [note.of["client"] for note in notes]


def _write_parts(mine: Universe, note: Thing, today: date) -> None:
    for version in mine.all("note_versions"):
        if version.of["note"] == note.id:
            model_of(version, today).save(force_insert=True)
    if note.is_signed:
        ClinicalNote.objects.filter(pk=note.id).update(**SIGNED)
    for amendment in mine.all("note_amendments"):
        if amendment.of["note"] == note.id:
            model_of(amendment, today).save(force_insert=True)
