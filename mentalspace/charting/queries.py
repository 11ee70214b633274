"""Reads of notes, each in a fixed number of statements. Rows are what row-level security leaves."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from mentalspace.charting import rules
from mentalspace.charting.formats import LAYOUTS, Layout
from mentalspace.charting.models import ClinicalNote, NoteQuerySet, NoteVersion
from mentalspace.charting.printing.document import (
    Letterhead,
    NoteDocument,
    PrintedAmendment,
    PrintedClient,
    PrintedPerson,
    PrintedSection,
    PrintedSession,
    PrintedSignature,
)
from mentalspace.clients.models import Client
from mentalspace.core.paging import page
from mentalspace.people.models import Profile
from mentalspace.practices.models import Practice
from mentalspace.scheduling.queries import STRANGER

ROW = ("id", "client_id", "appointment_id", "kind", "note_format", "service_date", "updated_at", "signed_at")


def opened(note_id: UUID) -> ClinicalNote:
    """A note with what a page about it needs. One statement; 404 when invisible."""
    return ClinicalNote.objects.select_related("author", "appointment__location").visible(note_id)


def whole(note: ClinicalNote, *, person: UUID, now: datetime) -> dict[str, Any]:
    """A note's `NoteOut`."""
    columns = {field.attname: getattr(note, field.attname) for field in ClinicalNote._meta.concrete_fields}
    refusal = note.sign_refusal(person, now=now)
    is_mine, is_signed = note.author_id == person, note.signed_at is not None
    started_at, ended_at = note.session_times
    return columns | {
        "client_name": names_of([note.client_id])[note.client_id],
        "author_name": note.signed_name or note.author.signature_name,
        "started_at": started_at,
        "ended_at": ended_at,
        "layout": sections_of(note.layout),
        "missing": [] if is_signed else [_missing(one) for one in rules.missing_items(note.content)],
        "is_intact": note.is_intact,
        "amendments": amendments_of(note),
        "may_write": is_mine and not is_signed,
        "may_sign": refusal is None or refusal.code == "note_incomplete",
        "may_amend": is_mine and is_signed,
    }


def amendments_of(note: ClinicalNote) -> list[dict[str, Any]]:
    """What was added to a signed note, in order. Nothing is asked about a draft, which has none."""
    if note.signed_at is None:
        return []
    rows = note.amendments.values("id", "author_name", "created_at", "reason", "text")
    return [{**row} for row in rows]


def listed(rows: NoteQuerySet, *, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of notes, the latest service first."""
    columns = (*ROW, "author__first_name", "author__last_name")
    found, following = page(rows.values(*columns), keys=("-service_date", "id"), cursor=cursor)
    names = names_of(row["client_id"] for row in found)
    return [
        {name: row[name] for name in ROW}
        | {
            "client_name": names[row["client_id"]],
            "author_name": f"{row['author__first_name']} {row['author__last_name']}".strip(),
        }
        for row in found
    ], following


def chosen(*, client_id: UUID | None, state: str) -> NoteQuerySet:
    """The notes a filter describes."""
    rows = {"draft": ClinicalNote.objects.drafts(), "signed": ClinicalNote.objects.signed()}.get(
        state, ClinicalNote.objects.all()
    )
    return rows.filter(client_id=client_id) if client_id else rows


def names_of(clients: Iterable[UUID]) -> dict[UUID, str]:
    """What each client is called. One statement.

    An author may outlast their access to the client: the note stays theirs, the chart and the name do not.
    """
    wanted = set(clients)
    names = dict.fromkeys(wanted, STRANGER)
    for client in Client.objects.filter(pk__in=wanted).only("first_name", "preferred_name", "last_name"):
        names[client.pk] = client.chosen_name
    return names


def kept_texts(note: ClinicalNote) -> list[NoteVersion]:
    """The person's own kept texts of a note, the newest first. At most 100: five minutes apart that is a day."""
    return list(note.versions.order_by("-created_at", "id")[:100])


def note_formats() -> list[dict[str, Any]]:
    return [
        {"note_format": layout.format.value, "label": layout.label, "sections": sections_of(layout)}
        for layout in LAYOUTS.values()
    ]


def sections_of(layout: Layout) -> list[dict[str, Any]]:
    return [{"key": one.key, "label": one.label, "hint": one.hint, "required": one.required} for one in layout.sections]


def document(note: ClinicalNote, practice: Practice) -> NoteDocument:
    """The note as it is printed. Needs the client, so whoever no longer sees the chart gets 404."""
    client = Client.objects.visible(note.client_id)
    started_at, ended_at = note.session_times
    return NoteDocument(
        title=note.label,
        practice=_letterhead(practice),
        client=PrintedClient(_printed_name(client), client.date_of_birth, client.medical_record_number),
        session=PrintedSession(
            note.service_date,
            started_at,
            ended_at,
            location=note.place,
            service=note.service,
        ),
        author=_author(note),
        diagnoses=note.coded,
        sections=[PrintedSection(one.label, note.sections.get(one.key, "")) for one in note.layout.sections],
        timezone=practice.timezone,
        signature=PrintedSignature(note.signed_at, note.content_hash, note.is_imported) if note.signed_at else None,
        amendments=[
            PrintedAmendment(PrintedPerson(one.author_name), one.created_at, one.reason, one.text)
            for one in note.amendments.all()
        ],
        is_altered=not note.is_intact,
    )


def _letterhead(practice: Practice) -> Letterhead:
    return Letterhead(practice.name, practice.address_lines, practice.phone, practice.npi_number)


def _printed_name(client: Client) -> str:
    """The chosen name, and the legal one where a reader elsewhere knows the person by it."""
    plain = f"{client.first_name} {client.last_name}"
    return client.chosen_name if client.chosen_name == plain else f"{client.chosen_name} (legal name {plain})"


def _author(note: ClinicalNote) -> PrintedPerson:
    """As they signed; of a draft, as they are now."""
    author: Profile = note.author
    if note.signed_at is not None:
        return PrintedPerson(note.signed_name, licence=note.licence)
    return PrintedPerson(author.full_name, author.credentials, note.licence)


def _missing(one: rules.Missing) -> dict[str, str]:
    return {"section_key": one.section_key, "message": one.message}
