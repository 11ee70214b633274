"""Who is told of an incident, and by what: the bell and mail, and of a P0 or P1 a text. Never about a client.

What a person wrote may name one, and mail is read elsewhere: of an incident somebody opened, messages say its number
and how grave it is. The titles of the others are the product's own words.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.conf import settings

from mentalspace.access.actor import NOBODY
from mentalspace.core import clock
from mentalspace.notify.bell import ring
from mentalspace.notify.models import Notification
from mentalspace.ops import reaching
from mentalspace.ops.alerts.rules import Channel
from mentalspace.ops.incidents import on_call
from mentalspace.ops.incidents.models import IncidentActionItem, OperationsIncident, OperationsIncidentLine
from mentalspace.ops.incidents.rules import GRAVE, OVER, Happened, Severity, Source, Whom
from mentalspace.people.abilities import staff_who
from mentalspace.people.models import Profile


@dataclass(frozen=True)
class Heard:
    """Who was told of the same thing a moment ago, who of them by text, and by whom: for the timeline."""

    people: Collection[UUID] = ()
    texted: Collection[UUID] = ()
    why: str = ""


NOBODY_HEARD = Heard()
OPENED, WAITING, GRAVER, NAMED = (f"operations.incident_{each}" for each in ("opened", "waiting", "graver", "named"))
ACTION_ITEM = "operations.incident_action_item"
ABOUT = "operations_incident"
BY_A_PERSON = "Somebody who works here opened it; the page says more."


def call(
    incident: OperationsIncident,
    kind: str,
    whom: Whom,
    *,
    by: UUID,
    heard: Heard = NOBODY_HEARD,
    also: UUID | None = None,
) -> None:
    """Call these people, and `also` somebody, and write down whom. Who has heard of the same thing a moment ago is not
    told again, but for a text about a P0 or P1 where they had none."""
    people = on_call.people_for(whom, clock.now())
    if also is not None and also not in {one.pk for one in people}:
        people += staff_who("run_operations").filter(pk=also)
    _call(incident, kind, people, by, heard)


def call_person(incident: OperationsIncident, kind: str, person: UUID, *, by: UUID) -> None:
    """Call one of those who run operations, and write it down."""
    _call(incident, kind, list(staff_who("run_operations").filter(pk=person)), by, NOBODY_HEARD)


def _call(incident: OperationsIncident, kind: str, people: Sequence[Profile], by: UUID, heard: Heard) -> None:
    used = _tell(incident, kind, people, heard)
    line = OperationsIncidentLine(practice_id=incident.practice_id, incident=incident, happened=Happened.TOLD)
    line.person, line.people, line.channels = by, [one.pk for one in people], used
    line.note = heard.why if any(one.pk in heard.people for one in people) else ""
    line.created_at = clock.now()
    line.save(force_insert=True)


def _tell(incident: OperationsIncident, kind: str, people: Sequence[Profile], heard: Heard) -> list[str]:
    about, values = (ABOUT, incident.pk), partial(_values, incident)
    anew = [one for one in people if one.pk not in heard.people]
    untexted = [one for one in people if one.pk not in heard.texted]
    used = []
    if anew:
        said = {"number": incident.number, "severity": incident.severity, "what": what(incident)}
        ring(kind=kind, recipients=[one.pk for one in anew], about=incident.pk, values=said)
        used.append(Channel.IN_PRODUCT)
    if reaching.mail(kind, anew, values, about=about):
        used.append(Channel.EMAIL)
    if incident.severity in GRAVE and reaching.text(kind, untexted, values, about=about):
        used.append(Channel.SMS)
    return [str(each) for each in used]


def ring_assignee(item: IncidentActionItem, *, by: UUID) -> None:
    """Tell whoever is to do it, unless they said so themselves."""
    if item.assignee != by:
        said = {"number": item.incident.number, "day": f"{item.due_on:%b} {item.due_on.day}"}
        ring(kind=ACTION_ITEM, recipients=[item.assignee], about=item.incident_id, values=said)


def what(incident: OperationsIncident) -> str:
    """What it is about, in words that may leave the product."""
    return BY_A_PERSON if incident.source == Source.PERSON else incident.title


def _values(incident: OperationsIncident, person: Profile) -> dict[str, object]:
    address = f"{settings.PUBLIC_URL}/operations/incidents/{incident.pk}"
    said = {"number": incident.number, "severity": incident.severity, "what": what(incident)}
    return {"name": person.full_name, "address": address, **said}


def is_wanted(row: Notification) -> bool:
    """Whether a message still says what is so when its time comes: it asks for somebody, until somebody has come. That
    one is open everybody is to know of a P0, and that it has become graver whoever commands it, too."""
    incident = OperationsIncident.objects.filter(pk=row.related_entity_id or NOBODY).first()
    if incident is None or incident.status in OVER:
        return False
    if row.kind == NAMED:
        return incident.commander == row.recipient_id
    if row.kind == GRAVER:
        return True
    return incident.taken_at is None or (row.kind == OPENED and incident.severity == Severity.P0)
