"""Addresses that get nothing more, as the practice's system."""

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
    row = SuppressedAddress.objects.filter(channel=channel, address=_plain(channel, address), lifted_at=None).first()
    return WHY[row.reason] if row else ""


def suppress(channel: str, address: str, why: str, detail: str = "") -> None:
    """Nothing more goes there. A STOP and a complaint take the place of a bounce, never the other way round."""
    address = _plain(channel, address)
    home = SuppressedAddress.objects.filter(channel=channel, address=address, lifted_at=None)
    known = home.select_for_update().first()
    if known is None:
        SuppressedAddress(
            practice_id=own_practice(), channel=channel, address=address, reason=why, detail=detail[:300]
        ).save(force_insert=True)
    elif known.reason == BOUNCED:
        known.write(reason=why, detail=detail[:300])


def resume(channel: str, address: str) -> None:
    """The reader wants messages again."""
    rows = SuppressedAddress.objects.filter(channel=channel, address=_plain(channel, address), lifted_at=None)
    rows.update(lifted_at=clock.now())


def _plain(channel: str, address: str) -> str:
    return address.lower() if channel == EMAIL else address
