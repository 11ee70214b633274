"""Taking up an account: administration makes it without a password, its owner sets one by the link in a mail."""

from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress

from mentalspace.access.actor import NOBODY, acting_as, identity_of
from mentalspace.core import clock
from mentalspace.core.errors import Refusal
from mentalspace.notify import outbox
from mentalspace.notify.models import Notification
from mentalspace.people import links
from mentalspace.people.adapter import record_sign_in
from mentalspace.people.models import PASSWORD_FIELDS, Profile, User
from mentalspace.people.setup import check_password


class InvitationSpent(Refusal):
    code, status = "invitation_spent", 409
    message = "This invitation has been used, replaced by a newer one, or is older than seven days. Ask for a new one."


class AccountTakenUp(Refusal):
    code, status = "account_taken_up", 409
    message = "Not sent: this person has taken up the account already. Send a link to set a new password instead."


def invite(user_id: UUID) -> None:
    """Send the link by which somebody takes up their account; links sent before are useless from now on.

    As identity, in the caller's transaction. Raises AccountTakenUp when there is nothing left to take up. An account
    that is nobody's yet, whose profile does not name it, gets nothing.
    """
    account = User.objects.select_for_update().filter(pk=user_id).first()
    profile = Profile.objects.filter(user_id=user_id).first()
    if account is None or profile is None:
        return
    if account.has_usable_password():
        raise AccountTakenUp
    account.invited_at = clock.now()
    account.save(update_fields=["invited_at"])
    outbox.queue(
        kind="account.invitation",
        recipient=account.pk,
        email=account.email,
        values={"name": profile.first_name},
        practice=profile.practice_id,
    )


def link(row: Notification) -> str | None:
    """The invitation's link, made as it is sent. None when the account has been taken up or closed meanwhile."""
    account = User.objects.filter(pk=row.recipient_id or NOBODY, is_active=True).first()
    if account is None or account.has_usable_password() or account.email != row.recipient_email:
        return None
    return links.address("invitation", account, links.INVITATION)


def read(token: str) -> dict[str, Any]:
    """Who is invited to what, for the page behind the link. Raises InvitationSpent."""
    with acting_as(_identity(token)):
        account = _invited(token)
        profile = account.profile
        return {"first_name": profile.first_name, "email": account.email, "practice": profile.practice.name}


def accept(*, token: str, password: str) -> None:
    """Give the account its password, which spends the link and proves the address. Signs nobody in.

    Raises InvitationSpent, and BadInput for a password that will not do; the link is then still good.
    """
    with acting_as(_identity(token)):
        account = _invited(token)
        check_password(account, password)
        account.set_password(password)
        account.save(update_fields=PASSWORD_FIELDS)
        EmailAddress.objects.filter(user=account, email__iexact=account.email).update(verified=True)
        record_sign_in(account.pk, "account.taken_up", "{actor} took up the account by invitation", "warning")


def _identity(token: str) -> Any:
    account_id = links.account_in(token)
    if account_id is None:
        raise InvitationSpent
    return identity_of(account_id)


def _invited(token: str) -> User:
    """The account, locked. Raises InvitationSpent."""
    rows = User.objects.select_for_update(of=("self",)).filter(pk=links.account_in(token) or NOBODY, is_active=True)
    account = rows.first()
    if account is None or account.has_usable_password():
        raise InvitationSpent
    if not links.INVITATION.check_token(account, links.token_in(token)):
        raise InvitationSpent
    return account
