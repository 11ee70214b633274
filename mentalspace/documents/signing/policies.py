"""The states of a request and of a place in it, and the words about them."""

from django.db import models

from mentalspace.access.policy import Where


class RequestStatus(models.TextChoices):
    """`signed`: by everybody; the copy that holds the signatures follows within moments."""

    OPEN = "open"
    SIGNED = "signed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class PlaceState(models.TextChoices):
    """`waiting`: somebody else signs first. `closed`: the request ended before this one had signed."""

    WAITING = "waiting"
    ASKED = "asked"
    SIGNED = "signed"
    DECLINED = "declined"
    CLOSED = "closed"


class Method(models.TextChoices):
    """How a signature was given. A drawn one has the name typed beside it."""

    TYPED = "typed"
    DRAWN = "drawn"


UNDECIDED = (PlaceState.WAITING, PlaceState.ASKED)


def is_undecided() -> Where:
    """Its signer has neither signed nor declined yet, and the request goes on."""
    return Where("state in ('waiting', 'asked')")


def is_decided() -> Where:
    """Its signer has signed or declined."""
    return Where("state in ('signed', 'declined')")
