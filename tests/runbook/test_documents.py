"""Operations runbook, "Documents Not Loading": faults caused for real, diagnosed and solved by its words, healed."""

from uuid import UUID

import pytest
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import Client
from mentalspace.practices.system import system_actor
from mentalspace.storage.models import StorageSettings
from mentalspace.storage.tests.conftest import failing_s3, moto_port, s3, s3_at
from mentalspace.storage.tests.files import pdf, upload
from mentalspace.upkeep import actions, jobs, running
from mentalspace.upkeep.tests.test_upkeep import aged
from tests.cast import CLEO, HERE, ID, NOOR, actor
from tests.http import Http, refused
from tests.mail import delivered
from tests.sessions import session_of

__all__ = ["moto_port", "s3"]

POLICIES = "SELECT * FROM storage.policies WHERE bucket_id = 'client-documents';"
RECENT = """
SELECT id, file_path, uploaded_by, uploaded_date, status
FROM client_documents
WHERE uploaded_date > NOW() - INTERVAL '1 hour'
ORDER BY uploaded_date DESC;
"""
BUCKETS = [
    "client-documents",
    "client-insurance-cards",
    "document-library",
    "form-files",
    "message-attachments",
    "supervision-documents",
    "telehealth-consents",
]


def test_check_storage_policies(operator):
    with operator.cursor() as cursor:
        rows = cursor.execute(POLICIES).fetchall()
        names = [column.name for column in cursor.description]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    assert {row["bucket_id"] for row in found} == {"client-documents"}
    assert sum(not row["is_permission"] for row in found) == 1, "the fence"
    readers = {role for row in found if row["command"] == "SELECT" for role in row["roles"]}
    assert readers == {f"ms_{name}" for name in TREATING}
    others = operator.execute("SELECT DISTINCT bucket_id FROM storage.policies WHERE name LIKE 'ms_clinician%'")
    assert {bucket for (bucket,) in others} == {"client-documents", "document-library", "form-files"}


TREATING = ("administrator", "front_desk", "supervisor", "clinician", "associate", "system", "keeper")
"""The last counts what is stored, by a function that shows sums only."""


def test_the_runbooks_six_buckets_and_that_of_forms_are_there(operator):
    found = operator.execute("SELECT id FROM storage.buckets ORDER BY id").fetchall()
    assert [name for (name,) in found] == BUCKETS


@pytest.fixture
def objects(settings, tmp_path):
    settings.OBJECTS = tmp_path
    settings.S3 = settings.CLAMD = None
    return tmp_path


def browser(name):
    made = Http(raise_request_exception=False)
    with transaction.atomic():
        made.cookies["session"] = session_of(name)
    return made


def test_check_recent_document_access(operator, objects):
    assert operator.execute(RECENT).fetchall() == []
    made = upload(browser("ana"), f"/clients/{CLEO}/documents", pdf(), "a.pdf").json()
    ((pk, path, by, at, status),) = operator.execute(RECENT).fetchall()
    assert (str(pk), by, status) == (made["id"], ID["ana"], "active")
    assert path.startswith(f"{CLEO}/")
    assert at.isoformat()[:19] == made["uploaded_date"][:19]
    place = operator.execute("SELECT bucket_id, state FROM storage.objects WHERE name = %s", [path]).fetchall()
    assert place == [("client-documents", "kept")]


OURS = system_actor(HERE)


def kept_files(folder):
    return [path for path in folder.rglob("*") if path.is_file() and ".arriving" not in path.parts]


def opened(who, document):
    """What following a link of this person's answers."""
    http = browser(who)
    asked = http.call("post", f"/documents/{document['id']}/link", {})
    return http.get(asked.json()["url"]) if asked.status_code == 200 else asked


def ada_uses(ada):
    return ada.read("/storage")["used_bytes"]


def recent(operator):
    return [(str(pk), path) for pk, path, *_ in operator.execute(RECENT).fetchall()]


def ran(ada, **body):
    """A run of upkeep that the administrator asked for, done; as the page shows it."""
    asked = ada.call("post", "/storage/runs", body)
    assert asked.status_code == 202, asked.content
    run = UUID(asked.json()["id"])
    if body["kind"] == "archive":
        with acting_as(actor("ada")), transaction.atomic():
            actions.archive(run_id=run)
    else:
        running.run(OURS, run)
    return ada.read(f"/storage/runs/{run}")


def test_a_broken_file_path_is_found_and_healed(operator, objects):
    made = upload(browser("ana"), f"/clients/{CLEO}/documents", pdf(), "a.pdf").json()
    ((pk, path),) = recent(operator)
    (there,) = kept_files(objects)
    lost = there.rename(there.with_name("elsewhere"))
    assert refused(opened("ana", made), 409, "file_missing")
    missing = next(each for each in ran(browser("ada"), kind="check")["found"] if each["kind"] == "missing")
    assert (pk, missing["count"], path in missing["places"][0]) == (made["id"], 1, False), "whose it is stays untold"
    lost.rename(there)
    assert next(each for each in ran(browser("ada"), kind="check")["found"] if each["kind"] == "found_again")["count"]
    assert opened("ana", made).status_code == 200
    assert refused(opened("otto", made), 404)


def test_a_filling_bucket_warns_and_its_old_documents_are_archived_and_cleared(operator, objects):
    ana, ada = browser("ana"), browser("ada")
    old = upload(ana, f"/clients/{CLEO}/documents", pdf("1"), "old.pdf").json()
    upload(ana, f"/documents/{old['id']}/versions", pdf("2"), "old.pdf")
    aged(8)
    made = upload(browser("ash"), f"/clients/{NOOR}/documents", pdf("3"), "new.pdf").json()
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(status="Discharged", date_of_birth="1960-01-01")
        StorageSettings(practice_id=HERE, quota_bytes=ada_uses(ada) * 100 // 81).save(force_insert=True)
    jobs.watch(OURS)
    assert len(delivered("ada@example.org")) == 1
    assert ada.read("/storage")["is_warning"]
    cleared = ran(ada, kind="remove_superseded", reason="The disk is nearly full.")
    assert cleared["done"] == 1
    assert not ada.read("/storage")["is_warning"]
    old_ones = {"kind": "archive", "older_than_years": 7, "only_former": True, "reason": "The disk is nearly full."}
    assert ran(ada, **old_ones)["done"] == 1
    assert ana.read(f"/clients/{CLEO}/documents")["items"] == []
    assert [each["id"] for each in browser("ash").read(f"/clients/{NOOR}/documents")["items"]] == [made["id"]]
    assert refused(browser("otto").call("get", "/storage"), 404)


def test_who_lacks_the_role_or_the_assignment_gets_it_and_the_document_with_it(operator, objects):
    made = upload(browser("ana"), f"/clients/{CLEO}/documents", pdf(), "a.pdf").json()
    assert refused(opened("bea", made), 403, "not_allowed")
    both = {"roles": ["billing", "front_desk"], "reason": "She helps at the desk."}
    changed = browser("ada").call("put", f"/users/{ID['bea']}/roles", both)
    assert changed.status_code == 200, changed.content
    assert opened("bea", made).status_code == 200
    assert refused(opened("otto", made), 404)


def test_a_store_that_is_away_says_so_and_comes_back(operator, objects, settings, s3, moto_port):
    settings.S3 = s3_at(moto_port)
    made = upload(browser("ana"), f"/clients/{CLEO}/documents", pdf(), "a.pdf").json()
    with failing_s3(503) as port:
        settings.S3 = s3_at(port)
        assert refused(opened("ana", made), 503, "storage_away")
        again = upload(browser("ana"), f"/clients/{CLEO}/documents", pdf("2"), "b.pdf")
        assert refused(again, 503, "storage_away")
    settings.S3 = s3_at(moto_port)
    assert opened("ana", made).status_code == 200
    found = browser("ada").call("post", "/storage/connection-check").json()
    assert found, "the runbook's CORS question is answered there"
    assert len(recent(operator)) == 1, "what was refused left no row"
    assert refused(browser("otto").call("post", "/storage/connection-check"), 404)
