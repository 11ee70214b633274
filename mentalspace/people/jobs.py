"""What sign-in has done by itself."""

from django.db import connection, transaction

from mentalspace.access.actor import IDENTITY, Actor, acting_as
from mentalspace.audit.trail import Trail, following
from mentalspace.core import clock
from mentalspace.jobs.queue import every, job
from mentalspace.people.adapter import record_sign_in
from mentalspace.people.models import LoginAttempt, Session


@job("people.record_failure")
def record_failure(attempt: str, account: str) -> None:
    """Put a wrong password into the audit trail of the account's practice; of an address nobody has, into none.

    The attempt itself may have been deleted meanwhile, which is how the runbook unlocks an account.
    """
    row = LoginAttempt.objects.filter(pk=attempt).first()
    origin = Trail(ip_address=row.ip_address, user_agent=row.user_agent) if row else Trail()
    with following(origin):
        record_sign_in(account or None, "sign_in.failed", "A sign-in failed: wrong password", "warning")


@every("20 * * * *", "people.forget_sessions")
def forget_sessions(actor: Actor) -> None:
    """Sessions that have ended are gone from the table within the hour. They stopped counting when they ended."""
    with acting_as(IDENTITY), transaction.atomic():
        Session.objects.filter(expire_date__lt=clock.now()).delete()


CLEAN_UP = "SELECT cleanup_expired_rate_limits(), cleanup_expired_devices()"


@every("50 * * * *", "people.clean_up")
def clean_up(actor: Actor) -> None:
    """What the runbook calls weekly by hand: limits and devices that have ended long ago or just now."""
    with acting_as(IDENTITY), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CLEAN_UP)
