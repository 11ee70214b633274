"""What sign-in has done by itself."""

from django.db import transaction

from mentalspace.access.actor import IDENTITY, Actor, acting_as
from mentalspace.audit.incidents import raise_incident
from mentalspace.audit.models import Severity
from mentalspace.audit.trail import Trail, following
from mentalspace.core import clock
from mentalspace.jobs.queue import every, job
from mentalspace.people.adapter import record_sign_in
from mentalspace.people.cleaning import remove_expired_devices, remove_expired_rate_limits
from mentalspace.people.models import LoginAttempt, Profile, Session


@job("people.record_failure", in_downtime=True)
def record_failure(attempt: str, account: str) -> None:
    """Put a wrong password into the audit trail of the account's practice; of an address nobody has, into none.

    The attempt itself may have been deleted meanwhile, which is how the runbook unlocks an account.
    """
    row = LoginAttempt.objects.filter(pk=attempt).first()
    origin = Trail(ip_address=row.ip_address, user_agent=row.user_agent) if row else Trail()
    with following(origin):
        record_sign_in(account or None, "sign_in.failed", "A sign-in failed: wrong password", "warning")
        if row is not None and row.locked_until is not None:
            _tell_of_lock(account)


def _tell_of_lock(account: str) -> None:
    """Administrators hear that somebody cannot sign in, or that somebody else tried to."""
    profile = Profile.objects.filter(pk=account).first() if account else None
    if profile is not None:
        raise_incident(
            kind="account_locked",
            severity=Severity.MEDIUM,
            description="An account was locked: five wrong passwords within half an hour",
            person=profile.pk,
            practice=profile.practice_id,
        )


@every("20 * * * *", "people.forget_sessions", in_downtime=True)
def forget_sessions(actor: Actor) -> None:
    """Sessions that have ended are gone from the table within the hour. They stopped counting when they ended."""
    with acting_as(IDENTITY), transaction.atomic():
        Session.objects.filter(expire_date__lt=clock.now()).delete()


@every("50 * * * *", "people.clean_up")
def clean_up(actor: Actor) -> None:
    """What the runbook calls weekly by hand: limits and devices that have ended long ago or just now."""
    remove_expired_rate_limits()
    remove_expired_devices()
