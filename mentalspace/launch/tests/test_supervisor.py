"""Children: restarted, tied to their parent, and never in the way of the next start."""

import os
import signal
import subprocess
import sys

import pytest

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import leftovers
from mentalspace.launch.supervisor import LONGEST_PAUSE, Child, children
from mentalspace.launch.totp import code
from mentalspace.launch.up import only_one

FOREVER = "import sys, threading; print('up', flush=True); threading.Event().wait()"
PARENT = """import subprocess, sys, os
subprocess.Popen([sys.executable, "-m", "mentalspace.launch.tether", str(os.getpid()), "--",
                  sys.executable, "-c", {forever!r}]).wait()"""


def test_a_dead_child_is_restarted_ever_more_slowly() -> None:
    child = Child("web", [sys.executable, "-c", "raise SystemExit(3)"])
    pauses = []
    for _ in range(9):
        child.start(dict(os.environ))
        assert child.process is not None
        child.process.wait(timeout=20)
        assert child.bury() == 3
        assert child.bury() is None
        pauses.append(child.pause)
    assert pauses[:3] == [0.5, 1.0, 2.0]
    assert pauses[-1] == LONGEST_PAUSE


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")
def test_a_child_ends_with_its_killed_parent() -> None:
    command = [sys.executable, "-c", PARENT.format(forever=FOREVER)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"up\n"
        parent.kill()
        assert parent.stdout.read() == b""  # returns when the child, which holds the other end, is gone


def test_what_outlived_a_killed_supervisor_is_ended(empty_home: Environment) -> None:
    command = [sys.executable, "-c", FOREVER, "mentalspace"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True) as orphan:
        assert orphan.stdout is not None
        orphan.stdout.readline()
        leftovers.remember(empty_home, [orphan.pid])
        leftovers.end(empty_home)
        assert orphan.wait(timeout=20) == -signal.SIGKILL
    leftovers.end(empty_home)


def test_a_second_supervisor_is_refused(empty_home: Environment) -> None:
    sentence = f"already runs on {empty_home.home}: http://"
    with only_one(empty_home), pytest.raises(EnvironmentRefused, match=sentence), only_one(empty_home):
        pass
    with only_one(empty_home):
        pass


def test_requests_are_served_without_an_access_log(empty_home: Environment) -> None:
    web, worker = children(empty_home)
    assert "--no-access-log" in web.command
    assert worker.command[-1] == "worker"


@pytest.mark.parametrize(("at", "expected"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_codes_of_the_standard(at: int, expected: str) -> None:
    """RFC 6238, appendix B, cut to six digits."""
    assert code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at) == expected
