"""The steps of a sign-in that differ from allauth's."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

from mentalspace.people import devices
from mentalspace.people.sessions import TRUSTED_DEVICE


class SecondFactorStage(AuthenticateStage):  # type: ignore[misc]
    """Asks for the second factor, unless a device that the person trusts stands for it."""

    def _should_handle(self, request: HttpRequest) -> bool:
        return bool(super()._should_handle(request)) and not self._is_on_trusted_device(request)

    def _is_on_trusted_device(self, request: HttpRequest) -> bool:
        device = devices.here(request, self.login.user.pk)
        if device is None:
            return False
        devices.use(device)
        record_authentication(request, self.login.user, "mfa", type="trusted_device")
        request.session[TRUSTED_DEVICE] = str(device.pk)
        return True
