"""The part of allauth's browser API that the product uses, and nothing else of it, with our lock before each secret.

Left out on purpose: signing up and changing e-mail addresses. A second address would be a second name to guess
passwords under.
"""

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.headless.account import views as account
from allauth.headless.account.inputs import ChangePasswordInput, LoginInput, ResetPasswordInput
from allauth.headless.account.inputs import ReauthenticateInput as ReauthenticatePassword
from allauth.headless.base.response import ConflictResponse
from allauth.headless.base.views import ConfigView
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from allauth.headless.mfa.inputs import (
    AddWebAuthnInput,
    AuthenticateInput,
    AuthenticateWebAuthnInput,
    LoginWebAuthnInput,
    ReauthenticateInput,
    ReauthenticateWebAuthnInput,
)
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from cryptography.exceptions import InvalidSignature
from django.core.validators import MaxLengthValidator
from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from mentalspace.core.api import problem
from mentalspace.people import factors, limits, lockout
from mentalspace.people.door import UNREADABLE
from mentalspace.people.gate import SecondFactorMissing
from mentalspace.people.network import client_address
from mentalspace.people.verification import Confirmation

RESET = "password_reset"
GIVE_IT = "Give your second factor to go on."
PASSWORDS = {"password", "current_password", "new_password"}
"""The names under which passwords come in."""

LAST_PERIOD = "last_period"
"""Where an authenticator app's row keeps the half minute of the last code it was used with."""


def refuse_while_locked(email: str, *, factor: str) -> None:
    """Raises the answer that every kind of secret gets while the account is locked."""
    if lockout.is_locked(email):
        lockout.note_locked(context.request, email, factor=factor)
        raise get_account_adapter().validation_error("too_many_login_attempts")


class CodeOnce:
    """Codes are tried one after the other, not while locked, and a code of the app opens one door once.

    allauth remembers used codes in each process; here the row says it, so that another process knows it too.
    """

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        """The code, when it is right and new. Raises ValidationError."""
        app = Authenticator.objects.select_for_update().filter(user=self.user, type=Authenticator.Type.TOTP).first()
        refuse_while_locked(self.user.email, factor="totp")
        code: str = super().clean_code()  # type: ignore[misc]
        if app is not None and self.authenticator.pk == app.pk:
            period = _period_of(code, app)
            if period <= app.data.get(LAST_PERIOD, -1):
                raise get_mfa_adapter().validation_error("incorrect_code")
            app.data[LAST_PERIOD] = period
            app.save(update_fields=["data"])
        return code


def _period_of(code: str, app: Authenticator) -> int:
    """The latest half minute whose code this is. Codes of the one before and after are taken too (RFC 6238, 5.2)."""
    secret = decrypt(app.data["secret"])
    given = normalize_user_code(code)
    periods = totp.yield_hotp_counters_from_time()
    return max((at for at in periods if totp.format_hotp_value(totp.hotp_value(secret, at)) == given), default=-1)


class OnceAtSignIn(CodeOnce, AuthenticateInput):  # type: ignore[misc]
    pass


class OnceAtReauthentication(CodeOnce, ReauthenticateInput):  # type: ignore[misc]
    pass


class AsTyped:
    """A password is taken as it was typed: spaces at its ends belong to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in PASSWORDS & set(self.fields):  # type: ignore[attr-defined]
            self.fields[name].strip = False  # type: ignore[attr-defined]


class SignIn(AsTyped, LoginInput):  # type: ignore[misc]
    pass


class PasswordAgain(AsTyped, ReauthenticatePassword):  # type: ignore[misc]
    pass


class CountedChange(AsTyped, ChangePasswordInput):  # type: ignore[misc]
    """A wrong current password counts like one at sign-in: a found session is no place to guess it either."""

    def clean_current_password(self) -> str:
        """The current password. Raises ValidationError."""
        given = self.cleaned_data["current_password"]
        if not get_account_adapter().reauthenticate(self.user, given):
            raise get_account_adapter().validation_error("enter_current_password")
        return str(given)


class Login(account.LoginView):  # type: ignore[misc]
    input_class = SignIn


class Reauthenticate(account.ReauthenticateView):  # type: ignore[misc]
    input_class = PasswordAgain


class Asserted:
    """A passkey's answer is the browser's, so it may be anything: what cannot be read is as wrong as what is wrong."""

    def clean_credential(self) -> Any:
        """The authenticator that answered. Raises ValidationError."""
        with unreadable_is_incorrect():
            return super().clean_credential()  # type: ignore[misc]


class PasskeyAtSignIn(Asserted, AuthenticateWebAuthnInput):  # type: ignore[misc]
    pass


class PasskeyAtReauthentication(Asserted, ReauthenticateWebAuthnInput):  # type: ignore[misc]
    pass


class PasskeyAlone(Asserted, LoginWebAuthnInput):  # type: ignore[misc]
    pass


class NewPasskey(AddWebAuthnInput):  # type: ignore[misc]
    """Its name is at most as long as it can be changed to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(MaxLengthValidator(100))

    def clean(self) -> Any:
        """Raises ValidationError."""
        with unreadable_is_incorrect():
            return super().clean()


@contextmanager
def unreadable_is_incorrect() -> Iterator[None]:
    try:
        yield
    except (AttributeError, IndexError, KeyError, TypeError, ValueError, InvalidSignature, struct.error):
        raise get_mfa_adapter().validation_error("incorrect_code") from None


class NewPassword(AsTyped, ResetPasswordInput):  # type: ignore[misc]
    """A closed account's link opens nothing."""

    def clean_key(self) -> str:
        """The link's key. Raises ValidationError."""
        key: str = super().clean_key()
        if not self.user.is_active:
            raise get_account_adapter().validation_error("invalid_password_reset")
        return key


class SecondFactor(mfa.AuthenticateView):  # type: ignore[misc]
    input_class = OnceAtSignIn


class SecondFactorAgain(mfa.ReauthenticateView):  # type: ignore[misc]
    input_class = OnceAtReauthentication


class Passkeys(mfa.ManageWebAuthnView):  # type: ignore[misc]
    input_class: ClassVar[dict[str, Any]] = {**mfa.ManageWebAuthnView.input_class, "POST": NewPasskey}


class SecondFactorByPasskey(mfa.AuthenticateWebAuthnView):  # type: ignore[misc]
    input_class: ClassVar[dict[str, Any]] = {"POST": PasskeyAtSignIn}


class SecondFactorAgainByPasskey(mfa.ReauthenticateWebAuthnView):  # type: ignore[misc]
    input_class: ClassVar[dict[str, Any]] = {"POST": PasskeyAtReauthentication}


class LoginByPasskey(mfa.LoginWebAuthnView):  # type: ignore[misc]
    """Both factors in one: the device is what one has, its PIN or fingerprint (required here) the other."""

    input_class: ClassVar[dict[str, Any]] = {"POST": PasskeyAlone}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            answer: HttpResponse = ConflictResponse(request)
            return answer
        done: HttpResponse = super().post(request, *args, **kwargs)
        return done


class RequestReset(account.RequestPasswordResetView):  # type: ignore[misc]
    """So often from one network address, so often for one account, whether anybody has it or not."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = lockout.account_of(self.input.cleaned_data["email"])
        try:
            limits.check(RESET, address=client_address(request) or UNREADABLE)
            limits.check(RESET, user=asked.user_id, email=asked.email)
            done: HttpResponse = super().post(request, *args, **kwargs)
        except limits.TooManyAttempts as refusal:
            return problem(refusal.status, refusal.code, refusal.message, data=refusal.data)
        return done


class ResetPassword(account.ResetPasswordView):  # type: ignore[misc]
    input_class = NewPassword


class VerifyEmail(account.VerifyEmailView):  # type: ignore[misc]
    input_class = Confirmation


class ChangePassword(account.ChangePasswordView):  # type: ignore[misc]
    input_class = CountedChange


ROUTES: dict[str, Any] = {
    "config": ConfigView,
    "auth/session": account.SessionView,
    "auth/login": Login,
    "auth/reauthenticate": Reauthenticate,
    "auth/2fa/authenticate": SecondFactor,
    "auth/2fa/reauthenticate": SecondFactorAgain,
    "auth/password/request": RequestReset,
    "auth/password/reset": ResetPassword,
    "auth/email/verify": VerifyEmail,
    "auth/webauthn/login": LoginByPasskey,
    "auth/webauthn/authenticate": SecondFactorByPasskey,
    "auth/webauthn/reauthenticate": SecondFactorAgainByPasskey,
    "account/password/change": ChangePassword,
    "account/authenticators": mfa.AuthenticatorsView,
    "account/authenticators/totp": mfa.ManageTOTPView,
    "account/authenticators/recovery-codes": mfa.ManageRecoveryCodesView,
    "account/authenticators/webauthn": Passkeys,
}


LOOKING = {"account/authenticators", "account/authenticators/totp"}
"""What somebody whose session lacks the second factor may look at, to learn which one they have."""


def second_factor_first(route: str, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nobody changes an account's keys in a session that was opened without the second factor the account has.

    Such a session can hardly exist: it would have begun before the factor did, and then it has ended with it.
    """

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        is_look = request.method == "GET" and route in LOOKING
        if route.startswith("account/") and not is_look and factors.is_skipped(request):
            return problem(SecondFactorMissing.status, SecondFactorMissing.code, GIVE_IT)
        return view(request, *args, **kwargs)

    return run


def readable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What allauth does not expect: JSON nested beyond all measure, and text that has no bytes. Nobody's secret."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (RecursionError, UnicodeEncodeError, DataError):
            transaction.set_rollback(True)
            return problem(400, "malformed", "This request cannot be read.")

    return run


urlpatterns = [
    path(route, readable(second_factor_first(route, view.as_api_view(client=Client.BROWSER))))
    for route, view in ROUTES.items()
]
