"""The part of allauth's browser API that the product uses, and nothing else of it, with our lock before each secret.

Left out on purpose: signing up, changing e-mail addresses, resetting by mail. A second address would be a second
name to guess passwords under.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.core import context
from allauth.headless.account import views as account
from allauth.headless.account.inputs import ChangePasswordInput, LoginInput
from allauth.headless.account.inputs import ReauthenticateInput as ReauthenticatePassword
from allauth.headless.base.views import ConfigView
from allauth.headless.constants import Client
from allauth.headless.mfa import views as mfa
from allauth.headless.mfa.inputs import AuthenticateInput, ReauthenticateInput
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.models import Authenticator
from django.db import DataError, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from mentalspace.core.api import problem
from mentalspace.people import lockout

PASSWORDS = {"password", "current_password", "new_password"}
"""The names under which passwords come in."""


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
        used = dict(Authenticator.objects.select_for_update().filter(user=self.user).values_list("pk", "last_used_at"))
        refuse_while_locked(self.user.email, factor="totp")
        code: str = super().clean_code()  # type: ignore[misc]
        last = used[self.authenticator.pk]
        is_of_app = self.authenticator.type == Authenticator.Type.TOTP
        if is_of_app and last is not None and _period(last.timestamp()) >= _period(timezone.now().timestamp()):
            raise get_mfa_adapter().validation_error("incorrect_code")
        return code


def _period(at: float) -> int:
    return int(at // app_settings.TOTP_PERIOD)


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


class SecondFactor(mfa.AuthenticateView):  # type: ignore[misc]
    input_class = OnceAtSignIn


class SecondFactorAgain(mfa.ReauthenticateView):  # type: ignore[misc]
    input_class = OnceAtReauthentication


class ChangePassword(account.ChangePasswordView):  # type: ignore[misc]
    input_class = CountedChange


ROUTES: dict[str, Any] = {
    "config": ConfigView,
    "auth/session": account.SessionView,
    "auth/login": Login,
    "auth/reauthenticate": Reauthenticate,
    "auth/2fa/authenticate": SecondFactor,
    "auth/2fa/reauthenticate": SecondFactorAgain,
    "account/password/change": ChangePassword,
    "account/authenticators": mfa.AuthenticatorsView,
    "account/authenticators/totp": mfa.ManageTOTPView,
    "account/authenticators/recovery-codes": mfa.ManageRecoveryCodesView,
}


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


urlpatterns = [path(route, readable(view.as_api_view(client=Client.BROWSER))) for route, view in ROUTES.items()]
