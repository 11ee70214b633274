"""PostgreSQL backend whose every transaction carries a role and a signed actor.

Outside a transaction nothing is sent: `ms_web` has no grant on any table, so autocommit fails closed.
"""

import select
import time
from collections.abc import Callable
from typing import Any, Final

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

from mentalspace.access.actor import LIFETIME, Actor, current

UNKNOWN: Final = object()
"""The connection's actor after a savepoint was rolled back: whatever it was at the savepoint."""

SEND = "SELECT pg_catalog.set_config('role', %s, true), pg_catalog.set_config('ms.actor', %s, true)"
TRANSACTION_CONTROL = ("SAVEPOINT", "ROLLBACK", "RELEASE")


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sent: Actor | object | None = None
        self._renew_at = 0.0
        self.execute_wrappers.append(self._introduce)

    def is_usable(self) -> bool:
        """An idle connection on which the server has said nothing is alive: asked of the socket, not of the server."""
        if self.connection is None or self.connection.closed:
            return False
        if self.connection.info.transaction_status is not TransactionStatus.IDLE:
            return super().is_usable()
        spoke, _, _ = select.select([self.connection.fileno()], [], [], 0)
        return not spoke or super().is_usable()

    def _introduce(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        actor = current.get()
        stale = self._sent is UNKNOWN or self._sent != actor or (actor and time.monotonic() > self._renew_at)
        if stale and self.in_atomic_block and not self.needs_rollback and not str(sql).startswith(TRANSACTION_CONTROL):
            self._send(actor)
        return execute(sql, params, many, context)

    def _send(self, actor: Actor | None) -> None:
        values = (actor.audience, actor.signed()) if actor else ("none", "")
        # psycopg.Cursor binds on the server. Django's own cursor class would put the signed actor into
        # pg_stat_activity, where every other ms_web connection could read and replay it.
        with self.wrap_database_errors:
            psycopg.Cursor(self.connection).execute(SEND, values)
        self._sent, self._renew_at = actor, time.monotonic() + LIFETIME / 2

    # SET LOCAL ends with the transaction …
    def _set_autocommit(self, autocommit: bool) -> None:
        self._sent = None
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # Django's own, not in its stubs

    def _commit(self) -> None:
        self._sent = None
        super()._commit()  # type: ignore[misc]  # Django's own, not in its stubs

    def _rollback(self) -> None:
        self._sent = None
        super()._rollback()  # type: ignore[misc]  # Django's own, not in its stubs

    def _close(self) -> None:
        self._sent = None
        super()._close()  # type: ignore[misc]  # Django's own, not in its stubs

    # … and is undone by a savepoint's rollback.
    def _savepoint_rollback(self, sid: str) -> None:
        self._sent = UNKNOWN
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # Django's own, not in its stubs
