"""Messages that carry a link, in the caller's transaction."""

from mentalspace.forms.links.models import RESOURCE, FormLink
from mentalspace.forms.links.reach import reader_of
from mentalspace.forms.messages import CHANGES, good_until
from mentalspace.forms.models import FormAssignment
from mentalspace.notify.models import CLIENT
from mentalspace.notify.outbox import queue


def tell(kind: str, link: FormLink, address: dict[str, str]) -> None:
    """Say this to whoever has the link, at this address."""
    to = {"recipient": link.client_id, "recipient_type": CLIENT, "about": (RESOURCE, link.pk)}
    queue(kind=kind, values={"day": good_until(link)}, **to, **address)  # type: ignore[arg-type]


def tell_changes(form: FormAssignment) -> None:
    """Changes were asked for: whoever has a good link hears so. The form is locked."""
    for link in form.links.filter(revoked_at__isnull=True).order_by("created_at", "id"):
        reader = reader_of(link, form.client)
        address = reader.address(link.channel) if reader else {}
        if address:
            tell(CHANGES, link, address)
