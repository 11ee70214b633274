"""The states of a file that somebody keeps, and the word about them."""

from django.db import models

from mentalspace.access.policy import Where


class Status(models.TextChoices):
    ACTIVE = "active"
    ARCHIVED = "archived"
    QUARANTINED = "quarantined"


def not_quarantined() -> Where:
    """The scanner did not object: what it objected to stays as it came."""
    return Where("status <> 'quarantined'")
