"""Putting a file into a chart, the one way in, whoever brings it; and what a chart and the library have in common."""

from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.clients.models import Client
from mentalspace.core.errors import BadInput
from mentalspace.documents import malware, rules
from mentalspace.documents.errors import NotActive, NotTheLatest
from mentalspace.documents.jobs import read_words
from mentalspace.documents.library.models import LibraryDocument
from mentalspace.documents.models import BUCKET, ClientDocument, Status
from mentalspace.notify.happenings import happened
from mentalspace.storage.extraction import READABLE
from mentalspace.storage.inspection import Checked
from mentalspace.storage.keeping import keeping
from mentalspace.storage.models import Bucket, State, StoredObject

RESOURCE = "client_document"
UPLOADED = "Document Uploaded"
"""What notification rules call it."""


def keep_in_chart(
    client_id: UUID, file: Checked, by: Actor, *, before: ClientDocument | None = None, **said: Any
) -> ClientDocument:
    """Keep the file in its bucket and in the chart; its words are read later, and whom it concerns is told.

    `before` is the version whose place it takes. 404 for a hidden client.
    """
    client = Client.objects.visible(client_id)
    with keeping(Bucket.objects.get(pk=BUCKET), file, below=client.pk, by=by) as kept:
        document = _row(client.pk, kept, file, by, **said)
        document.family = document.pk
        if before is not None:
            document.family, document.previous_version = before.family, before
            document.version_number = before.version_number + 1
        document.save(force_insert=True)
        _after_adding(document, kept)
        happened(UPLOADED, document.pk)
    return document


def _row(client_id: UUID, kept: StoredObject, file: Checked, by: Actor, **said: Any) -> ClientDocument:
    return ClientDocument(client_id=client_id, file_path=kept.name, **of_file(kept, file, by), **said)


def of_file(kept: StoredObject, file: Checked, by: Actor) -> dict[str, Any]:
    """What a document, of a chart or of the library, says of its file. What the scanner objects to is kept apart."""
    return {
        "practice_id": by.practice,
        "object": kept,
        "file_name": file.file_name,
        "mime_type": file.content_type,
        "file_size_bytes": file.size,
        "uploader_id": by.person,
        "status": Status.QUARANTINED if kept.state == State.QUARANTINED else Status.ACTIVE,
    }


def check_replaceable(document: ClientDocument | LibraryDocument) -> None:
    """Raises NotTheLatest and NotActive: only what is in use, in its latest version, gets a newer one."""
    if not document.latest_version:
        raise NotTheLatest
    if document.status != Status.ACTIVE:
        raise NotActive


def tags_from(tags: list[str]) -> list[str]:
    """Each tag once, as it is stored. Raises BadInput."""
    tidy = rules.tidy_tags(tags)
    if problem := rules.problem_with_tags(tidy):
        raise BadInput(fields={"tags": [problem]})
    return tidy


def _after_adding(document: ClientDocument, kept: StoredObject) -> None:
    """What is clean is read for its words, by a job; what is not, is told."""
    if not malware.tell(kept, resource_type=RESOURCE, resource=document.pk) and document.mime_type in READABLE:
        read_words.defer(practice=str(document.practice_id), document=str(document.pk))
