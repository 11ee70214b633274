"""The rows of shared documents that the matrix speaks of."""

from typing import Any
from uuid import UUID

from mentalspace.documents.models import DocumentShare
from tests.access.rows import NAMES, VERA, WHO, Rows, practice_of
from tests.cast import CLEO, NOOR, NOW, OLEG, THEO

SHARED = (("ana", CLEO), ("ash", NOOR), ("fay", THEO), ("ada", THEO), ("vic", VERA), ("otto", OLEG))

IN_NAMES = ((THEO, "Ada's", "ada"), (CLEO, "Ana's", "ada"), (NOOR, "Ash's", "ada"), (CLEO, "Ana's", "ana"))
"""Of whom, of whose document, and whose name somebody might use."""


def shares(w: Rows) -> None:
    """Each of the document of the same label, with the client."""
    for who, pk in SHARED:
        label = "next door" if pk == OLEG else f"{NAMES[pk]}'s, {who.title()}'s"
        w.put(who, label, share(pk, WHO[who], w.kept("client_documents", label)))
    for pk, whose in ((CLEO, "Ana's"), (NOOR, "Ash's"), (THEO, "Fay's"), (VERA, "Vic's")):
        of = w.kept("client_documents", f"{NAMES[pk]}'s, {whose}")
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk, of=of: share(pk, me, of))  # type: ignore[misc]
        if pk != THEO:
            w.would(f"{NAMES[pk]}'s, taken back already", lambda me, pk=pk, of=of: _revoked(share(pk, me, of)))  # type: ignore[misc]
            w.would(f"{NAMES[pk]}'s, read already", lambda me, pk=pk, of=of: _read(share(pk, me, of)))  # type: ignore[misc]
    for pk, whose, name in IN_NAMES:
        of = w.kept("client_documents", f"{NAMES[pk]}'s, {whose}")
        w.would(f"{NAMES[pk]}'s, in {name.title()}'s name", lambda _, pk=pk, of=of, name=name: share(pk, WHO[name], of))  # type: ignore[misc]


def share(pk: UUID, by: UUID, of: Any) -> DocumentShare:
    what = {"document_id": of.pk, "channel": "Email", "address": "c@example.org", "reader": "x", "created_by_id": by}
    return DocumentShare(practice_id=practice_of(pk), client_id=pk, expires_at=NOW, **what)


def _revoked(row: DocumentShare) -> DocumentShare:
    row.revoked_at, row.revoked_by_id = NOW, row.created_by_id
    return row


def _read(row: DocumentShare) -> DocumentShare:
    row.opened_at, row.last_opened_at, row.times_opened = NOW, NOW, 1
    return row
