"""Packets of forms over HTTP: kept by administrators, given to clients."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from mentalspace.audit.trail import saw
from mentalspace.core.api import REFUSALS
from mentalspace.forms import queries as forms
from mentalspace.forms.packets import actions, queries
from mentalspace.forms.packets.schemas import (
    FormPacketChange,
    FormPacketFilter,
    FormPacketIn,
    FormPacketOut,
    FormPacketPage,
    PacketAssignmentIn,
)
from mentalspace.forms.schemas import FormPage
from mentalspace.people.days import today_of
from mentalspace.people.middleware import StaffRequest

router = Router(tags=["form packets"])

ONE = "/form-packets/{form_packet_id}"


@router.get("/form-packets", response={200: FormPacketPage, **REFUSALS}, operation_id="list_form_packets")
def list_form_packets(request: StaffRequest, filters: Query[FormPacketFilter]) -> dict[str, Any]:
    """The practice's packets by title."""
    items, following = queries.listed(**filters.dict())
    return {"items": items, "next": following}


@router.post("/form-packets", response={201: FormPacketOut, **REFUSALS}, operation_id="add_form_packet")
def add_form_packet(request: StaffRequest, data: FormPacketIn) -> Status[dict[str, Any]]:
    return Status(201, queries.whole(actions.add_packet(by=request.actor, **data.dict()).pk))


@router.put(ONE, response={200: FormPacketOut, **REFUSALS}, operation_id="change_form_packet")
def change_form_packet(request: StaffRequest, form_packet_id: UUID, data: FormPacketChange) -> dict[str, Any]:
    """Save a packet. What was given stays as it is."""
    return queries.whole(actions.change_packet(packet_id=form_packet_id, **data.dict()).pk)


@router.put(f"{ONE}/retirement", response={200: FormPacketOut, **REFUSALS}, operation_id="retire_form_packet")
def retire_form_packet(request: StaffRequest, form_packet_id: UUID) -> dict[str, Any]:
    return queries.whole(actions.retire_packet(packet_id=form_packet_id).pk)


@router.post(
    "/clients/{client_id}/form-packets", response={201: FormPage, **REFUSALS}, operation_id="assign_form_packet"
)
def assign_form_packet(request: StaffRequest, client_id: UUID, data: PacketAssignmentIn) -> Status[dict[str, Any]]:
    """Give a client every form of a packet. 409 `packet_there` asks whether they are meant to have it twice."""
    first = actions.assign_packet(client_id=client_id, by=request.actor, today=today_of(request), **data.dict())
    saw("form_list", clients=[client_id], what="looked at a client's forms")
    return Status(201, {"items": forms.of_bundle(first.bundle), "next": None})
