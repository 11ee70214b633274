"""One's own account: what protects it, where one is signed in, which browsers one trusts.

These run as identity, which alone sees credentials, narrowed to the person's own account.
"""

import time
from typing import Any
from uuid import UUID

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.http import Http404
from ninja import Router, Status

from mentalspace.core.api import REFUSALS, Problem
from mentalspace.core.errors import Refusal
from mentalspace.people import accounts, devices, limits, sessions, verification
from mentalspace.people.adapter import record_sign_in
from mentalspace.people.gate import own_account, own_open_account
from mentalspace.people.middleware import StaffRequest
from mentalspace.people.schemas import AccountOut, DeviceIn, DeviceOut, EndedOut, SignedInOut

router = Router(tags=["account"], auth=own_open_account)

FRESH = 15 * 60
"""Seconds for which a second factor counts as just given, for what rests on it."""


class FactorNotFresh(Refusal):
    code, status = "second_factor_not_fresh", 403
    message = "Give your second factor again, then try once more."


@router.get("/account", response={200: AccountOut, **REFUSALS}, operation_id="get_account", auth=own_account)
def get_account(request: StaffRequest) -> dict[str, Any]:
    """What protects this account, and what stands in the way of the product. Open before either is in order."""
    return accounts.describe(request)


@router.post(
    "/account/verification", response={204: None, **REFUSALS, 429: Problem}, operation_id="send_own_verification"
)
def send_own_verification(request: StaffRequest) -> Status[None]:
    """Send the link to confirm one's own address again. Nothing is sent when it is confirmed already."""
    limits.check("verification_email", user=request.me.pk)
    if verification.send(request.me.pk):
        record_sign_in(request.me.pk, "account.verification_sent", "{actor} asked to confirm the address", "info")
    return Status(204, None)


@router.get("/account/sessions", response={200: list[SignedInOut], **REFUSALS}, operation_id="list_my_sessions")
def list_my_sessions(request: StaffRequest) -> list[dict[str, Any]]:
    """Where one is signed in, the last used first."""
    key = sessions.stored_key(request.session.session_key or "")
    return [accounts.as_signed_in(row, is_current=row.pk == key) for row in sessions.live(request.me.pk)]


@router.delete("/account/sessions", response={200: EndedOut, **REFUSALS}, operation_id="end_my_other_sessions")
def end_my_other_sessions(request: StaffRequest) -> EndedOut:
    """Sign out everywhere but here."""
    ended = sessions.end_all(request.me.pk, but=request.session.session_key)
    record_sign_in(request.me.pk, "account.sessions_ended", "{actor} signed out everywhere else", "warning")
    return EndedOut(ended=ended)


@router.delete("/account/sessions/{session_id}", response={204: None, **REFUSALS}, operation_id="end_my_session")
def end_my_session(request: StaffRequest, session_id: UUID) -> Status[None]:
    """Sign out there. At once: the next request from it is nobody's."""
    if not sessions.end(request.me.pk, session_id):
        raise Http404
    record_sign_in(request.me.pk, "account.session_ended", "{actor} signed out elsewhere", "warning")
    return Status(204, None)


@router.get("/account/devices", response={200: list[DeviceOut], **REFUSALS}, operation_id="list_my_devices")
def list_my_devices(request: StaffRequest) -> list[dict[str, Any]]:
    """The browsers that stand for one's second factor."""
    here = devices.here(request, request.me.pk)
    return [accounts.as_device(row, is_current=row == here) for row in devices.live(request.me.pk)]


@router.post("/account/devices", response={201: DeviceOut, **REFUSALS}, operation_id="trust_this_browser")
def trust_this_browser(request: StaffRequest, data: DeviceIn) -> Status[dict[str, Any]]:
    """Ask for no second factor in this browser for 30 days. Only whoever has just given one may."""
    if not _gave_second_factor_just_now(request):
        raise FactorNotFresh
    device = devices.trust(request, request.me.pk, data.name)
    record_sign_in(request.me.pk, "account.device_trusted", "{actor} trusted a browser for 30 days", "warning")
    return Status(201, accounts.as_device(device, is_current=True))


@router.delete("/account/devices", response={200: EndedOut, **REFUSALS}, operation_id="forget_my_devices")
def forget_my_devices(request: StaffRequest) -> EndedOut:
    """Trust none any more; sessions that rest on one end."""
    rows = list(devices.live(request.me.pk))
    for row in rows:
        devices.forget(request.me.pk, row.pk)
    devices.forget_all(request.me.pk)
    record_sign_in(request.me.pk, "account.devices_forgotten", "{actor} stopped trusting every browser", "warning")
    return EndedOut(ended=len(rows))


@router.delete("/account/devices/{device_id}", response={204: None, **REFUSALS}, operation_id="forget_my_device")
def forget_my_device(request: StaffRequest, device_id: UUID) -> Status[None]:
    """Take trust back from one browser; sessions that rest on it end."""
    if not devices.forget(request.me.pk, device_id):
        raise Http404
    record_sign_in(request.me.pk, "account.device_forgotten", "{actor} stopped trusting a browser", "warning")
    return Status(204, None)


def _gave_second_factor_just_now(request: StaffRequest) -> bool:
    """Really gave it: a trusted device that stood for it does not count, or trust would prolong itself for ever."""
    records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    given = [each["at"] for each in records if each["method"] == "mfa" and each.get("type") != "trusted_device"]
    return bool(given) and 0 <= time.time() - given[-1] <= FRESH
