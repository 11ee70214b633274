"""What can be done with clients. Each action is one transaction of the acting person's and names its event."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.functions import Length

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients import rules
from mentalspace.clients.messages import CARE_TEAM_JOINED
from mentalspace.clients.models import (
    CareTeamMember,
    Client,
    ClientAlert,
    ClientFavorite,
    Diagnosis,
    EmergencyContact,
    Status,
    StatusChange,
)
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed, Refusal
from mentalspace.notify.bell import ring
from mentalspace.notify.happenings import happened
from mentalspace.people.abilities import can
from mentalspace.people.models import Profile

REGISTERED = "Client Registered"
"""What notification rules call it."""


class ClientChangedElsewhere(Refusal):
    code, status = "client_changed_elsewhere", 409
    message = "Not saved: somebody changed this client in the meantime. Reload to see it; your entries are kept here."


class AlreadyInCareTeam(Refusal):
    code, status = "already_in_care_team", 409
    message = "This person is already in the care team."


class StatusAlreadySo(Refusal):
    code, status = "status_already_so", 409
    message = "This client has that status already. Reload the chart to see who set it."


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
    happened(REGISTERED, client.pk)
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
    return client.write(**values, **client.next_version(clock.now()))


@records("client.care_team.joined", "{actor} added somebody to a care team", resource_type="care_team")
def assign_care_team(*, client_id: UUID, person_id: UUID, role: str, by: Actor, today: date) -> CareTeamMember:
    """Somebody begins to treat the client, and may see the chart from now on."""
    client = Client.objects.visible(client_id)
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
        code=code,
        description=description,
        onset_date=onset_date,
        rank=last + 1,
        noted_by_id=by.person,
    )
    diagnosis.save(force_insert=True)
    return diagnosis


@records("client.diagnosis.resolved", "{actor} resolved a diagnosis", resource_type="diagnosis")
def resolve_diagnosis(*, client_id: UUID, diagnosis_id: UUID, resolved_date: date, today: date) -> Diagnosis:
    """The condition is over; the chart keeps that it was."""
    diagnosis = _diagnosis(client_id, diagnosis_id)
    if problem := rules.problem_with_resolution(resolved_date, diagnosis.onset_date, today):
        raise BadInput(fields={"resolved_date": [problem]})
    return diagnosis.write(resolved_date=resolved_date)


@records("client.diagnosis.reopened", "{actor} reopened a diagnosis", resource_type="diagnosis")
def reopen_diagnosis(*, client_id: UUID, diagnosis_id: UUID) -> Diagnosis:
    """The condition is current again."""
    return _diagnosis(client_id, diagnosis_id).write(resolved_date=None)


@records("client.contact.added", "{actor} added an emergency contact", resource_type="emergency_contact")
def add_contact(*, client_id: UUID, by: Actor, values: dict[str, Any]) -> EmergencyContact:
    client = Client.objects.visible(client_id)
    contact = EmergencyContact(practice_id=by.practice, client=client, **values)
    contact.save(force_insert=True)
    return contact


@records("client.contact.changed", "{actor} changed an emergency contact", resource_type="emergency_contact")
def change_contact(*, client_id: UUID, contact_id: UUID, values: dict[str, Any]) -> EmergencyContact:
    return _contact(client_id, contact_id).write(**values)


@records("client.contact.removed", "{actor} removed an emergency contact", resource_type="emergency_contact")
def remove_contact(*, client_id: UUID, contact_id: UUID) -> EmergencyContact:
    """Nobody is to be called any more who is no longer to be called: this is no part of the record of care."""
    contact = _contact(client_id, contact_id)
    removed, _ = EmergencyContact.objects.filter(pk=contact.pk).delete()
    if not removed:
        raise NotAllowed
    return contact


@records(
    "client.status.changed", "{actor} changed whether a client is in care", resource_type="client", severity="warning"
)
def change_status(*, client_id: UUID, status: str, reason: str, on: date, by: Actor, today: date) -> StatusChange:
    """Pause, end or take up care again, from a day on and for a reason that is kept."""
    client = Client.objects.for_change(client_id)
    if not can(by.audience, "change_status"):
        raise NotAllowed("Not saved: an administrator changes whether a client is in care.")
    if client.status == status:
        raise StatusAlreadySo
    if problem := rules.problem_with_status(status, on, client.date_of_birth, today):
        raise BadInput(fields={"effective_date": [problem]})
    died = on if status == Status.DECEASED else None
    client.write(status=status, deceased_date=died, **client.next_version(clock.now()))
    kept = {"status": status, "reason": reason, "effective_date": on, "changed_by_id": by.person}
    change = StatusChange(practice_id=by.practice, client=client, **kept)
    change.save(force_insert=True)
    return change


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


def _diagnosis(client_id: UUID, diagnosis_id: UUID) -> Diagnosis:
    """The client's diagnosis, locked for a change; NotAllowed to whoever may not change it."""
    Client.objects.visible(client_id)
    rows = Diagnosis.objects.select_for_update(of=("self",)).filter(pk=diagnosis_id, client_id=client_id)
    if (diagnosis := rows.first()) is None:
        raise NotAllowed("This diagnosis is not there, or your role may not change it.")
    return diagnosis


def _contact(client_id: UUID, contact_id: UUID) -> EmergencyContact:
    """The client's contact, locked for a change; NotAllowed to whoever may not change it."""
    Client.objects.visible(client_id)
    rows = EmergencyContact.objects.select_for_update(of=("self",)).filter(pk=contact_id, client_id=client_id)
    if (contact := rows.first()) is None:
        raise NotAllowed("This contact is not there, or your role may not change it.")
    return contact


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
    ring(kind=CARE_TEAM_JOINED, recipients=[person_id], about=client.pk, client=client.pk)
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
