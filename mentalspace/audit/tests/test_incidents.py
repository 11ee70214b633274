"""Incidents can be raised by anybody in their own transaction, sort by how bad they are, and are never altered."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import IDENTITY, acting_as, identity_of
from mentalspace.audit.incidents import raise_incident
from mentalspace.audit.models import AuditLog, SecurityIncident, Severity
from mentalspace.core import clock
from tests.cast import HERE, ID, actor

pytestmark = pytest.mark.django_db

ODD: Any = {"kind": "odd", "description": "{actor} did something odd"}


@pytest.mark.parametrize("who", ["ana", "fay", "cleo", "ada"])
def test_whoever_meets_something_odd_raises_it(who):
    with acting_as(actor(who)):
        raise_incident(**ODD, severity="high", person=ID["ash"])
    with acting_as(actor("ada")):
        incident = SecurityIncident.objects.get()
        line = AuditLog.objects.get(event="incident.raised")
    assert (incident.user_id, incident.raised_by, incident.status) == (ID["ash"], ID[who], "open")
    assert incident.description == line.action_description == "The system did something odd"
    assert (line.resource_id, line.user_id, line.severity) == (incident.pk, ID[who], "critical")


@pytest.mark.parametrize("before", [IDENTITY, identity_of(ID["ana"])])
def test_at_sign_in_the_practice_is_named(before):
    with acting_as(before):
        raise_incident(**ODD, severity="medium", person=ID["ana"], practice=HERE)
        with pytest.raises(ValueError, match="needs its practice"):
            raise_incident(**ODD, severity="medium", person=ID["ana"])
    with acting_as(actor("ada")):
        assert SecurityIncident.objects.get().user_id == ID["ana"]
        assert AuditLog.objects.get(event="incident.raised").user_id == ID["ana"]


def test_the_worst_come_first_in_the_databases_own_order():
    with acting_as(actor("ana")):
        for severity in ("medium", "critical", "low", "high"):
            raise_incident(**ODD, severity=severity)
    with acting_as(actor("ada")), connection.cursor() as cursor:
        cursor.execute("SELECT severity::text AS word FROM security_incidents ORDER BY severity DESC, detected_at DESC")
        assert [row[0] for row in cursor.fetchall()] == ["critical", "high", "medium", "low"]


def test_only_administrators_of_the_practice_see_it():
    with acting_as(actor("ana")):
        raise_incident(**ODD, severity=Severity.LOW)
    with acting_as(actor("olga")):
        assert not SecurityIncident.objects.exists()
    for name in ("ana", "sam", "otto"):
        with acting_as(actor(name)), pytest.raises(DatabaseError), transaction.atomic():
            SecurityIncident.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"description": "nothing much"},
        {"severity": "low"},
        {"user_id": ID["fay"]},
        {"detected_at": clock.now()},
        {"incident_type": "other"},
        {"status": "resolved"},
    ],
)
def test_what_was_raised_is_not_rewritten(change):
    with acting_as(actor("ana")):
        incident = raise_incident(**ODD, severity="high", person=ID["ash"])
    with acting_as(actor("ada")), pytest.raises(DatabaseError), transaction.atomic():
        SecurityIncident.objects.filter(pk=incident.pk).update(**change)


def test_what_is_resolved_stays_so():
    now = clock.now()
    looked: Any = {"status": "investigating", "investigated_by": ID["ada"], "investigated_at": now}
    ended: Any = {"status": "resolved", "resolved_by": ID["ada"], "resolved_at": now, "resolution_notes": "A drill."}
    with acting_as(actor("ada")):
        incident = raise_incident(**ODD, severity="high")
        mine = SecurityIncident.objects.filter(pk=incident.pk)
        assert mine.update(**looked) == 1
        with pytest.raises(DatabaseError, match="incidents are kept"), transaction.atomic():
            mine.update(status="open")
        assert mine.update(**ended) == 1
        assert mine.update(resolution_notes="Not a drill.") == 0
