"""Several workers, several people at the same moment: numbers without gaps, one call, one commander."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.trail import Trail, following
from mentalspace.notify.models import Notification
from mentalspace.ops.incidents import calling
from mentalspace.ops.incidents.models import OperationsIncident
from mentalspace.ops.metrics.rules import State
from mentalspace.ops.tests.alerting import OURS, Stand, alerts, at_minute, evaluate
from tests.committed import at_once

pytestmark = pytest.mark.usefixtures("really_committed")
WORKERS = 4


@pytest.fixture
def stand(really_committed, monkeypatch):
    return Stand(monkeypatch)


def together(work):
    """Have every worker do this at the same moment."""
    ready = Barrier(WORKERS)

    def run():
        try:
            ready.wait(timeout=30)
            with following(Trail(name="The system")), acting_as(OURS), transaction.atomic():
                return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(WORKERS) as pool:
        return [done.result() for done in [pool.submit(copy_context().run, run) for _ in range(WORKERS)]]


def numbers():
    with acting_as(OURS), transaction.atomic():
        return list(OperationsIncident.objects.order_by("serial").values_list("number", flat=True))


def opens(http, n, **more):
    body = {"id": uuid4(), "title": f"Number {n}", "severity": "P2"} | more
    return http.call("post", "/operations/incidents", body)


def test_numbers_have_no_gap_however_many_open_one(really_committed):
    with at_minute(0):
        answers = at_once(["ada", "mia"] * 4, lambda http, n: opens(http, n, severity="P9" if n == 3 else "P3"))
    assert sorted(answer.status_code for answer in answers) == [201] * 7 + [422]
    assert numbers() == [f"INC-2026-{serial:04}" for serial in range(1, 8)]


def test_a_double_click_from_two_tabs_is_one_incident(really_committed):
    the_id = uuid4()
    with at_minute(0):
        answers = at_once(["ada", "ada"], lambda http, n: opens(http, 1, id=the_id))
    assert {answer.status_code for answer in answers} == {201}
    assert numbers() == ["INC-2026-0001"]


def test_several_workers_call_once(really_committed):
    with at_minute(0):
        at_once(["ada"], lambda http, n: opens(http, n))
    with at_minute(240):
        assert sorted(together(lambda: calling.call_due(OURS))) == [0, 0, 0, 1]
    with acting_as(OURS), transaction.atomic():
        assert Notification.objects.filter(kind="operations.incident_waiting").count() == 2, "Ada and Mia, once each"


def test_several_workers_and_a_person_open_one_for_an_alert(stand):
    stand.sees(0, disk="good", clock="good")
    stand.states = dict.fromkeys(stand.states, State.BAD)
    with at_minute(1):
        together(evaluate)
    assert len(alerts()) == 2
    assert numbers() == ["INC-2026-0001"]
    with at_minute(2):
        about = {"alert_id": str(alerts()[0].pk), "title": ""}
        answers = at_once(["ada", "mia"], lambda http, n: opens(http, n, **about))
    assert {answer.status_code for answer in answers} == {409}
    assert numbers() == ["INC-2026-0001"]


def test_two_take_it_on_at_the_same_moment(stand):
    stand.sees(0, disk="bad")
    with acting_as(OURS), transaction.atomic():
        path = f"/operations/incidents/{OperationsIncident.objects.get().pk}/command"
    with at_minute(1):
        answers = at_once(["ada", "mia"], lambda http, n: http.call("post", path))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert [alert.stage for alert in alerts()] == ["acknowledged"]


def test_a_worker_that_is_killed_has_called_nobody(really_committed):
    with at_minute(0):
        at_once(["ada"], lambda http, n: opens(http, n))

    class Killed(BaseException):
        pass

    def call_and_die():
        with following(Trail(name="The system")), acting_as(OURS), transaction.atomic():
            assert calling.call_due(OURS) == 1
            raise Killed

    with at_minute(240), pytest.raises(Killed):
        call_and_die()
    with at_minute(241), following(Trail(name="The system")), acting_as(OURS), transaction.atomic():
        assert calling.call_due(OURS) == 1
        assert calling.call_due(OURS) == 0
    with acting_as(OURS), transaction.atomic():
        assert Notification.objects.filter(kind="operations.incident_waiting").count() == 2
