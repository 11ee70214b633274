"""What administration lets identity do to somebody's account, each in a transaction of its own after the request's.

Credentials are seen by identity alone, narrowed here to the one account. Every function may run twice: what is put
off until after an answer may fail, and is then asked for again.
"""

from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from mentalspace.access.actor import acting_as, identity_of
from mentalspace.core.errors import Refusal
from mentalspace.people import administration, factors, invitations, limits, resets, sessions, verification
from mentalspace.people.models import LoginAttempt, Profile, User


class AddressInUse(Refusal):
    code, status = "address_in_use", 409
    message = (
        "This e-mail address signs in to another account already, so no account was made for it. The person is in the"
        " list: give them another address, then invite them."
    )


class AddressTaken(Refusal):
    code, status = "address_in_use", 409
    message = (
        "The e-mail address was not changed: this one signs in to another account already. Everything else was saved."
    )


def open_account(person: UUID, email: str) -> None:
    """An account without password, for an invitation to be taken up. One that is there has the person's address."""
    with acting_as(identity_of(person)):
        if User.objects.filter(pk=person).exists():
            _change_address(person, email)
            return
        account = User(id=person, email=email)
        account.set_unusable_password()
        try:
            with transaction.atomic():
                account.save(force_insert=True)
                EmailAddress.objects.create(user=account, email=email, verified=False, primary=True)
        except IntegrityError:
            raise AddressInUse from None


def change_address(person: UUID, email: str) -> None:
    """Another address for an account that nobody has taken up yet; the person's profile follows."""
    with acting_as(identity_of(person)):
        if _change_address(person, email) is False:
            raise administration.AddressSignsIn


def settle_address(person: UUID) -> None:
    """The account has the address that stands in the profile, whatever was half done before."""
    with acting_as(identity_of(person)):
        email = Profile.objects.values_list("email", flat=True).filter(pk=person).first()
        if email:
            _change_address(person, email)


def _change_address(person: UUID, email: str) -> bool | None:
    """Says whether it could: False when somebody signs in with the account, None when there is nothing to change."""
    account = User.objects.select_for_update().filter(pk=person).exclude(email=email).first()
    if account is None:
        return None
    if account.has_usable_password():
        return False
    try:
        with transaction.atomic():
            User.objects.filter(pk=person).update(email=email)
            EmailAddress.objects.filter(user_id=person).update(email=email, verified=False)
    except IntegrityError:
        raise AddressTaken(fields={"email": ["This address signs in to another account already."]}) from None
    return True


def send_invitation(person: UUID) -> None:
    """The link by which somebody takes their account up; those sent before are useless from now on."""
    with acting_as(identity_of(person)):
        invitations.invite(person)


def send_reset(person: UUID) -> None:
    """The link by which somebody sets a new password. Raises TooManyAttempts."""
    with acting_as(identity_of(person)):
        limits.check("password_reset_email", user=person)
        resets.send(person)


def send_verification(person: UUID) -> None:
    """The link by which somebody confirms the address."""
    with acting_as(identity_of(person)):
        verification.send(person)


def close_account(person: UUID) -> None:
    """Nobody signs in with it any more, and nobody is signed in."""
    with acting_as(identity_of(person)):
        User.objects.filter(pk=person).update(is_active=False)
        sessions.shut_out(person)


def reopen_account(person: UUID) -> None:
    """It can be signed in to again, with the password and factors it had."""
    with acting_as(identity_of(person)):
        User.objects.filter(pk=person).update(is_active=True)


def forget_factors(person: UUID) -> None:
    """No second factor any more: the next sign-in sets one up before anything else."""
    with acting_as(identity_of(person)):
        factors.reset(person)


def lift_lock(person: UUID) -> None:
    """What failed is forgotten, and how often, as the runbook's own two statements do it."""
    with acting_as(identity_of(person)):
        limits.lift(limits.LOGIN, user=person)
        LoginAttempt.objects.filter(user_id=person, success=False).delete()
