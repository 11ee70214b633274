"""The rows of the world about the people of a practice, its places, and what they sign in with."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.db.models import Model

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.people import models
from mentalspace.practices.models import Location, Practice, Room
from tests.access.rows import EXTRA, WHO, Rows, actor
from tests.cast import HERE, JOINED, NEXT_DOOR, OFFICE, OFFICE_NEXT_DOOR, ROOM


def people(w: Rows) -> None:
    for name in EXTRA:
        profile = models.Profile(id=WHO[name], practice_id=HERE, first_name=name.title(), last_name="Extra")
        with acting_as(actor("ada")):
            profile.save(force_insert=True)
    with acting_as(actor("ada")):
        for name in ("ana", "cleo"):
            w.know(f"{name.title()}'s", models.Profile.objects.get(pk=WHO[name]))
            w.know(f"{name.title()}'s", models.UserRole.objects.get(person_id=WHO[name]))
        w.know("the practice's own", models.Profile.objects.get(pk=HERE))
        w.know("here", Practice.objects.get())
        w.know("office", Location.objects.get(pk=OFFICE))
        w.know("room", Room.objects.get(pk=ROOM))
        w.know("Sam's of Ash", models.SupervisionRelationship.objects.get(supervisor_id=WHO["sam"]))
    with acting_as(actor("olga")):
        w.know("next door", models.Profile.objects.get(pk=WHO["otto"]))
        w.know("next door", models.UserRole.objects.get(person_id=WHO["otto"]))
        w.know("next door", Practice.objects.get())
        w.know("next door", Location.objects.get(pk=OFFICE_NEXT_DOOR))
    w.put("olga", "next door", Room(practice_id=NEXT_DOOR, location_id=OFFICE_NEXT_DOOR, name="Room 1"))
    _let_supervise("ada", HERE, "vic")
    _let_supervise("olga", NEXT_DOOR, "olga")
    spans = {
        "Vic's of Ash": ("vic", "ash", JOINED, None),
        "Sam's of Ben, ended": ("sam", "ben", JOINED, w.today),
        "Sam's of Ana, to come": ("sam", "ana", w.today + timedelta(1), None),
    }
    for label, (supervisor, supervisee, start, end) in spans.items():
        w.put("ada", label, _supervision(HERE, supervisor, supervisee, start, end))
    w.put("olga", "next door", _supervision(NEXT_DOOR, "olga", "otto", JOINED, None))


def _let_supervise(who: str, practice: UUID, name: str) -> None:
    with acting_as(actor(who)):
        models.Profile.objects.filter(pk=WHO[name]).update(license_number="L1")
        models.UserRole.objects.create(practice_id=practice, person_id=WHO[name], role="supervisor")


def _supervision(practice: UUID, supervisor: str, supervisee: str, start: date, end: date | None) -> Model:
    pair = {"supervisor_id": WHO[supervisor], "supervisee_id": WHO[supervisee]}
    return models.SupervisionRelationship(practice_id=practice, start_date=start, end_date=end, **pair)


def credentials(w: Rows) -> None:
    for label, name in (("Ana's", "ana"), ("next door", "otto")):
        user = WHO[name]
        with acting_as(IDENTITY):
            w.know(label, models.User.objects.get(pk=user))
            address = EmailAddress.objects.get(user_id=user)
            w.know(label, address)
        w.put("id", label, EmailConfirmation(email_address=address, key=f"k{name}", created=datetime.now(UTC)))
        w.put("id", label, Authenticator(user_id=user, type="totp", data={}))
        w.put("id", label, models.LoginAttempt(user_id=user, email=f"{name}@example.org", success=False))
        w.put("id", label, models.PasswordHistory(user_id=user, password_hash="x"))
        device = models.TrustedDevice(user_id=user, device_fingerprint=name, expires_at=datetime.now(UTC))
        w.put("id", label, device)
        session = models.Session(session_key=f"s{name}", session_data="", user_id=user, expire_date=datetime.now(UTC))
        w.put("id", label, session)
    nobodys = models.Session(session_key="s", session_data="", expire_date=datetime.now(UTC))
    w.put("id", "nobody's yet", nobodys)
    w.put("id", "of an unknown address", models.LoginAttempt(email="who@example.org", success=False))
