"""What can be done with notes. Each action is one transaction of the acting person's and names its event."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.charting import drafts, rules
from mentalspace.charting.errors import BY_CODE, NoSession, NoteChangedElsewhere
from mentalspace.charting.models import ClinicalNote, NoteAmendment, NoteVersion
from mentalspace.clients.models import Client, Diagnosis
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, Refusal
from mentalspace.people.reauthentication import ReauthenticationRequired
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.rules import AppointmentStatus

MOST_DIAGNOSES = 12
NOT_HELD = (AppointmentStatus.CANCELLED, AppointmentStatus.RESCHEDULED, AppointmentStatus.NO_SHOW)


def note_for_appointment(*, appointment_id: UUID, client_id: UUID | None, note_format: str, by: Actor) -> ClinicalNote:
    """My note of a session: the one there is, else a new draft with the session's day and times."""
    appointment = Appointment.objects.visible(appointment_id)
    if client_id not in (None, appointment.client_id):
        raise BadInput(fields={"client_id": ["The appointment is another client's."]})
    _one_at_a_time(f"note:{appointment_id}:{by.person}")
    mine = ClinicalNote.objects.filter(appointment=appointment, author_id=by.person).first()
    if mine is not None:
        return mine
    if appointment.status in NOT_HELD:
        raise NoSession
    starts_at = appointment.actual_started_at or appointment.starts_at
    return begin_note(
        client_id=appointment.client_id,
        by=by,
        appointment_id=appointment_id,
        note_format=note_format,
        service_date=starts_at.astimezone(ZoneInfo(appointment.timezone)).date(),
        started_at=starts_at,
        ended_at=appointment.actual_ended_at or appointment.ends_at,
    )


def note_for_day(*, client_id: UUID, service_date: date, today: date, note_format: str, by: Actor) -> ClinicalNote:
    """My note about a client on a day, without an appointment: the open draft, else a new one."""
    Client.objects.visible(client_id)
    drafts.check_day(service_date, today)
    _one_at_a_time(f"note:{client_id}:{service_date}:{by.person}")
    mine = ClinicalNote.objects.drafts().filter(
        client_id=client_id, author_id=by.person, service_date=service_date, appointment__isnull=True
    )
    return mine.order_by("created_at").first() or begin_note(
        client_id=client_id, by=by, note_format=note_format, service_date=service_date
    )


@records("chart.note.begun", "{actor} began a note", resource_type="clinical_note")
def begin_note(*, client_id: UUID, by: Actor, **values: Any) -> ClinicalNote:
    """A new draft, with the diagnoses carried forward. Refused by the database for a client one does not treat."""
    note = ClinicalNote(
        practice_id=by.practice,
        client_id=client_id,
        author_id=by.person,
        diagnoses=carried_forward(client_id, by.person),
        **values,
    )
    note.save(force_insert=True)
    return note


def carried_forward(client_id: UUID, person: UUID) -> list[dict[str, str]]:
    """The diagnoses of the person's last signed note of the client, else of anybody's, else the client's list."""
    mine_first = Case(When(author_id=person, then=Value(0)), default=Value(1), output_field=IntegerField())
    last = ClinicalNote.objects.signed().filter(client_id=client_id).exclude(diagnoses=[])
    carried = last.order_by(mine_first, "-service_date", "-signed_at").values_list("diagnoses", flat=True).first()
    if carried:
        return list(carried)
    listed = Diagnosis.objects.filter(client_id=client_id)
    active = listed.filter(Q(resolved_date__isnull=True) | Q(resolved_date__gt=clock.now().date()))
    rows = active.order_by("code_system", "rank", "id").values_list("code", "description")[:MOST_DIAGNOSES]
    return [{"code": code, "description": description} for code, description in rows]


@records("chart.note.saved", "{actor} saved a draft", resource_type="clinical_note")
def save_draft(*, note_id: UUID, by: Actor, sent: drafts.Sent, today: date) -> ClinicalNote:
    """Keep what the editor holds.

    What is stored already is a success and no change, so an answer that got lost can be asked for again. Edits
    built on an older version are merged section by section; what was changed on both sides is refused, and both
    texts come back with the refusal.
    """
    drafts.check(sent)
    note = ClinicalNote.objects.draft_for_change(note_id)
    if drafts.is_stored(note, sent):
        return note
    if sent.version != note.version:
        sent = _merged(note, sent)
    if sent.service_date != note.service_date:  # a note prepared before its session keeps that day
        drafts.check_day(sent.service_date, today)
    _keep_before(note, sent.sections, by)
    return note.write(
        note_format=sent.note_format,
        sections=sent.sections,
        diagnoses=sent.diagnoses,
        service_date=sent.service_date,
        started_at=sent.started_at or note.started_at,
        ended_at=sent.ended_at or note.ended_at,
        **note.next_version(clock.now()),
    )


@records("chart.note.text_kept", "{actor} kept a text that could not be saved over another", resource_type="note")
def keep_refused_text(*, note_id: UUID, by: Actor, version_id: UUID, sent: drafts.Sent) -> NoteVersion:
    """Put aside what lost against another window. Runs after the refused transaction was rolled back."""
    ClinicalNote.objects.draft_for_change(note_id)
    return _keep(note_id, by, sent.version, sent.sections, "conflict", version_id)


@records("chart.note.signed", "{actor} signed a note", resource_type="clinical_note")
def sign_note(*, note_id: UUID, version: int, by: Actor, at: datetime, today: date, proved: bool) -> ClinicalNote:
    """Freeze exactly the version the author saw. `proved`: they have just proved again who they are."""
    note = ClinicalNote.objects.draft_for_change(note_id)
    if note.version != version:
        raise NoteChangedElsewhere(data=drafts.as_stored(note))
    refuse(note.sign_refusal(by.person, now=at))
    drafts.check_day(note.service_date, today)
    if not proved:
        raise ReauthenticationRequired
    outside = {key: text for key, text in note.sections.items() if key not in note.layout.keys}
    if not all(map(rules.is_blank, outside.values())):
        _keep(note.id, by, note.version, note.sections, "checkpoint")
    started_at, ended_at = note.session_times
    note.sign(at=at, started_at=started_at, ended_at=ended_at)
    return note


@records("chart.note.amended", "{actor} amended a signed note", resource_type="note_amendment")
def amend_note(*, note_id: UUID, by: Actor, reason: str, text: str) -> NoteAmendment:
    """Add a statement to a signed note of one's own; what was signed stays as it is."""
    note = ClinicalNote.objects.visible(note_id)
    refuse(
        rules.may_amend(author=note.author_id, amender=by.person, signed_at=note.signed_at, reason=reason, text=text)
    )
    amendment = NoteAmendment(practice_id=by.practice, note=note, author_id=by.person, reason=reason, text=text)
    amendment.save(force_insert=True)
    return amendment


def refuse(refusal: rules.SignRefusal | rules.AmendRefusal | None) -> None:
    """Raise what the rules say, in the shape of the API."""
    if refusal is None:
        return
    kind: type[Refusal] = BY_CODE[refusal.code]
    if isinstance(refusal, rules.AmendRefusal):
        raise kind(refusal.message, fields={refusal.field: [refusal.message]} if refusal.field else {})
    missing = [{"section_key": one.section_key, "message": one.message} for one in refusal.missing]
    raise kind(refusal.message, data={"missing": missing} if missing else {})


def _merged(note: ClinicalNote, sent: drafts.Sent) -> drafts.Sent:
    """What to store when both the note and the editor have moved on. Raises NoteChangedElsewhere."""
    merged, conflicts = drafts.merge(note, sent)
    if conflicts:
        again = note.versions.filter(saved_by_id=sent.saved_by, kept_because="conflict", sections=sent.sections)
        kept = again.values_list("id", flat=True).first()
        raise NoteChangedElsewhere(
            data=drafts.as_stored(note)
            | {"conflicts": conflicts, "kept_version_id": kept or uuid4(), "is_kept": kept is not None}
        )
    return merged


def _keep_before(note: ClinicalNote, after: dict[str, str], by: Actor) -> None:
    """Put the stored text aside before it changes, at intervals and before a large loss."""
    last = note.versions.filter(kept_because="checkpoint").order_by("-created_at").first()
    since: timedelta = clock.now() - (last.created_at if last else note.created_at)
    if rules.must_keep(note.sections, after, since_kept=since):
        _keep(note.id, by, note.version, note.sections, "checkpoint")


def _keep(
    note_id: UUID, by: Actor, version: int, sections: dict[str, str], why: str, pk: UUID | None = None
) -> NoteVersion:
    kept = NoteVersion(
        id=pk or uuid4(),
        practice_id=by.practice,
        note_id=note_id,
        version=version,
        sections=sections,
        saved_by_id=by.person,
        kept_because=why,
    )
    kept.save(force_insert=True)
    return kept


def _one_at_a_time(what: str) -> None:
    """Two clicks at once begin one note: the second waits here and finds the first one's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
