"""Riverbend's other people, each with an account that stands differently: for the pages administrators work on."""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP

from mentalspace.access.actor import acting_as, identity_of
from mentalspace.ops.demo.cast import ADA, CAST, MIA, RIVERBEND, SAM, Member, password, totp_secret
from mentalspace.people import administration
from mentalspace.people.models import LoginAttempt, Profile, SupervisionRelationship, User, UserRole
from mentalspace.people.setup import add_person

LUIS = Member(
    "luis",
    RIVERBEND,
    ("supervisor", "clinician"),
    "Luis",
    "Ortega",
    "PsyD",
    "Psychologist",
    "PSY-017744",
    "1988999993",
    calendar_color=6,
)
IVY = Member(
    "ivy", RIVERBEND, ("associate",), "Ivy", "Chen", "MHC-LP", "Associate counselor", "MHC-P-5521", calendar_color=7
)
PRIYA = Member(
    "priya", RIVERBEND, ("clinician",), "Priya", "Raman", "LMHC", "Counselor", "MHC-011902", calendar_color=8
)
MARCUS = Member("marcus", RIVERBEND, ("front_desk",), "Marcus", "Bell", title="Front desk, weekends")
ROSA = Member("rosa", RIVERBEND, ("billing",), "Rosa", "Delgado", title="Billing")
DANA = Member("dana", RIVERBEND, ("clinician",), "Dana", "Whitlock", "LCSW", "Clinical social worker", "LCSW-071120")
COLLEAGUES = (LUIS, IVY, PRIYA, MARCUS, ROSA, DANA)


def hire(now: datetime) -> None:
    """Everybody, and what has become of their accounts since."""
    for member in COLLEAGUES:
        _hire(member, now)
    for member in (*CAST, LUIS, ROSA):
        _signed_in(member, now - timedelta(hours=20))
    _signed_in(IVY, now - timedelta(days=2))
    _signed_in(MARCUS, now - timedelta(days=131))
    _licenses(now)
    with acting_as(ADA.actor):
        SupervisionRelationship.objects.create(
            practice_id=RIVERBEND.id, supervisor_id=SAM.id, supervisee_id=IVY.id, start_date=now.date()
        )
        UserRole.objects.filter(person_id=ROSA.id).delete()
        administration.deactivate(
            person_id=DANA.id, by=ADA.actor, reason="Moved to another practice at the end of May."
        )
    _lock(IVY, now)
    with acting_as(identity_of(DANA.id)):
        User.objects.filter(pk=DANA.id).update(is_active=False)


def _hire(member: Member, now: datetime) -> None:
    details: dict[str, Any] = {
        "first_name": member.first_name,
        "last_name": member.last_name,
        "title": member.title,
        "credentials": member.credentials,
        "license_number": member.license_number,
        "license_state": RIVERBEND.state if member.license_number else "",
        "npi_number": member.npi_number,
        "calendar_color": member.calendar_color,
        "created_at": now - timedelta(days=3 if member is PRIYA else 400),
    }
    is_invited = member is PRIYA
    add_person(
        practice=RIVERBEND.id,
        person_id=member.id,
        email=member.email,
        password=None if is_invited else password(),
        roles=list(member.roles),
        **details,
    )
    if member not in (PRIYA, MARCUS):
        with acting_as(identity_of(member.id)):
            TOTP.activate(User.objects.get(pk=member.id), totp_secret(member))


def _signed_in(member: Member, at: datetime) -> None:
    with acting_as(identity_of(member.id)):
        User.objects.filter(pk=member.id).update(last_login=at)


def _licenses(now: datetime) -> None:
    """In force for a year and more; Mia's runs out soon, Luis's has."""
    days = {MIA: 40, LUIS: -12}
    with acting_as(ADA.actor):
        for member in (*CAST, *COLLEAGUES):
            if member.license_number and member.house is RIVERBEND:
                expires = (now + timedelta(days=days.get(member, 500))).date()
                Profile.objects.filter(pk=member.id).update(license_expiration_date=expires)


def _lock(member: Member, now: datetime) -> None:
    """Five wrong passwords, the last a few minutes ago."""
    with acting_as(identity_of(member.id)):
        for number in range(1, 6):
            at = now - timedelta(minutes=8 - number)
            LoginAttempt.objects.create(
                user_id=member.id,
                email=member.email,
                attempted_at=at,
                success=False,
                failure_reason="wrong_password",
                attempt_count=number,
                locked_until=at + timedelta(minutes=30) if number == 5 else None,
            )
