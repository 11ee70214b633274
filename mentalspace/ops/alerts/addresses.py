"""Which addresses outside a webhook may lead to.

An administrator names the address, and the product's own machine calls it: without a rule it could be made to ask the
machine's neighbours, or a cloud's metadata, what only they may be asked (server-side request forgery). So the name is
resolved here, *every* address it has must be a public one, and the connection is made to exactly an address that was
looked at: a name that means another address a moment later gains nothing. Redirects are not followed, nothing of the
answer but its status is shown, and proxies of the environment are not asked.

`MENTALSPACE_WEBHOOK_NETWORKS` allows private networks by name. Plain http goes to this machine alone, where that is
allowed.
"""

import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from mentalspace.env import Network

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
"""IPv6 that stands for IPv4 behind a translator (RFC 6052)."""

NEVER = tuple(
    ipaddress.ip_network(each)
    for each in (
        "fec0::/10",  # site-local, deprecated (RFC 3879), and still routed inside
        "64:ff9b:1::/48",  # a translator's own prefix (RFC 8215): it leads wherever that one says
        "192.0.0.192/32",  # Oracle Cloud's metadata
        "168.63.129.16/32",  # Azure's host, at an address that looks public
    )
)
"""What passes for public, and leads inside."""

HTTPS = "Enter an address that begins with https://."
NOT_THERE = "There is no such address: its name cannot be resolved."
NOT_PUBLIC = "This address lies in a private network. The installation's settings say which of these may be called."


class AddressRefused(Exception):
    """Why nothing is sent there, in plain words."""


@dataclass(frozen=True)
class Target:
    """Where to connect: an address that was looked at, and the name that the certificate must be for."""

    scheme: str
    host: str
    address: str
    port: int
    path: str


def target(url: str, allowed: Sequence[Network]) -> Target:
    """Where this goes. Raises AddressRefused."""
    parts = checked(url)
    found = _resolved(_plain_name(parts), _port(parts))
    if any(not is_allowed(each, allowed) for each in found):
        raise AddressRefused(NOT_PUBLIC)
    if parts.scheme == "http" and not all(_plain(each).is_loopback for each in found):
        raise AddressRefused(HTTPS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(parts.scheme, _plain_name(parts), str(found[0]), _port(parts), path)


def checked(url: str) -> SplitResult:
    """The parts of an address that may be called at all. Raises AddressRefused."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused(HTTPS) from None
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.password or port == 0:
        raise AddressRefused(HTTPS)
    return parts


def is_allowed(address: Address, allowed: Sequence[Network]) -> bool:
    """Whether this may be called: it is public, or in a network that the installation names."""
    plain = _plain(address)
    if any(plain.version == network.version and plain in network for network in allowed):
        return True
    if any(plain.version == network.version and plain in network for network in NEVER):
        return False
    return plain.is_global and not plain.is_multicast


def _plain(address: Address) -> Address:
    """The IPv4 address that an IPv6 one carries, or itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def _plain_name(parts: SplitResult) -> str:
    """The host as the network writes it. Raises AddressRefused."""
    host = str(parts.hostname)
    try:
        return host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        raise AddressRefused(NOT_THERE) from None


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def _resolved(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefused(NOT_THERE) from None
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
