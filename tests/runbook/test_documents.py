"""Operations runbook, "Documents Not Loading": its statements run, and show what they are asked for."""

from django.db import transaction

from mentalspace.storage.tests.files import pdf, upload
from tests.cast import CLEO, ID
from tests.http import Http
from tests.sessions import session_of

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
    assert {bucket for (bucket,) in others} == {"client-documents", "document-library"}


TREATING = ("administrator", "front_desk", "supervisor", "clinician", "associate", "system", "keeper")
"""The last counts what is stored, by a function that shows sums only."""


def test_the_six_buckets_are_there(operator):
    found = operator.execute("SELECT id FROM storage.buckets ORDER BY id").fetchall()
    assert [name for (name,) in found] == BUCKETS


def test_check_recent_document_access(operator, settings, tmp_path):
    settings.OBJECTS = tmp_path
    assert operator.execute(RECENT).fetchall() == []
    browser = Http(raise_request_exception=False)
    with transaction.atomic():
        browser.cookies["session"] = session_of("ana")
    made = upload(browser, f"/clients/{CLEO}/documents", pdf(), "a.pdf").json()
    ((pk, path, by, at, status),) = operator.execute(RECENT).fetchall()
    assert (str(pk), by, status) == (made["id"], ID["ana"], "active")
    assert path.startswith(f"{CLEO}/")
    assert at.isoformat()[:19] == made["uploaded_date"][:19]
    place = operator.execute("SELECT bucket_id, state FROM storage.objects WHERE name = %s", [path]).fetchall()
    assert place == [("client-documents", "kept")]
