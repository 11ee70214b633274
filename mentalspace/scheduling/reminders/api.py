"""Reminders over HTTP: parse → load → one action or query → return."""

from datetime import time
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core import clock
from mentalspace.core.api import REFUSALS, Page
from mentalspace.people.middleware import StaffRequest
from mentalspace.scheduling.reminders import actions, queries, trying
from mentalspace.scheduling.reminders.schemas import (
    AnswerFilter,
    AnswerOut,
    AppointmentRemindersOut,
    ConsentIn,
    ContactConsentsOut,
    PreferencesIn,
    PreviewOut,
    ReminderFilter,
    ReminderOut,
    ReminderSettingsIn,
    ReminderSettingsOut,
    TestOut,
    WordingIn,
)

router = Router(tags=["reminders"])
CONSENTS = {200: ContactConsentsOut, **REFUSALS}


@router.get("/reminder-settings", response={200: ReminderSettingsOut, **REFUSALS}, operation_id="get_reminder_settings")
def get_reminder_settings(request: StaffRequest) -> dict[str, Any]:
    """How the practice reminds its clients; what it would be while nobody has saved anything."""
    return queries.settings()


@router.put(
    "/reminder-settings", response={200: ReminderSettingsOut, **REFUSALS}, operation_id="change_reminder_settings"
)
def change_reminder_settings(request: StaffRequest, data: ReminderSettingsIn) -> dict[str, Any]:
    """Save all of it. Everything to come is planned anew."""
    values = data.dict(exclude={"version"})
    for name in ("quiet_from", "quiet_until"):
        values[name] = time.fromisoformat(values[name])
    values["timing_by_type"] = data.model_dump(exclude_none=True)["timing_by_type"]
    actions.change_settings(by=request.actor, now=clock.now(), version=data.version, values=values)
    return queries.settings()


@router.post("/reminder-settings/preview", response={200: PreviewOut, **REFUSALS}, operation_id="preview_reminder")
def preview_reminder(request: StaffRequest, data: WordingIn) -> dict[str, Any]:
    """A wording as a reader would get it, with made-up values. Nothing is sent."""
    return trying.preview(trying.Draft(**data.dict()), by=request.actor, now=clock.now())


@router.post("/reminder-settings/test", response={200: TestOut, **REFUSALS}, operation_id="try_reminder")
def try_reminder(request: StaffRequest, data: WordingIn) -> dict[str, Any]:
    """A wording, sent to the person's own address."""
    person = trying.send_to_oneself(trying.Draft(**data.dict()), by=request.actor, now=clock.now())
    return {"to": person.email if data.channel == "email" else person.phone_number}


@router.get("/reminders", response={200: Page[ReminderOut], **REFUSALS}, operation_id="list_reminders")
def list_reminders(request: StaffRequest, filters: Query[ReminderFilter]) -> dict[str, Any]:
    """What is to go and what has gone: the practice's, or a clinician's own."""
    items, following = queries.listed(by=request.actor, **filters.dict())
    saw("reminder_list", clients=[item["client_id"] for item in items], what="looked at reminders")
    return {"items": items, "next": following}


@router.post("/reminders/{reminder_id}/resend", response={200: ReminderOut, **REFUSALS}, operation_id="resend_reminder")
def resend_reminder(request: StaffRequest, reminder_id: UUID) -> dict[str, Any]:
    """Send one that failed, or did not come, once more."""
    actions.send_again(reminder_id=reminder_id, by=request.actor, now=clock.now())
    row = queries.shown(reminder_id, by=request.actor)
    saw("reminder", clients=[row["client_id"]], resource=reminder_id)
    return row


@router.get(
    "/appointments/{appointment_id}/reminders",
    response={200: AppointmentRemindersOut, **REFUSALS},
    operation_id="list_appointment_reminders",
)
def list_appointment_reminders(request: StaffRequest, appointment_id: UUID) -> dict[str, Any]:
    """What was sent and is planned about one appointment."""
    return _of_appointment(request, appointment_id)


@router.get("/link-answers", response={200: Page[AnswerOut], **REFUSALS}, operation_id="list_link_answers")
def list_link_answers(request: StaffRequest, filters: Query[AnswerFilter]) -> dict[str, Any]:
    """Clients who cancelled by a link or ask for another time, to be seen to, the next appointment first."""
    items, following = queries.answers(cursor=filters.cursor)
    saw("link_answers", clients=[item["client_id"] for item in items], what="looked at clients' answers")
    return {"items": items, "next": following}


@router.delete(
    "/link-answers/{answer_id}",
    response={200: AppointmentRemindersOut, **REFUSALS},
    operation_id="see_to_link_answer",
)
def see_to_link_answer(request: StaffRequest, answer_id: UUID) -> dict[str, Any]:
    """Somebody has seen to it."""
    row = actions.see_to_answer(answer_id=answer_id, by=request.actor, now=clock.now())
    return _of_appointment(request, row.appointment_id)


@router.get("/clients/{client_id}/contact-consents", response=CONSENTS, operation_id="get_contact_consents")
def get_contact_consents(request: StaffRequest, client_id: UUID) -> dict[str, Any]:
    """Which messages the client agreed to, at which addresses, and when they are reminded."""
    return _consents(request, client_id)


@router.post(
    "/clients/{client_id}/contact-consents",
    response={201: ContactConsentsOut, **REFUSALS},
    operation_id="give_contact_consent",
)
def give_contact_consent(request: StaffRequest, client_id: UUID, data: ConsentIn) -> Status[dict[str, Any]]:
    """Record that the client agreed, for the address in the chart."""
    actions.give_consent(client_id=client_id, by=request.actor, now=clock.now(), channel=data.channel)
    return Status(201, _consents(request, client_id))


@router.post("/contact-consents/{consent_id}/revocation", response=CONSENTS, operation_id="revoke_contact_consent")
def revoke_contact_consent(request: StaffRequest, consent_id: UUID) -> dict[str, Any]:
    """The client wants no more messages there. What waits is called off."""
    row = actions.revoke_consent(consent_id=consent_id, by=request.actor, now=clock.now())
    return _consents(request, row.client_id)


@router.put("/clients/{client_id}/reminder-preferences", response=CONSENTS, operation_id="change_reminder_preferences")
def change_reminder_preferences(request: StaffRequest, client_id: UUID, data: PreferencesIn) -> dict[str, Any]:
    """The client's own hours and time zone."""
    actions.change_preferences(client_id=client_id, by=request.actor, now=clock.now(), values=data.dict())
    return _consents(request, client_id)


def _consents(request: StaffRequest, client_id: UUID) -> dict[str, Any]:
    found = queries.consents(client_id, by=request.actor)
    saw("contact_consents", clients=[client_id], resource=client_id)
    return found


def _of_appointment(request: StaffRequest, appointment_id: UUID) -> dict[str, Any]:
    found = queries.of_appointment(appointment_id, by=request.actor)
    clients = {item["client_id"] for item in found["items"]}
    saw("appointment_reminders", clients=clients or [queries.client_of(appointment_id)], resource=appointment_id)
    return found
