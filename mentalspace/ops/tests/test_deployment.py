"""What `mentalspace check --deploy` refuses, and what it only advises on."""

import pytest

from mentalspace.continuity import watching
from mentalspace.env import read
from mentalspace.launch.backup import recovery
from mentalspace.ops import deployment
from mentalspace.ops.demo import cast
from mentalspace.practices.models import Practice
from tests.cast import HERE

pytestmark = pytest.mark.django_db
SAFE = {
    "DEMO": "0",
    "PUBLIC_URL": "https://practice.example",
    "TRUSTED_PROXIES": "127.0.0.1/32",
    "SMTP_URL": "smtp://mail.example",
    "CLAMD": "127.0.0.1:3310",
    "ALERTS_PING_URL": "https://watch.example/1",
}
ELSEWHERE = "postgresql://postgres:x@db.example/postgres"


@pytest.fixture
def ask(monkeypatch, tmp_path):
    """The ids of what is said of these settings, on a machine where everything else is as it should be."""
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys" / "backup").touch(mode=0o600)
    monkeypatch.setattr(recovery, "public_half", lambda env: b"x")
    monkeypatch.setattr(deployment, "_device", lambda path: path.name)
    monkeypatch.setattr(watching, "standing", lambda env: Standing())

    def said(**more):
        values = {f"MENTALSPACE_{name}": value for name, value in ({"HOME": str(tmp_path)} | SAFE | more).items()}
        monkeypatch.setattr(deployment, "environment", lambda: read(values))
        return {str(message.id).removeprefix("mentalspace.") for message in deployment.check_deployment(None)}

    return said


class Standing:
    late: list[str] = []

    def overdue(self, now):
        return self.late


def test_a_practice_set_up_as_the_guide_says_is_not_refused(ask):
    assert ask() == set()


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"DEMO": "1"}, {"E001"}),
        ({"PUBLIC_URL": "http://practice.example"}, {"E003"}),
        ({"TRUSTED_PROXIES": ""}, {"E004"}),
        ({"HOST": "0.0.0.0"}, {"W005"}),
        ({"DATABASE_URL": ELSEWHERE}, {"E007", "W008"}),
        ({"DATABASE_URL": f"{ELSEWHERE}?sslmode=verify-full"}, {"W008"}),
        ({"SMTP_URL": ""}, {"W012"}),
        ({"CLAMD": ""}, {"W013"}),
        ({"S3_BUCKET_PREFIX": "riverbend-", "S3_ENCRYPTION": "none"}, {"E014"}),
        ({"ALERTS_PING_URL": ""}, {"W015"}),
    ],
)
def test_each_setting_that_is_not_safe_is_named(ask, chosen, found):
    assert ask(**chosen) == found


def test_the_demo_practice_is_found_in_the_database_too(ask, monkeypatch):
    monkeypatch.setattr(cast, "RIVERBEND", Practice(pk=HERE))
    assert ask() == {"E002"}


def test_keys_that_others_may_read(ask, tmp_path):
    (tmp_path / "keys" / "backup").chmod(0o640)
    assert ask() == {"E006"}


def test_backups_nobody_could_restore(ask, monkeypatch):
    monkeypatch.setattr(recovery, "public_half", lambda env: None)
    monkeypatch.setattr(deployment, "_device", lambda path: 1)
    monkeypatch.setattr(Standing, "late", ["drill"])
    assert ask() == {"E009", "E010", "E011"}
