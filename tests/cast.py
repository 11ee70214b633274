"""Two practices and their people, committed once per database; every test rolls back on top of them.

Ana treats Cleo, whose portal is on and for whom Gus is health care proxy; Ash, an associate, treats Noor and is
supervised by Sam. Nobody treats Theo. Mia is administrator and clinician. Otto, next door, must see nothing.
"""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import ADMINISTRATOR, IMPORT, audience_for
from mentalspace.clients.models import CareTeamMember, Client, ClientGuardian, ClientPortalAccess
from mentalspace.people.models import SupervisionRelationship
from mentalspace.people.setup import add_person, found_practice
from mentalspace.practices.models import Location, Room

HERE, NEXT_DOOR = UUID(int=1 << 64), UUID(int=2 << 64)
PASSWORD = "correct-horse-battery-7"
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""A Monday, 10:00 in New York, six days before the clocks go forward. Tests that stop the clock stop it here."""

ROLES = {
    "ana": (HERE, ["clinician"]),
    "ash": (HERE, ["associate"]),
    "sam": (HERE, ["supervisor"]),
    "bea": (HERE, ["billing"]),
    "fay": (HERE, ["front_desk"]),
    "ada": (HERE, ["administrator"]),
    "mia": (HERE, ["administrator", "clinician"]),
    "cleo": (HERE, ["client"]),
    "gus": (HERE, ["client"]),
    "otto": (NEXT_DOOR, ["clinician"]),
    "olga": (NEXT_DOOR, ["administrator"]),
}
ID = {name: UUID(int=(5 << 64) + number) for number, name in enumerate(ROLES)}

CLEO, NOOR, THEO = ID["cleo"], UUID(int=(6 << 64) + 1), UUID(int=(6 << 64) + 2)
OLEG = UUID(int=(6 << 64) + 3)
"""Clients: Cleo is Ana's, Noor is Ash's, Theo is nobody's, Oleg is Otto's next door."""

OFFICE, ROOM = UUID(int=(8 << 64) + 1), UUID(int=(8 << 64) + 2)
OFFICE_NEXT_DOOR = UUID(int=(8 << 64) + 3)
JOINED = date(2025, 1, 6)


def actor(name: str) -> Actor:
    """How this person acts once signed in."""
    practice, roles = ROLES[name]
    return Actor(practice, ID[name], audience_for(roles))


def seed() -> None:
    """Found both practices and fill them, each part as whoever may."""
    for practice, slug in ((HERE, "here"), (NEXT_DOOR, "next-door")):
        found_practice(
            practice_id=practice,
            name=slug.title(),
            slug=slug,
            timezone="America/New_York",
            created_at=_order(practice),
        )
    for name, (practice, roles) in ROLES.items():
        add_person(
            practice=practice,
            person_id=ID[name],
            email=f"{name}@example.org",
            password=PASSWORD,
            roles=roles,
            first_name=name.title(),
            last_name="Cast",
            credentials="LCSW" if "clinician" in roles else "",
            license_number="L1" if {"clinician", "supervisor"} & set(roles) else "",
        )
    _places()
    _clients()
    _portal()


def _order(practice: UUID) -> datetime:
    return NOW - timedelta(days=500 if practice == HERE else 400)


def _places() -> None:
    for practice, office in ((HERE, OFFICE), (NEXT_DOOR, OFFICE_NEXT_DOOR)):
        with acting_as(Actor(practice, practice, ADMINISTRATOR)), transaction.atomic():
            location = Location(id=office, practice_id=practice, name="Main office")
            location.save(force_insert=True)
            if practice == HERE:
                Room(id=ROOM, practice_id=practice, location=location, name="Room 1").save(force_insert=True)


def _clients() -> None:
    with acting_as(Actor(HERE, HERE, ADMINISTRATOR)), transaction.atomic():
        SupervisionRelationship.objects.create(
            practice_id=HERE, supervisor_id=ID["sam"], supervisee_id=ID["ash"], start_date=JOINED
        )
    people = (
        (HERE, CLEO, "Cleo", "ana"),
        (HERE, NOOR, "Noor", "ash"),
        (HERE, THEO, "Theo", None),
        (NEXT_DOOR, OLEG, "Oleg", "otto"),
    )
    for number, (practice, pk, name, treated_by) in enumerate(people):
        with acting_as(Actor(practice, practice, IMPORT)), transaction.atomic():
            Client.objects.bulk_create(
                [
                    Client(
                        id=pk,
                        practice_id=practice,
                        medical_record_number=f"MS{number + 1:06}",
                        first_name=name,
                        last_name="Client",
                        date_of_birth=date(1990, 5, 17),
                        primary_therapist_id=ID[treated_by] if treated_by else None,
                    )
                ]
            )
            if treated_by:
                CareTeamMember.objects.bulk_create(
                    [CareTeamMember(practice_id=practice, client_id=pk, person_id=ID[treated_by], start_date=JOINED)]
                )


def _portal() -> None:
    with acting_as(actor("ada")), transaction.atomic():
        on = {"enabled": True, "changed_by_id": ID["ada"], "since": NOW - timedelta(days=30)}
        ClientPortalAccess(practice_id=HERE, client_id=CLEO, **on).save(force_insert=True)
        papers = {"ends_at_majority": False, "court_document": "Proxy of 3 January 2025", "created_by_id": ID["ada"]}
        gus = ClientGuardian(
            practice_id=HERE,
            client_id=CLEO,
            person_id=ID["gus"],
            name="Gus Cast",
            relationship="health_care_proxy",
            can_view_record=True,
            start_date=JOINED,
            **papers,
        )
        gus.save(force_insert=True)
        gus.write(verified_at=NOW, verified_by_id=ID["ada"], verified_how="The proxy, signed")
