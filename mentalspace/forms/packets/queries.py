"""Reads of packets. Nothing in them is about a client."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from mentalspace.core.paging import page
from mentalspace.forms.models import FormPacket, FormTemplate, Stage

AS_IT_IS = ("id", "title", "description", "version", "updated_at")


def listed(*, retired: bool, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """One page of packets by title."""
    rows = FormPacket.objects.filter(retired_at__isnull=not retired)
    found, following = page(rows, keys=("title", "id"), cursor=cursor)
    return _shown(found), following


def whole(packet_id: UUID) -> dict[str, Any]:
    """The `FormPacketOut` of a packet. 404 when there is none in this practice."""
    return _shown([FormPacket.objects.visible(packet_id)])[0]


def _shown(packets: Iterable[FormPacket]) -> list[dict[str, Any]]:
    """Each form by its newest version that was published; one that is published no more says so."""
    packets = list(packets)
    families = {family for packet in packets for family in packet.families}
    rows = FormTemplate.objects.filter(family__in=families).exclude(status=Stage.DRAFT).order_by("number")
    forms = {row.family: row for row in rows}
    return [
        {
            **{name: getattr(packet, name) for name in AS_IT_IS},
            "is_retired": packet.retired_at is not None,
            "forms": [_form(forms[family]) for family in packet.families if family in forms],
        }
        for packet in packets
    ]


def _form(row: FormTemplate) -> dict[str, Any]:
    is_published = row.status == Stage.PUBLISHED
    return {"family": row.family, "title": row.title, "category": row.category, "is_published": is_published}
