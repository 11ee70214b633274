"""The alerter is watched from outside: told once when it is silent, once when it is back. The clock is the test's."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence

import pytest

from mentalspace.env import Environment
from mentalspace.jobs import signs
from mentalspace.launch import watching
from mentalspace.launch.supervisor import Child, Supervisor
from mentalspace.launch.watching import AGAIN, OLDEST, Watch

ALERTER = """import os, sys, threading
path = sys.argv[1]
open(path, "a").close(); os.utime(path)
print("evaluated", flush=True)
threading.Event().wait()"""


class Outside:
    """A watch over a home, a clock that is moved by hand, and what was started to tell."""

    def __init__(self, env: Environment) -> None:
        env.logs.mkdir(parents=True, exist_ok=True)
        self.env, self.now, self.status, self.signed = env, 1000.0, 0, 0
        self.told: list[str] = []
        self.watch = self.again()

    def again(self) -> Watch:
        return Watch(self.env, clock=lambda: self.now, start=self._start)

    def _start(self, command: Sequence[str]) -> "subprocess.Popen[bytes]":
        self.told.append(command[-1])
        done = subprocess.Popen([sys.executable, "-c", f"raise SystemExit({self.status})"])
        done.wait()
        return done

    def sign(self) -> None:
        self.signed += 1
        path = self.env.logs / f"{watching.SIGN}.alive"
        path.touch()
        os.utime(path, ns=(self.signed, self.signed))

    def passes(self, seconds: float) -> None:
        self.now += seconds
        self.watch.look()


@pytest.fixture
def outside(empty_home: Environment) -> Outside:
    return Outside(empty_home)


def test_the_launcher_and_the_jobs_mean_the_same_sign() -> None:
    assert watching.SIGN == signs.ALERTS


def test_it_is_told_once_for_each_outage_and_once_when_it_is_back(outside: Outside) -> None:
    for _ in range(10):
        outside.sign()
        outside.passes(60)
    assert outside.told == []
    outside.passes(OLDEST - 1)
    assert outside.told == []
    outside.passes(2)
    outside.passes(60)
    outside.passes(3600)
    assert outside.told == ["silent"]
    outside.sign()
    outside.passes(1)
    outside.passes(1)
    assert outside.told == ["silent", "back"]
    outside.passes(OLDEST + 1)
    outside.passes(1)
    assert outside.told == ["silent", "back", "silent"]


def test_a_machine_that_was_off_or_asleep_was_not_silent(outside: Outside) -> None:
    outside.sign()
    outside.watch = outside.again()
    outside.passes(60)
    assert outside.told == [], "the sign is from yesterday, and the worker has just begun"
    outside.passes(OLDEST)
    assert outside.told == ["silent"]


def test_a_start_in_the_middle_of_an_outage_tells_it_no_second_time(outside: Outside) -> None:
    outside.passes(OLDEST + 1)
    outside.passes(1)
    outside.watch = outside.again()
    outside.passes(OLDEST + 1)
    assert outside.told == ["silent"]
    outside.sign()
    outside.passes(1)
    assert outside.told == ["silent", "back"]


def test_what_could_not_be_told_is_tried_again(outside: Outside) -> None:
    outside.status = 1
    outside.passes(OLDEST + 1)
    outside.passes(1)
    outside.passes(AGAIN / 2)
    assert outside.told == ["silent"]
    outside.status = 0
    outside.passes(AGAIN)
    outside.passes(AGAIN)
    outside.passes(AGAIN)
    assert outside.told == ["silent", "silent"]
    assert json.loads(outside.watch.told.read_text()) == "silent"


def test_a_worker_that_is_killed_for_real_is_told_of(empty_home: Environment) -> None:
    said: list[str] = []
    empty_home.logs.mkdir(parents=True)
    supervisor = Supervisor(empty_home, said.append)
    outside = Outside(empty_home)
    supervisor.watch = outside.watch
    sign = empty_home.logs / f"{watching.SIGN}.alive"
    worker = Child("worker", [sys.executable, "-c", ALERTER, str(sign)])
    worker.process = subprocess.Popen(worker.command, stdout=subprocess.PIPE, start_new_session=True)
    supervisor.children = [worker]
    assert worker.process.stdout is not None
    assert worker.process.stdout.readline() == b"evaluated\n"
    supervisor.watch_alerter()
    os.killpg(worker.process.pid, signal.SIGKILL)
    assert worker.process.wait(timeout=20) == -signal.SIGKILL
    worker.process.stdout.close()
    supervisor._bury()
    outside.now += OLDEST + 1
    supervisor.watch_alerter()
    assert outside.told == ["silent"]
    assert said[-1] == "The alerter is silent; administrators are being told."
    worker.process = subprocess.Popen(worker.command, stdout=subprocess.PIPE, start_new_session=True)
    assert worker.process.stdout is not None
    worker.process.stdout.readline()
    supervisor.watch_alerter()
    assert outside.told == ["silent", "back"]
    os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.wait(timeout=20)
    worker.process.stdout.close()


def test_what_cannot_be_watched_is_said_and_brings_nothing_down(
    empty_home: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    supervisor = Supervisor(empty_home, said.append)
    outside = Outside(empty_home)
    supervisor.watch = outside.watch

    def no_program(command: Sequence[str]) -> "subprocess.Popen[bytes]":
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(outside.watch, "start", no_program)
    outside.now += OLDEST + 1
    supervisor.watch_alerter()
    supervisor.watch_alerter()
    assert said == ["The alerter could not be watched; trying again in 60 s: no more processes"]
    monkeypatch.setattr(outside.watch, "start", outside._start)
    supervisor.look_at = 0.0
    supervisor.watch_alerter()
    assert outside.told == ["silent"]


def test_what_cannot_be_written_down_is_not_told_anew(outside: Outside, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError("no space left")

    outside.passes(OLDEST + 1)
    with monkeypatch.context() as disk:
        disk.setattr(watching, "write_private", full)
        for _ in range(3):
            with pytest.raises(OSError, match="no space"):
                outside.passes(AGAIN)
    outside.passes(AGAIN)
    assert outside.told == ["silent"]
    assert json.loads(outside.watch.told.read_text()) == "silent"


def test_a_copy_to_look_at_watches_nothing(empty_home: Environment) -> None:
    from mentalspace.launch.backup import replacing

    (empty_home.home / replacing.COPY).write_text("{}")
    assert Supervisor(empty_home, print).watch is None
