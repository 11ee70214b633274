"""Starting, adopting and stopping a real cluster."""

import os
import signal
import socket

import pytest

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import keys, ports
from mentalspace.launch.cluster import STATE, Cluster, lease
from mentalspace.launch.connection import ClusterFile


def test_without_a_cluster_one_sentence(empty_home: Environment) -> None:
    with pytest.raises(EnvironmentRefused, match="There is no database"), lease(empty_home):
        pass


def test_the_life_of_a_cluster(empty_home: Environment) -> None:
    keys.create_missing(empty_home)
    with lease(empty_home, make=True) as first:
        assert first is not None
        assert first.running()
        with lease(empty_home) as second:
            assert second is not None
            assert not second.start()
        assert first.running()  # the first still needs it
    assert not first.running()
    _another_port_when_taken(first)
    _adopted_after_its_starter_is_gone(first)
    _recovers_after_a_crash(first)
    first.stop()
    assert not first.running()


def _another_port_when_taken(cluster: Cluster) -> None:
    before = ClusterFile.load(cluster.env).port
    with socket.create_server(("127.0.0.1", before)):
        cluster.start()
    assert ClusterFile.load(cluster.env).port != before


def _adopted_after_its_starter_is_gone(cluster: Cluster) -> None:
    port = ClusterFile.load(cluster.env).port
    (cluster.env.pg / "cluster.json").write_text(ClusterFile(1, "", "", peer=False).text())
    assert not Cluster(cluster.env).start()
    assert ClusterFile.load(cluster.env).port == port


def _recovers_after_a_crash(cluster: Cluster) -> None:
    leader = int((cluster.data / "postmaster.pid").read_text().split()[0])
    os.kill(leader, signal.SIGKILL)
    assert ports.becomes_free(ClusterFile.load(cluster.env).port, "127.0.0.1", 10)
    assert not cluster.running()
    assert cluster.start()


def test_a_server_that_repairs_itself_is_waited_for(throwaway: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    cluster = Cluster(throwaway)
    lines = cluster._pid_file()
    assert lines[STATE] == "ready"
    seen = ["starting", "starting", "starting"]

    def repairing() -> list[str]:
        return [*lines[:STATE], seen.pop() if seen else "ready"]

    monkeypatch.setattr(cluster, "_pid_file", repairing)
    assert cluster.start() is False
    assert not seen
    monkeypatch.setattr(cluster, "_pid_file", lambda: [*lines[:STATE], "starting"])
    with pytest.raises(EnvironmentRefused, match="still repairing itself"):
        cluster.start(patience=0)
