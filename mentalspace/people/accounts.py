"""What a person is shown of their own account. As identity."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from mentalspace.people import devices, gate
from mentalspace.people.auth import has_second_factor
from mentalspace.people.middleware import StaffRequest
from mentalspace.people.models import Session, TrustedDevice, User
from mentalspace.people.sessions import ENDED_ELSEWHERE


def describe(request: StaffRequest) -> dict[str, Any]:
    """The `AccountOut` of whoever is signed in."""
    user: User = request.user  # type: ignore[assignment]
    rows = list(Authenticator.objects.filter(user_id=user.pk))
    return {
        "email": user.email,
        "is_email_verified": EmailAddress.objects.filter(user_id=user.pk, email=user.email, verified=True).exists(),
        "factors": sorted({row.type for row in rows}),
        "recovery_codes_left": next((_codes_left(row) for row in rows if row.type == "recovery_codes"), None),
        "has_given_second_factor": has_second_factor(request),
        "is_password_change_due": gate.is_password_change_due(user, request.me),
        "password_changed_at": user.password_changed_at,
        "password_expires_at": gate.password_expires_at(user, request.me),
        "is_trusted_device": devices.here(request, user.pk) is not None,
        "most_sessions": request.me.practice.sessions_per_person,
        "ended_elsewhere": request.session.get(ENDED_ELSEWHERE, 0),
    }


def _codes_left(row: Authenticator) -> int:
    return len(row.wrap().get_unused_codes())


def as_signed_in(row: Session, *, is_current: bool) -> dict[str, Any]:
    """The `SignedInOut` of a session."""
    return {
        "id": row.id,
        "browser": devices.browser_name(row.user_agent),
        "ip_address": row.ip_address,
        "started_at": row.started_at,
        "last_active_at": row.last_active_at,
        "is_current": is_current,
        "is_on_trusted_device": row.trusted_device_id is not None,
    }


def as_device(row: TrustedDevice, *, is_current: bool) -> dict[str, Any]:
    """The `DeviceOut` of a trusted device."""
    return {
        "id": row.pk,
        "name": row.device_name,
        "browser": devices.browser_name(row.user_agent),
        "ip_address": row.ip_address,
        "trusted_at": row.created_at,
        "last_used_at": row.last_used_at,
        "expires_at": row.expires_at,
        "is_current": is_current,
    }
