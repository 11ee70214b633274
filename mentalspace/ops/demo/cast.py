"""The demo's two practices and who works there, with sign-ins that differ from installation to installation."""

import base64
import hmac
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import transaction

from mentalspace.access.actor import IDENTITY, Actor, acting_as, identity_of
from mentalspace.access.audiences import audience_for
from mentalspace.people.models import SupervisionRelationship, User
from mentalspace.people.setup import add_person, found_practice
from mentalspace.practices.models import Location, Practice, Room

DEMO = uuid5(NAMESPACE_URL, "mentalspace:demo")
"""Ids of the demo are made from names in here, so that an address in the browser stays good after a new seed."""

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""For passwords that are read off a terminal: nothing that looks like something else."""


def named(name: str) -> UUID:
    """The demo's id for a name."""
    return uuid5(DEMO, name)


@dataclass(frozen=True)
class House:
    """A practice of the demo."""

    slug: str
    name: str
    timezone: str
    city: str
    state: str
    street: str
    zip_code: str
    phone: str
    rooms: tuple[str, ...]

    @property
    def id(self) -> UUID:
        return named(f"practice {self.slug}")

    @property
    def office(self) -> UUID:
        return named(f"office {self.slug}")

    @property
    def video(self) -> UUID:
        return named(f"video {self.slug}")

    def room(self, name: str) -> UUID:
        return named(f"room {self.slug} {name}")


RIVERBEND = House(
    slug="riverbend",
    name="Riverbend Counseling",
    timezone="America/New_York",
    city="Riverbend",
    state="NY",
    street="214 Main Street",
    zip_code="12999",
    phone="(518) 555-0100",
    rooms=("Birch", "Maple", "Willow"),
)
NORTHGATE = House(
    slug="northgate",
    name="Northgate Therapy",
    timezone="America/Chicago",
    city="Northgate",
    state="IL",
    street="80 Harbor Road",
    zip_code="60999",
    phone="(312) 555-0160",
    rooms=("Room 1",),
)
HOUSES = (RIVERBEND, NORTHGATE)


@dataclass(frozen=True)
class Member:
    """Somebody who signs in. Their first hat is what `mentalspace demo people` calls them."""

    key: str
    house: House
    roles: tuple[str, ...]
    first_name: str
    last_name: str
    credentials: str = ""
    title: str = ""
    license_number: str = ""
    npi_number: str = ""
    calendar_color: int = 0
    label: str = ""

    @property
    def id(self) -> UUID:
        return named(f"client {self.key}") if self.key == "cleo" else named(f"person {self.key}")

    @property
    def email(self) -> str:
        domain = "mail.example" if self.roles == ("client",) else f"{self.house.slug}.example"
        return f"{self.key}@{domain}"

    @property
    def actor(self) -> Actor:
        """How they act once signed in."""
        return Actor(self.house.id, self.id, audience_for(list(self.roles)))


ANA = Member(
    "ana",
    RIVERBEND,
    ("clinician",),
    "Ana",
    "Alvarez",
    "LCSW",
    "Clinical social worker",
    "LCSW-084512",
    "1993999998",
    calendar_color=1,
)
ASH = Member(
    "ash",
    RIVERBEND,
    ("associate",),
    "Ash",
    "Bennett",
    "LMSW",
    "Associate therapist",
    "LMSW-101877",
    "1992999999",
    calendar_color=3,
)
SAM = Member(
    "sam",
    RIVERBEND,
    ("supervisor", "clinician"),
    "Sam",
    "Whitfield",
    "PhD",
    "Clinical supervisor",
    "PSY-020931",
    "1991999990",
    calendar_color=5,
)
MIA = Member(
    "mia",
    RIVERBEND,
    ("clinician", "administrator"),
    "Mia",
    "Lindqvist",
    "LMFT",
    "Practice owner",
    "LMFT-004410",
    "1990999991",
    calendar_color=2,
)
BEA = Member("bea", RIVERBEND, ("billing",), "Bea", "Novak", title="Billing specialist")
FAY = Member("fay", RIVERBEND, ("front_desk",), "Fay", "Morgan", title="Front desk")
ADA = Member("ada", RIVERBEND, ("administrator",), "Ada", "Osei", title="Practice administrator")
CLEO = Member("cleo", RIVERBEND, ("client",), "Cleo", "Marchetti")
GUS = Member("gus", RIVERBEND, ("client",), "Gus", "Marchetti", label="guardian")
OTTO = Member(
    "otto",
    NORTHGATE,
    ("clinician",),
    "Otto",
    "Brandt",
    "LCPC",
    "Counselor",
    "LCPC-180233",
    "1989999992",
    calendar_color=4,
)
OLGA = Member("olga", NORTHGATE, ("administrator",), "Olga", "Petrenko", title="Practice administrator")
CAST = (ANA, ASH, SAM, BEA, FAY, ADA, MIA, CLEO, GUS, OTTO, OLGA)


def password() -> str:
    """The one password of the demo. Made from this installation's secret: it is stored and shipped nowhere."""
    letters = [LETTERS[byte % len(LETTERS)] for byte in _derived("password")[:16]]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def totp_secret(member: Member) -> str:
    """What to put into an authenticator app for this person."""
    return base64.b32encode(_derived(f"totp {member.key}")[:20]).decode()


def _derived(purpose: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"demo {purpose}".encode(), "sha256")


def found_houses() -> None:
    """Make the practices that are not there yet, as the owner of the database."""
    with acting_as(IDENTITY), transaction.atomic():
        there = set(Practice.objects.values_list("id", flat=True))
    for house in HOUSES:
        if house.id not in there:
            found_practice(
                practice_id=house.id,
                name=house.name,
                slug=house.slug,
                timezone=house.timezone,
                phone=house.phone,
                street=house.street,
                city=house.city,
                state=house.state,
                zip_code=house.zip_code,
                opens_at=time(8),
                closes_at=time(20),
            )


def hire(today: date) -> None:
    """Everybody's account, profile and second factor; who supervises whom; where they work."""
    for member in CAST:
        _hire(member)
    with acting_as(ADA.actor):
        SupervisionRelationship.objects.create(
            practice_id=RIVERBEND.id, supervisor_id=SAM.id, supervisee_id=ASH.id, start_date=date(today.year - 1, 9, 1)
        )
    for house, manager in ((RIVERBEND, ADA), (NORTHGATE, OLGA)):
        with acting_as(manager.actor):
            _furnish(house)


def _hire(member: Member) -> None:
    details: dict[str, Any] = {
        "first_name": member.first_name,
        "last_name": member.last_name,
        "title": member.title,
        "credentials": member.credentials,
        "license_number": member.license_number,
        "license_state": member.house.state if member.license_number else "",
        "npi_number": member.npi_number,
        "calendar_color": member.calendar_color,
    }
    add_person(
        practice=member.house.id,
        person_id=member.id,
        email=member.email,
        password=password(),
        roles=list(member.roles),
        **details,
    )
    with acting_as(identity_of(member.id)):
        account = User.objects.get(pk=member.id)
        TOTP.activate(account, totp_secret(member))
        RecoveryCodes.activate(account)


def place_name(house: House, location: UUID) -> str:
    """What its office, or its video room, is called."""
    if location == house.video:
        return "Video"
    return "Main Street office" if house is RIVERBEND else "Harbor Road office"


def _furnish(house: House) -> None:
    Location.objects.bulk_create(
        [
            Location(
                id=house.office,
                practice_id=house.id,
                name=place_name(house, house.office),
                street=house.street,
                city=house.city,
                state=house.state,
                zip_code=house.zip_code,
            ),
            Location(id=house.video, practice_id=house.id, name=place_name(house, house.video), is_telehealth=True),
        ]
    )
    Room.objects.bulk_create(
        Room(id=house.room(name), practice_id=house.id, location_id=house.office, name=name) for name in house.rooms
    )
