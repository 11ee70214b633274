"""What documents do by themselves: their words are read, so that they are found by them."""

from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.documents import reading
from mentalspace.jobs.queue import every, system_job


@system_job("documents.read_words")
def read_words(actor: Actor, document: str) -> None:
    """Read a document that was just added."""
    reading.read_words(actor, UUID(document))


@every("*/10 * * * *", "documents.catch_up")
def catch_up(actor: Actor) -> None:
    """Read what was added before words were read, or while the file could not be reached."""
    reading.catch_up(actor)
