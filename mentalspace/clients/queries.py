"""Reads of clients, each in a fixed number of statements. Rows are what row-level security leaves."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from mentalspace.clients import rules
from mentalspace.clients.models import CareTeamMember, Client, ClientFavorite, ClientQuerySet, ClientView, age_on
from mentalspace.core.paging import page

MOST_HITS = 12
RECENT = 8
HIT = (
    "id",
    "first_name",
    "preferred_name",
    "middle_name",
    "last_name",
    "suffix",
    "medical_record_number",
    "date_of_birth",
    "pronouns",
    "status",
)


def search(words: str, today: date) -> list[dict[str, Any]]:
    """The first clients that match every word, current ones before others. One statement."""
    rows = Client.objects.matching(words).order_by("status", "last_name", "first_name", "id")
    return [hit(row, today) for row in rows.values(*HIT)[:MOST_HITS]]


def recent(person: UUID, today: date) -> list[dict[str, Any]]:
    """The clients whose charts this person opened last. One statement."""
    views = ClientView.objects.filter(person_id=person).order_by("-viewed_at")
    rows = views.values(*[f"client__{name}" for name in HIT])[:RECENT]
    return [hit({name: row[f"client__{name}"] for name in HIT}, today) for row in rows]


def hit(row: dict[str, Any], today: date) -> dict[str, Any]:
    """A `ClientHit` from its columns."""
    return {
        "id": row["id"],
        "name": _joined(row["preferred_name"] or row["first_name"], row["last_name"]),
        "legal_name": _joined(row["first_name"], row["middle_name"], row["last_name"], row["suffix"]),
        "medical_record_number": row["medical_record_number"],
        "date_of_birth": row["date_of_birth"],
        "age": age_on(today, row["date_of_birth"]),
        "pronouns": row["pronouns"],
        "status": row["status"],
    }


def listed(
    rows: ClientQuerySet, *, person: UUID, today: date, cursor: str | None
) -> tuple[list[dict[str, Any]], str | None]:
    """One page of the client list by last name, with what a list needs to know of each."""
    rows = rows.annotate(
        is_favorite=Exists(ClientFavorite.objects.filter(client=OuterRef("pk"), person_id=person)),
    )
    columns = (
        *HIT,
        "primary_phone",
        "is_favorite",
        "primary_therapist__first_name",
        "primary_therapist__last_name",
    )
    found, following = page(rows.values(*columns), keys=("last_name", "first_name", "id"), cursor=cursor)
    made = [
        hit(row, today)
        | {
            "primary_phone": row["primary_phone"],
            "is_favorite": row["is_favorite"],
            "primary_therapist": _joined(
                row["primary_therapist__first_name"] or "", row["primary_therapist__last_name"] or ""
            ),
        }
        for row in found
    ]
    return made, following


def chosen(*, person: UUID, q: str, status: str, mine: bool, favorites: bool) -> ClientQuerySet:
    """The clients a filter describes."""
    rows = Client.objects.matching(q)
    if status:
        rows = rows.filter(status=status)
    if mine:
        treats = CareTeamMember.objects.filter(client=OuterRef("pk"), person_id=person, end_date__isnull=True)
        rows = rows.filter(Q(primary_therapist_id=person) | Exists(treats))
    if favorites:
        rows = rows.filter(Exists(ClientFavorite.objects.filter(client=OuterRef("pk"), person_id=person)))
    return rows


PARTS = """
    select exists (select from client_favorites f where f.client_id = %(client)s and f.person_id = %(me)s),
        (select jsonb_agg(jsonb_build_object('id', a.id, 'kind', a.kind, 'text', a.text) order by a.created_at, a.id)
         from client_alerts a where a.client_id = %(client)s and a.ended_at is null),
        (select jsonb_agg(jsonb_build_object('id', t.id, 'person_id', t.person_id, 'role', t.role,
            'name', concat_ws(' ', p.first_name, p.last_name), 'start_date', t.start_date) order by t.start_date, t.id)
         from care_team t join profiles p on p.id = t.person_id
         where t.client_id = %(client)s and t.end_date is null),
        (select jsonb_agg(jsonb_build_object('id', d.id, 'code', d.code, 'code_system', d.code_system,
            'description', d.description, 'category', d.category, 'onset_date', d.onset_date,
            'resolved_date', d.resolved_date) order by d.resolved_date desc nulls first, d.rank, d.id)
         from diagnoses d where d.client_id = %(client)s),
        (select jsonb_agg(jsonb_build_object('id', e.id, 'name', e.name, 'relationship', e.relationship,
            'phone', e.phone, 'is_guardian', e.is_guardian) order by e.created_at, e.id)
         from emergency_contacts e where e.client_id = %(client)s)
"""
"""All that a chart shows around the client, in one statement. Who may not see a part gets none of it."""


def chart(client: Client, *, person: UUID, today: date) -> dict[str, Any]:
    """A client's `ClientOut`: header, demographics, team, alerts, diagnoses."""
    columns = {field.attname: getattr(client, field.attname) for field in Client._meta.concrete_fields}
    with connection.cursor() as cursor:
        cursor.execute(PARTS, {"client": client.pk, "me": person})
        is_favorite, alerts, team, diagnoses, contacts = cursor.fetchone()
    return (
        columns
        | hit(columns, today)
        | {
            "is_favorite": is_favorite,
            "has_similar_name": has_similar_name(client),
            "alerts": _list(alerts),
            "care_team": _list(team),
            "diagnoses": _list(diagnoses),
            "emergency_contacts": _list(contacts),
        }
    )


def _list(found: Any) -> list[Any]:
    """jsonb_agg of nothing is NULL; Django hands jsonb on as text."""
    return list(json.loads(found)) if isinstance(found, str) else found or []


def has_similar_name(client: Client) -> bool:
    """Another visible client of the same last name could be mistaken for this one."""
    same = Client.objects.filter(practice_id=client.practice_id, last_name=client.last_name, status="Active")
    return any(
        rules.are_similar(name, mine)
        for names in same.exclude(pk=client.pk).values_list("first_name", "preferred_name")
        for name in names
        for mine in (client.first_name, client.preferred_name)
        if name and mine
    )


def ids(rows: Iterable[dict[str, Any]]) -> list[UUID]:
    return [row["id"] for row in rows]


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
