"""What the frontend may offer a person. It mirrors the sentences on the models and grants nothing itself."""

from functools import cache
from typing import Any

from django.http import Http404

from mentalspace.access.audiences import combined_roles
from mentalspace.people.hats import hats_of
from mentalspace.people.models import Profile, ProfileQuerySet

TREATING = {"clinician", "associate"}
SCHEDULABLE = TREATING | {"supervisor"}

OFFERED: dict[str, set[str]] = {
    "see_clients": {"administrator", "front_desk", "supervisor", *TREATING},
    "see_schedule": {"administrator", "front_desk", "supervisor", *TREATING},
    "see_everybodys_schedule": {"administrator", "front_desk", "supervisor"},
    "add_client": {"administrator", "front_desk"},
    "change_client": {"administrator", "front_desk", "clinician"},
    "change_status": {"administrator"},
    "assign_care_team": {"administrator", "front_desk", "supervisor"},
    "book": {"administrator", "front_desk", *TREATING},
    "book_for_others": {"administrator", "front_desk"},
    "set_reminders": {"administrator"},
    "see_reminders": {"administrator", "front_desk", *TREATING},
    "administer_people": {"administrator"},
    "oversee": {"administrator"},
    "add_documents": {"administrator", "front_desk", *TREATING},
    "assign_forms": {"administrator", "front_desk", *TREATING},
    "give_clinical_forms": {"administrator", *TREATING},
    "keep_forms": {"administrator"},
    "keep_library": {"administrator"},
    "keep_templates": {"administrator"},
    "keep_storage": {"administrator"},
    "run_operations": {"administrator"},
    "read_notes": {"administrator", "supervisor", *TREATING},
    "write_notes": TREATING,
    "break_glass": {"supervisor", *TREATING},
    "review_emergency_access": {"administrator", "supervisor"},
    "read_audit": {"administrator"},
    "run_outbox": {"administrator"},
    "set_rules": {"administrator"},
    "word_messages": {"administrator"},
    "lift_stops": {"administrator", "front_desk"},
}


def abilities_of(roles: list[str]) -> list[str]:
    """The names of what is offered to somebody with these hats."""
    return sorted(ability for ability, hats in OFFERED.items() if hats & set(roles))


@cache
def can(audience: str, ability: str) -> bool:
    """Whether somebody who acts as this audience is offered the ability; a combined one if any of its hats is."""
    hats = combined_roles().get(audience, (audience,))
    return bool(OFFERED[ability] & {hat.removeprefix("ms_") for hat in hats})


def only_for(ability: str, audience: str) -> None:
    """Raises Http404 for somebody who is not offered this: there is no such page for them."""
    if not can(audience, ability):
        raise Http404


def staff_who(ability: str) -> ProfileQuerySet:
    """Those who work in the acting practice and are offered the ability in one of their hats, by name."""
    return Profile.objects.staff().filter(roles__role__in=OFFERED[ability]).distinct()


def initials(person: Profile) -> str:
    return (person.first_name[:1] + person.last_name[:1]).upper()


def role_names(person: Profile) -> list[str]:
    return sorted(role.role for role in person.roles.all())


def describe(person: Profile, audience: str) -> dict[str, Any]:
    """The `MeOut` of a person who acts as `audience`: what they are offered goes by the roles they act in now."""
    practice, acting_in = person.practice, sorted(hats_of(audience))
    return {
        "id": person.id,
        "name": person.full_name,
        "initials": initials(person),
        "email": person.email,
        "roles": role_names(person),
        "acting_in": acting_in,
        "practice": {
            "id": practice.id,
            "name": practice.name,
            "timezone": practice.timezone,
            "opens_at": f"{practice.opens_at:%H:%M}",
            "closes_at": f"{practice.closes_at:%H:%M}",
        },
        "can": abilities_of(acting_in),
    }


def as_staff(person: Profile) -> dict[str, Any]:
    """The `StaffOut` of a person."""
    roles = role_names(person)
    return {
        "id": person.id,
        "name": person.full_name,
        "credentials": person.credentials,
        "roles": roles,
        "calendar_color": person.calendar_color,
        "is_schedulable": bool(SCHEDULABLE & set(roles)),
    }
