"""What can be done with a chart's documents. Each action is one transaction of the acting person's."""

from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.core.errors import NotAllowed
from mentalspace.documents.errors import DocumentChangedElsewhere
from mentalspace.documents.filing import RESOURCE, check_replaceable, keep_in_chart, tags_from
from mentalspace.documents.models import ClientDocument, Status
from mentalspace.documents.sharing.errors import StillShared
from mentalspace.documents.sharing.queries import is_shared
from mentalspace.documents.signing.errors import AlreadySigned, OutForSignature
from mentalspace.documents.signing.queries import is_held, is_out
from mentalspace.people.abilities import can
from mentalspace.storage.inspection import Checked
from mentalspace.storage.inspection.naming import title_of
from mentalspace.storage.keeping import scanned


@records("document.added", "{actor} added a document to a chart", resource_type=RESOURCE)
def add_document(*, client_id: UUID, file: Checked, title: str, category: str, by: Actor) -> ClientDocument:
    """Put a file into a client's chart. What the scanner objects to is kept apart, and told to administrators."""
    if not can(by.audience, "add_documents"):
        Client.objects.visible(client_id)
        raise NotAllowed
    return keep_in_chart(client_id, file, by, title=title or title_of(file.file_name), category=category)


@records("document.version_added", "{actor} added a new version of a document", resource_type=RESOURCE)
def add_version(*, document_id: UUID, file: Checked, by: Actor) -> ClientDocument:
    """The file as it is now. Earlier versions stay and can be opened.

    What the scanner objects to takes no document's place: it is kept apart, as a document of its own.
    """
    before = ClientDocument.objects.for_change(document_id)
    _check_signatures(before)
    check_replaceable(before)
    is_clean = not scanned(file).finding
    if is_clean:
        before.write(latest_version=False, updated_at=clock.now())
    same = {name: getattr(before, name) for name in ("title", "category", "tags")}
    return keep_in_chart(before.client_id, file, by, before=before if is_clean else None, **same)


@records("document.changed", "{actor} changed how a document is called or filed", resource_type=RESOURCE)
def change_document(*, document_id: UUID, version: int, title: str, category: str, tags: list[str]) -> ClientDocument:
    """Rename and file it. Refused when somebody else saved it since it was opened.

    The page about the signatures names the document, so it keeps its title from the moment it is sent.
    """
    document = ClientDocument.objects.for_change(document_id)
    if document.version != version:
        raise DocumentChangedElsewhere(data={"version": document.version})
    if title != document.title:
        _check_signatures(document)
    said = {"title": title, "category": category, "tags": tags_from(tags)}
    return document.write(**said, version=version + 1, updated_at=clock.now())


@records("document.archived", "{actor} archived a document", resource_type=RESOURCE)
def archive_document(*, document_id: UUID) -> ClientDocument:
    """Out of the way; it stays in the chart and can be restored.

    Not while signatures are gathered or put into it; but what can never be put into it does not hold it for good.
    """
    document = ClientDocument.objects.for_change(document_id)
    if is_held(document.pk):
        raise OutForSignature
    if is_shared(document.family):
        raise StillShared
    return document.write(status=Status.ARCHIVED, archived_at=document.archived_at or clock.now())


@records("document.restored", "{actor} restored an archived document", resource_type=RESOURCE)
def restore_document(*, document_id: UUID) -> ClientDocument:
    return ClientDocument.objects.for_change(document_id).write(status=Status.ACTIVE, archived_at=None)


def _check_signatures(document: ClientDocument) -> None:
    """Nothing takes the place of what is signed, or is being signed."""
    if document.signed_at is not None:
        raise AlreadySigned
    if is_out(document.pk):
        raise OutForSignature
