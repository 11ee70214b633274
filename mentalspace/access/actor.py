"""Who is acting, and the only place that signs it.

`acting_as` touches a ContextVar and nothing else; the database backend (`mentalspace.access.pg`) sends role and
signed actor before the first statement of each transaction.
"""

import hashlib
import hmac
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from mentalspace.access import audiences, keys

NOBODY = UUID(int=0)
LIFETIME = 300
"""Seconds a signature is good for; the backend renews it inside longer transactions."""


@dataclass(frozen=True)
class Actor:
    """A person of a practice in an audience. `NOBODY` stands for "not known yet", which only identity may be."""

    practice: UUID
    person: UUID
    audience: str

    def __str__(self) -> str:
        return f"{self.practice}.{self.person}.{self.audience}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The inverse of `str`. Raises ValueError for anything else."""
        practice, person, audience = text.split(".")
        return cls(UUID(practice), UUID(person), audience)

    def signed(self) -> str:
        """`key.practice.person.audience.expiry.signature`, as `access.verify()` in the database reads it.

        Uses the machine's clock even when a test has stopped the product's: the database does too.
        """
        key = keys.current()
        body = f"{key.id}.{self}.{int(time.time()) + LIFETIME}"
        return f"{body}.{hmac.new(key.secret, body.encode(), hashlib.sha256).hexdigest()}"


IDENTITY = Actor(NOBODY, NOBODY, audiences.IDENTITY)
"""Before anybody is known: sees credentials, profiles and practices, and nothing else."""

current: ContextVar[Actor | None] = ContextVar("actor", default=None)


def identity_of(user_id: UUID) -> Actor:
    """Identity narrowed to one known account: sees that account's credentials only."""
    return Actor(NOBODY, user_id, audiences.IDENTITY)


def own_practice() -> UUID:
    """The acting person's practice. Raises ValueError for whoever has none."""
    actor = current.get()
    if actor is None or actor.practice == NOBODY:
        raise ValueError("who belongs to no practice must say whose this is")
    return actor.practice


@contextmanager
def acting_as(actor: Actor | None) -> Iterator[None]:
    """Everything the block sends to the database, it sends as `actor`."""
    token = current.set(actor)
    try:
        yield
    finally:
        current.reset(token)
