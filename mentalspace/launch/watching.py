"""Watching the alerter from outside: the supervisor notices when it no longer leaves its sign.

It needs neither worker, queue nor database to notice, and no clock that people set: what counts is how long the sign
has not changed while this process ran. A laptop that slept has not been silent.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from mentalspace.env import Environment
from mentalspace.launch.keys import write_private

SIGN = "operations.alert"
"""What the alerter leaves after each round (`jobs.signs.ALERTS`)."""

OLDEST = 300.0
"""Seconds without a new sign after which the alerter counts as dead."""

AGAIN = 60.0
"""Seconds until telling, or looking, is tried again when it failed: the database may be away as well, or the disk."""

Start = Callable[[Sequence[str]], "subprocess.Popen[bytes]"]


class Watch:
    """Looks whenever it is asked; says "silent" once for each outage, and "back" once.

    What was told is kept in the home, so that a start in the middle of an outage does not tell it again. `clock` counts
    seconds, `start` runs a command; both are given by tests.
    """

    def __init__(self, env: Environment, *, clock: Callable[[], float] = time.monotonic, start: Start) -> None:
        self.sign = env.logs / f"{SIGN}.alive"
        self.told = env.logs / f"{SIGN}.told.json"
        self.clock, self.start = clock, start
        self.seen = self._sign()
        self.fresh_at = clock()
        self.is_alive = False
        self.telling: tuple[str, subprocess.Popen[bytes]] | None = None
        self.not_before = 0.0

    def look(self) -> str | None:
        """What is being told from now on, if anything: "silent" or "back". Raises OSError; a later look goes on."""
        if (now := self._sign()) != self.seen:
            self.seen, self.fresh_at, self.is_alive = now, self.clock(), True
        self._reap()
        wanted = self._wanted()
        if wanted is None or self.telling is not None or self.clock() < self.not_before:
            return None
        self.telling = (wanted, self.start([sys.executable, "-m", "mentalspace.cli", "alerter", wanted]))
        return wanted

    def _wanted(self) -> str | None:
        was_told = self._last_told() == "silent"
        if self.clock() - self.fresh_at > OLDEST:
            return None if was_told else "silent"
        return "back" if self.is_alive and was_told else None

    def _reap(self) -> None:
        if self.telling is None or (status := self.telling[1].poll()) is None:
            return
        if status == 0:  # written before it is forgotten: what cannot be written down is not told anew
            write_private(self.told, json.dumps(self.telling[0]))
        else:
            self.not_before = self.clock() + AGAIN
        self.telling = None

    def _last_told(self) -> str | None:
        try:
            return str(json.loads(self.told.read_text()))
        except (FileNotFoundError, ValueError):
            return None

    def _sign(self) -> int | None:
        try:
            return Path(self.sign).stat().st_mtime_ns
        except FileNotFoundError:
            return None
