"""The rows of documents that the matrix speaks of: what lies in a bucket, and what a chart says of it."""

from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

from mentalspace.access.actor import acting_as
from mentalspace.documents.models import BUCKET, ClientDocument
from mentalspace.storage.models import Bucket, StoredObject
from tests.access.rows import NAMES, PIA, VERA, WHO, Rows, actor, practice_of
from tests.cast import CLEO, NOOR, OLEG, THEO


def documents(w: Rows) -> None:
    with acting_as(actor("ana")):
        w.know("of every practice", Bucket.objects.get(pk=BUCKET))
    for who, pk, label in (
        ("ana", CLEO, "Cleo's, Ana's"),
        ("mia", CLEO, "Cleo's, Mia's"),
        ("ash", NOOR, "Noor's, Ash's"),
        ("fay", THEO, "Theo's, Fay's"),
        ("ada", THEO, "Theo's, Ada's"),
        ("fay", PIA, "Pia's, Fay's"),
        ("vic", VERA, "Vera's, Vic's"),
        ("otto", OLEG, "next door"),
    ):
        kept = w.put(who, label, stored(pk, WHO[who]))
        w.put(who, label, document(pk, WHO[who], kept))
    for who, pk in (("ana", CLEO), ("ash", NOOR), ("ada", THEO), ("fay", THEO)):
        label = f"{NAMES[pk]}'s, {who.title()}'s in quarantine"
        evil = w.put(who, label, stored(pk, WHO[who], state="quarantined"))
        w.put(who, label, document(pk, WHO[who], evil, status="quarantined"))
    w.would("Noor's, in Ana's name", lambda me: document(NOOR, WHO["ana"], stored(NOOR, WHO["ana"])))
    w.put("ana", "Ana's, that no document names", stored(CLEO, WHO["ana"]))
    w.would("one's own", lambda me: stored(CLEO, me))
    w.would("one's own, in another bucket", lambda me: stored(CLEO, me, bucket_id="document-library"))
    for pk in (CLEO, NOOR, THEO, VERA):
        label = f"{NAMES[pk]}'s, one's own"
        w.would(label, lambda me, pk=pk: document(pk, me, stored(pk, me)))  # type: ignore[misc]


def stored(pk: UUID, owner: UUID, **more: Any) -> StoredObject:
    what = {"size": 1, "content_type": "application/pdf", "sha256": "0" * 64, "store": "local", "key_id": "1"}
    where = {"practice_id": practice_of(pk), "bucket_id": BUCKET, "name": f"{pk}/{uuid4()}"}
    return StoredObject(owner_id=owner, **(what | where | more))


def document(pk: UUID, uploader: UUID, kept: StoredObject, **more: Any) -> Model:
    new = uuid4()
    of = {"practice_id": practice_of(pk), "client_id": pk, "object_id": kept.pk, "uploader_id": uploader}
    file = {"file_path": kept.name, "title": "x", "file_name": "x.pdf", "mime_type": "x", "file_size_bytes": 1}
    return ClientDocument(id=new, family=new, **of, **file, **more)
