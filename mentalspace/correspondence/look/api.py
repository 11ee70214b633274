"""What stands around mails, over HTTP: parse → one action or query → return."""

from typing import Any

from ninja import File, Router, Status, UploadedFile

from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Problem
from mentalspace.core.errors import BadInput
from mentalspace.correspondence.look import actions, queries, trying
from mentalspace.correspondence.look.schemas import (
    LookIn,
    LookOut,
    LookSentOut,
    MailLogoOut,
    MailSettingsIn,
    MailSettingsOut,
)
from mentalspace.correspondence.wordings.drafts import may
from mentalspace.people import limits
from mentalspace.people.abilities import only_for
from mentalspace.people.middleware import StaffRequest
from mentalspace.storage.shrinking import small

router = Router(tags=["mail settings"])


@router.get("/mail-settings", response={200: MailSettingsOut, **REFUSALS}, operation_id="get_mail_settings")
def get_mail_settings(request: StaffRequest) -> dict[str, Any]:
    """What stands around every mail."""
    only_for("word_messages", request.actor.audience)
    return queries.mail_settings()


@router.put("/mail-settings", response={200: MailSettingsOut, **REFUSALS}, operation_id="save_mail_settings")
def save_mail_settings(request: StaffRequest, data: MailSettingsIn) -> dict[str, Any]:
    """From the next mail on."""
    actions.save_mail_settings(by=request.actor, now=clock.now(), **data.dict())
    return queries.mail_settings()


@router.post(
    "/mail-settings/logos",
    response={201: MailLogoOut, **REFUSALS, 429: Problem, 503: Problem},
    operation_id="add_mail_logo",
)
def add_mail_logo(request: StaffRequest, file: File[UploadedFile | None] = None) -> Status[dict[str, Any]]:
    """Check a PNG or JPEG as every upload is, and make it small. No mail has it before the settings name it."""
    may(request.actor)
    if file is None:
        raise BadInput(fields={"file": ["Choose a file."]})
    limits.check("mail_logo", user=request.actor.person)
    picture = small(file.read(), file.name or "", size=file.size or 0)
    return Status(201, queries.logo(actions.add_logo(picture=picture, by=request.actor)))


@router.post("/mail-settings/previews", response={200: LookOut, **REFUSALS}, operation_id="preview_mail_look")
def preview_mail_look(request: StaffRequest, data: LookIn) -> dict[str, Any]:
    """A made-up mail in this look. Nothing is kept, nothing is sent."""
    return trying.preview(by=request.actor, **data.dict())


@router.post(
    "/mail-settings/tests", response={200: LookSentOut, **REFUSALS, 429: Problem}, operation_id="try_mail_look"
)
def try_mail_look(request: StaffRequest) -> dict[str, str]:
    """A mail in the look that is saved, to oneself."""
    limits.check("test_message", user=request.actor.person)
    return {"to": trying.send_to_oneself(by=request.actor).email}
