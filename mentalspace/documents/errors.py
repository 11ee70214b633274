"""What documents refuse, and how they say so."""

from mentalspace.core.errors import Refusal


class DocumentChangedElsewhere(Refusal):
    code, status = "document_changed_elsewhere", 409
    message = "Not saved: somebody changed this document in the meantime. Reload to see it; your entries are kept here."


class NotTheLatest(Refusal):
    code, status = "not_the_latest_version", 409
    message = "There is a newer version of this document. Reload the list and add yours to that one."


class NotActive(Refusal):
    code, status = "document_not_active", 409
    message = "This document is archived or in quarantine. Restore it first."
