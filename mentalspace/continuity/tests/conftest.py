"""The demo practice in an instance of its own, backed up, its log streamed."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mentalspace.env import PREFIX, Environment, read
from mentalspace.launch import keys, roles
from mentalspace.launch.backup import archiver, taking
from mentalspace.launch.cluster import Cluster


@pytest.fixture(scope="module")
def demo() -> Iterator[Environment]:
    home = Path(tempfile.mkdtemp(prefix="ms-drill-"))
    home.chmod(0o711)
    env = read({"MENTALSPACE_HOME": str(home)})
    keys.create_missing(env)
    for folder in (env.objects, env.seals, env.vault, env.logs, env.outbox):
        folder.mkdir()
    cluster = Cluster(env)
    cluster.start()
    try:
        roles.ensure(env)
        in_product(env, "-m", "mentalspace.launch.prepare")
        in_product(env, "-m", "mentalspace.cli", "audit", "seal")
        with archiver.archiving(env):
            taking.take(env, "daily")
            yield env
    finally:
        cluster.stop()
        shutil.rmtree(home)


def in_product(env: Environment, *arguments: str) -> None:
    """A program of the product's in that home."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    mine = others | {f"{PREFIX}HOME": str(env.home), f"{PREFIX}DEMO_FHIR": ""}
    subprocess.run([sys.executable, *arguments], env=mine, check=True, capture_output=True)
