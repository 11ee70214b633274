"""Without a mail server: a folder of files that one can look at, from the worker's job to the command line."""

import json

import pytest
from click.testing import CliRunner
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.cli import commands
from mentalspace.env import Environment, environment
from mentalspace.jobs.tests.test_worker import defer, finish, start, started
from mentalspace.notify import folder
from tests.cast import CLEO, actor
from tests.mail import delivered

from .test_outbox import REAL, tell

__all__ = ["start"]


@pytest.fixture
def outbox(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(Environment, "outbox", tmp_path / "outbox")
    settings.EMAIL_BACKEND = "mentalspace.notify.mail.FolderBackend"
    return tmp_path / "outbox"


def run(*arguments):
    result = CliRunner().invoke(commands, ["outbox", *arguments])
    return result.exit_code, result.output


@pytest.mark.django_db
def test_mail_is_kept_where_only_this_account_reads_it(outbox):
    assert run()[0] == 0
    assert "Nothing has been sent" in run()[1]
    with acting_as(actor("ana")):
        row = tell(values={"name": "Żaneta 🌿"})
    delivered()
    (file,) = outbox.iterdir()
    assert file.name == f"{row.pk}.eml"
    assert (file.stat().st_mode & 0o777, outbox.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "ana@example.org" in run()[1]
    assert "Something happened" in run()[1]
    assert "Hello Żaneta 🌿 of Here." in run(str(row.pk)[:8])[1]
    (message,) = json.loads(run("--json")[1])
    assert (message["id"], message["to"], message["body"]) == (
        str(row.pk),
        "ana@example.org",
        "Hello Żaneta 🌿 of Here.\n",
    )
    assert run("nothing-like-it")[0] == 1


@pytest.mark.django_db
def test_a_message_written_twice_is_there_once(outbox):
    for content in (b"one", b"two"):
        folder.put("same", content)
    assert [path.read_bytes() for path in outbox.iterdir()] == [b"two"]


def test_the_worker_sends_what_was_queued(start, tmp_path, really_committed):
    """A real worker, with a queue of this test's own. The job at the gate comes second, so the first has begun."""
    (tmp_path / "go").touch()
    with acting_as(actor("ana")), transaction.atomic():
        row = tell(**REAL)
    defer("ana", CLEO)
    worker = start()
    started(tmp_path)
    finish(worker)
    file = environment().outbox / f"{row.pk}.eml"
    try:
        assert "ana@example.org" in file.read_text()
    finally:
        file.unlink(missing_ok=True)
