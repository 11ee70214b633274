"""What administrators do with the practice's own papers. Each action is one transaction of the acting person's."""

from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.core import clock
from mentalspace.core.errors import NotAllowed
from mentalspace.documents import malware
from mentalspace.documents.errors import DocumentChangedElsewhere
from mentalspace.documents.filing import check_replaceable, of_file, tags_from
from mentalspace.documents.library.models import BUCKET, LibraryDocument
from mentalspace.documents.policies import Status
from mentalspace.people.abilities import can
from mentalspace.storage.inspection import Checked
from mentalspace.storage.inspection.naming import title_of
from mentalspace.storage.keeping import keeping, scanned
from mentalspace.storage.models import Bucket

RESOURCE = "library_document"


@records("library.added", "{actor} added a document to the library", resource_type=RESOURCE)
def add_document(*, file: Checked, title: str, category: str, description: str, by: Actor) -> LibraryDocument:
    """Put a paper of the practice's where all staff find it."""
    if not can(by.audience, "keep_library"):
        raise NotAllowed
    said = {"title": title or title_of(file.file_name), "category": category, "description": description}
    return _kept(file, by, None, **said)


@records("library.version_added", "{actor} added a new version of a document in the library", resource_type=RESOURCE)
def add_version(*, document_id: UUID, file: Checked, by: Actor) -> LibraryDocument:
    """The paper as it is now. Earlier versions stay and can be opened.

    What the scanner objects to takes no paper's place: it is kept apart, as a document of its own.
    """
    before = _locked(document_id)
    check_replaceable(before)
    said = {name: getattr(before, name) for name in ("title", "category", "description", "tags")}
    if scanned(file).finding:
        return _kept(file, by, None, **said)
    before.write(latest_version=False, updated_at=clock.now())
    return _kept(file, by, before, version_number=before.version_number + 1, **said)


@records("library.changed", "{actor} changed how a document in the library is called or filed", resource_type=RESOURCE)
def change_document(*, document_id: UUID, version: int, tags: list[str], **said: str) -> LibraryDocument:
    """Rename, describe and file it: `said` are title, category and description. Refused when saved by another since."""
    document = _locked(document_id)
    if document.version != version:
        raise DocumentChangedElsewhere(data={"version": document.version})
    return document.write(tags=tags_from(tags), **said, **document.next_version(clock.now()))


@records("library.archived", "{actor} archived a document of the library", resource_type=RESOURCE)
def archive_document(*, document_id: UUID) -> LibraryDocument:
    """Out of the list; it can still be found and restored."""
    document = _locked(document_id)
    return document.write(status=Status.ARCHIVED, archived_at=document.archived_at or clock.now())


@records("library.restored", "{actor} restored a document of the library", resource_type=RESOURCE)
def restore_document(*, document_id: UUID) -> LibraryDocument:
    return _locked(document_id).write(status=Status.ACTIVE, archived_at=None)


def _locked(document_id: UUID) -> LibraryDocument:
    """404 when there is none here, 403 for whoever only reads: most who read may not even ask to change."""
    LibraryDocument.objects.visible(document_id)
    return LibraryDocument.objects.for_change(document_id)


def _kept(file: Checked, by: Actor, before: LibraryDocument | None, **said: Any) -> LibraryDocument:
    bucket = Bucket.objects.get(pk=BUCKET)
    with keeping(bucket, file, below=by.practice, by=by) as kept:
        document = LibraryDocument(previous_version=before, **of_file(kept, file, by), **said)
        document.family = before.family if before else document.pk
        document.save(force_insert=True)
        malware.tell(kept, resource_type=RESOURCE, resource=document.pk)
    return document
