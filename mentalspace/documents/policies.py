"""The states of a file that somebody keeps, and the words that documents lend."""

from django.db import models

from mentalspace.access.policy import Where


class Status(models.TextChoices):
    ACTIVE = "active"
    ARCHIVED = "archived"
    QUARANTINED = "quarantined"


def not_quarantined() -> Where:
    """The scanner did not object: what it objected to stays as it came."""
    return Where("status <> 'quarantined'")


def of_seen_place() -> Where:
    """The message is about a place for a signature that the acting person may see."""
    place = "exists (select from signature_request_signers s where s.id = {t}.related_entity_id)"
    return Where(f"related_entity_type = 'signature_signer' and {place}")
