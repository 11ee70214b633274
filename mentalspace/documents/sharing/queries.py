"""Reads of shares. Row-level security has decided which are there."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from mentalspace.clients.models import Client
from mentalspace.clients.reach import readers
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument
from mentalspace.documents.sharing.links import entitled_to, standing
from mentalspace.documents.sharing.models import DocumentShare

MOST = 50
"""Shares of one document that are listed."""

AS_IT_IS = ("id", "reader", "channel", "address", "message", "expires_at", "revoked_at", "opened_at")


def shared_now() -> Exists:
    """Whether any version of each document of a queryset is shared with somebody now."""
    shares = DocumentShare.objects.filter(document__family=OuterRef("family"), revoked_at__isnull=True)
    return Exists(shares.filter(expires_at__gt=clock.now()))


def of_document(document: ClientDocument) -> dict[str, Any]:
    """The `DocumentSharesOut` of a document in any of its versions."""
    client = Client.objects.visible(document.client_id)
    rows = DocumentShare.objects.filter(document__family=document.family)
    rows = rows.select_related("document", "created_by", "revoked_by").order_by("-created_at", "id")[:MOST]
    entitled = entitled_to(client)
    return {
        "shares": [_shown(row, entitled) for row in rows],
        "readers": [asdict(reader) for reader in readers(client, "view_record")],
    }


def _shown(row: DocumentShare, entitled: set[UUID | None]) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in AS_IT_IS},
        "version_number": row.document.version_number,
        "shared_at": row.created_at,
        "shared_by": row.created_by.full_name,
        "standing": standing(row, entitled),
        "revoked_by": row.revoked_by.full_name if row.revoked_by else "",
        "last_opened_at": row.last_opened_at,
        "times_opened": row.times_opened,
    }
