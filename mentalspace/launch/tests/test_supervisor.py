"""Children: restarted, tied to their parent, and never in the way of the next start."""

import os
import select
import signal
import subprocess
import sys

import psycopg
import pytest

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import leftovers, up
from mentalspace.launch.backup import replacing
from mentalspace.launch.cluster import Cluster
from mentalspace.launch.connection import ClusterFile, connection, superuser
from mentalspace.launch.supervisor import LONGEST_PAUSE, Child, Supervisor, children
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
    web, worker, backup = children(empty_home)
    assert "--no-access-log" in web.command
    assert worker.command[-1] == "worker"
    assert [child.waits for child in (web, worker, backup)] == [False, False, True]


def test_a_copy_to_look_at_sends_and_archives_nothing(
    empty_home: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    (empty_home.home / replacing.COPY).write_text("{}")
    assert [child.name for child in children(empty_home)] == ["web"]
    up._welcome(empty_home, 1.0)
    assert "it sends nothing, and it backs up nothing" in capsys.readouterr().out


GUARDS = "SELECT pid FROM pg_locks WHERE relation = 'pg_catalog.pg_authid'::regclass AND mode = 'ShareLock'"


def end_database(env: Environment, number: int) -> None:
    """Kill the postmaster and see it go, and the guard's own session, which may outlive it by a moment."""
    with psycopg.connect(**superuser(env).parameters()) as boss:
        guards = [pid for (pid,) in boss.execute(GUARDS)]
    postmaster = int((Cluster(env).data / "postmaster.pid").read_text().splitlines()[0])
    watched = [os.pidfd_open(pid) for pid in (postmaster, *guards)]
    os.kill(postmaster, number)
    for each in watched:
        assert select.select([each], [], [], 30)[0]
        os.close(each)


def await_guard(supervisor: Supervisor) -> None:
    """Let the supervisor look, as its loop does, until it holds the roles again."""
    supervisor.guard_at = 0.0
    supervisor.keep_database()
    for _ in range(10):
        if supervisor.guarded:
            break
        supervisor.guard_at = 0.0
        supervisor.keep_database()
    assert supervisor.guarded


@pytest.mark.skipif(sys.platform != "linux", reason="waits for a process that is not its child")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_dead_database_is_started_again_and_guarded(throwaway: Environment, number: signal.Signals) -> None:
    said: list[str] = []
    supervisor = Supervisor(throwaway, said.append)
    supervisor.children[0].pause = supervisor.children[0].due_at = 1e9
    place = ClusterFile.load(throwaway)
    await_guard(supervisor)
    end_database(throwaway, number)
    try:
        await_guard(supervisor)
        assert said[0] == "The database ended; starting it again."
        assert said[-1] == "The database is back."
        assert supervisor.children[0].due_at == 0  # whoever died with it starts at once
        assert ClusterFile.load(throwaway) == place
        with psycopg.connect(**superuser(throwaway).parameters(), autocommit=True) as boss:
            boss.execute("SET lock_timeout = '100ms'")
            with pytest.raises(psycopg.errors.LockNotAvailable):
                boss.execute("ALTER ROLE ms_web RESET ALL")
        with psycopg.connect(**connection("ms_web", throwaway).parameters()) as web:
            assert web.execute("SELECT 1").fetchone() == (1,)
    finally:
        supervisor.guard.release()


def test_a_database_that_does_not_start_is_tried_ever_more_slowly(
    empty_home: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(cluster: Cluster, patience: float) -> bool:
        raise EnvironmentRefused("PostgreSQL did not start: the disk is full.")

    def gone() -> list[str]:
        raise EnvironmentRefused("The database does not let us in")

    said: list[str] = []
    supervisor = Supervisor(empty_home, said.append)
    monkeypatch.setattr(Cluster, "start", refuse)
    monkeypatch.setattr(supervisor.guard, "hold", gone)
    pauses = []
    for _ in range(9):
        supervisor.guard_at = 0.0
        supervisor.keep_database()
        pauses.append(supervisor.pause)
    assert pauses[:3] == [0.5, 1.0, 2.0]
    assert pauses[-1] == LONGEST_PAUSE
    assert said[1] == "PostgreSQL did not start: the disk is full. Trying again in 0.5 s."
    assert not supervisor.guarded


@pytest.mark.parametrize(("at", "expected"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")])
def test_codes_of_the_standard(at: int, expected: str) -> None:
    """RFC 6238, appendix B, cut to six digits."""
    assert code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", at) == expected
