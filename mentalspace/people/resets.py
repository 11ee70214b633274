"""Setting a new password by mail. allauth asks and checks; the second factor stays, everything open ends.

As identity. An address nobody has gets the same answer for the same work, which is then taken back.
"""

from uuid import UUID

from django.db import transaction
from django.http import HttpRequest

from mentalspace.access.actor import NOBODY, current
from mentalspace.notify import outbox
from mentalspace.notify.models import Notification
from mentalspace.people import invitations, links, sessions
from mentalspace.people.models import Profile, User
from mentalspace.practices.models import Practice

KIND = "account.password_reset"


def send(user_id: UUID) -> None:
    """Send the link by which somebody sets a new password; an invitation to whoever has never had one.

    An account that is nobody's yet, whose profile does not name it, is as one that is not there.
    How often is the caller's to limit: asked for by anybody, or sent by an administrator.
    """
    account = User.objects.filter(pk=user_id).first()
    profile = Profile.objects.filter(user_id=user_id).first()
    if account is None or profile is None:
        send_nobody()
        return
    if not account.has_usable_password():
        invitations.invite(user_id)
        return
    outbox.queue(
        kind=KIND,
        recipient=account.pk,
        email=account.email,
        values={"name": profile.first_name},
        practice=profile.practice_id,
    )


def send_nobody() -> None:
    """What `send` does, for nobody. Identity that knows whose account it is may write to that one only."""
    practice, actor = Practice.objects.order_by("created_at").first(), current.get()
    recipient = actor.person if actor and actor.person != NOBODY else None
    if practice is not None:
        with transaction.atomic():
            email, values = "nobody@example.org", {"name": ""}
            outbox.queue(kind=KIND, recipient=recipient, email=email, values=values, practice=practice.pk)
            transaction.set_rollback(True)


def link(row: Notification) -> str | None:
    """The link to set a new password, made as it is sent, so that its hour begins then."""
    account = User.objects.filter(pk=row.recipient_id or NOBODY, is_active=True, email=row.recipient_email).first()
    return links.address("reset", account, links.RESET) if account else None


def done(request: HttpRequest, user: User) -> None:
    """A new password was set by link: whoever had the old one is out."""
    sessions.shut_out(user.pk)
