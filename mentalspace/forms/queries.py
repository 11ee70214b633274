"""Reads of clients' forms. Row-level security has decided which are there."""

from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery

from mentalspace.access.actor import Actor
from mentalspace.clients.models import Client, ClientAccess
from mentalspace.core.paging import page
from mentalspace.forms import answering
from mentalspace.forms.consents import making
from mentalspace.forms.details.comparing import offers
from mentalspace.forms.details.taking import may_take
from mentalspace.forms.files import queries as files
from mentalspace.forms.models import FILLABLE, VOID, FormAssignment, FormResponse, Status
from mentalspace.forms.policies import ADMINISTRATIVE
from mentalspace.forms.spec import FormDefinition
from mentalspace.people.abilities import can

AS_IT_IS = ("id", "client_id", "category", "status", "priority", "due_date", "instructions", "changed_at")
OF_ROUND = (
    "id",
    "round",
    "answers",
    "version",
    "saved_at",
    "submitted_at",
    "scores",
    "outcome",
    "reviewed_at",
    "taken",
)

OF_OFFER = ("what", "label", "now", "becomes", "wrong")
OF_SIGNED = ("signer", "effective", "wrong", "is_revoked")


def of_client(client_id: UUID, *, in_error: bool, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of a client's forms, the newest first; those entered in error by themselves. 404 for a hidden client."""
    Client.objects.visible(client_id)
    rows = _rows().filter(client_id=client_id)
    rows = rows.filter(status=Status.IN_ERROR) if in_error else rows.exclude(status=Status.IN_ERROR)
    found, following = page(rows, keys=("-created_at", "id"), cursor=cursor)
    return [_row(form) for form in found], following


def of_bundle(bundle: UUID | None) -> list[dict[str, Any]]:
    """The forms that were given together as a packet, in their order."""
    return [_row(form) for form in _rows().filter(bundle=bundle).order_by("place")]


def to_review(*, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of the forms that were sent and wait for a review, those that wait longest first."""
    found, following = page(_rows().filter(status=Status.SUBMITTED), keys=("changed_at", "id"), cursor=cursor)
    return [_row(form) for form in found], following


def whole(form_id: UUID, by: Actor) -> dict[str, Any]:
    """The `FormOut` of a form. 404 when invisible."""
    form = _rows().visible(form_id)  # type: ignore[attr-defined]
    may_write = _may_write(form, by)
    is_to_review = may_write and form.status == Status.SUBMITTED
    definition = FormDefinition.model_validate(form.template.definition)
    return {
        **_row(form),
        **files.of_form(form, definition, [each.answers for each in form.responses.all()]),
        "definition": definition,
        "error": _error(form),
        "rounds": [_round(each) for each in form.responses.all()],
        "may_write": may_write,
        **(_signing(form) if is_to_review else {"consents": [], "signers": []}),
        "details": _details(form, by) if is_to_review else None,
    }


def _signing(form: FormAssignment) -> dict[str, Any]:
    """What a reviewer is to know of the consents that were signed."""
    response = next(iter(form.responses.all()))
    signed = making.signed_in(form, response)
    people = making.may_have_signed(form, signed) if signed else []
    likely = making.presumed(form, response, people) if signed else None
    return {
        "consents": [
            {"title": each.field.label, **{name: getattr(each, name) for name in OF_SIGNED}} for each in signed
        ],
        "signers": [
            {"guardian_id": one.guardian_id, "name": one.name, "is_presumed": (one.guardian_id or "client") == likely}
            for one in people
        ],
    }


def _error(form: FormAssignment) -> dict[str, Any] | None:
    if form.error_by is None:
        return None
    return {"reason": form.error_reason, "by": form.error_by.full_name, "at": form.error_at}


def _details(form: FormAssignment, by: Actor) -> dict[str, Any]:
    """What the answers would make of the chart, where that is something new."""
    response = next(iter(form.responses.all()))
    found = [each for each in offers(form, response, form.client) if each.is_news]
    sent, changed = response.submitted_at, form.client.updated_at
    return {
        "may_take": may_take(form.client_id, by),
        "changed_at": changed if sent is not None and changed > sent else None,
        "offers": [{name: getattr(each, name) for name in OF_OFFER} for each in found],
    }


def _may_write(form: FormAssignment, by: Actor) -> bool:
    """Mirrors the sentences on `FormAssignment`: administrators, the front desk its own kinds, and who treats."""
    is_front_desks = form.category in ADMINISTRATIVE and can(by.audience, "add_client")
    is_the_office = is_front_desks or can(by.audience, "keep_forms")
    if is_the_office or not can(by.audience, "write_notes"):
        return is_the_office
    return ClientAccess.objects.filter(client_id=form.client_id, staff_id=by.person, through="care_team").exists()


def _rows() -> QuerySet[FormAssignment]:
    rounds = FormResponse.objects.select_related("typed_by", "link", "reviewed_by").order_by("-round")
    rows = FormAssignment.objects.select_related("client", "template", "assigned_by", "error_by")
    there = FormAssignment.objects.filter(bundle=OuterRef("bundle")).exclude(status__in=VOID)
    rows = rows.annotate(in_packet=_number(there), done_in_packet=_number(there.exclude(status__in=FILLABLE)))
    return rows.prefetch_related(Prefetch("responses", rounds))


def _number(rows: QuerySet[FormAssignment]) -> Subquery:
    """How many there are, in a query of another; `order_by` without a column keeps the table's own out of the group."""
    return Subquery(rows.order_by().values("bundle").annotate(n=Count("id")).values("n"))


def _packet(form: Any) -> dict[str, Any] | None:
    if form.bundle is None:
        return None
    number = {"done": form.done_in_packet or 0, "total": form.in_packet or 0}
    return {"bundle": form.bundle, "title": form.packet_title, "place": form.place, **number}


def _row(form: FormAssignment) -> dict[str, Any]:
    definition = FormDefinition.model_validate(form.template.definition)
    newest = next(iter(form.responses.all()), None)
    progress = answering.progress(definition, newest.answers if newest else {})
    return {
        **{name: getattr(form, name) for name in AS_IT_IS},
        "client_name": form.client.chosen_name,
        "title": form.template.title,
        "number": form.template.number,
        "assigned_by": form.assigned_by.full_name,
        "assigned_at": form.created_at,
        "done": progress.done,
        "total": progress.total,
        "packet": _packet(form),
    }


def _round(response: FormResponse) -> dict[str, Any]:
    return {
        **{name: getattr(response, name) for name in OF_ROUND},
        "typed_by": _typist(response),
        "reviewed_by": response.reviewed_by.full_name if response.reviewed_by else "",
        "review_note": response.review_note,
    }


def _typist(response: FormResponse) -> str:
    if response.link:
        return f"{response.link.reader}, by a link"
    return response.typed_by.full_name if response.typed_by else ""
