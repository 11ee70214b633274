"""How a link leads on: through the forms of a packet that went out in the same message, one after the other."""

from typing import Any

from mentalspace.clients.models import Client
from mentalspace.forms.links.models import FormLink
from mentalspace.forms.links.reach import reader_of
from mentalspace.forms.models import FILLABLE, VOID, FormAssignment


def place_of(form: FormAssignment) -> dict[str, Any] | None:
    """Which form of its packet this is, of how many; those that count for nothing fall out."""
    if form.bundle is None:
        return None
    bundle = FormAssignment.objects.filter(bundle=form.bundle).exclude(status__in=VOID)
    places = list(bundle.order_by("place").values_list("pk", flat=True))
    place = places.index(form.pk) + 1 if form.pk in places else len(places)
    return {"title": form.packet_title, "place": place, "total": len(places)}


def following(link: FormLink) -> FormLink | None:
    """The link of the same sending to the first form that is still to be filled."""
    rows = FormLink.objects.filter(sending=link.sending, assignment__status__in=FILLABLE)
    client = Client.objects.get(pk=link.client_id)
    ordered = rows.order_by("assignment__place", "id").select_for_update(of=("self",))
    return next((row for row in ordered if reader_of(row, client) is not None), None)
