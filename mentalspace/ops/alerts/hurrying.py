"""A hard limit on one call outside, all of it together: the name, the connection, and an answer that drips.

A socket's own timeout begins anew with every byte, and nothing ends the look for a name. So the call is made in a
thread of its own; when its time is over it is left to itself, and its line is cut: nothing is sent, or waited for, any
more.
"""

import socket
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from contextvars import copy_context
from threading import Lock, Thread
from typing import Any, TypeVar

import urllib3

Answer = TypeVar("Answer")


class TooSlow(Exception):
    """It was given up."""


class Line:
    """The connection that a call is made on, as far as there is one; whoever waits for it may cut it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._wire: socket.socket | None = None
        self._is_cut = False

    def hold(self, wire: socket.socket) -> None:
        """This is the connection. Raises TooSlow where the line has been cut meanwhile."""
        with self._lock:
            self._wire = wire
            if self._is_cut:
                self._end()
                raise TooSlow

    def cut(self) -> None:
        with self._lock:
            self._is_cut = True
            self._end()

    def _end(self) -> None:
        if self._wire is not None:
            with suppress(OSError):
                self._wire.shutdown(socket.SHUT_RDWR)

    def watch(self, pool: urllib3.HTTPConnectionPool) -> urllib3.HTTPConnectionPool:
        """The pool, with every connection it makes on this line."""
        kind: Any = pool.ConnectionCls
        line = self

        class Held(kind):  # type: ignore[misc]
            def connect(self) -> None:
                super().connect()
                line.hold(self.sock)

        pool.ConnectionCls = Held
        return pool


def within(seconds: float, call: Callable[[Line], Answer]) -> Answer:
    """What the call returns or raises, if that is within so many seconds. Raises TooSlow. It must not ask the database:
    connections belong to the thread that waits."""
    line = Line()
    outcome: Future[Answer] = Future()

    def run() -> None:
        try:
            outcome.set_result(call(line))
        except BaseException as failure:  # whoever waits raises it
            outcome.set_exception(failure)

    Thread(target=copy_context().run, args=(run,), daemon=True, name="call-outside").start()
    try:
        return outcome.result(seconds)
    except TimeoutError:
        if outcome.done():  # the call's own
            raise
        line.cut()
        raise TooSlow from None
