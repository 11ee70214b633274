"""Nothing is seen without trace, and nothing is traced that was not seen: in every answer of a day's work, the clients
in the body are the clients in the audit, both ways."""

import re
from uuid import UUID

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from tests.cast import CLEO, NOOR, OLEG, THEO, actor
from tests.guards.reads import prepared, reader
from tests.guards.test_reads import gets

pytestmark = pytest.mark.django_db

CLIENTS = {CLEO, NOOR, THEO, OLEG}
ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
OF_ONE = ("{client_id}", "{note_id}", "{appointment_id}", "{document_id}", "{form_id}")
"""A read about one client, or something of theirs, may leave the client's id out of the body."""


def shown(answer):
    return {UUID(found.decode()) for found in ID.findall(answer.content)} & CLIENTS


def traced(before):
    lines = []
    for name in ("ada", "olga"):
        with acting_as(actor(name)):
            lines += AuditLog.objects.filter(action_type=PHI_ACCESS).exclude(pk__in=before)
    return {client for line in lines for client in line.client_ids} & CLIENTS


def so_far():
    found = set()
    for name in ("ada", "olga"):
        with acting_as(actor(name)):
            found |= set(AuditLog.objects.values_list("pk", flat=True))
    return found


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, path, _, _ in gets()])
@pytest.mark.parametrize("who", ["its own", "fay", "sam", "otto", "olga"])
def test_ids_in_bodies_are_ids_in_the_audit(http, name, path, who):
    ana = http("ana")
    url = prepared(ana, path)
    before = so_far()
    answer = (reader(http, ana, path) if who == "its own" else http(who)).get(url)
    found = traced(before)
    assert shown(answer) <= found, "shown without trace"
    if answer.status_code != 200:
        assert found == set(), "traced though refused"
    else:
        own = {CLEO} if any(part in path for part in OF_ONE) else set()
        assert found <= shown(answer) | own, "traced without being shown"


@pytest.mark.parametrize("path", [f"/clients/{CLEO}", "/clients", "/today?day=2026-01-01", "/audit"])
def test_when_it_cannot_be_written_down_nothing_is_shown(http, monkeypatch, path):
    browser = http("mia")
    http("ana").read(f"/clients/{CLEO}")
    monkeypatch.setattr("mentalspace.audit.trail.PHI_ACCESS", "x" * 41)
    answer = browser.call("get", path)
    if path.startswith("/today"):  # nobody is seen that day
        assert b"Cleo" not in answer.content
    else:
        assert answer.status_code == 500
        assert shown(answer) == set()
