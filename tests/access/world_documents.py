"""The rows of documents that the matrix speaks of: what lies in a bucket, and what a chart says of it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Model

from mentalspace.access.actor import acting_as
from mentalspace.documents.library.models import BUCKET as LIBRARY
from mentalspace.documents.models import BUCKET, ClientDocument, DocumentTemplate, DocumentText, LibraryDocument
from mentalspace.storage.models import Bucket, StorageRun, StorageSettings, StoredObject, Upload, UploadPiece
from tests.access.rows import NAMES, PIA, VERA, WHO, Rows, actor, practice_of
from tests.cast import CLEO, HERE, NEXT_DOOR, NOOR, OLEG, THEO

WITH_TEXT = ("Cleo's, Ana's", "Noor's, Ash's", "Theo's, Fay's", "Vera's, Vic's", "next door")


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
        of = w.put(who, label, document(pk, WHO[who], kept))
        if label in WITH_TEXT:
            system = "sys-next-door" if pk == OLEG else "sys"
            w.put(system, label, DocumentText(practice_id=practice_of(pk), client_id=pk, document=of, outcome="empty"))
    for who, pk in (("ana", CLEO), ("ash", NOOR), ("ada", THEO), ("fay", THEO)):
        label = f"{NAMES[pk]}'s, {who.title()}'s in quarantine"
        evil = w.put(who, label, stored(pk, WHO[who], state="quarantined", finding="x"))
        w.put(who, label, document(pk, WHO[who], evil, status="quarantined"))
    w.would("Noor's, in Ana's name", lambda me: document(NOOR, WHO["ana"], stored(NOOR, WHO["ana"])))
    w.put("ana", "Ana's, that no document names", stored(CLEO, WHO["ana"]))
    w.would("one's own", lambda me: stored(CLEO, me))
    w.would("one's own, in another bucket", lambda me: stored(CLEO, me, bucket_id="message-attachments"))
    for pk in (CLEO, NOOR, THEO, VERA):
        label = f"{NAMES[pk]}'s, one's own"
        w.would(label, lambda me, pk=pk: document(pk, me, stored(pk, me)))  # type: ignore[misc]


def stored(pk: UUID, owner: UUID, **more: Any) -> StoredObject:
    what = {"size": 1, "content_type": "application/pdf", "sha256": "0" * 64, "store": "local", "key_id": "1"}
    where = {"practice_id": practice_of(pk), "bucket_id": BUCKET, "name": f"{pk}/{uuid4()}"}
    return StoredObject(owner_id=owner, **(what | where | more))


def document(pk: UUID, uploader: UUID, kept: StoredObject, **more: Any) -> ClientDocument:
    new = uuid4()
    of = {"practice_id": practice_of(pk), "client_id": pk, "object_id": kept.pk, "uploader_id": uploader}
    file = {"file_path": kept.name, "title": "x", "file_name": "x.pdf", "mime_type": "x", "file_size_bytes": 1}
    return ClientDocument(id=new, family=new, **of, **file, **more)


def library(w: Rows) -> None:
    """Papers of the practice: brought by Ada, by Mia and by Olga next door."""
    w.put("ada", "Ada's", paper("ada", w.put("ada", "Ada's in the library", in_library("ada"))))
    w.put("ada", "Ada's in the library, that no paper names", in_library("ada"))
    evil = w.put("mia", "Mia's in the library, in quarantine", in_library("mia", state="quarantined", finding="x"))
    w.put("mia", "Mia's in quarantine", paper("mia", evil, status="quarantined"))
    w.put("olga", "next door", paper("olga", w.put("olga", "next door, in the library", in_library("olga"))))
    w.would("one's own", lambda me: _paper_of(me))
    w.would("one's own, in the library", lambda me: stored(CLEO, me, bucket_id=LIBRARY))


def in_library(who: str, **more: Any) -> StoredObject:
    return stored(OLEG if who == "olga" else CLEO, WHO[who], bucket_id=LIBRARY, **more)


def paper(who: str, kept: StoredObject, **more: Any) -> Model:
    return _paper(kept, WHO[who], **more)


def _paper_of(me: UUID) -> Model:
    return _paper(stored(CLEO, me, bucket_id=LIBRARY), me)


def _paper(kept: StoredObject, uploader: UUID, **more: Any) -> Model:
    new = uuid4()
    file = {"title": "x", "category": "policies", "file_name": "x.pdf", "mime_type": "x", "file_size_bytes": 1}
    of = {"practice_id": kept.practice_id, "object_id": kept.pk, "uploader_id": uploader}
    return LibraryDocument(id=new, family=new, **of, **file, **more)


def templates(w: Rows) -> None:
    """Texts of the practice: written by Ada, and by Olga next door."""
    w.put("ada", "Ada's", _template("Ada's", WHO["ada"], HERE))
    w.put("olga", "next door", _template("next door", WHO["olga"], NEXT_DOOR))
    w.would("one's own", lambda me: _template(f"{me}", me, HERE))
    w.would("written in Ada's name", lambda me: _template(f"{me}, not", WHO["ada"], HERE, updated_by_id=me))
    w.would("changed in Ada's name", lambda me: _template(f"{me}, not", me, HERE, updated_by_id=WHO["ada"]))


def _template(title: str, by: UUID, practice: UUID, **more: Any) -> DocumentTemplate:
    of: dict[str, Any] = {"practice_id": practice, "created_by_id": by, "updated_by_id": by} | more
    return DocumentTemplate(title=title, category="consent", body="I agree.", **of)


def upkeep(w: Rows) -> None:
    w.put("ada", "here", StorageSettings(practice_id=HERE))
    w.put("olga", "next door", StorageSettings(practice_id=NEXT_DOOR))
    w.put("ada", "Ada's", _run(HERE, WHO["ada"]))
    w.put("ada", "Ada's, finished", _run(HERE, WHO["ada"], finished_at=datetime.now(UTC)))
    w.put("sys", "by night", _run(HERE, HERE, kind="deep_check"))
    w.put("olga", "next door", _run(NEXT_DOOR, WHO["olga"]))
    w.would("one's own", lambda me: _run(HERE, me, kind="remove_superseded"))


def _run(practice: UUID, by: UUID, **more: Any) -> StorageRun:
    return StorageRun(practice_id=practice, asked_by=by, **({"kind": "check"} | more))


def uploads(w: Rows) -> None:
    here = [(f"{who.title()}'s", who, HERE) for who in ("ana", "ada", "ash", "fay")]
    for label, who, practice in (*here, ("next door", "otto", NEXT_DOOR)):
        upload = w.put(who, label, _upload(practice, WHO[who]))
        w.put(who, label, UploadPiece(practice_id=practice, upload=upload, begins=0, sealed=b"x"))
    w.would("one's own", lambda me: _upload(HERE, me))


def _upload(practice: UUID, owner: UUID) -> Upload:
    of = {"bucket_id": BUCKET, "file_name": "x.txt", "size": 1, "expires_at": datetime.now(UTC)}
    return Upload(practice_id=practice, owner_id=owner, **of)
