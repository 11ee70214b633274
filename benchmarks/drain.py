"""How fast the outbox empties into a provider that takes its time.

    python benchmarks/drain.py [--messages 1000] [--latency 0.05]

A cluster of its own, a practice with a Resend account, a local counterpart of Resend that answers after `--latency`
seconds, and the worker's own job run once.
"""

import argparse
import os
import tempfile
import time
from pathlib import Path


def run(messages: int, latency: float) -> None:
    from mentalspace.env import environment
    from mentalspace.launch import keys, roles
    from mentalspace.launch.cluster import lease
    from mentalspace.launch.prepare import migrate

    keys.create_missing(environment())
    with lease(environment(), make=True):
        roles.ensure(environment())
        migrate()
        drain(messages, latency)


def drain(messages: int, latency: float) -> None:
    from django.conf import settings
    from django.db import transaction

    from mentalspace.access.actor import Actor, acting_as
    from mentalspace.access.audiences import ADMINISTRATOR
    from mentalspace.notify.accounts import seal
    from mentalspace.notify.delivery import deliver_due
    from mentalspace.notify.models import Notification, ProviderAccount
    from mentalspace.people.setup import found_practice
    from mentalspace.practices.system import system_actors
    from tests.providers import ResendServer

    found_practice(name="Bench", slug="bench")
    (system,) = system_actors()

    class Slow(ResendServer):
        def think(self) -> None:
            time.sleep(latency)

    with Slow() as provider:
        settings.RESEND_URL = provider.url
        row = {"practice_id": system.practice, "kind": "correspondence.test", "recipient_email": "x@example.org"}
        text = {"message_subject": "x", "message_content": "x"}
        with acting_as(Actor(system.practice, system.person, ADMINISTRATOR)), transaction.atomic():
            secrets = seal({"key": provider.key, "signing_secret": "whsec_eA=="})
            account = {"provider": "resend", "sender": "x@example.org", "sealed": secrets, "added_by": system.person}
            ProviderAccount(practice_id=system.practice, **account).save(force_insert=True)
        with acting_as(system), transaction.atomic():
            Notification.objects.bulk_create(Notification(**row, **text) for _ in range(messages))
        began, worked = time.monotonic(), time.process_time()
        tried = deliver_due(system)
        took, cpu = time.monotonic() - began, time.process_time() - worked
        with acting_as(system), transaction.atomic():
            waiting = Notification.objects.filter(sent_at=None).count()
        print(
            f"{tried:,} messages in {took:.1f} s: {tried / took * 60:,.0f} a minute at {latency * 1000:.0f} ms,"
            f" {settings.NOTIFY_CARRIERS} at once; CPU {cpu / tried * 1000:.1f} ms a message, the provider's included;"
            f" waiting {waiting}, taken {len(provider.taken):,}"
        )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--messages", type=int, default=1000)
    arguments.add_argument("--latency", type=float, default=0.05)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="ms-drain-") as name:
        Path(name).chmod(0o711)  # the database may have to run as another account
        os.environ |= {"MENTALSPACE_HOME": name, "MENTALSPACE_DEMO": "0"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "mentalspace.settings"
        run(given.messages, given.latency)


if __name__ == "__main__":
    main()
