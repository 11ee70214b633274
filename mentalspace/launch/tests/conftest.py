"""A cluster that tests may spoil: the one they share must keep its roles."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentalspace.env import Environment, read
from mentalspace.launch import keys, roles
from mentalspace.launch.cluster import Cluster


@pytest.fixture(scope="session")
def throwaway() -> Iterator[Environment]:
    """A running instance of its own, with roles and database, removed afterwards."""
    home = Path(tempfile.mkdtemp(prefix="ms-launch-"))
    home.chmod(0o711)  # the server's account walks through
    env = read({"MENTALSPACE_HOME": str(home)})
    keys.create_missing(env)
    cluster = Cluster(env)
    cluster.start()
    try:
        roles.ensure(env)
        yield env
    finally:
        cluster.stop()
        shutil.rmtree(home)


@pytest.fixture
def empty_home() -> Iterator[Environment]:
    """A home in which nothing was made yet."""
    home = Path(tempfile.mkdtemp(prefix="ms-home-"))
    home.chmod(0o711)
    yield read({"MENTALSPACE_HOME": str(home)})
    shutil.rmtree(home)
