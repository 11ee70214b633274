"""What comes in filled."""

from collections.abc import Iterable
from datetime import datetime
from typing import get_args
from uuid import UUID

from mentalspace.correspondence.rules.causes.charts import AFTERWARDS
from mentalspace.correspondence.rules.conditions import CHOICE, NUMBER, TEXT, Field
from mentalspace.correspondence.rules.facts import Cause, Facts, Point, zone_of_practice
from mentalspace.correspondence.rules.vocabulary import Trigger
from mentalspace.correspondence.rules.wording import CLIENT
from mentalspace.forms.building.schemas import FormCategory
from mentalspace.forms.models import FormResponse
from mentalspace.notify.fields import Said


def _between(start: datetime, end: datetime) -> Iterable[Point]:
    rows = FormResponse.objects.filter(submitted_at__gte=start, submitted_at__lt=end).order_by("submitted_at", "id")
    return [Point(pk, at, at) for pk, at in rows.values_list("id", "submitted_at") if at]


def _facts(entity: UUID, now: datetime) -> Facts | None:
    rows = FormResponse.objects.filter(pk=entity, submitted_at__lte=now)
    row = rows.select_related("assignment__template", "client").first()
    if row is None or row.submitted_at is None:
        return None
    template = row.assignment.template
    return Facts(
        entity=row.pk,
        begins=row.submitted_at,
        moment=row.submitted_at,
        zone=zone_of_practice(),
        about=("form", row.assignment_id),
        client=row.client_id,
        clinician=row.client.primary_therapist_id,
        values={"form": template.title, "category": template.category, "round": row.round},
        said={"form": template.title},
    )


FORM_COMPLETED = Cause(
    trigger=Trigger.FORM_COMPLETED,
    explains="A client's form was filled and sent in, for the first time or again after changes.",
    facts=_facts,
    between=_between,
    asks={
        "form": Field("Form", TEXT),
        "category": Field("Category", CHOICE, get_args(FormCategory)),
        "round": Field("Round", NUMBER),
    },
    says={CLIENT: Said("Robin Vale"), "form": Said("Welcome questionnaire")},
    timings=AFTERWARDS,
    is_event=True,
)
