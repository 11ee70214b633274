"""Settings and keys: typed, and refused in one sentence."""

import json
from pathlib import Path

import pytest

from mentalspace.env import LOGINS, Environment, EnvironmentRefused, _secrets, read
from mentalspace.launch import keys

REFUSED = [
    ({"MENTALSPACE_PROT": "8000"}, "MENTALSPACE_PROT is not a setting"),
    ({"MENTALSPACE_PORT": "eighty"}, "a number from 1 to 65535"),
    ({"MENTALSPACE_PORT": "0"}, "a number from 1 to 65535"),
    ({"MENTALSPACE_PORT": "65536"}, "a number from 1 to 65535"),
    ({"MENTALSPACE_WORKERS": "-1"}, "a number from 1 to 64"),
    ({"MENTALSPACE_DEMO": "yes"}, "give 1 or 0"),
    ({"MENTALSPACE_HOST": "a host"}, "a host name"),
    ({"MENTALSPACE_DATABASE_URL": "mysql://me@there/db"}, "postgresql://"),
    ({"MENTALSPACE_DATABASE_URL": "postgresql://there/db"}, "postgresql://"),
    ({"MENTALSPACE_PUBLIC_URL": "practice.example.org"}, "https://"),
    ({"MENTALSPACE_PUBLIC_URL": "https://example.org/practice"}, "https://"),
    ({"MENTALSPACE_DEMO_FHIR": "/nowhere/at/all"}, "no such folder"),
    ({"MENTALSPACE_TRUSTED_PROXIES": "10.0.0.0/33"}, "MENTALSPACE_TRUSTED_PROXIES"),
    ({"MENTALSPACE_S3_BUCKET_PREFIX": "Riverbend_"}, "small letters"),
    ({"MENTALSPACE_S3_ENDPOINT": "http://s3.example.org"}, "use https"),
    ({"MENTALSPACE_S3_ENDPOINT": "s3.example.org"}, "give an address"),
    ({"MENTALSPACE_S3_ENCRYPTION": "rot13"}, "AES256, aws:kms, none"),
    ({"MENTALSPACE_CLAMD": "localhost"}, "host:port"),
]


@pytest.mark.parametrize(("values", "sentence"), REFUSED)
def test_a_wrong_setting_is_refused(values: dict[str, str], sentence: str) -> None:
    with pytest.raises(EnvironmentRefused, match=sentence):
        read(values)


def test_defaults(tmp_path: Path) -> None:
    env = read({"OTHER": "variables are not ours"}, tmp_path)
    assert (env.host, env.port, env.demo, env.workers) == ("127.0.0.1", 8000, True, 2)
    assert env.home == tmp_path / "var"
    assert env.public_url == "http://127.0.0.1:8000"
    assert (env.database_url, env.demo_fhir, env.trusted_proxies) == (None, None, ())


def test_s3_and_clamd() -> None:
    assert (read({}).s3, read({}).clamd) == (None, None)
    env = read(
        {
            "MENTALSPACE_S3_BUCKET_PREFIX": "riverbend-",
            "MENTALSPACE_S3_SECRET_KEY": "s",
            "MENTALSPACE_CLAMD": "[::1]:3310",
        }
    )
    assert env.s3 is not None
    assert (env.s3.prefix, env.s3.region, env.s3.encryption) == ("riverbend-", "us-east-1", "AES256")
    assert env.clamd == ("::1", 3310)
    assert "secret" not in repr(env)


def test_values_are_typed() -> None:
    env = read(
        {
            "MENTALSPACE_PORT": "8080",
            "MENTALSPACE_DEMO": "0",
            "MENTALSPACE_PUBLIC_URL": "https://practice.example.org/",
            "MENTALSPACE_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
        }
    )
    assert (env.port, env.demo, env.public_url) == (8080, False, "https://practice.example.org")
    assert [str(network) for network in env.trusted_proxies] == ["10.0.0.0/8", "::1/128"]


def test_keys_are_made_once_and_private(empty_home: Environment) -> None:
    keys.create_missing(empty_home)
    before = {path.name: path.read_bytes() for path in empty_home.keys.iterdir()}
    keys.create_missing(empty_home)
    assert {path.name: path.read_bytes() for path in empty_home.keys.iterdir()} == before
    assert empty_home.keys.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in empty_home.keys.iterdir()} == {0o600}
    secrets = empty_home.secrets()
    assert set(secrets.passwords) == set(LOGINS)
    assert len(set(secrets.passwords.values())) == len(LOGINS)
    assert secrets.django_secret not in repr(secrets)


def test_a_key_that_others_may_read_is_refused(empty_home: Environment) -> None:
    keys.create_missing(empty_home)
    (empty_home.keys / "audit").chmod(0o644)
    with pytest.raises(EnvironmentRefused, match="may be read by others"):
        keys.create_missing(empty_home)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("audit", None, "is missing"),
        ("audit", b"", "is empty"),
        ("audit", b"short", "too short"),
        ("django_secret", b"changeme", "too short"),
        ("actor.json", b"{", "cannot be read"),
        ("actor.json", b'{"current": 2, "keys": {"1": "AAAA"}}', "too short"),
        ("actor.json", b"{}", "cannot be read"),
        ("database.json", json.dumps(dict.fromkeys(LOGINS, "")).encode(), "no password"),
    ],
)
def test_a_missing_or_weak_key_is_refused(
    empty_home: Environment, name: str, content: bytes | None, sentence: str
) -> None:
    keys.create_missing(empty_home)
    (empty_home.keys / name).unlink()
    if content is not None:
        (empty_home.keys / name).write_bytes(content)
    _secrets.cache_clear()
    with pytest.raises(EnvironmentRefused, match=sentence):
        empty_home.secrets()
