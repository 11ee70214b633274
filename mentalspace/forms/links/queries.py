"""Reads about links: to whom one may go, and which there are."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.forms.links.models import MOST_WRONG, FormLink
from mentalspace.forms.links.reach import reader_of, readers, revoked_of
from mentalspace.forms.models import FILLABLE, FormAssignment, Status

MOST = 50
"""Links of one form that are listed."""

AS_IT_IS = ("id", "reader", "channel", "expires_at", "opened_at", "revoked_at", "wrong_tries")


def of_form(form_id: UUID) -> dict[str, Any]:
    """The `FormLinksOut` of a form, its links the newest first. 404 when it is invisible."""
    form = FormAssignment.objects.visible(form_id)
    client = Client.objects.visible(form.client_id)
    rows = FormLink.objects.filter(assignment_id=form_id).select_related("created_by").order_by("-created_at", "id")
    links = list(rows[:MOST])
    open_ = _still_open({row.sending for row in links})
    return {
        "client_id": client.pk,
        "links": [_shown(row, form.status, client) | {"is_revocable": row.sending in open_} for row in links],
        "readers": [asdict(reader) for reader in readers(client)],
    }


def _still_open(sendings: set[UUID]) -> set[UUID]:
    """Those by which somebody could get in, now or once changes are asked for, so that they can be revoked. The form
    that one looks at may be done while the message leads on to others."""
    rows = FormLink.objects.filter(sending__in=sendings, expires_at__gt=clock.now(), wrong_tries__lt=MOST_WRONG)
    rows = rows.filter(assignment__status__in=(*FILLABLE, Status.SUBMITTED), revoked_at__isnull=True)
    return set(rows.values_list("sending", flat=True)) - revoked_of(sendings)


def _shown(row: FormLink, status: str, client: Client) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in AS_IT_IS},
        "sent_at": row.created_at,
        "sent_by": row.created_by.full_name,
        "is_good": status in FILLABLE and reader_of(row, client) is not None,
    }
