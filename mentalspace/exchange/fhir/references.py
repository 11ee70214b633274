"""Who a reference means. A key names a resource across files; a bundle's own names are local to it."""

from hashlib import blake2b
from json import dumps
from typing import Any, NamedTuple
from urllib.parse import parse_qs

from mentalspace.exchange.fhir.errors import InvalidResource
from mentalspace.exchange.fhir.reading import Entry, Unit
from mentalspace.exchange.fhir.values import Node

LOGICAL_ID = "fhir:id"
"""The system of an id whose server is not named in the file."""
CONTENT = "fhir:content"
"""The system of a resource without any id: it is known by its content's digest."""
IDENTIFIER = "identifier:"
"""Stands before the system of a business identifier, so that it can never be taken for a server's ids."""
PRIVATE_TYPES = {"SS", "SB", "DL", "PPN", "TAX"}
PRIVATE_SYSTEMS = {"http://hl7.org/fhir/sid/us-ssn", "urn:oid:2.16.840.1.113883.4.1"}


class Key(NamedTuple):
    """A resource's name: its id on a server (`system` is the server's address), or a business identifier."""

    system: str
    resource_type: str
    value: str


class Reference(NamedTuple):
    """What a reference says: the key it resolves to, if any, and the words beside it."""

    key: Key | None
    display: str


def digest_of(resource: dict[str, Any]) -> str:
    """A digest of what the resource says, without its version, stamps and narrative."""
    said = {name: value for name, value in resource.items() if name not in ("meta", "text")}
    return blake2b(dumps(said, sort_keys=True).encode(), digest_size=16).hexdigest()


class Names:
    """The names of one unit's resources."""

    def __init__(self, unit: Unit) -> None:
        self._by_url: dict[str, Key] = {}
        self._keys: dict[int, Key] = {}
        for entry in unit.entries:
            try:
                key = _key_of(entry)
            except InvalidResource as error:
                raise entry.broken_by(error) from None
            self._keys[id(entry)] = key
            if entry.full_url:
                self._by_url.setdefault(entry.full_url, key)

    def key(self, entry: Entry) -> Key:
        return self._keys[id(entry)]

    def resolve(self, node: Node | None, resource_type: str, entry: Entry) -> Reference:
        """The resource of this type that a Reference node means. The key is None when it names none."""
        if node is None:
            return Reference(None, "")
        display = node.text("display") or ""
        target = node.text("reference")
        key = self._key(target, resource_type, entry) if target else None
        if key is None:
            key = _by_identifier(node.child("identifier"), resource_type)
        return Reference(key, display)

    def _key(self, target: str, resource_type: str, entry: Entry) -> Key | None:
        if target.startswith("#"):
            return _contained(entry, target[1:], resource_type)
        target = target.partition("/_history/")[0]
        if (known := self._by_url.get(target)) is not None:
            return known if known.resource_type == resource_type else None
        if target.startswith(("urn:uuid:", "urn:oid:")):
            return Key(LOGICAL_ID, resource_type, target.rpartition(":")[2])
        if target.startswith(f"{resource_type}?"):
            return _conditional(target, resource_type)
        return _literal(target, resource_type, entry)


def _literal(target: str, resource_type: str, entry: Entry) -> Key | None:
    base, _, value = target.rpartition("/")
    server, _, kind = base.rpartition("/")
    if kind != resource_type or not value:
        return None
    return Key(server or _server_of(entry), resource_type, value)


def _server_of(entry: Entry) -> str:
    """The address a relative reference is relative to: that of the bundle's own name for the resource."""
    url = entry.full_url or ""
    if not url.startswith(("http://", "https://")):
        return LOGICAL_ID
    return url.rpartition("/")[0].rpartition("/")[0] or LOGICAL_ID


def _key_of(entry: Entry) -> Key:
    node = Node.of(entry.resource)
    value = node.text("id")
    url = entry.full_url or ""
    if value is None and url.startswith("urn:"):
        value = url.rpartition(":")[2]
    if value is None and url.startswith(("http://", "https://")):
        value = url.rpartition("/")[2]
    if not value:
        return Key(CONTENT, entry.resource_type, digest_of(entry.resource))
    return Key(_server_of(entry), entry.resource_type, value)


def _conditional(target: str, resource_type: str) -> Key | None:
    """`Practitioner?identifier=system|value`, as Synthea's transactions have it."""
    found = parse_qs(target.partition("?")[2]).get("identifier", [])
    if len(found) != 1:
        return None
    system, bar, value = found[0].rpartition("|")
    return Key(IDENTIFIER + system, resource_type, value) if bar and value else None


def _contained(entry: Entry, name: str, resource_type: str) -> Key | None:
    """A contained resource has no name of its own: its identifier says who it is."""
    for node in Node.of(entry.resource).children("contained"):
        if node.text("id") == name and node.text("resourceType") == resource_type:
            return next((key for key in identifier_keys(node, resource_type)), None)
    return None


def _by_identifier(node: Node | None, resource_type: str) -> Key | None:
    if node is None:
        return None
    system, value = node.text("system"), node.text("value")
    return Key(IDENTIFIER + system, resource_type, value) if system and value else None


def identifier_keys(node: Node, resource_type: str) -> list[Key]:
    """The keys under which others may name this resource by its identifiers.

    Social security, driving licence and passport numbers are left out: nobody here needs to keep them.
    """
    keys = []
    for identifier in node.children("identifier"):
        kind = identifier.concept("type")
        codes = {coding.code for coding in kind.codings} if kind else set()
        key = _by_identifier(identifier, resource_type)
        if key is not None and not codes & PRIVATE_TYPES and identifier.text("system") not in PRIVATE_SYSTEMS:
            keys.append(key)
    return keys
