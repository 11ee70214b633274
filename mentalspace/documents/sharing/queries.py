"""Reads of shares. Row-level security has decided which are there."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet

from mentalspace.clients.models import Client
from mentalspace.clients.reach import readers
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument
from mentalspace.documents.sharing.links import standing
from mentalspace.documents.sharing.models import DocumentShare

MOST = 50
"""Shares of one document that are listed."""

IN_FORCE_FIRST = F("revoked_at").asc(nulls_first=True)

AS_IT_IS = ("id", "reader", "channel", "address", "message", "expires_at", "revoked_at", "opened_at")


def shared_now() -> Exists:
    """Whether any version of each document of a queryset is shared with somebody now."""
    return Exists(_in_force().filter(document__family=OuterRef("family")))


def is_shared(family: UUID) -> bool:
    """As `shared_now`, of one document."""
    return _in_force().filter(document__family=family).exists()


def _in_force() -> QuerySet[DocumentShare]:
    """Neither taken back nor run out."""
    return DocumentShare.objects.filter(revoked_at__isnull=True, expires_at__gt=clock.now())


def of_document(document: ClientDocument) -> dict[str, Any]:
    """The `DocumentSharesOut` of a document in any of its versions."""
    client = Client.objects.visible(document.client_id)
    rows = DocumentShare.objects.filter(document__family=document.family)
    rows = rows.select_related("document", "created_by", "revoked_by").order_by(IN_FORCE_FIRST, "-created_at", "id")
    may = readers(client, "view_record")
    may_read = [reader.guardian_id for reader in may]
    return {
        "shares": [_shown(row, may_read) for row in rows[:MOST]],
        "readers": [asdict(reader) for reader in may],
    }


def _shown(row: DocumentShare, may_read: Collection[UUID | None]) -> dict[str, Any]:
    return {
        **{name: getattr(row, name) for name in AS_IT_IS},
        "version_number": row.document.version_number,
        "shared_at": row.created_at,
        "shared_by": row.created_by.full_name,
        "standing": standing(row, may_read),
        "revoked_by": row.revoked_by.full_name if row.revoked_by else "",
        "last_opened_at": row.last_opened_at,
        "times_opened": row.times_opened,
    }
