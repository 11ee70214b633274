"""The practice's own papers: read by all staff, kept by administrators, found by what is said of them."""

from uuid import UUID

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.documents.models import LibraryDocument
from mentalspace.storage.tests.conftest import clamd
from mentalspace.storage.tests.files import pdf, upload
from tests.cast import actor
from tests.http import refused

pytestmark = pytest.mark.django_db
STAFF = ("ada", "sam", "ana", "ash", "bea", "fay", "mia")


@pytest.fixture
def policy(http):
    """A policy that Ada put there."""
    answer = upload(http("ada"), "/library", pdf(), "Privacy policy.pdf", category="policies", description="Of 2026")
    assert answer.status_code == 201, answer.content
    return answer.json()


def one(document):
    return f"/library/{document['id']}"


def link(browser, document):
    return browser.call("post", f"{one(document)}/link", {"show": True}).json()["url"]


@pytest.mark.parametrize("who", STAFF)
def test_all_staff_read_it_and_nobody_next_door(http, policy, who):
    browser = http(who)
    listed = browser.read("/library")
    assert [(item["title"], item["category"], item["uploaded_by"]) for item in listed["items"]] == [
        ("Privacy policy", "policies", "Ada Cast")
    ]
    answer = browser.get(link(browser, policy))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert browser.read(one(policy))["versions"][0]["id"] == policy["id"]
    assert http("otto").read("/library")["items"] == []
    for method, path in (("get", ""), ("get", "/content"), ("put", "/archive"), ("delete", "/archive")):
        assert http("otto").call(method, one(policy) + path).status_code == 404


@pytest.mark.parametrize("who", ["sam", "ana", "ash", "bea", "fay"])
def test_only_administrators_keep_it(http, policy, who):
    browser = http(who)
    assert refused(upload(browser, "/library", pdf("2"), "x.pdf"), 403, "not_allowed")
    assert refused(upload(browser, f"{one(policy)}/versions", pdf("2"), "x.pdf"), 403, "not_allowed")
    change = {"title": "Mine", "category": "policies", "version": 1}
    assert refused(browser.call("put", one(policy), change), 403, "not_allowed")
    assert refused(browser.call("put", f"{one(policy)}/archive"), 403, "not_allowed")
    assert refused(http("otto").call("put", one(policy), change), 404)


def test_described_filed_found_and_archived(http, policy):
    ada, path = http("ada"), one(policy)
    body = {
        "title": "Privacy",
        "description": "Notice of practices",
        "category": "consents",
        "tags": ["HIPAA", "hipaa"],
    }
    changed = ada.call("put", path, body | {"version": 1}).json()
    assert (changed["title"], changed["tags"], changed["version"]) == ("Privacy", ["HIPAA"], 2)
    assert refused(ada.call("put", path, body | {"version": 1}), 409, "document_changed_elsewhere")
    many = body | {"version": 2, "tags": [str(number) for number in range(11)]}
    assert refused(ada.call("put", path, many), 422, "bad_input")
    assert refused(ada.call("put", path, body | {"version": 2, "category": "other"}), 422, "malformed")
    for q, count in (("privacy", 1), ("notice hipaa", 1), ("nowhere", 0)):
        assert len(ada.read(f"/library?q={q}")["items"]) == count
    assert ada.read("/library?category=policies")["items"] == []
    assert ada.call("put", f"{path}/archive").json()["status"] == "archived"
    assert ada.read("/library")["items"] == []
    assert len(http("ana").read("/library?archived=true")["items"]) == 1
    assert refused(upload(ada, f"{path}/versions", pdf("2"), "x.pdf"), 409, "document_not_active")
    assert ada.call("delete", f"{path}/archive").json()["status"] == "active"
    assert refused(http("otto").call("put", path, body | {"version": 2}), 404)


def test_a_new_version_takes_the_place_of_the_one_before(http, policy):
    ada = http("ada")
    second = upload(ada, f"{one(policy)}/versions", pdf("2"), "later.pdf").json()
    assert (second["version_number"], second["title"], second["description"]) == (2, "Privacy policy", "Of 2026")
    assert [each["id"] for each in ada.read("/library")["items"]] == [second["id"]]
    assert [each["version_number"] for each in http("ana").read(one(second))["versions"]] == [2, 1]
    assert refused(upload(ada, f"{one(policy)}/versions", pdf("3"), "x.pdf"), 409, "not_the_latest_version")
    assert refused(upload(http("otto"), f"{one(second)}/versions", pdf("4"), "x.pdf"), 404)


def test_what_could_act_is_refused_and_what_the_scanner_objects_to_is_kept_apart(http, settings):
    ada = http("ada")
    assert refused(upload(ada, "/library", b"MZ", "x.pdf"), 422, "file_refused")
    assert refused(ada.post("/api/library", {"title": "x"}), 422, "bad_input")
    with clamd() as settings.CLAMD:
        evil = upload(ada, "/library", b"EVIL", "x.txt").json()
    assert evil["state"] == "quarantined"
    assert refused(ada.get(link(ada, evil)), 409, "file_in_quarantine")
    assert refused(ada.call("put", f"{one(evil)}/archive"), 403, "not_allowed")
    with acting_as(actor("ada")):
        assert LibraryDocument.objects.filter(pk=UUID(evil["id"])).update(status="active") == 0
    assert refused(http("otto").call("get", one(evil)), 404)


def test_malware_does_not_take_the_place_of_a_good_paper(http, policy, settings):
    ada = http("ada")
    with clamd() as settings.CLAMD:
        evil = upload(ada, f"{one(policy)}/versions", b"EVIL", "x.txt").json()
    assert (evil["title"], evil["state"], evil["version_number"]) == ("Privacy policy", "quarantined", 1)
    assert [each["id"] for each in evil["versions"]] == [evil["id"]]
    with clamd() as settings.CLAMD:
        better = upload(ada, f"{one(policy)}/versions", b"better", "x.txt").json()
    assert (better["version_number"], [each["id"] for each in better["versions"]]) == (2, [better["id"], policy["id"]])
    assert {each["id"] for each in http("ana").read("/library")["items"]} == {better["id"], evil["id"]}
    assert refused(upload(http("otto"), f"{one(policy)}/versions", b"EVIL", "x.txt"), 404)


def test_a_link_is_of_one_session(http, policy):
    assert refused(http("ada").get(link(http("ana"), policy)), 403, "link_is_over")
    assert refused(http("otto").get(link(http("ana"), policy)), 404)
