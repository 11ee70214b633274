"""`/d/<token>`: the link to a shared document, and whether it still shows one."""

from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db import models

from mentalspace.clients.reach import readers
from mentalspace.core import clock
from mentalspace.documents.policies import Status
from mentalspace.documents.sharing.models import DocumentShare
from mentalspace.people.outside.sealed import Way, token_of

SALT: Final = "documents.sharing.links"
RESOURCE: Final = "document_share"


class Standing(models.TextChoices):
    """Whether a share shows its document, and else why not. `not_entitled`: its reader may not see this chart any
    more (the client has come of age, the authority ended, or the client died)."""

    GOOD = "good"
    TAKEN_BACK = "taken_back"
    EXPIRED = "expired"
    ARCHIVED = "archived"
    NOT_ENTITLED = "not_entitled"


def standing(share: DocumentShare, may_read: Collection[UUID | None]) -> Standing:
    """How a share stands. `may_read`: the `guardian_id` of everybody who may read this client's documents today."""
    if share.revoked_at is not None:
        return Standing.TAKEN_BACK
    if share.is_over(clock.now()):
        return Standing.EXPIRED
    if share.document.status != Status.ACTIVE:
        return Standing.ARCHIVED
    return Standing.GOOD if share.guardian_id in may_read else Standing.NOT_ENTITLED


def is_good(share: DocumentShare) -> bool:
    """Asked for one share, with its document and client at hand."""
    may_read = [one.guardian_id for one in readers(share.client, "view_record")]
    return standing(share, may_read) == Standing.GOOD


def link_to(row: Any) -> str | None:
    """Put into a message as it is sent; None when there is nothing to see any more."""
    share = DocumentShare.objects.select_related("document", "client").filter(pk=row.related_entity_id).first()
    if share is None or not is_good(share):
        return None
    return f"{settings.PUBLIC_URL}/d/{token_of(Way(share.practice_id, share.pk), salt=SALT)}"
