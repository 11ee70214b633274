"""Who can be asked to sign in a chart: staff who see it, the client, and guardians who may sign for the client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Q, QuerySet

from mentalspace.clients.models import CareTeamMember, Client, ClientGuardian
from mentalspace.clients.models import Status as Care
from mentalspace.core.errors import BadInput
from mentalspace.documents.signing.rules import Role
from mentalspace.people.abilities import role_names
from mentalspace.people.models import Profile, SupervisionRelationship

SEES_EVERY_CHART = ("administrator", "front_desk")
NO_ADDRESS = "There is no e-mail address in the chart to send a link to."
DECEASED = "The client has died."

Kind = Literal["staff", "client", "guardian"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to sign, and as what: a colleague, the client, or a guardian, by their id."""

    id: UUID
    role: Role


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody asked, as the place names them."""

    role: Role
    name: str
    email: str = ""
    person_id: UUID | None = None
    guardian_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who can be asked, or why they cannot."""

    id: UUID
    kind: Kind
    name: str
    detail: str
    email: str = ""
    why_not: str = ""


def options(client_id: UUID, today: date) -> list[Option]:
    """Everybody whom a signature could be asked of, the client first. 404 for a hidden client."""
    client = Client.objects.visible(client_id)
    why_not = DECEASED if client.status == Care.DECEASED else "" if client.email else NO_ADDRESS
    found = [Option(client.pk, "client", client.chosen_name, "Client", client.email, why_not)]
    for guardian in guardians(client_id, today):
        missing = "" if guardian.email else NO_ADDRESS
        label = guardian.get_relationship_display()
        found.append(Option(guardian.pk, "guardian", guardian.name, label, guardian.email, missing))
    people = staff(client_id, today).prefetch_related("roles")
    return [*found, *(Option(one.pk, "staff", one.full_name, ", ".join(role_names(one))) for one in people)]


def signers_of(client_id: UUID, asked: Sequence[Asked], today: date) -> list[Signer]:
    """Each as their place names them. Raises BadInput for one who cannot be asked, in that role, or is asked twice."""
    if len({one.id for one in asked}) < len(asked):
        raise BadInput(fields={"signers": ["Each person signs once."]})
    known = {one.id: one for one in options(client_id, today)}
    return [_signer(one, known.get(one.id)) for one in asked]


def _signer(asked: Asked, option: Option | None) -> Signer:
    kinds: dict[Role, Kind] = {"Client": "client", "Guardian": "guardian"}
    if option is None or option.kind != kinds.get(asked.role, "staff"):
        who = "The client, guardians who may sign, and people who see this chart can be asked to sign."
        raise BadInput(fields={"signers": [who]})
    if option.why_not:
        raise BadInput(fields={"signers": [f"{option.name}: {option.why_not}"]})
    return Signer(
        role=asked.role,
        name=option.name,
        email=option.email,
        person_id=option.id if option.kind == "staff" else None,
        guardian_id=option.id if option.kind == "guardian" else None,
    )


def staff(client_id: UUID, today: date) -> QuerySet[Profile]:
    """Who sees this chart: the care team and its supervisors, administrators and the front desk."""
    is_current = Q(end_date__isnull=True) | Q(end_date__gt=today)
    team = CareTeamMember.objects.filter(is_current, client_id=client_id).values("person_id")
    above = SupervisionRelationship.objects.filter(is_current, supervisee_id__in=team).values("supervisor_id")
    sees = Q(pk__in=team) | Q(pk__in=above) | Q(roles__role__in=SEES_EVERY_CHART)
    people = Profile.objects.filter(sees, is_active=True, is_system=False)
    return people.distinct().order_by("last_name", "first_name", "id")


def guardians(client_id: UUID, today: date) -> QuerySet[ClientGuardian]:
    """Who may sign for the client today, as the word `guardian_of("sign")` judges it. `today` is the day in UTC."""
    runs = Q(end_date__isnull=True) | Q(end_date__gt=today)
    is_minor = Q(ages_out_on__isnull=True) | Q(ages_out_on__gt=today)
    in_force = ClientGuardian.objects.filter(runs, is_minor, verified_at__isnull=False, start_date__lte=today)
    return in_force.filter(client_id=client_id, can_sign=True).order_by("name", "id")
