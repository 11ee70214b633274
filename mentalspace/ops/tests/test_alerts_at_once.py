"""Two workers evaluate, two administrators take on, at the same moment: one alert, one mail, one name."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier

import pytest
from django.db import connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.notify.models import Notification
from mentalspace.ops.metrics.rules import State
from mentalspace.ops.tests.alerting import OURS, Stand, alerts, at_minute, evaluate, history
from tests.committed import at_once

pytestmark = pytest.mark.usefixtures("really_committed")
WORKERS = 4


@pytest.fixture
def stand(really_committed, monkeypatch):
    return Stand(monkeypatch)


def test_several_workers_open_one_alert_and_tell_it_once(stand):
    stand.sees(0, disk="good")
    stand.states = dict.fromkeys(stand.states, State.BAD)
    ready = Barrier(WORKERS)

    def run():
        try:
            ready.wait(timeout=30)
            evaluate()
        finally:
            connection.close()

    with at_minute(1), ThreadPoolExecutor(WORKERS) as pool:
        for done in [pool.submit(copy_context().run, run) for _ in range(WORKERS)]:
            done.result()
    assert [alert.stage for alert in alerts()] == ["open"]
    assert history() == ["opened"]
    with acting_as(OURS), transaction.atomic():
        assert Notification.objects.filter(kind="operations.alert_opened").count() == 2, "Ada and Mia, once each"


def test_two_take_it_on_at_the_same_moment(stand):
    stand.sees(0, disk="bad")
    path = f"/operations/alerts/{alerts()[0].pk}/acknowledgement"
    answers = at_once(["ada", "mia"], lambda http, n: http.call("post", path, {"note": str(n)}))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert history() == ["opened", "acknowledged"]
