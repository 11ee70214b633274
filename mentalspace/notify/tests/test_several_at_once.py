"""Several carriers hand over at the same time, each with a connection of its own, and each message goes once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.notify import delivery, suppression
from mentalspace.notify.models import BOUNCED, COMPLAINED, EMAIL, STOPPED, SuppressedAddress
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


def test_an_address_is_stopped_once_by_whoever_hears_of_it_at_the_same_time():
    """A bounce and a complaint arrive together: neither fails, and the stop nobody here lifts stays."""
    for turn in range(5):
        address, together = f"{turn}@example.org", Barrier(3)

        def hear(why, address=address, together=together):
            try:
                with acting_as(system_actor(HERE)), transaction.atomic():
                    SuppressedAddress.objects.exists()  # both have begun
                    together.wait(timeout=20)
                    suppression.suppress(EMAIL, address, why)
            finally:
                connection.close()

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(hear, [BOUNCED, COMPLAINED, BOUNCED]))
        with acting_as(system_actor(HERE)), transaction.atomic():
            (stop,) = SuppressedAddress.objects.filter(address=address)
            assert stop.reason == COMPLAINED


def test_what_is_known_of_an_address_gets_worse_and_not_better():
    with acting_as(system_actor(HERE)), transaction.atomic():
        for why, known in ((BOUNCED, BOUNCED), (STOPPED, STOPPED), (COMPLAINED, STOPPED), (BOUNCED, STOPPED)):
            suppression.suppress(EMAIL, "Cleo@example.org", why)
            (stop,) = SuppressedAddress.objects.all()
            assert (stop.address, stop.reason) == ("cleo@example.org", known)
