"""What a practice decides about sign-in: how old a password may grow, and at how many places somebody may be signed in.

For administrators, on the practice's own row. How long a session lasts is nobody's to decide.
"""

from typing import Any

from mentalspace.access.actor import Actor
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import record
from mentalspace.core.errors import BadInput, NotAllowed, Refusal
from mentalspace.people.abilities import can, only_for
from mentalspace.practices.models import Practice

OLDEST_PASSWORD = 365
MOST_SESSIONS = 20
OUT_OF_BOUNDS = {
    "password_max_age_days": f"Choose 1 to {OLDEST_PASSWORD} days, or 0 if passwords need never be changed.",
    "sessions_per_person": f"Choose 1 to {MOST_SESSIONS}.",
}


class RulesChangedElsewhere(Refusal):
    code, status = "changed_elsewhere", 409
    message = "Not saved: somebody else has changed these rules meanwhile. Reload and try again."


def shown(practice: Practice, *, by: Actor) -> dict[str, Any]:
    """The rules as they stand, 0 days for passwords that never grow old. Raises Http404."""
    only_for("administer_people", by.audience)
    return _as_out(practice)


def change(*, by: Actor, version: int, password_max_age_days: int, sessions_per_person: int) -> dict[str, Any]:
    """Both rules, from now on. Raises NotAllowed, BadInput, RulesChangedElsewhere."""
    if not can(by.audience, "administer_people"):
        raise NotAllowed
    _check(password_max_age_days, sessions_per_person)
    practice = Practice.objects.select_for_update().get(pk=by.practice)
    if practice.version != version:
        raise RulesChangedElsewhere(data={"version": practice.version})
    before = _as_out(practice)
    practice.password_max_age_days = password_max_age_days or None
    practice.sessions_per_person, practice.version = sessions_per_person, version + 1
    practice.save(update_fields=["password_max_age_days", "sessions_per_person", "version"], force_update=True)
    record(
        "practice.sign_in_rules_changed",
        "{actor} changed the rules for passwords and sessions",
        resource_type="practice",
        action_type=ADMIN_ACTION,
        resource=practice.pk,
        details={"before": before, "after": _as_out(practice)},
        severity="critical",
    )
    return _as_out(practice)


def _check(days: int, sessions: int) -> None:
    is_good = {
        "password_max_age_days": 0 <= days <= OLDEST_PASSWORD,
        "sessions_per_person": 1 <= sessions <= MOST_SESSIONS,
    }
    if wrong := {name: [OUT_OF_BOUNDS[name]] for name, is_so in is_good.items() if not is_so}:
        raise BadInput(fields=wrong)


def _as_out(practice: Practice) -> dict[str, Any]:
    return {
        "password_max_age_days": practice.password_max_age_days or 0,
        "sessions_per_person": practice.sessions_per_person,
        "version": practice.version,
    }
