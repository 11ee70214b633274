"""The words of messages over HTTP: parse → one action or query → return."""

from typing import Any

from ninja import Router

from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Problem
from mentalspace.correspondence.wordings import actions, queries, trying
from mentalspace.correspondence.wordings.schemas import (
    MessageWordingIn,
    MessageWordingOut,
    WordingDraftIn,
    WordingPreviewOut,
    WordingSentOut,
)
from mentalspace.notify.models import SMS
from mentalspace.people import limits
from mentalspace.people.abilities import only_for
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["wordings"])


@router.get(
    "/message-wordings", response={200: list[MessageWordingOut], **REFUSALS}, operation_id="list_message_wordings"
)
def list_message_wordings(request: StaffRequest) -> list[dict[str, Any]]:
    """Every message the practice may word. Not paged: a fixed handful."""
    only_for("word_messages", request.actor.audience)
    return queries.listed()


@router.put("/message-wordings", response={200: MessageWordingOut, **REFUSALS}, operation_id="save_message_wording")
def save_message_wording(request: StaffRequest, data: MessageWordingIn) -> dict[str, Any]:
    """From now on; what is queued stays as it was queued. Words that equal the product's own are its own again."""
    row = actions.save_wording(data.draft(), by=request.actor, version=data.version, now=clock.now())
    return queries.shown(row)


@router.post(
    "/message-wording-previews", response={200: WordingPreviewOut, **REFUSALS}, operation_id="preview_message_wording"
)
def preview_message_wording(request: StaffRequest, data: WordingDraftIn) -> dict[str, Any]:
    """As a reader gets it, on invented values. Nothing is sent."""
    return trying.preview(data.draft(), by=request.actor)


@router.post(
    "/message-wording-tests",
    response={200: WordingSentOut, **REFUSALS, 429: Problem},
    operation_id="try_message_wording",
)
def try_message_wording(request: StaffRequest, data: WordingDraftIn) -> dict[str, str]:
    """The same, sent to oneself and marked as a test."""
    limits.check("test_message", user=request.actor.person)
    person = trying.send_to_oneself(data.draft(), by=request.actor)
    return {"to": person.phone_number if data.channel == SMS else person.email}
