"""Rows and bytes together: what a failure leaves, what the check finds, what a scanner stops, and the move to S3."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog, SecurityIncident
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument
from mentalspace.jobs.queue import SCHEDULE
from mentalspace.jobs.worker import load_jobs
from mentalspace.practices.system import system_actor
from mentalspace.storage import checking, commands, moving
from mentalspace.storage.adapters.local import LocalStore
from mentalspace.storage.errors import StorageAway, StorageBusy
from mentalspace.storage.keeping import Mark, examine, place_of
from mentalspace.storage.models import Bucket, StoredObject
from mentalspace.storage.ports import Place, Verdict
from mentalspace.storage.stores import store_named
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
    assert len(checking.check(OURS).missing) == 1, "as long as it is"
    told = CliRunner().invoke(_command(lambda: commands.check(deep=False)))
    assert (told.exit_code, "missing or damaged" in told.output) == (1, True)
    assert as_ours(lambda: SecurityIncident.objects.get(incident_type="files_missing")).severity == "high", "told once"
    path.write_bytes(content)
    assert len(checking.check(OURS).found_again) == 1
    assert rows()[0].state == "kept"


def test_a_check_that_dies_half_way_has_told_what_it_found(monkeypatch):
    upload(ana(), PATH, pdf(), "a.pdf")
    files()[0].unlink()

    def away(*_):
        raise StorageAway

    monkeypatch.setattr(LocalStore, "places", away)
    with pytest.raises(StorageAway):
        checking.check(OURS)
    assert rows()[0].state == "missing"
    assert as_ours(lambda: SecurityIncident.objects.get(incident_type="files_missing")).resource_id == rows()[0].pk


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
    place = Place("client-documents", HERE, f"{CLEO}/{uuid4()}")
    store_named("local").put(place, b"of a newer database")
    report = checking.check(OURS)
    assert report.without_row == [place]
    assert not report.is_well
    assert len(files()) == 1
    told = CliRunner().invoke(_command(lambda: commands.check(deep=False)))
    assert f"{place}: in the store without a row" in told.output


def _command(work):
    """As the command line runs it: what it returns is how the process ends."""
    import click

    return click.command()(lambda: click.get_current_context().exit(work()))


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


def test_malware_does_not_take_the_place_of_a_good_document(settings):
    browser = ana()
    good = upload(browser, PATH, b"good", "a.txt").json()
    with clamd() as settings.CLAMD:
        evil = upload(browser, f"/documents/{good['id']}/versions", b"EVIL", "b.txt").json()
    assert (evil["title"], evil["status"], evil["version_number"]) == ("a", "quarantined", 1)
    assert [each["id"] for each in evil["versions"]] == [evil["id"]]
    with clamd() as settings.CLAMD:
        better = upload(browser, f"/documents/{good['id']}/versions", b"better", "c.txt").json()
    assert (better["version_number"], [each["id"] for each in better["versions"]]) == (2, [better["id"], good["id"]])
    assert {item["id"] for item in browser.read(PATH)["items"]} == {better["id"], evil["id"]}


def test_the_scanner_is_asked_once_and_before_a_row_is_locked(settings, monkeypatch):
    browser = ana()
    good = upload(browser, PATH, b"good", "a.txt").json()
    asked = []

    def scan(self, content):
        rows = "SELECT count(*) FROM pg_locks WHERE relation = 'client_documents'::regclass AND mode = 'RowShareLock'"
        with connection.cursor() as cursor:
            cursor.execute(rows)
            asked.append(cursor.fetchone()[0])
        return Verdict("clamd")

    monkeypatch.setattr("mentalspace.storage.adapters.clamd.Clamd.scan", scan)
    settings.CLAMD = ("127.0.0.1", 1)
    assert upload(browser, f"/documents/{good['id']}/versions", b"better", "b.txt").status_code == 201
    assert asked == [0]


def test_nobodys_session_waits_while_a_file_is_fetched(monkeypatch):
    browser = ana()
    document = upload(browser, PATH, pdf(), "a.pdf").json()
    url = browser.call("post", f"/documents/{document['id']}/link", {}).json()["url"]
    get, locked = LocalStore.get, []

    def slowly(*asked):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE relation = 'sessions'::regclass AND mode LIKE 'Row%'")
            locked.append(cursor.fetchone()[0])
        return get(*asked)

    monkeypatch.setattr(LocalStore, "get", slowly)
    for _ in range(2):
        assert browser.get(url).status_code == 200
    assert locked == [0, 0]
    with acting_as(actor("ada")), transaction.atomic():
        assert AuditLog.objects.filter(event="document.read", action_description__contains="opened").count() == 1


def test_a_file_is_stopped_while_it_is_looked_at(monkeypatch):
    browser = ana()
    asked = {"bucket": "client-documents", "file_name": "a.txt", "size": 4}
    coming = browser.call("post", "/uploads", asked).json()["id"]
    browser.patch(f"/api/uploads/{coming}?begins=0", b"text", content_type="application/octet-stream")
    answers = []

    def stop():
        try:
            return ana().call("delete", f"/uploads/{coming}").status_code
        finally:
            connection.close()

    def stopped_meanwhile(*args, **more):
        pool = ThreadPoolExecutor(1)
        try:  # who would have to wait for this very request says so instead of waiting for ever
            answers.append(pool.submit(copy_context().run, stop).result(timeout=20))
        finally:
            pool.shutdown(wait=False)
        return examine(*args, **more)

    monkeypatch.setattr("mentalspace.documents.files.examine", stopped_meanwhile)
    assert refused(browser.post(f"/api{PATH}", {"upload": coming}), 404)
    assert (answers, rows(), files()) == ([204], [], [])


def test_while_the_scanner_is_away_nothing_is_taken(settings):
    with clamd(b"") as settings.CLAMD:
        assert refused(upload(ana(), PATH, pdf(), "a.pdf"), 503, "scanner_away")
    assert (rows(), files()) == ([], [])


def test_the_move_to_s3_and_back(settings, s3, monkeypatch):
    monkeypatch.setattr("mentalspace.storage.stores._s3", lambda how: s3)
    browser = ana()
    documents = [upload(browser, PATH, pdf(str(number)), f"{number}.pdf").json() for number in range(3)]
    settings.S3 = s3.how
    for bucket in ("client-insurance-cards", "form-files", "message-attachments", "telehealth-consents"):
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


def test_the_check_and_the_move_take_turns(settings, s3, monkeypatch):
    """A copy on its way to the other store looks like one too many: the check would let go of it."""
    monkeypatch.setattr("mentalspace.storage.stores._s3", lambda how: s3)
    upload(ana(), PATH, pdf(), "a.pdf")
    settings.S3 = s3.how
    refusals, put = [], s3.put

    def put_while_a_check_begins(place, content):
        put(place, content)
        with ThreadPoolExecutor(1) as pool:
            refusals.append(type(pool.submit(copy_context().run, _checked_elsewhere).result()))

    monkeypatch.setattr(s3, "put", put_while_a_check_begins)
    assert moving.move(OURS, to="s3").objects == 1
    assert refusals == [StorageBusy]
    assert (files(), len(list(s3.places("client-documents")))) == ([], 1)
    assert moving.move(OURS, to="local").objects == 1, "the turn is over"


def _checked_elsewhere():
    """What a check on a connection of its own says."""
    try:
        return checking.check(OURS)
    except StorageBusy as busy:
        return busy
    finally:
        connection.close()


@pytest.fixture
def two_copies(settings, s3, monkeypatch):
    """A file of Cleo's that lies in both stores; its row names the one at home."""
    monkeypatch.setattr("mentalspace.storage.stores._s3", lambda how: s3)
    upload(ana(), PATH, pdf(), "a.pdf")
    settings.S3 = s3.how
    buckets = as_ours(lambda: list(Bucket.objects.exclude(pk="client-documents").values_list("pk", flat=True)))
    for bucket in buckets:
        s3.client.create_bucket(Bucket=s3.how.prefix + bucket)
    s3.put(place_of(rows()[0]), store_named("local").get(place_of(rows()[0])))
    return lambda: (len(files()), len(list(s3.places("client-documents"))))


def test_a_second_copy_goes_only_when_the_first_is_whole_and_nobody_has_touched_it_lately(two_copies):
    assert (checking.check(OURS).left_over, two_copies()) == ([], (1, 1)), "just put"
    with clock.frozen(clock.now() + timedelta(hours=2)):
        whole = files()[0].read_bytes()
        files()[0].write_bytes(whole[:-1] + b"\0")
        assert (checking.check(OURS).left_over, two_copies()) == ([], (1, 1)), "the first is damaged"
        files()[0].write_bytes(whole)
        assert (len(checking.check(OURS).left_over), two_copies()) == (1, (1, 0))


def test_a_row_that_changes_under_the_check_is_not_marked(monkeypatch):
    upload(ana(), PATH, pdf(), "a.pdf")

    def gone_meanwhile(store, place):
        as_ours(lambda: StoredObject.objects.update(store="s3"))
        return False

    monkeypatch.setattr("mentalspace.storage.adapters.local.LocalStore.has", gone_meanwhile)
    assert checking.check(OURS).missing == []
    assert rows()[0].state == "kept"


def test_a_file_that_comes_during_the_check_is_not_one_without_a_row(monkeypatch):
    upload(ana(), PATH, pdf(), "a.pdf")
    places = LocalStore.places

    def one_more(store, bucket):
        if bucket == "client-documents":
            upload(ana(), PATH, pdf("b"), "b.pdf")
        return places(store, bucket)

    monkeypatch.setattr(LocalStore, "places", one_more)
    assert checking.check(OURS).is_well


def test_when_s3_fails_the_upload_is_refused_and_the_move_says_so(settings):
    upload(ana(), PATH, pdf(), "a.pdf")
    with failing_s3(500) as port:
        settings.S3 = s3_at(port)
        assert refused(upload(ana(), PATH, pdf(), "b.pdf"), 503, "storage_away")
        told = CliRunner().invoke(_command(lambda: commands.move("s3")))
        looked = CliRunner().invoke(_command(lambda: commands.check(deep=False)))
    assert "cannot be reached" in told.output
    assert (looked.exit_code, looked.output.count("not checked. The place where files are kept")) == (1, 2)
    assert len(rows()) == 1
    assert as_ours(lambda: ClientDocument.objects.count()) == 1


def test_the_scheduled_check_serves_every_practice():
    upload(ana(), PATH, pdf(), "a.pdf")
    files()[0].unlink()
    theirs = Place("client-documents", NEXT_DOOR, f"{CLEO}/{uuid4()}")
    store_named("local").put(theirs, b"left over")
    Mark.make("local", theirs)
    load_jobs()
    (nightly,) = [each for each in SCHEDULE if each.name == "storage.check"]
    with clock.frozen(clock.now() + timedelta(hours=2)):
        nightly.run(0)
    assert rows()[0].state == "missing"
    assert files() == [], "next door's is cleared away too"


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
