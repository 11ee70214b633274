"""Addresses that get nothing more, as the practice's system."""

from django.db.models import QuerySet

from mentalspace.access.actor import own_practice
from mentalspace.core import clock
from mentalspace.notify.models import BOUNCED, COMPLAINED, EMAIL, STOPPED, SuppressedAddress

WHY = {
    BOUNCED: "Not sent: mail to this address came back. Put the address right, then lift the stop.",
    COMPLAINED: "Not sent: whoever reads at this address reported our mail as unwanted.",
    STOPPED: "Not sent: this number has written STOP. It gets texts again when it writes START.",
}
"""What to say of a message that was not sent."""


def reason(channel: str, address: str) -> str:
    """Why nothing goes to this address, in plain words; empty when something may."""
    row = _stops(channel, address).first()
    return WHY[row.reason] if row else ""


def suppress(channel: str, address: str, why: str, detail: str = "") -> None:
    """Nothing more goes there. A STOP and a complaint take the place of a bounce, never the other way round.

    Providers tell several things of one address at once: whoever comes second waits for the first, and finds its stop.
    """
    told = {"reason": why, "detail": detail[:300]}
    stop = SuppressedAddress(practice_id=own_practice(), channel=channel, address=_plain(channel, address), **told)
    SuppressedAddress.objects.bulk_create([stop], ignore_conflicts=True)
    known = _stops(channel, address).select_for_update().first()
    if known is not None and known.pk != stop.pk and known.reason == BOUNCED:
        known.write(**told)


def resume(channel: str, address: str) -> None:
    """The reader wants messages again."""
    _stops(channel, address).update(lifted_at=clock.now())


def _stops(channel: str, address: str) -> QuerySet[SuppressedAddress]:
    """The stop in force for an address: one, or none."""
    return SuppressedAddress.objects.filter(channel=channel, address=_plain(channel, address), lifted_at=None)


def _plain(channel: str, address: str) -> str:
    return address.lower() if channel == EMAIL else address
