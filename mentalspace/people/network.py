"""Where a request comes from."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

from mentalspace.audit.trail import Trail


def client_address(request: HttpRequest) -> str | None:
    """The peer's address; behind proxies the practice has named, the nearest address that is none of them."""
    address = request.META.get("REMOTE_ADDR") or None
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if address is None or not _is_proxy(address):
            break
        try:
            address = str(ip_address(hop.strip()))
        except ValueError:
            break
    return address


def trail_of(request: HttpRequest, name: str, session_id: str = "") -> Trail:
    """Where what this request does comes from, under the name the trail gives to whoever sent it."""
    agent = request.headers.get("User-Agent", "")
    return Trail(name=name, ip_address=client_address(request), user_agent=agent, session_id=session_id)


def _is_proxy(address: str) -> bool:
    return any(ip_address(address) in network for network in settings.TRUSTED_PROXIES)
