"""What sharing refuses, and how it says so."""

from mentalspace.core.errors import Refusal


class NotToBeShared(Refusal):
    code, status = "not_to_be_shared", 409
    message = "Only an active document whose file is there can be shared."


class SharedAlready(Refusal):
    code, status = "shared_already", 409


class StillShared(Refusal):
    code, status = "document_shared", 409
    message = "This document is shared by a link. Take it back first."
