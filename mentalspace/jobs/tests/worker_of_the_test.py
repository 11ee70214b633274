"""A worker process for the tests: a job that says when it starts, and waits for as long as a file is missing.

Run as `python -m mentalspace.jobs.tests.worker_of_the_test DATABASE FOLDER`.
"""

import os
import sys
from pathlib import Path

import django
from django.conf import settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentalspace.settings")
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    django.setup()

from mentalspace.clients.models import Client
from mentalspace.jobs.queue import job

FOLDER = Path(sys.argv[2]) if __name__ == "__main__" else Path()
GATE = "go"


@job("tests.wait_at_the_gate")
def wait_at_the_gate(client: str) -> None:
    """Write down who sees what; the first worker stops at a pipe that nobody opens."""
    seen = Client.objects.filter(pk=client).count()
    with (FOLDER / "log").open("a") as log:
        log.write(f"{os.getpid()} {client} {seen}\n")
    with (FOLDER / "started").open("w") as started:
        started.write("x")
    if (FOLDER / GATE).exists():
        return
    with (FOLDER / "pipe").open("r") as pipe:
        pipe.read()


if __name__ == "__main__":
    from mentalspace.jobs import worker

    worker.run(heartbeat=0.5)
