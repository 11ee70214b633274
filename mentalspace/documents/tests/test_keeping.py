"""Rows and bytes together: what a failure leaves, what the check finds, what a scanner stops, and the move to S3."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import SecurityIncident
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument
from mentalspace.practices.system import system_actor
from mentalspace.storage import checking, commands, moving
from mentalspace.storage.keeping import Mark
from mentalspace.storage.models import StoredObject
from mentalspace.storage.tests.conftest import clamd, failing_s3, moto_port, s3, s3_at
from mentalspace.storage.tests.files import pdf, upload
from tests.cast import CLEO, HERE, NEXT_DOOR, actor
from tests.http import Http, refused
from tests.sessions import session_of

__all__ = ["moto_port", "s3"]

pytestmark = pytest.mark.usefixtures("really_committed")
PATH = f"/clients/{CLEO}/documents"
OURS = system_actor(HERE)


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    """A folder of this test's own."""
    settings.OBJECTS = tmp_path / "objects"
    settings.S3 = settings.CLAMD = None
    return settings.OBJECTS


def ana():
    browser = Http(raise_request_exception=False)
    with transaction.atomic():
        browser.cookies["session"] = session_of("ana")
    return browser


def files():
    folder = Path(settings.OBJECTS)
    return [path for path in folder.rglob("*") if path.is_file() and ".arriving" not in path.parts]


def as_ours(ask):
    with acting_as(OURS), transaction.atomic():
        return ask()


def rows():
    return as_ours(lambda: list(StoredObject.objects.order_by("created_at")))


def test_an_upload_leaves_one_file_and_no_mark():
    answer = upload(ana(), PATH, pdf(), "a.pdf")
    assert answer.status_code == 201
    assert len(files()) == 1
    assert Mark.every() == []
    assert str(files()[0]).endswith(rows()[0].name)
    assert checking.check(OURS).counts() == {
        "objects": 1,
        "missing": 0,
        "found_again": 0,
        "left_over": 0,
        "without_row": 0,
    }
    assert checking.check(system_actor(NEXT_DOOR)).objects == 0


def test_what_a_rolled_back_upload_left_goes_with_the_check(monkeypatch):
    monkeypatch.setattr("mentalspace.audit.trail.PHI_ACCESS", "x" * 41)  # the last row of the request fails
    assert upload(ana(), PATH, pdf(), "a.pdf").status_code == 500
    assert (len(files()), len(Mark.every()), rows()) == (1, 1, [])
    assert checking.check(OURS).counts()["left_over"] == 0, "it might still be under way"
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert checking.check(system_actor(NEXT_DOOR)).left_over == []
        assert len(checking.check(OURS).left_over) == 1
    assert (files(), Mark.every()) == ([], [])


def test_a_mark_whose_row_was_committed_costs_no_file():
    upload(ana(), PATH, pdf(), "a.pdf")
    row = rows()[0]
    from mentalspace.storage.keeping import place_of

    Mark.make("local", place_of(row))  # as if the process had ended between the commit and this
    with clock.frozen(clock.now() + timedelta(hours=2)):
        assert checking.check(OURS).is_well
    assert len(files()) == 1
    assert Mark.every() == []


def test_a_missing_file_is_marked_told_of_and_taken_back():
    browser = ana()
    document = upload(browser, PATH, pdf(), "a.pdf").json()
    path = files()[0]
    content = path.read_bytes()
    path.unlink()
    assert len(checking.check(OURS).missing) == 1
    assert browser.read(PATH)["items"][0]["state"] == "missing"
    url = browser.call("post", f"/documents/{document['id']}/link", {}).json()["url"]
    assert refused(browser.get(url), 409, "file_missing")
    assert as_ours(lambda: SecurityIncident.objects.get(incident_type="files_missing")).severity == "high"
    path.write_bytes(content)
    assert len(checking.check(OURS).found_again) == 1
    assert rows()[0].state == "kept"


def test_a_changed_file_is_found_by_looking_closely():
    browser = ana()
    document = upload(browser, PATH, pdf(), "a.pdf").json()
    path = files()[0]
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    assert checking.check(OURS).is_well
    url = browser.call("post", f"/documents/{document['id']}/link", {}).json()["url"]
    assert refused(browser.get(url), 409, "file_missing"), "never given out"
    assert len(checking.check(OURS, deep=True).missing) == 1


def test_files_without_a_row_and_without_a_mark_are_told_of_and_stay(objects):
    from uuid import uuid4

    from mentalspace.storage.ports import Place
    from mentalspace.storage.stores import store_named

    place = Place("client-documents", HERE, f"{CLEO}/{uuid4()}")
    store_named("local").put(place, b"of a newer database")
    report = checking.check(OURS)
    assert report.without_row == [place]
    assert not report.is_well
    assert len(files()) == 1
    told = CliRunner().invoke(_command(lambda: commands.check(deep=False)))
    assert f"{place}: in the store without a row" in told.output


def _command(work):
    import click

    return click.command()(lambda: work())


def test_a_disk_that_is_full_keeps_nothing(objects):
    objects.mkdir()
    (objects / "client-documents").write_text("in the way")
    assert refused(upload(ana(), PATH, pdf(), "a.pdf"), 503, "storage_away")
    assert rows() == []


def test_malware_is_kept_apart_and_told(settings):
    browser = ana()
    with clamd() as settings.CLAMD:
        document = upload(browser, PATH, b"EVIL", "a.txt").json()
    assert (document["status"], document["state"], document["is_scanned"]) == ("quarantined", "quarantined", True)
    url = browser.call("post", f"/documents/{document['id']}/link", {"show": True}).json()["url"]
    assert refused(browser.get(url), 409, "file_in_quarantine")
    assert refused(browser.call("put", f"/documents/{document['id']}/archive"), 403, "not_allowed")
    incident = as_ours(lambda: SecurityIncident.objects.get(incident_type="malware_found"))
    assert (incident.details, str(incident.resource_id)) == ({"finding": "Test.Evil"}, document["id"])
    with clamd() as settings.CLAMD:
        assert upload(browser, PATH, b"good", "b.txt").json()["is_scanned"]
    listed = browser.read(PATH)
    assert listed["uploading"]["has_scanner"]
    assert [(item["title"], item["status"]) for item in listed["items"]] == [("b", "active"), ("a", "quarantined")]


def test_while_the_scanner_is_away_nothing_is_taken(settings):
    with clamd(b"") as settings.CLAMD:
        assert refused(upload(ana(), PATH, pdf(), "a.pdf"), 503, "scanner_away")
    assert (rows(), files()) == ([], [])


def test_the_move_to_s3_and_back(settings, s3, monkeypatch):
    monkeypatch.setattr("mentalspace.storage.stores._s3", lambda how: s3)
    browser = ana()
    documents = [upload(browser, PATH, pdf(str(number)), f"{number}.pdf").json() for number in range(3)]
    settings.S3 = s3.how
    for bucket in ("client-insurance-cards", "message-attachments", "telehealth-consents"):
        s3.client.create_bucket(Bucket=s3.how.prefix + bucket)
    for bucket in ("supervision-documents", "document-library"):
        s3.client.create_bucket(Bucket=s3.how.prefix + bucket)
    assert (moving.move(OURS, to="s3").objects, moving.move(OURS, to="s3").objects) == (3, 0)
    assert files() == []
    assert {(row.store, row.key_id) for row in rows()} == {("s3", "AES256")}
    documents.append(upload(browser, PATH, pdf("new"), "new.pdf").json())
    assert files() == []
    for document in documents:
        url = browser.call("post", f"/documents/{document['id']}/link", {}).json()["url"]
        answer = browser.get(url, headers={"Range": "bytes=0-4"})
        assert (answer.status_code, answer.content) == (206, b"%PDF-")
        assert browser.get(url).content.endswith(b"%%EOF\n")
    assert checking.check(OURS, deep=True).is_well
    assert moving.move(OURS, to="local").objects == 4
    assert list(s3.places("client-documents")) == []
    assert checking.check(OURS, deep=True).is_well


def test_the_move_leaves_what_is_damaged_where_it_is(settings, s3, monkeypatch):
    monkeypatch.setattr("mentalspace.storage.stores._s3", lambda how: s3)
    for number in range(2):
        upload(ana(), PATH, pdf(str(number)), f"{number}.pdf")
    files()[0].write_bytes(b"damaged")
    settings.S3 = s3.how
    moved = moving.move(OURS, to="s3")
    assert (moved.objects, moved.failed) == (1, 1)
    assert len(files()) == 1


def test_when_s3_fails_the_upload_is_refused_and_the_move_says_so(settings):
    upload(ana(), PATH, pdf(), "a.pdf")
    with failing_s3(500) as port:
        settings.S3 = s3_at(port)
        assert refused(upload(ana(), PATH, pdf(), "b.pdf"), 503, "storage_away")
        told = CliRunner().invoke(_command(lambda: commands.move("s3")))
    assert "cannot be reached" in told.output
    assert len(rows()) == 1
    assert as_ours(lambda: ClientDocument.objects.count()) == 1


def test_the_scheduled_check_serves_every_practice():
    from mentalspace.jobs.queue import SCHEDULE
    from mentalspace.upkeep import jobs

    assert jobs.__doc__
    assert "storage.check" in {each.name for each in SCHEDULE}


def test_ana_sees_her_own_object_only_through_the_document():
    upload(ana(), PATH, pdf(), "a.pdf")
    with acting_as(actor("ana")), transaction.atomic():
        assert StoredObject.objects.count() == 1
    with acting_as(actor("otto")), transaction.atomic():
        assert StoredObject.objects.count() == 0


def test_nobody_takes_a_document_out_of_quarantine_past_the_product(settings):
    with clamd() as settings.CLAMD:
        document = upload(ana(), PATH, b"EVIL", "a.txt").json()
    for name in ("ana", "ada", "fay", "otto"):
        with acting_as(actor(name)), transaction.atomic():
            assert ClientDocument.objects.filter(pk=document["id"]).update(status="active") == 0
