"""An authenticator such as a phone has, in software: ES256, no attestation. It does what it is asked, honestly."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from mentalspace.people.tests.browser import ask

ORIGIN = "http://localhost"
HOST = {"Host": "localhost"}
PRESENT, VERIFIED = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV


def text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def data(value: str) -> bytes:
    return urlsafe_b64decode(value + "=" * (-len(value) % 4))


class Phone:
    """Holds one passkey. `is_verified`: its owner showed a finger; `origin`: the page that asks."""

    def __init__(self, *, is_verified: bool = True, origin: str = ORIGIN) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential, self.handle = token_bytes(32), b""
        self.is_verified, self.origin = is_verified, origin

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.create` gives the page."""
        asked = options["publicKey"]
        self.handle = data(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        attested = AttestedCredentialData.create(Aaguid.NONE, self.credential, public)
        seen = self._seen(asked["rp"]["id"], AuthenticatorData.FLAG.AT, attested)
        answer = {"attestationObject": text(AttestationObject.create("none", seen, {}))}
        return self._answer("webauthn.create", asked, answer, {"credProps": {"rk": True}})

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.get` gives the page."""
        asked = options["publicKey"]
        seen = self._seen(asked["rpId"])
        signed = self.key.sign(bytes(seen) + sha256(self._told("webauthn.get", asked)).digest(), ec.ECDSA(SHA256()))
        answer = {"authenticatorData": text(seen), "signature": text(signed), "userHandle": text(self.handle)}
        return self._answer("webauthn.get", asked, answer, {})

    def _seen(self, rp: str, flag: Any = PRESENT, *more: Any) -> Any:
        flags = PRESENT | flag | (VERIFIED if self.is_verified else PRESENT)
        return AuthenticatorData.create(sha256(rp.encode()).digest(), flags, 0, *more)

    def _told(self, kind: str, asked: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": asked["challenge"], "origin": self.origin}).encode()

    def _answer(self, kind: str, asked: dict[str, Any], answer: dict[str, str], results: Any) -> dict[str, Any]:
        return {
            "id": text(self.credential),
            "rawId": text(self.credential),
            "type": "public-key",
            "clientExtensionResults": results,
            "response": {"clientDataJSON": text(self._told(kind, asked)), **answer},
        }


def add(http: Any, phone: Phone, name: str = "Phone", query: str = "?passwordless") -> Any:
    """Register the phone's passkey with the account that is signed in and has proved itself again."""
    begun = ask(http, "get", f"account/authenticators/webauthn{query}", **HOST)
    assert begun.status_code == 200, begun.content
    made = phone.make(begun.json()["data"]["creation_options"])
    return ask(http, "post", "account/authenticators/webauthn", {"name": name, "credential": made}, **HOST)


def challenge(http: Any, path: str = "auth/webauthn/login") -> Any:
    """The server's question."""
    return ask(http, "get", path, **HOST).json()["data"]["request_options"]


def answer(http: Any, credential: Any, path: str = "auth/webauthn/login") -> Any:
    """The phone's answer, given to the server."""
    return ask(http, "post", path, {"credential": credential}, **HOST)
