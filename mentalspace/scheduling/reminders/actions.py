"""What people do about reminders. Each action is one transaction of the acting person's and names its event."""

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients.models import Client
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.people.abilities import can
from mentalspace.scheduling.reminders import planning, rules, sending
from mentalspace.scheduling.reminders.errors import NoSuchAddress, NotToBeSentAgain, SettingsChangedElsewhere
from mentalspace.scheduling.reminders.links import ReminderLink
from mentalspace.scheduling.reminders.models import (
    ContactConsent,
    NoticeSettings,
    ReminderLog,
    ReminderPreferences,
    ReminderSettings,
    Status,
)

NOTICES = (
    *("send_on_create", "create_template", "send_on_update", "update_template"),
    *("send_on_cancel", "cancel_template", "notify_recipients"),
)
LINKED = ("require_confirmation", "include_reschedule_link", "include_cancel_link")
TEMPLATES = {
    "email_template": (rules.EMAIL, True),
    "sms_template": (rules.SMS, True),
    "create_template": (rules.EMAIL, False),
    "update_template": (rules.EMAIL, False),
    "cancel_template": (rules.EMAIL, False),
}
"""By field, the channel a wording is for and whether links may stand in it."""


@records("reminders.settings.changed", "{actor} changed the reminders", resource_type="reminder_settings")
def change_settings(*, by: Actor, now: datetime, version: int, values: dict[str, Any]) -> ReminderSettings:
    """Set how the practice reminds and tells its clients. Everything to come is planned anew."""
    if not can(by.audience, "set_reminders"):
        raise NotAllowed
    _check(values)
    planning.take_the_floor()
    notices = {name: values.pop(name) for name in NOTICES}
    row = ReminderSettings.objects.select_for_update(of=("self",)).first()
    if (row.version if row else 1) != version:
        raise SettingsChangedElsewhere
    if row is None:
        row = ReminderSettings(practice_id=by.practice, **values)
        row.save(force_insert=True)
    else:
        row.write(**values, **row.next_version(now))
    told = NoticeSettings.objects.select_for_update(of=("self",)).first()
    if told is None:
        NoticeSettings(practice_id=by.practice, **notices).save(force_insert=True)
    else:
        told.write(**notices, **told.next_version(now))
    planning.plan_again(now=now)
    return row


def _check(values: dict[str, Any]) -> None:
    fields: dict[str, list[str]] = {}
    wanted = sending.links_of(ReminderSettings(**{name: values[name] for name in LINKED}))
    for name, (channel, links) in TEMPLATES.items():
        problem = rules.text_problem(channel, values[name], links=links)
        if problem is None and links:
            problem = rules.links_problem(values[name], wanted)
        if problem:
            fields[name] = [problem]
    for name in ("email_timing", "sms_timing"):
        if problem := rules.hours_problem(values[name]):
            fields[name] = [problem]
    for kind, timing in values["timing_by_type"].items():
        for channel, hours in timing.items():
            if problem := rules.hours_problem(hours or []):
                fields[f"timing_by_type.{kind}.{channel}"] = [problem]
    if fields:
        raise BadInput(fields=fields)


@records("client.reminders.changed", "{actor} changed a client's reminders", resource_type="client")
def change_preferences(*, client_id: UUID, by: Actor, now: datetime, values: dict[str, Any]) -> Client:
    """The client's own hours and zone. What is to come is planned anew."""
    client = Client.objects.visible(client_id)
    fields = {
        name: [problem]
        for name in ("email_timing", "sms_timing")
        if (problem := rules.hours_problem(values[name] or []))
    }
    if values["timezone"] and values["timezone"] not in available_timezones():
        fields["timezone"] = ["This is not a time zone such as America/New_York."]
    if fields:
        raise BadInput(fields=fields)
    planning.take_the_floor()
    row = ReminderPreferences.objects.select_for_update(of=("self",)).filter(client_id=client_id).first()
    if row is None:
        ReminderPreferences(practice_id=by.practice, client_id=client_id, **values).save(force_insert=True)
    else:
        row.write(**values)
    planning.plan_again(now=now, client=client_id)
    return client


@records("client.consent.given", "{actor} recorded a consent to messages", resource_type="contact_consent")
def give_consent(*, client_id: UUID, by: Actor, now: datetime, channel: str) -> ContactConsent:
    """The client agreed to messages about appointments at the address of this kind in the chart."""
    client = Client.objects.visible(client_id)
    address = rules.plain_address(channel, client.email if channel == rules.EMAIL else client.primary_phone)
    if not address:
        what = "e-mail address" if channel == rules.EMAIL else "telephone number that texts can be sent to"
        raise NoSuchAddress(f"Not recorded: there is no {what} in the chart. Put one in first.")
    planning.take_the_floor()
    of = {"client_id": client_id, "channel": channel, "address": address}
    known = ContactConsent.objects.filter(**of, revoked_at__isnull=True).first()
    if known is not None:
        return known
    made = ContactConsent(practice_id=by.practice, given_at=now, recorded_by_id=by.person, **of)
    made.save(force_insert=True)
    planning.plan_again(now=now, client=client_id)
    return made


@records("client.consent.revoked", "{actor} took a consent to messages back", resource_type="contact_consent")
def revoke_consent(*, consent_id: UUID, by: Actor, now: datetime) -> ContactConsent:
    """Nothing more goes there, also of what is planned. The consent stays as a record that it was given."""
    found = ContactConsent.objects.visible(consent_id)
    if found.revoked_at is not None:
        return found
    planning.take_the_floor()
    row = ContactConsent.objects.for_change(consent_id)
    row.write(revoked_at=now, revoked_by_id=by.person)
    planning.plan_again(now=now, client=row.client_id)
    return row


@records("reminder.sent_again", "{actor} had a reminder sent again", resource_type="reminder")
def send_again(*, reminder_id: UUID, by: Actor, now: datetime) -> ReminderLog:
    """A reminder that failed, or that the client says never came, goes once more: at once, or after quiet hours."""
    row = ReminderLog.objects.for_change(reminder_id)
    if row.status not in (Status.FAILED, Status.SENT):
        raise NotToBeSentAgain(f"Not sent again: this one is {row.status}.")
    if row.starts_at <= now:
        raise NotToBeSentAgain("Not sent again: the appointment has begun.")
    at = planning.goes_at(row, row.appointment.timezone, now)
    if at is None:
        raise NotToBeSentAgain("Not sent again: for this client it is quiet until the appointment begins.")
    row.write(status=Status.PENDING, due_at=at, notification_id=None, error_message="")
    planning.send_soon(row.practice_id)
    return row


@records("appointment.answer.handled", "{actor} saw to what a client answered by a link", resource_type="appointment")
def see_to_answer(*, answer_id: UUID, by: Actor, now: datetime) -> ReminderLink:
    """The client cancelled, or wished for another time, by one message or several, and somebody has done what there is
    to do."""
    row = ReminderLink.objects.for_change(answer_id)
    same = ReminderLink.objects.filter(
        appointment_id=row.appointment_id, action=row.action, starts_at=row.starts_at, used_at__isnull=False
    )
    same.filter(handled_at__isnull=True).update(handled_at=now, handled_by_id=by.person)
    return row
