"""What can be done with clients. Each action is one transaction of the acting person's and names its event."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.functions import Length

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients import rules
from mentalspace.clients.models import (
    CareTeamMember,
    Client,
    ClientAlert,
    ClientFavorite,
    Diagnosis,
)
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed, Refusal
from mentalspace.people.abilities import can
from mentalspace.people.models import Profile


class ClientChangedElsewhere(Refusal):
    code, status = "client_changed_elsewhere", 409
    message = "Not saved: somebody changed this client in the meantime. Reload to see it; your entries are kept here."


class AlreadyInCareTeam(Refusal):
    code, status = "already_in_care_team", 409
    message = "This person is already in the care team."


@records("client.added", "{actor} added a client", resource_type="client")
def add_client(*, by: Actor, today: date, access_from: date, values: dict[str, Any]) -> Client:
    """Register a client under the next free record number, with the primary therapist in the care team.

    `today` is the practice's day, for the date of birth; `access_from` the database's, for the care team.
    """
    _check_birth(values["date_of_birth"], today)
    therapist = values.pop("primary_therapist_id", None)
    client = Client(
        practice_id=by.practice,
        medical_record_number=_next_mrn(by.practice),
        primary_therapist_id=_staff(therapist),
        **values,
    )
    client.save(force_insert=True)
    if therapist:
        _join_care_team(client, therapist, "Therapist", by, access_from)
    return client


@records("client.changed", "{actor} changed a client's details", resource_type="client")
def change_client(*, client_id: UUID, by: Actor, version: int, today: date, values: dict[str, Any]) -> Client:
    """Write the demographics form. Refused when somebody else saved it since it was opened."""
    client = Client.objects.for_change(client_id)
    if client.version != version:
        raise ClientChangedElsewhere(data={"version": client.version})
    _check_birth(values["date_of_birth"], today, client.deceased_date)
    if values["primary_therapist_id"] != client.primary_therapist_id:
        if not can(by.audience, "assign_care_team"):
            raise NotAllowed("Not saved: your role does not assign the primary therapist. Ask the front desk.")
        _staff(values["primary_therapist_id"])
    return client.write(**values, version=version + 1, updated_at=clock.now())


@records("client.care_team.joined", "{actor} added somebody to a care team", resource_type="care_team")
def assign_care_team(*, client_id: UUID, person_id: UUID, role: str, by: Actor, today: date) -> CareTeamMember:
    """Somebody begins to treat the client, and may see the chart from now on."""
    client = Client.objects.for_change(client_id)
    _staff(person_id)
    if client.care_team.filter(person_id=person_id, end_date__isnull=True).exists():
        raise AlreadyInCareTeam
    return _join_care_team(client, person_id, role, by, today)


@records("client.care_team.left", "{actor} took somebody out of a care team", resource_type="care_team")
def end_care_team(*, client_id: UUID, member_id: UUID, today: date) -> CareTeamMember:
    """Somebody no longer treats the client; access ends with this transaction."""
    Client.objects.visible(client_id)
    member = CareTeamMember.objects.select_for_update().filter(pk=member_id, client_id=client_id, end_date__isnull=True)
    row = member.first()
    if row is None:
        raise NotAllowed("This person is not in the care team, or your role may not change it.")
    return row.write(end_date=today)


@records("client.alert.raised", "{actor} raised an alert", resource_type="client_alert")
def raise_alert(*, client_id: UUID, kind: str, text: str, by: Actor) -> ClientAlert:
    """Show something to everybody who opens the chart."""
    client = Client.objects.visible(client_id)
    alert = ClientAlert(practice_id=by.practice, client=client, kind=kind, text=text, created_by_id=by.person)
    alert.save(force_insert=True)
    return alert


@records("client.alert.ended", "{actor} ended an alert", resource_type="client_alert")
def end_alert(*, client_id: UUID, alert_id: UUID) -> ClientAlert:
    """The alert no longer shows; that it was there is kept."""
    Client.objects.visible(client_id)
    alert = ClientAlert.objects.select_for_update().filter(pk=alert_id, client_id=client_id).first()
    if alert is None:
        raise NotAllowed("This alert is not there, or your role may not end it.")
    return alert.write(ended_at=alert.ended_at or clock.now())


@records("client.diagnosis.added", "{actor} added a diagnosis", resource_type="diagnosis")
def add_diagnosis(*, client_id: UUID, code: str, description: str, onset_date: date | None, by: Actor) -> Diagnosis:
    """Put a diagnosis at the end of the client's list."""
    client = Client.objects.visible(client_id)
    last = client.diagnoses.order_by("-rank").values_list("rank", flat=True).first() or 0
    diagnosis = Diagnosis(
        practice_id=by.practice,
        client=client,
        code=code.upper(),
        description=description,
        onset_date=onset_date,
        rank=last + 1,
        noted_by_id=by.person,
    )
    diagnosis.save(force_insert=True)
    return diagnosis


@records("client.favorite.set", "{actor} marked a client as a favorite", resource_type="client_favorite")
def set_favorite(*, client_id: UUID, by: Actor) -> ClientFavorite:
    client = Client.objects.visible(client_id)
    favorite, _ = ClientFavorite.objects.get_or_create(
        client=client, person_id=by.person, defaults={"practice_id": by.practice}
    )
    return favorite


@records("client.favorite.unset", "{actor} unmarked a favorite client", resource_type="client_favorite")
def unset_favorite(*, client_id: UUID, by: Actor) -> Client:
    client = Client.objects.visible(client_id)
    ClientFavorite.objects.filter(client=client, person_id=by.person).delete()
    return client


VIEWED = """
    insert into client_views (id, practice_id, created_at, client_id, person_id, viewed_at)
    values (gen_random_uuid(), %(practice)s, %(now)s, %(client)s, %(person)s, %(now)s)
    on conflict (person_id, client_id) do update set viewed_at = excluded.viewed_at
"""


def remember_view(*, client_id: UUID, by: Actor) -> None:
    """For "recently viewed". Unnamed on purpose: the read itself is what the audit trail records."""
    values: dict[str, Any] = {"practice": by.practice, "client": client_id, "person": by.person, "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(VIEWED, values)


def _check_birth(born: date, today: date, died: date | None = None) -> None:
    if problem := rules.problem_with_birth(born, today, died):
        raise BadInput(fields={"date_of_birth": [problem]})


def _staff(person_id: UUID | None) -> UUID | None:
    """The id of somebody who works here, or BadInput: absent, next door and gone are one answer."""
    if person_id is not None and not Profile.objects.staff().filter(pk=person_id).exists():
        raise BadInput(fields={"person_id": ["This person does not work here."]})
    return person_id


def _join_care_team(client: Client, person_id: UUID, role: str, by: Actor, today: date) -> CareTeamMember:
    member = CareTeamMember(practice_id=by.practice, client=client, person_id=person_id, role=role, start_date=today)
    member.save(force_insert=True)
    return member


def _next_mrn(practice: UUID) -> str:
    """Numbers are given out one at a time in a practice, so that no two clients get the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"mrn:{practice}"])
    given = Client.objects.filter(medical_record_number__regex=rf"^{rules.PREFIX}\d{{{rules.DIGITS},}}$")
    highest = given.order_by(
        Length("medical_record_number").desc(), "-medical_record_number"
    )  # MS1000000 is the higher
    return rules.next_mrn(highest.values_list("medical_record_number", flat=True).first())
