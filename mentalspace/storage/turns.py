"""The check and the move of one practice's files take turns: one finds odd what the other has half done."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.db import connection

from mentalspace.access.actor import Actor
from mentalspace.storage.errors import StorageBusy

P = ParamSpec("P")
R = TypeVar("R")


def one_at_a_time(work: Callable[Concatenate[Actor, P], R]) -> Callable[Concatenate[Actor, P], R]:
    """Do this work of a practice while nothing else that is so marked is done for it, in any process.

    Raises StorageBusy. The lock is the connection's and not a transaction's, since the work makes many; it ends with
    the connection when the process is killed.
    """

    @wraps(work)
    def run(actor: Actor, *args: P.args, **kwargs: P.kwargs) -> R:
        name = f"storage:{actor.practice}"
        if not _asked("pg_try_advisory_lock", name):
            raise StorageBusy
        try:
            return work(actor, *args, **kwargs)
        finally:
            _asked("pg_advisory_unlock", name)

    return cast(Callable[Concatenate[Actor, P], R], run)


def _asked(function: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_catalog.{function}(pg_catalog.hashtextextended(%s, 0))", [name])
        return bool(cursor.fetchone()[0])
