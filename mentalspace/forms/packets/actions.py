"""What can be done with packets of forms. Each action is one transaction of the acting person's."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.forms.actions import assign_form
from mentalspace.forms.errors import PacketChangedElsewhere, PacketNotWhole, PacketRetired, PacketThere
from mentalspace.forms.models import FILLABLE, FormAssignment, FormPacket, FormTemplate, Stage
from mentalspace.people.abilities import can

RESOURCE = "form_packet"
MOST_FORMS = 20
NOT_PUBLISHED = "A form in this packet is not published. Publish it first, or take it out."
TWICE = "The same form stands here twice."


@records("form_packet.added", "{actor} made a packet of forms", resource_type=RESOURCE)
def add_packet(*, by: Actor, title: str, description: str, families: list[UUID]) -> FormPacket:
    """Forms that are given together from now on, in this order."""
    if not can(by.audience, "keep_forms"):
        raise NotAllowed
    _check(families)
    packet = FormPacket(practice_id=by.practice, created_by_id=by.person, title=title, description=description)
    packet.families = families
    packet.save(force_insert=True)
    return packet


@records("form_packet.changed", "{actor} changed a packet of forms", resource_type=RESOURCE)
def change_packet(*, packet_id: UUID, version: int, title: str, description: str, families: list[UUID]) -> FormPacket:
    """Save it whole. What was given stays as it is. Refused when somebody else saved it since it was opened."""
    packet = _locked(packet_id)
    if packet.retired_at is not None:
        raise PacketRetired
    if packet.version != version:
        raise PacketChangedElsewhere(data={"version": packet.version})
    _check(families)
    return packet.write(title=title, description=description, families=families, **packet.next_version(clock.now()))


@records("form_packet.retired", "{actor} retired a packet of forms", resource_type=RESOURCE)
def retire_packet(*, packet_id: UUID) -> FormPacket:
    """Given to nobody any more; its forms can be. Once more changes nothing."""
    packet, now = _locked(packet_id), clock.now()
    if packet.retired_at is not None:
        return packet
    return packet.write(retired_at=now, **packet.next_version(now))


@records("form_packet.assigned", "{actor} gave a client a packet of forms", resource_type=RESOURCE)
def assign_packet(
    *, client_id: UUID, packet_id: UUID, is_again: bool, due_date: date | None, today: date, by: Actor, **said: Any
) -> FormAssignment:
    """Every form of the packet as it is published now, one after the other; returns the first. All or none.

    Raises PacketNotWhole when one is published no more, and PacketThere while the client has this packet to fill
    already, unless they are meant to have it twice.
    """
    Client.objects.visible(client_id)
    _take_turns(client_id)
    packet = FormPacket.objects.visible(packet_id)
    if packet.retired_at is not None:
        raise PacketRetired
    templates = [_published(family) for family in packet.families]
    open_ones = FormAssignment.objects.filter(client_id=client_id, packet_id=packet.pk, status__in=FILLABLE)
    if not is_again and open_ones.exists():
        raise PacketThere
    part: dict[str, Any] = {"packet_id": packet.pk, "packet_title": packet.title, "bundle": uuid4()}
    when: dict[str, Any] = {"due_date": due_date, "today": today, "by": by}
    forms = [
        assign_form(client_id=client_id, template_id=template.pk, place=place, **part, **when, **said)
        for place, template in enumerate(templates, start=1)
    ]
    return forms[0]


def _locked(packet_id: UUID) -> FormPacket:
    """404 when there is none here, 403 for whoever only reads."""
    FormPacket.objects.visible(packet_id)
    return FormPacket.objects.for_change(packet_id)


def _take_turns(client_id: UUID) -> None:
    """Two clicks at once find each other; who only treats a client cannot lock the client's row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"packet:{client_id}"])


def _published(family: UUID) -> FormTemplate:
    template = FormTemplate.objects.filter(family=family, status=Stage.PUBLISHED).first()
    if template is None:
        raise PacketNotWhole
    return template


def _check(families: list[UUID]) -> None:
    if len(set(families)) < len(families):
        raise BadInput(fields={"families": [TWICE]})
    there = FormTemplate.objects.filter(family__in=families, status=Stage.PUBLISHED).count()
    if there < len(families):
        raise BadInput(fields={"families": [NOT_PUBLISHED]})
