"""Usage with one warning, checks with their history, clearings up that keep what must be kept, and S3's settings."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.charting.models import ClinicalNote
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.documents import reading
from mentalspace.documents.models import ClientDocument, DocumentText
from mentalspace.practices.system import system_actor
from mentalspace.storage import checking, moving, usage
from mentalspace.storage.errors import StorageBusy
from mentalspace.storage.keeping import marked_removed, place_of, remove_bytes
from mentalspace.storage.models import MEGABYTE, StorageRun, StorageSettings, StoredObject
from mentalspace.storage.tests.conftest import clamd, failing_s3, moto_port, s3, s3_at
from mentalspace.storage.tests.files import pdf, upload
from mentalspace.upkeep import actions, candidates, jobs, running, warning
from tests.cast import CLEO, HERE, NOOR, actor
from tests.committed import at_once
from tests.http import Http, refused
from tests.mail import delivered
from tests.sessions import session_of

__all__ = ["moto_port", "s3"]

pytestmark = pytest.mark.usefixtures("really_committed")
OURS = system_actor(HERE)
REASON = "The disk is nearly full."


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.OBJECTS = tmp_path / "objects"
    settings.OBJECTS.mkdir()
    settings.S3 = settings.CLAMD = None
    return settings.OBJECTS


def browser(name):
    http = Http(raise_request_exception=False)
    with transaction.atomic():
        http.cookies["session"] = session_of(name)
    return http


def files(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file() and ".arriving" not in path.parts]


def aged(years):
    """Everything in the buckets came so many years ago: written past the product, which only the owner can."""
    for table in ("storage.objects", "client_documents", "document_library"):
        past_the_product(table, f"created_at = created_at - interval '{years} years'")


def past_the_product(table, change):
    with transaction.atomic(using="owner"), _owner() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        cursor.execute(f"UPDATE {table} SET {change}")
        cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _owner():
    from django.db import connections

    return connections["owner"].cursor()


def as_ours(ask):
    with acting_as(OURS), transaction.atomic():
        return ask()


def started(ada, **body):
    answer = ada.call("post", "/storage/runs", body)
    assert answer.status_code == 202, answer.content
    return UUID(answer.json()["id"])


def test_usage_by_bucket(objects):
    for number in range(2):
        upload(browser("ana"), f"/clients/{CLEO}/documents", pdf(str(number)), f"{number}.pdf")
    upload(browser("ada"), "/library", pdf("paper"), "paper.pdf")
    found = browser("ada").read("/storage")
    held = {each["id"]: each for each in found["buckets"]}
    assert len(held) == 7
    assert (held["client-documents"]["objects"], held["document-library"]["objects"]) == (2, 1)
    assert found["used_bytes"] == sum(each["size"] for each in found["buckets"]) > 0
    assert (found["percent"], found["is_warning"], found["store"]) == (0, False, "local")
    for name in ("ana", "sam", "fay", "bea", "otto"):
        assert browser(name).call("get", "/storage").status_code == 404
    with acting_as(actor("ana")), transaction.atomic(), pytest.raises(DatabaseError, match="permission denied"):
        usage.by_bucket()


def test_administrators_are_told_once_per_crossing(objects):
    upload(browser("ana"), f"/clients/{CLEO}/documents", pdf(), "a.pdf")
    used = browser("ada").read("/storage")["used_bytes"]

    def quota(size):
        as_ours(lambda: StorageSettings.objects.update(quota_bytes=size))

    as_ours(lambda: warning.warn_when_filling(HERE))
    assert delivered("ada@example.org") == []
    quota(used * 100 // 85)
    for _ in range(3):
        jobs.watch(OURS)
    told = delivered("ada@example.org")
    assert len(told) == 1
    assert "85 percent" in told[0].body
    assert browser("ada").read("/storage")["is_warning"]
    quota(used * 100 // 78)  # below the warning, not yet far enough for another
    jobs.watch(OURS)
    quota(used)
    jobs.watch(OURS)
    assert len(delivered("ada@example.org")) == 1
    quota(used * 4)
    jobs.watch(OURS)
    quota(used)
    jobs.watch(OURS)
    assert len(delivered("ada@example.org")) == 2
    assert refused(browser("otto").call("get", "/storage"), 404)


def test_the_quota_is_changed_by_one_at_a_time(objects):
    ada = browser("ada")
    changed = ada.call("put", "/storage/quota", {"gigabytes": 10, "version": 1}).json()
    assert (changed["quota_bytes"], changed["version"]) == (10 * 1024 * MEGABYTE, 2)
    assert refused(ada.call("put", "/storage/quota", {"gigabytes": 9, "version": 1}), 409, "settings_changed_elsewhere")
    assert ada.call("put", "/storage/quota", {"gigabytes": 9, "version": 2}).json()["version"] == 3
    for name in ("ana", "fay", "otto"):
        assert refused(browser(name).call("put", "/storage/quota", {"gigabytes": 9, "version": 3}), 403, "not_allowed")


def test_a_check_by_hand_has_progress_result_and_history(objects):
    ada = browser("ada")
    upload(browser("ana"), f"/clients/{CLEO}/documents", pdf(), "a.pdf")
    files(objects)[0].unlink()
    run = started(ada, kind="check")
    assert refused(ada.call("post", "/storage/runs", {"kind": "check"}), 409, "already_runs")
    running.run(OURS, run)
    found = ada.read(f"/storage/runs/{run}")
    assert (found["done"], found["total"], found["asked_by"]) == (1, 1, "Ada Cast")
    missing = next(each for each in found["found"] if each["kind"] == "missing")
    assert missing["count"] == 1
    assert missing["places"][0].startswith("client-documents/")
    assert str(CLEO) not in str(found), "whose file it was is not told here"
    running.run(OURS, run)  # the job is taken up again after its worker died: nothing is done twice
    running.check_by_night(OURS)
    assert [each["asked_by"] for each in ada.read("/storage/runs")] == ["The system", "Ada Cast"]
    assert refused(browser("otto").call("get", f"/storage/runs/{run}"), 404)
    assert refused(browser("ana").call("post", "/storage/runs", {"kind": "check"}), 403, "not_allowed")


def test_a_deep_check_finds_what_was_changed(objects):
    upload(browser("ana"), f"/clients/{CLEO}/documents", pdf(), "a.pdf")
    path = files(objects)[0]
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    run = started(browser("ada"), kind="deep_check")
    running.run(OURS, run)
    found = {each["kind"]: each["count"] for each in browser("ada").read(f"/storage/runs/{run}")["found"]}
    assert found == {"missing": 1, "found_again": 0, "left_over": 0, "without_row": 0}
    assert refused(browser("otto").call("get", f"/storage/runs/{run}"), 404)


def test_old_documents_are_archived_with_a_reason_and_can_be_restored(objects):
    ada, ana = browser("ada"), browser("ana")
    old = upload(ana, f"/clients/{CLEO}/documents", pdf(), "old.pdf").json()
    upload(browser("ash"), f"/clients/{NOOR}/documents", pdf("2"), "noor.pdf")
    aged(8)
    upload(ana, f"/clients/{CLEO}/documents", pdf("3"), "new.pdf")
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(status="Discharged")
    preview = ada.read("/storage/preview?kind=archive&older_than_years=7&only_former=true")
    assert (preview["documents"], preview["clients"]) == (1, 1)
    assert ada.read("/storage/preview?kind=archive&older_than_years=7&only_former=false")["documents"] == 2
    asked = {"kind": "archive", "older_than_years": 7, "only_former": True}
    assert refused(ada.call("post", "/storage/runs", asked | {"reason": "old"}), 422, "bad_input")
    run = started(ada, **asked, reason=REASON)
    with acting_as(actor("ada")), transaction.atomic():
        actions.archive(run_id=run)
    assert ada.read(f"/storage/runs/{run}")["done"] == 1
    assert [each["title"] for each in ana.read(f"/clients/{CLEO}/documents")["items"]] == ["new"]
    with acting_as(actor("ada")), transaction.atomic():
        line = AuditLog.objects.get(event="document.archived_in_bulk")
        assert (line.client_ids, line.action_details["documents"]) == ([CLEO], [old["id"]])
    assert ana.call("delete", f"/documents/{old['id']}/archive").json()["status"] == "active"
    assert len(files(objects)) == 3, "archiving removes nothing"
    assert refused(browser("otto").call("get", "/storage/preview?kind=archive"), 404)


def two_versions():
    ana = browser("ana")
    first = upload(ana, f"/clients/{CLEO}/documents", pdf("1"), "form.pdf").json()
    upload(ana, f"/documents/{first['id']}/versions", pdf("2"), "form.pdf")
    return first


def removal(kind):
    run = started(browser("ada"), kind=kind, reason=REASON)
    running.run(OURS, run)
    return browser("ada").read(f"/storage/runs/{run}")


def test_earlier_versions_go_only_past_their_retention_and_of_former_clients(objects):
    first = two_versions()
    ada = browser("ada")
    assert removal("remove_superseded")["done"] == 0
    aged(8)
    assert removal("remove_superseded")["done"] == 0, "the client is in care"
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(status="Discharged", date_of_birth=clock.now().date() - timedelta(9_000))
    assert removal("remove_superseded")["done"] == 0, "they came of age less than seven years ago"
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(date_of_birth="1960-01-01")
    assert ada.read("/storage/preview?kind=remove_superseded")["documents"] == 1
    assert removal("remove_superseded")["done"] == 1
    assert len(files(objects)) == 1
    versions = browser("ana").read(f"/documents/{first['id']}")["versions"]
    assert [(each["version_number"], each["state"]) for each in versions] == [(2, "kept"), (1, "removed")]
    url = browser("ana").call("post", f"/documents/{first['id']}/link", {}).json()["url"]
    assert browser("ana").get(url).status_code == 403, "another session"
    same = browser("ana")
    url = same.call("post", f"/documents/{first['id']}/link", {}).json()["url"]
    assert refused(same.get(url), 409, "file_removed")
    assert checking.check(OURS).is_well
    held = {each["id"]: each for each in ada.read("/storage")["buckets"]}["client-documents"]
    assert (held["objects"], held["removed"]) == (1, 1)
    assert refused(browser("otto").call("get", f"/documents/{first['id']}"), 404)


@pytest.fixture
def may_go(objects):
    """Two versions in the chart of a former client, of age long since; the first no longer has to be kept."""
    first = two_versions()
    aged(8)
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(status="Discharged", date_of_birth="1960-01-01")
    return first


def test_a_note_without_an_appointment_is_contact_too(may_go):
    years_ago = clock.now().date() - timedelta(days=3 * 365)
    note = ClinicalNote(practice_id=HERE, client_id=CLEO, author_id=actor("ana").person, service_date=years_ago)
    with acting_as(actor("ana")), transaction.atomic():
        note.save(force_insert=True)
    assert browser("ada").read("/storage/preview?kind=remove_superseded")["documents"] == 0
    assert removal("remove_superseded")["done"] == 0
    assert browser("otto").call("get", "/storage/preview?kind=remove_superseded").status_code == 404


def test_who_is_admitted_again_while_it_runs_loses_nothing(may_go, objects, monkeypatch):
    keep = running._keep

    def admitted_again(by, row, **values):
        if "total" in values:
            with acting_as(actor("ada")), transaction.atomic():
                Client.objects.filter(pk=CLEO).update(status="Active")
        keep(by, row, **values)

    monkeypatch.setattr(running, "_keep", admitted_again)
    run = removal("remove_superseded")
    assert (run["total"], run["done"], len(files(objects))) == (1, 0, 2)
    assert browser("otto").call("get", f"/storage/runs/{run['id']}").status_code == 404


def test_nothing_is_destroyed_without_its_line_in_the_trail(may_go, objects, monkeypatch):
    monkeypatch.setattr(running, "record", _raises(ValueError("no trail")))
    with pytest.raises(ValueError, match="no trail"):
        running.run(OURS, started(browser("ada"), kind="remove_superseded", reason=REASON))
    assert len(files(objects)) == 2
    assert {row.state for row in as_ours(lambda: list(StoredObject.objects.all()))} == {"kept"}
    monkeypatch.undo()
    removal("remove_superseded")
    with acting_as(actor("ada")), transaction.atomic():
        assert AuditLog.objects.filter(event="storage.removed").count() == 1
    assert browser("otto").call("get", "/storage/runs").status_code == 404


def test_the_words_of_a_removed_file_go_with_it(may_go):
    reading.catch_up(OURS)
    of = {"document_id": UUID(may_go["id"])}
    assert as_ours(lambda: DocumentText.objects.filter(**of).exists())
    removal("remove_superseded")
    assert not as_ours(lambda: DocumentText.objects.filter(**of).exists())
    assert as_ours(lambda: DocumentText.objects.count()) == 1, "the latest version keeps its own"
    reading.catch_up(OURS)
    assert not as_ours(lambda: DocumentText.objects.filter(**of).exists())
    assert browser("otto").call("get", f"/documents/{may_go['id']}").status_code == 404


def test_days_are_those_on_the_practices_wall(may_go):
    """Both came on the evening of 1 March 2018 in New York, when it was 2 March in UTC."""
    past_the_product("client_documents", "created_at = '2018-03-02 02:00+00'")
    for day, found in ((1, 0), (2, 1)):
        with clock.frozen(datetime(2025, 3, day, 17, tzinfo=UTC)):
            assert len(as_ours(lambda: list(candidates.superseded()))) == found
    assert browser("otto").call("get", f"/documents/{may_go['id']}").status_code == 404


def test_the_database_refuses_to_remove_what_must_be_kept(objects):
    two_versions()
    row = as_ours(lambda: StoredObject.objects.order_by("created_at").first())
    with pytest.raises(DatabaseError, match="still to be kept"):
        as_ours(lambda: marked_removed(row))
    assert len(files(objects)) == 2


def test_quarantine_is_emptied_after_thirty_days(objects, settings):
    with clamd() as settings.CLAMD:
        upload(browser("ana"), f"/clients/{CLEO}/documents", b"EVIL", "a.txt")
    assert removal("remove_quarantined")["done"] == 0
    aged(1)
    assert removal("remove_quarantined")["done"] == 1
    assert files(objects) == []
    listed = browser("ana").read(f"/clients/{CLEO}/documents")["items"]
    assert [(each["status"], each["state"]) for each in listed] == [("quarantined", "removed")]
    with acting_as(OURS), transaction.atomic():
        gone = StoredObject.objects.get()
    with pytest.raises(DatabaseError, match="does not come back"), acting_as(OURS), transaction.atomic():
        gone.write(state="kept")
    assert browser("otto").call("get", "/storage").status_code == 404


def test_what_a_store_that_was_away_kept_goes_with_the_next_check(objects, monkeypatch):
    two_versions()
    aged(8)
    row = as_ours(lambda: StoredObject.objects.order_by("created_at").first())
    as_ours(lambda: marked_removed(row))
    with monkeypatch.context() as patched:
        patched.setattr("mentalspace.storage.adapters.local.LocalStore.remove", _fails)
        assert not remove_bytes(row)
    assert len(files(objects)) == 2
    assert len(checking.check(OURS).left_over) == 1
    assert len(files(objects)) == 1


def _fails(*_):
    raise OSError


def test_a_removed_file_asks_for_no_store_any_more(objects, settings, s3, monkeypatch):
    """What is left of it goes from wherever it lies, and a store that holds nothing else can be taken out."""
    two_versions()
    aged(8)
    row = as_ours(lambda: StoredObject.objects.order_by("created_at").first())
    as_ours(lambda: marked_removed(row))
    as_ours(lambda: StoredObject.objects.filter(pk=row.pk).update(store="s3"))
    assert len(checking.check(OURS).left_over) == 1, "S3 was taken out; a copy at home goes all the same"
    assert len(files(objects)) == 1
    monkeypatch.setattr("mentalspace.storage.stores._s3", lambda how: s3)
    settings.S3 = s3.how
    s3.put(place_of(row), b"not given up")
    assert moving.move(OURS, to="local").objects == 0
    assert list(s3.places("client-documents")) == []
    assert {row.store for row in as_ours(lambda: list(StoredObject.objects.all()))} == {"local"}


def test_a_run_that_cannot_reach_the_store_says_so(objects, settings):
    upload(browser("ana"), f"/clients/{CLEO}/documents", pdf(), "a.pdf")
    run = started(browser("ada"), kind="check")
    as_ours(lambda: StoredObject.objects.update(store="s3"))
    running.run(OURS, run)
    found = browser("ada").read(f"/storage/runs/{run}")
    assert "could not be reached" in found["failure"]
    assert started(browser("ada"), kind="check"), "and can be tried again"
    assert browser("otto").call("get", f"/storage/runs/{run}").status_code == 404


def test_a_run_that_meets_another_says_so(objects, monkeypatch):
    run = started(browser("ada"), kind="check")
    monkeypatch.setattr("mentalspace.upkeep.running.checking.check", _raises(StorageBusy()))
    assert running.run(OURS, run) == StorageBusy.message
    found = browser("ada").read(f"/storage/runs/{run}")
    assert (found["failure"], found["finished_at"] is None) == (StorageBusy.message, False)
    assert started(browser("ada"), kind="check"), "and can be tried again"
    assert browser("otto").call("get", f"/storage/runs/{run}").status_code == 404


def _raises(error):
    def fail(*_, **__):
        raise error

    return fail


def test_a_run_that_dies_says_so_and_locks_nobody_out(objects, monkeypatch):
    ada = browser("ada")
    run = started(ada, kind="remove_superseded", reason=REASON)
    monkeypatch.setattr("mentalspace.upkeep.running.candidates.superseded", _raises(ValueError("of a row")))
    with pytest.raises(ValueError, match="of a row"):
        running.run(OURS, run)
    assert "ended before its time" in ada.read(f"/storage/runs/{run}")["failure"]
    assert started(ada, kind="remove_superseded", reason=REASON)
    assert browser("otto").call("get", f"/storage/runs/{run}").status_code == 404


def test_an_archiving_that_dies_says_so_and_locks_nobody_out(objects, monkeypatch):
    ada = browser("ada")
    run = started(ada, kind="archive", reason=REASON)
    monkeypatch.setattr("mentalspace.upkeep.actions.candidates.to_archive", _raises(ValueError()))
    with acting_as(actor("ada")), transaction.atomic():
        actions.archive(run_id=run)
    assert "ended before its time" in ada.read(f"/storage/runs/{run}")["failure"]
    assert started(ada, kind="archive", reason=REASON)
    assert browser("otto").call("get", f"/storage/runs/{run}").status_code == 404


def test_a_run_whose_worker_is_gone_for_good_is_closed(objects):
    ada = browser("ada")
    run = started(ada, kind="remove_superseded", reason=REASON)
    jobs.watch(OURS)
    assert ada.read(f"/storage/runs/{run}")["finished_at"] is None
    with clock.frozen(clock.now() + timedelta(hours=24)):
        jobs.watch(OURS)
    assert "ended before its time" in ada.read(f"/storage/runs/{run}")["failure"]
    assert started(ada, kind="remove_superseded", reason=REASON)
    assert browser("otto").call("get", f"/storage/runs/{run}").status_code == 404


def test_two_administrators_begin_one_removal(objects):
    body = {"kind": "remove_superseded", "reason": REASON}
    answers = at_once(["ada", "mia"], lambda http, _: http.call("post", "/storage/runs", body))
    assert sorted(answer.status_code for answer in answers) == [202, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "already_runs"}
    assert as_ours(lambda: StorageRun.objects.count()) == 1
    assert browser("otto").call("post", "/storage/runs", body).status_code == 403


def test_the_nightly_check_goes_on_with_its_own_and_leaves_others_alone(objects):
    as_ours(lambda: StorageRun(practice_id=HERE, kind="check", asked_by=HERE).save(force_insert=True))
    running.check_by_night(OURS)
    assert [row.finished_at is None for row in as_ours(lambda: list(StorageRun.objects.all()))] == [False]
    run = started(browser("ada"), kind="check")
    running.check_by_night(OURS)
    assert as_ours(lambda: StorageRun.objects.count()) == 2
    assert as_ours(lambda: StorageRun.objects.get(pk=run)).finished_at is None
    assert browser("otto").call("get", f"/storage/runs/{run}").status_code == 404


def test_a_nightly_check_that_could_not_be_done_did_not_go_well(objects):
    upload(browser("ana"), f"/clients/{CLEO}/documents", pdf(), "a.pdf")
    as_ours(lambda: StoredObject.objects.update(store="s3"))
    with pytest.raises(running.NotDone, match="could not be reached"):
        jobs.check_storage(OURS)
    assert browser("otto").call("get", "/storage/runs").status_code == 404


def test_the_largest_files(objects):
    upload(browser("ana"), f"/clients/{CLEO}/documents", b"x" * 5000, "long.txt")
    upload(browser("ada"), "/library", b"x" * 9000, "paper.txt")
    rows = browser("ada").read("/storage/largest")
    assert [(each["title"], each["client_id"], each["size"]) for each in rows] == [
        ("paper", None, 9000),
        ("long", str(CLEO), 5000),
    ]
    assert browser("otto").call("get", "/storage/largest").status_code == 404
    assert browser("fay").call("get", "/storage/largest").status_code == 404


def test_another_practice_and_another_kind_of_job_do_nothing(objects):
    run = started(browser("ada"), kind="archive", reason=REASON)
    running.run(OURS, run)
    running.run(OURS, UUID(int=5))
    assert as_ours(lambda: StorageRun.objects.get(pk=run)).finished_at is None
    assert as_ours(lambda: ClientDocument.objects.count()) == 0
    assert refused(browser("otto").call("get", f"/storage/runs/{run}"), 404)


def said(rows, bucket="client-documents"):
    return {each["about"]: each["state"] for each in rows if each["bucket"] == bucket}


def test_s3_is_looked_into_in_plain_words(objects, settings, s3):
    settings.S3 = s3.how
    ada = browser("ada")
    rows = ada.call("post", "/storage/connection-check").json()
    assert said(rows)["reachable"] == "good"
    assert (said(rows)["public"], said(rows)["versioning"], said(rows)["cors"]) == ("bad", "note", "good")
    assert said(rows, "telehealth-consents") == {"reachable": "bad"} or "public" in said(rows, "telehealth-consents")
    there = "riverbend-client-documents"
    block = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    s3.client.put_public_access_block(Bucket=there, PublicAccessBlockConfiguration=dict.fromkeys(block, True))
    s3.client.put_bucket_versioning(Bucket=there, VersioningConfiguration={"Status": "Enabled"})
    rule = {"AllowedMethods": ["GET"], "AllowedOrigins": ["*"]}
    s3.client.put_bucket_cors(Bucket=there, CORSConfiguration={"CORSRules": [rule]})
    found = said(ada.call("post", "/storage/connection-check").json())
    assert (found["public"], found["versioning"], found["cors"]) == ("good", "good", "bad")
    s3.client.delete_bucket_cors(Bucket=there)
    s3.client.put_bucket_versioning(Bucket=there, VersioningConfiguration={"Status": "Suspended"})
    s3.client.delete_public_access_block(Bucket=there)
    assert refused(browser("otto").call("post", "/storage/connection-check"), 404)


def test_without_s3_there_is_nothing_to_look_into_and_one_that_fails_is_told(objects, settings):
    assert refused(browser("ada").call("post", "/storage/connection-check"), 404)
    with failing_s3(403) as port:
        settings.S3 = s3_at(port)
        rows = browser("ada").call("post", "/storage/connection-check").json()
    assert {each["state"] for each in rows} == {"bad"}
    assert all(each["advice"] for each in rows)
    assert browser("otto").call("post", "/storage/connection-check").status_code == 404
