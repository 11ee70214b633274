"""Rules, what happens, and who was told of it."""

from typing import Any

from django.db import connection

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import IMPORT, JOBS
from mentalspace.charting.models import ClinicalNote
from mentalspace.core import clock
from mentalspace.correspondence import jobs
from mentalspace.correspondence.rules.defaults import ensure_rules
from mentalspace.correspondence.rules.models import NotificationRule, RuleDispatch
from mentalspace.notify import happenings
from mentalspace.notify.models import StaffNotification
from mentalspace.practices.system import system_actor
from tests.cast import CLEO, HERE, ID, NOW, ROLES, actor

SYSTEM = system_actor(HERE)

WAITING = """select args->>'what', args->>'entity' from procrastinate_jobs
    where task_name = 'notify.happened' and args->>'practice' = %s order by id"""


def rule(trigger: str = "Document Uploaded", **more: Any) -> dict[str, Any]:
    """The body of a rule: an alert to the clinician, at once."""
    return {
        "rule_name": "A rule",
        "rule_type": "Dashboard Alert",
        "trigger_event": trigger,
        "recipient_type": "Clinician",
        "message_subject": "Look at this",
        "message_template": "Something at {practice}.",
    } | more


def add(http: Any, trigger: str = "Document Uploaded", **more: Any) -> dict[str, Any]:
    """A rule of Ada's, as the API shows it; those every practice begins with are silent."""
    silence()
    answer = http("ada").call("post", "/notification-rules", rule(trigger, **more))
    assert answer.status_code == 201, answer.content
    made: dict[str, Any] = answer.json()
    return made


def silence() -> None:
    with acting_as(SYSTEM):
        ensure_rules(HERE)
        NotificationRule.objects.exclude(default_key="").update(is_active=False)


def happen() -> list[str]:
    """Run the jobs of what happened, whoever did it, as the worker would. What they were about."""
    found = []
    for name in ROLES:
        with acting_as(Actor(HERE, ID[name], JOBS)), connection.cursor() as cursor:
            cursor.execute(WAITING, [str(HERE)])
            found += cursor.fetchall()
    for what, entity in found:
        happenings.tell_listeners(SYSTEM, what=what, entity=entity)  # type: ignore[call-arg]
    return [what for what, _ in found]


def run() -> None:
    """What the schedule does every few minutes."""
    jobs.look_at_rules(SYSTEM)
    jobs.send_by_rules(SYSTEM)


def told(name: str) -> list[tuple[str, str, str]]:
    """What rules have put under somebody's bell, the first first."""
    with acting_as(actor(name)):
        rows = StaffNotification.objects.order_by("created_at", "id")
        return [(row.title, row.text, row.about_type) for row in rows if not row.kind.islower()]


def dispatches() -> list[tuple[str, str, int]]:
    """(channel, status, turn) of all there are."""
    with acting_as(SYSTEM):
        rows = RuleDispatch.objects.order_by("turn", "channel", "recipient_id")
        return list(rows.values_list("channel", "status", "turn"))


def sign(appointment: str) -> None:
    """A signed note of the session. As an import brings it: what is signed here bears the database's own time."""
    signed = {"signed_at": clock.now(), "signed_name": "Ana Cast", "content_hash": "x", "is_imported": True}
    of = {"client_id": CLEO, "author_id": ID["ana"], "appointment_id": appointment, "service_date": NOW.date()}
    with acting_as(Actor(HERE, HERE, IMPORT)):
        ClinicalNote(practice_id=HERE, **of, **signed).save(force_insert=True)
