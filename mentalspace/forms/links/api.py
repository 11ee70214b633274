"""Links to forms over HTTP, for the staff."""

from typing import Any
from uuid import UUID

from ninja import Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core.api import REFUSALS
from mentalspace.forms.links import actions, queries
from mentalspace.forms.links.schemas import FormLinkIn, FormLinksOut
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["forms"])

MANY = "/forms/{form_id}/links"
ONE = f"{MANY}/{{form_link_id}}"


@router.get(MANY, response={200: FormLinksOut, **REFUSALS}, operation_id="get_form_links")
def get_form_links(request: StaffRequest, form_id: UUID) -> dict[str, Any]:
    """The links of a form, the newest first, and to whom one may go."""
    return _shown(form_id)


@router.post(MANY, response={201: FormLinksOut, **REFUSALS}, operation_id="send_form_link")
def send_form_link(request: StaffRequest, form_id: UUID, data: FormLinkIn) -> Status[dict[str, Any]]:
    """Send a link to the form. The one before is revoked."""
    actions.send_link(form_id=form_id, by=request.actor, **data.dict())
    return Status(201, _shown(form_id))


@router.put(f"{ONE}/revocation", response={200: FormLinksOut, **REFUSALS}, operation_id="revoke_form_link")
def revoke_form_link(request: StaffRequest, form_id: UUID, form_link_id: UUID) -> dict[str, Any]:
    """Let nobody in by this link any more."""
    actions.revoke_link(form_id=form_id, link_id=form_link_id)
    return _shown(form_id)


def _shown(form_id: UUID) -> dict[str, Any]:
    found = queries.of_form(form_id)
    saw("form", clients=[found["client_id"]], resource=form_id, what="looked at the links of a form")
    return found
