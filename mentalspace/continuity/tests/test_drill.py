"""The drill of the demo practice: real, whole, in under a minute, and failing when anything is wrong."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mentalspace.continuity import drill
from mentalspace.continuity.marker import mark
from mentalspace.env import EnvironmentRefused
from mentalspace.launch import keys
from mentalspace.launch.backup import certificates, taking
from mentalspace.launch.backup.certificates import FAILED, NOT_RUN, PASSED
from mentalspace.launch.backup.repository import Repository
from mentalspace.launch.backup.restoring import DRILL
from mentalspace.launch.backup.tests.conftest import ask

MINUTE = 60


def states(certificate):
    return {step.name: step.state for step in certificate.steps}


def test_the_demo_practice_is_restored_and_looked_at(demo):
    done = drill.run(demo)
    assert states(done) == dict.fromkeys(drill.STEPS, PASSED), done.steps
    assert done.passed
    assert done.seconds < MINUTE
    assert not (demo.home / DRILL).exists()
    said = {step.name: step.said for step in done.steps}
    assert "0 of 0" not in said["files"]
    kept = certificates.latest(demo, Repository.of(demo))
    assert kept[0] == done == certificates.last_pass(demo, Repository.of(demo))


def test_a_file_that_the_backup_lacks_fails_the_drill_and_the_rest_still_runs(demo):
    kept = Repository.of(demo).objects
    moved = kept.rename(kept.with_name("elsewhere"))
    try:
        done = drill.run(demo)
    finally:
        moved.rename(kept)
    assert states(done) == dict.fromkeys(drill.STEPS, PASSED) | {"files": FAILED}
    assert not done.passed
    passed = certificates.last_pass(demo, Repository.of(demo))
    assert passed is None or passed.id != done.id


def test_what_could_not_run_does_not_count(demo, tmp_path, monkeypatch):
    monkeypatch.setattr(taking, "LOG_SECONDS", 0)
    done = drill.Drill(demo, Repository(tmp_path, keys.read(demo, "backup"))).run()
    assert states(done) == dict.fromkeys(drill.STEPS, NOT_RUN) | {"marker": FAILED}
    assert not done.passed


def test_another_number_of_rows_is_found(demo):
    rows = mark(demo).rows
    with pytest.raises(drill.Failed, match=f"clients had 3 rows and has {rows['clients']} restored"):
        drill.compare_rows(demo, rows | {"clients": 3})
    with pytest.raises(drill.Failed, match="gone had 0 rows and has no restored"):
        drill.compare_rows(demo, rows | {"gone": 0})


@pytest.mark.parametrize(
    ("spoil", "repair", "found"),
    [
        (
            "alter table clients no force row level security",
            "alter table clients force row level security",
            "not forced on clients",
        ),
        (
            "create policy odd on clients for select to ms_billing using (true)",
            "drop policy odd on clients",
            "odd on clients is not declared",
        ),
        ("alter role ms_web bypassrls", "alter role ms_web nobypassrls", "bypasses row-level security"),
    ],
)
def test_a_restored_database_that_lets_people_see_more_fails(demo, spoil, repair, found):
    ask(demo, spoil)
    try:
        with pytest.raises(drill.Failed, match=found):
            drill.ask(demo, "access")
    finally:
        ask(demo, repair)


def test_a_look_that_dies_could_not_run(demo):
    nowhere = replace(demo, home=demo.home / "nowhere")
    with pytest.raises(drill.NotRun, match="ended before its time"):
        drill.ask(nowhere, "audit")


def test_a_certificate_cannot_be_improved_on(demo):
    began = demo_certificate()
    text = certificates.sign(demo, began)
    public = certificates.public_key(demo)
    assert certificates.verify(text, public) == began
    for altered, why in (
        (text.replace('"passed": false', '"passed": true'), "was altered"),
        (text.replace(public, "0" * 64), "another installation"),
        ("{}", "not a certificate"),
    ):
        with pytest.raises(EnvironmentRefused, match=why):
            certificates.verify(altered, public)


def demo_certificate():
    now = datetime.now(UTC)
    step = certificates.Step("backup", FAILED, "The newest backup is 40 hours old.", 0.1)
    return certificates.Certificate("20260101T000000Z", now, now, "", False, (step,))
