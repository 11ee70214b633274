"""Reads of clients, each in a fixed number of statements. Rows are what row-level security leaves."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from mentalspace.clients import rules
from mentalspace.clients.models import Client, ClientFavorite, ClientQuerySet, ClientView, age_on
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
        rows = rows.filter(Q(primary_therapist_id=person) | Q(care_team__person_id=person)).distinct()
    if favorites:
        rows = rows.filter(Exists(ClientFavorite.objects.filter(client=OuterRef("pk"), person_id=person)))
    return rows


def chart(client: Client, *, person: UUID, today: date) -> dict[str, Any]:
    """A client's `ClientOut`: header, demographics, team, alerts, diagnoses."""
    columns = {field.attname: getattr(client, field.attname) for field in Client._meta.concrete_fields}
    team = client.care_team.filter(end_date__isnull=True).select_related("person").order_by("start_date", "id")
    return (
        columns
        | hit(columns, today)
        | {
            "is_favorite": ClientFavorite.objects.filter(client=client, person_id=person).exists(),
            "has_similar_name": has_similar_name(client),
            "alerts": _active_alerts(client),
            "care_team": [
                {
                    "id": member.id,
                    "person_id": member.person_id,
                    "name": member.person.full_name,
                    "role": member.role,
                    "start_date": member.start_date,
                }
                for member in team
            ],
            "diagnoses": list(client.diagnoses.order_by("resolved_date", "rank", "id").values()),
            "emergency_contacts": list(client.emergency_contacts.order_by("created_at", "id").values()),
        }
    )


def _active_alerts(client: Client) -> list[dict[str, Any]]:
    rows = client.alerts.filter(ended_at__isnull=True).order_by("created_at", "id").values("id", "kind", "text")
    return [dict(row) for row in rows]


def has_similar_name(client: Client) -> bool:
    """Another visible client could be mistaken for this one by name."""
    others = Client.objects.filter(last_name__iexact=client.last_name, status="Active").exclude(pk=client.pk)
    return any(
        rules.are_similar(name, mine)
        for names in others.values_list("first_name", "preferred_name")
        for name in names
        for mine in (client.first_name, client.preferred_name)
        if name and mine
    )


def ids(rows: Iterable[dict[str, Any]]) -> list[UUID]:
    return [row["id"] for row in rows]


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
