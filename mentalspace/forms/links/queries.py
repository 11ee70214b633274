"""Reads about links: to whom one may go, and which there are."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from mentalspace.clients.models import Client
from mentalspace.forms.links.models import FormLink
from mentalspace.forms.links.reach import reader_of, readers
from mentalspace.forms.models import FILLABLE, FormAssignment

MOST = 50
"""Links of one form that are listed."""

AS_IT_IS = ("id", "reader", "channel", "expires_at", "opened_at", "revoked_at", "wrong_tries")


def of_form(form_id: UUID) -> dict[str, Any]:
    """The `FormLinksOut` of a form, its links the newest first. 404 when it is invisible."""
    form = FormAssignment.objects.visible(form_id)
    client = Client.objects.visible(form.client_id)
    rows = FormLink.objects.filter(assignment_id=form_id).select_related("created_by").order_by("-created_at", "id")
    return {
        "client_id": client.pk,
        "links": [_shown(row, form.status, client) for row in rows[:MOST]],
        "readers": [asdict(reader) for reader in readers(client)],
    }


def _shown(row: FormLink, status: str, client: Client) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in AS_IT_IS},
        "sent_at": row.created_at,
        "sent_by": row.created_by.full_name,
        "is_good": status in FILLABLE and reader_of(row, client) is not None,
    }
