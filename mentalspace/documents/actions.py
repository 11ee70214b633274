"""What can be done with a chart's documents. Each action is one transaction of the acting person's."""

from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.errors import BadInput, NotAllowed
from mentalspace.documents import malware, rules
from mentalspace.documents.errors import DocumentChangedElsewhere, NotActive, NotTheLatest
from mentalspace.documents.jobs import read_words
from mentalspace.documents.models import BUCKET, ClientDocument, Status
from mentalspace.notify.happenings import happened
from mentalspace.people.abilities import can
from mentalspace.storage.extraction import READABLE
from mentalspace.storage.inspection import Checked
from mentalspace.storage.inspection.naming import title_of
from mentalspace.storage.keeping import keeping, scanned
from mentalspace.storage.models import Bucket, State, StoredObject

RESOURCE = "client_document"
UPLOADED = "Document Uploaded"
"""What notification rules call it."""


@records("document.added", "{actor} added a document to a chart", resource_type=RESOURCE)
def add_document(*, client_id: UUID, file: Checked, title: str, category: str, by: Actor) -> ClientDocument:
    """Put a file into a client's chart. What the scanner objects to is kept apart, and told to administrators."""
    if not can(by.audience, "add_documents"):
        Client.objects.visible(client_id)
        raise NotAllowed
    return keep_in_chart(client_id, file, by, title=title or title_of(file.file_name), category=category)


def keep_in_chart(client_id: UUID, file: Checked, by: Actor, **said: Any) -> ClientDocument:
    """The one way in: the file in its bucket, the row that names it, its words read later, and whom to tell told."""
    client = Client.objects.visible(client_id)
    with keeping(_bucket(), file, below=client.pk, by=by) as kept:
        document = _row(client.pk, kept, file, by, **said)
        document.family = document.pk
        document.save(force_insert=True)
        _after_adding(document, kept)
        happened(UPLOADED, document.pk)
    return document


@records("document.version_added", "{actor} added a new version of a document", resource_type=RESOURCE)
def add_version(*, document_id: UUID, file: Checked, by: Actor) -> ClientDocument:
    """The file as it is now. Earlier versions stay and can be opened.

    What the scanner objects to takes no document's place: it is kept apart, as a document of its own.
    """
    before = ClientDocument.objects.for_change(document_id)
    if not before.latest_version:
        raise NotTheLatest
    if before.status != Status.ACTIVE:
        raise NotActive
    is_clean = not scanned(file).finding
    if is_clean:
        before.write(latest_version=False, updated_at=clock.now())
    with keeping(_bucket(), file, below=before.client_id, by=by) as kept:
        document = _row(before.client_id, kept, file, by)
        document.title, document.category, document.tags = before.title, before.category, before.tags
        document.family = document.pk
        if is_clean:
            document.family, document.previous_version = before.family, before
            document.version_number = before.version_number + 1
        document.save(force_insert=True)
        _after_adding(document, kept)
        happened(UPLOADED, document.pk)
    return document


@records("document.changed", "{actor} changed how a document is called or filed", resource_type=RESOURCE)
def change_document(*, document_id: UUID, version: int, title: str, category: str, tags: list[str]) -> ClientDocument:
    """Rename and file it. Refused when somebody else saved it since it was opened."""
    document = ClientDocument.objects.for_change(document_id)
    if document.version != version:
        raise DocumentChangedElsewhere(data={"version": document.version})
    tidy = rules.tidy_tags(tags)
    if problem := rules.problem_with_tags(tidy):
        raise BadInput(fields={"tags": [problem]})
    now = clock.now()
    return document.write(title=title, category=category, tags=tidy, version=version + 1, updated_at=now)


@records("document.archived", "{actor} archived a document", resource_type=RESOURCE)
def archive_document(*, document_id: UUID) -> ClientDocument:
    """Out of the way; it stays in the chart and can be restored."""
    document = ClientDocument.objects.for_change(document_id)
    return document.write(status=Status.ARCHIVED, archived_at=document.archived_at or clock.now())


@records("document.restored", "{actor} restored an archived document", resource_type=RESOURCE)
def restore_document(*, document_id: UUID) -> ClientDocument:
    return ClientDocument.objects.for_change(document_id).write(status=Status.ACTIVE, archived_at=None)


def _bucket() -> Bucket:
    return Bucket.objects.get(pk=BUCKET)


def _row(client_id: UUID, kept: StoredObject, file: Checked, by: Actor, **said: Any) -> ClientDocument:
    return ClientDocument(
        practice_id=by.practice,
        client_id=client_id,
        object=kept,
        file_path=kept.name,
        file_name=file.file_name,
        mime_type=file.content_type,
        file_size_bytes=file.size,
        uploader_id=by.person,
        status=Status.QUARANTINED if kept.state == State.QUARANTINED else Status.ACTIVE,
        **said,
    )


def _after_adding(document: ClientDocument, kept: StoredObject) -> None:
    """What is clean is read for its words, by a job; what is not, is told."""
    if not malware.tell(kept, resource_type=RESOURCE, resource=document.pk) and document.mime_type in READABLE:
        read_words.defer(practice=str(document.practice_id), document=str(document.pk))
