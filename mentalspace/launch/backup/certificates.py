"""The certificate of a restore drill: what was done and what came of it, signed so that nobody can improve on it later.

JSON, signed with Ed25519 (RFC 8032) by a key of the installation. The public half stands in the certificate; whoever
knows it from elsewhere (`mentalspace drill key`) can check a certificate without this machine.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mentalspace.env import Environment, EnvironmentRefused
from mentalspace.launch import keys
from mentalspace.launch.backup.repository import Repository, stamp

PASSED, FAILED, NOT_RUN = "passed", "failed", "could not run"
NOT_ONE = "This is not a certificate of a restore drill."


@dataclass(frozen=True)
class Step:
    """One thing that was tried. Only `passed` counts as passed. `said` is one sentence for people."""

    name: str
    state: str
    said: str
    seconds: float


@dataclass(frozen=True)
class Certificate:
    """One drill. `passed` when every step did, and none was left out."""

    id: str
    began_at: datetime
    ended_at: datetime
    backup: str
    passed: bool
    steps: tuple[Step, ...]

    @property
    def seconds(self) -> float:
        return (self.ended_at - self.began_at).total_seconds()

    def as_json(self) -> dict[str, Any]:
        moments = {name: getattr(self, name).isoformat() for name in ("began_at", "ended_at")}
        return {**asdict(self), **moments, "steps": [asdict(step) for step in self.steps]}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Certificate":
        moments = {name: datetime.fromisoformat(said[name]) for name in ("began_at", "ended_at")}
        return cls(**said | moments | {"steps": tuple(Step(**each) for each in said["steps"])})


def signer(env: Environment) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.read(env, "certificate"))


def public_key(env: Environment) -> str:
    """What others check this installation's certificates with."""
    return signer(env).public_key().public_bytes_raw().hex()


def sign(env: Environment, certificate: Certificate) -> str:
    """The certificate as a file."""
    said, key = certificate.as_json(), signer(env)
    signed = {"public_key": public_key(env), "signature": key.sign(_bytes(said)).hex()}
    return json.dumps({"certificate": said, **signed}, indent=1) + "\n"


def verify(text: str, public: str) -> Certificate:
    """The certificate in a file, once its signature was found to be this key's. Raises EnvironmentRefused."""
    try:
        content = json.loads(text)
        said, signature = content["certificate"], bytes.fromhex(content["signature"])
        certificate = Certificate.from_json(said)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    except (ValueError, KeyError, TypeError):
        raise EnvironmentRefused(NOT_ONE) from None
    if content.get("public_key") != public:
        raise EnvironmentRefused("This certificate was signed by another installation.")
    try:
        key.verify(signature, _bytes(said))
    except InvalidSignature:
        raise EnvironmentRefused("This certificate was altered after it was signed.") from None
    return certificate


def _bytes(said: dict[str, Any]) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


# -- the repository's


def keep(env: Environment, repository: Repository, certificate: Certificate) -> None:
    """Put a certificate with the others."""
    repository.drills.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys.write_private(repository.drills / f"{certificate.id}.json", sign(env, certificate))


def latest(env: Environment, repository: Repository, most: int = 30) -> list[Certificate]:
    """The newest certificates whose signature is ours, the newest first."""
    public, found = public_key(env), []
    for path in sorted(repository.drills.glob("*.json"), reverse=True)[:most]:
        try:
            found.append(verify(path.read_text(), public))
        except EnvironmentRefused:
            continue  # altered, or of an installation whose keys are gone: it proves nothing here
    return found


def last_pass(env: Environment, repository: Repository) -> Certificate | None:
    """The newest drill that passed."""
    return next((each for each in latest(env, repository, most=1000) if each.passed), None)


def named(began_at: datetime) -> str:
    """The id of a drill."""
    return stamp(began_at)
