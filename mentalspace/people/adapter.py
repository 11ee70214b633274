"""Where allauth asks us: lockout before and after each try, the trail of sign-ins, sealed TOTP secrets.

A refusal here is a 400 response and no exception that rolls back, so what was counted is kept.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import user_logged_out
from django.db import transaction
from django.http import HttpRequest

from mentalspace.access.actor import Actor
from mentalspace.audit.models import AUTHENTICATION
from mentalspace.audit.trail import record
from mentalspace.people import devices, lockout, sessions
from mentalspace.people.models import PASSWORD_FIELDS, Profile, User
from mentalspace.people.network import client_address

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator


PRODUCT = "MentalSpace"


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Staff are invited; nobody signs up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refused while locked, whether the password is right or not."""
        email = credentials.get("email", "")
        if lockout.is_locked(email):
            lockout.note_locked(request, email, factor="password")
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        attempt = lockout.note_failure(
            request, credentials.get("email", ""), factor="password", reason="wrong_password"
        )
        from mentalspace.people.jobs import record_failure

        # by the worker, whether anybody has the address or not: the trail's own work would tell which
        record_failure.defer(attempt=str(attempt.pk), account=str(attempt.user_id or ""))

    def get_login_stages(self) -> list[str]:
        """allauth's, with our second step."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "mentalspace.people.stages.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def login(self, request: HttpRequest, user: User) -> None:
        """Every factor has been given."""
        is_first = user.last_login is None
        super().login(request, user)
        request.session.has_just_begun = True  # type: ignore[attr-defined]
        self._tell_of_new_browser(request, user, is_first=is_first)
        lockout.note_success(request, user.email)
        record_sign_in(user.pk, "sign_in.completed", f"{user.profile.full_name} signed in", "info")

    def _tell_of_new_browser(self, request: HttpRequest, user: User, *, is_first: bool) -> None:
        """By mail, unless it is the account's very first sign-in."""
        from mentalspace.people import browsers, notices

        if not is_first and not browsers.is_known(request, user.pk):
            browser = devices.browser_name(request.headers.get("User-Agent", ""))
            where = client_address(request) or "an unknown address"
            notices.tell(user, "account.new_browser", browser=browser, address=where)
        browsers.remember(request, user.pk)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The link is made when the mail is sent, so allauth's own is not used."""
        from mentalspace.people import resets

        resets.send(user.pk)

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        from mentalspace.people import verification

        verification.send(emailconfirmation.email_address.user_id)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Everything goes through the outbox. What is left is the mail to an address nobody has, which is none."""
        from mentalspace.people import resets

        if template_prefix != "account/email/unknown_account":
            raise ValueError(f"{template_prefix} has no message of ours")
        resets.send_nobody()

    def send_notification_mail(self, template_prefix: str, user: User, *_: Any, **__: Any) -> None:
        """Tell somebody what was done to their account. allauth tells of some things only once they are committed."""
        from mentalspace.people import notices

        with transaction.atomic():
            notices.tell(user, "account.changed", what=notices.BY_TEMPLATE[template_prefix])

    def set_password(self, user: User, password: str) -> None:
        """Write the password and nothing else of the account."""
        user.set_password(password)
        user.save(update_fields=PASSWORD_FIELDS)

    def _rollback_login_failed_rl_usage(self) -> None:
        """allauth's cache-based limit is off: ours is in the database."""


class MFAAdapter(DefaultMFAAdapter):
    """TOTP secrets and recovery seeds are encrypted at rest with a key outside the database."""

    def encrypt(self, text: str) -> str:
        return Fernet(settings.TOTP_KEY).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return Fernet(settings.TOTP_KEY).decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        return PRODUCT

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """A passkey belongs to the host people type; `ALLOWED_HOSTS` has let only our own names through."""
        return {"id": urlsplit(f"//{context.request.get_host()}").hostname or "", "name": PRODUCT}

    def get_public_key_credential_user_entity(self, user: User) -> dict[str, Any]:
        """The name by which a device offers the passkey."""
        return {**super().get_public_key_credential_user_entity(user), "display_name": user.profile.full_name}

    def generate_authenticator_name(self, user: User, type: Any) -> str:  # noqa: A002 - allauth's name
        """What a passkey is called until its owner names it."""
        from allauth.mfa.models import Authenticator

        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"


def code_failed(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    """allauth tells of a wrong code. Counted like a wrong password; at the limit the pending sign-in ends."""
    attempt = lockout.note_failure(request, user.email, factor="totp", reason="wrong_code")
    record_sign_in(user.pk, "sign_in.failed", "A sign-in failed: wrong code", "warning")
    if attempt.locked_until is not None:
        request.session.flush()


def signed_out(sender: Any, request: HttpRequest, user: User | None, **_: Any) -> None:
    """Django tells of a sign-out."""
    if user is not None:
        record_sign_in(user.pk, "sign_out", f"{user.profile.full_name} signed out", "info")


def record_sign_in(user_id: Any, event: str, sentence: str, severity: str) -> None:
    """An authentication event, in the audit trail of the person's practice. Unknown accounts have none.

    In a transaction even after the request's own: allauth tells of some things only once they are committed.
    """
    with transaction.atomic():
        profile = Profile.objects.filter(pk=user_id).first() if user_id else None
        if profile is not None:
            record(
                event,
                sentence.replace("{actor}", profile.full_name),
                resource_type="account",
                action_type=AUTHENTICATION,
                resource=profile.pk,
                severity=severity,
                about=Actor(profile.practice_id, profile.pk, profile.audience),
            )


def password_changed(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    sessions.shut_out(user.pk, but=request.session.session_key)
    record_sign_in(user.pk, "account.password_changed", f"{user.profile.full_name} changed the password", "warning")


def factor_added(sender: Any, request: HttpRequest, user: User, authenticator: "Authenticator", **_: Any) -> None:
    from mentalspace.people import factors  # its models are loaded only when the apps are ready

    with transaction.atomic():  # allauth tells of an app only once it is committed
        factors.added(request, user, authenticator)
    sentence = f"{user.profile.full_name} set up a second factor ({authenticator.type})"
    record_sign_in(user.pk, "account.factor_added", sentence, "warning")


def factor_removed(sender: Any, request: HttpRequest, user: User, authenticator: "Authenticator", **_: Any) -> None:
    from mentalspace.people import factors

    with transaction.atomic():  # allauth tells of an app only once it is committed
        factors.removed(request, user, authenticator)
    sentence = f"{user.profile.full_name} removed a second factor ({authenticator.type})"
    record_sign_in(user.pk, "account.factor_removed", sentence, "critical")


def password_reset(sender: Any, request: HttpRequest, user: User, **_: Any) -> None:
    from mentalspace.people import resets

    resets.done(request, user)
    record_sign_in(user.pk, "account.password_reset", "{actor} set a new password by a mailed link", "warning")


def connect() -> None:
    """Listen to the events that allauth and Django only tell by signal."""
    from allauth.account import signals as account
    from allauth.mfa import signals as mfa

    mfa.authentication_failed.connect(code_failed)
    mfa.authenticator_added.connect(factor_added)
    mfa.authenticator_reset.connect(factor_added)
    mfa.authenticator_removed.connect(factor_removed)
    account.password_changed.connect(password_changed)
    account.password_reset.connect(password_reset)
    user_logged_out.connect(signed_out)
