"""Several carriers hand over at the same time, each with a connection of its own, and each message goes once."""

import pytest
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.notify import delivery
from mentalspace.practices.system import system_actor
from tests.cast import HERE, NOW, actor
from tests.providers import ResendServer

from .test_outbox import rows, tell
from .test_providers import connect

pytestmark = pytest.mark.usefixtures("really_committed")

MANY = 5 * delivery.FEW


def test_each_message_goes_once_and_at_the_clock_of_who_began(settings):
    settings.NOTIFY_CARRIERS = 4
    with ResendServer() as server:
        settings.RESEND_URL = server.url
        with transaction.atomic():
            connect("resend", "Here <office@here.example>", key=server.key, signing_secret="whsec_eA==")
        with clock.frozen(NOW), acting_as(actor("ana")), transaction.atomic():
            for _ in range(MANY):
                tell()
        with clock.frozen(NOW):
            tried = delivery.deliver_due(system_actor(HERE))
        assert (tried, len(server.taken)) == (MANY, MANY)
    with transaction.atomic():
        assert {row.sent_at for row in rows()} == {NOW}
