"""What is kept up on a chart: emergency contacts, the end of a diagnosis, whether the client is in care."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.clients.models import Client
from mentalspace.core.fields import e164
from mentalspace.notify import suppression
from mentalspace.notify.models import EMAIL, SMS
from mentalspace.practices.system import system_actor
from tests.cast import CLEO, HERE, NOOR, THEO, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

KIN = {"name": "Kim Client", "relationship": "Sister", "phone": "518 555 0101"}
OVER = {"status": "Discharged", "reason": "Goals met", "effective_date": "2026-03-01"}


@pytest.mark.parametrize("who", ["fay", "ada", "ana"])
def test_contacts_are_added_changed_and_removed(http, who):
    browser = http(who)
    added = browser.call("post", f"/clients/{CLEO}/contacts", KIN)
    assert added.status_code == 201, added.content
    (contact,) = added.json()["emergency_contacts"]
    path = f"/clients/{CLEO}/contacts/{contact['id']}"
    assert refused(http("otto").call("put", path, KIN), 404)
    assert refused(http("otto").call("delete", path), 404)
    assert refused(browser.call("put", f"/clients/{CLEO}/contacts/{uuid4()}", KIN), 403, "not_allowed")
    (contact,) = browser.call("put", path, KIN | {"phone": "518 555 0102"}).json()["emergency_contacts"]
    assert contact["phone"] == "518 555 0102"
    assert browser.call("delete", path).json()["emergency_contacts"] == []


def test_associate_and_supervisor_read_contacts(http):
    contact = http("fay").call("post", f"/clients/{NOOR}/contacts", KIN).json()["emergency_contacts"][0]
    for who in ("ash", "sam"):
        assert http(who).read(f"/clients/{NOOR}")["emergency_contacts"] == [contact]
        assert refused(http(who).call("post", f"/clients/{NOOR}/contacts", KIN), 403, "not_allowed")
        assert refused(http(who).call("put", f"/clients/{NOOR}/contacts/{contact['id']}", KIN), 403, "not_allowed")
        assert refused(http(who).call("delete", f"/clients/{NOOR}/contacts/{contact['id']}"), 403, "not_allowed")
    assert refused(http("ana").call("delete", f"/clients/{NOOR}/contacts/{contact['id']}"), 404)
    assert refused(http("ana").call("delete", f"/clients/{CLEO}/contacts/{contact['id']}"), 403, "not_allowed")
    assert refused(http("otto").call("post", f"/clients/{NOOR}/contacts", KIN), 404)


def test_a_diagnosis_is_resolved_and_reopened(http):
    ana = http("ana")
    body = {"code": "F41.1", "description": "Generalized anxiety", "onset_date": "2025-06-01"}
    diagnosis = ana.call("post", f"/clients/{CLEO}/diagnoses", body).json()["diagnoses"][0]
    path = f"/clients/{CLEO}/diagnoses/{diagnosis['id']}/resolution"
    over = {"resolved_date": "2026-01-15"}
    for who, status in (("otto", 404), ("ash", 404), ("fay", 403), ("ada", 403)):
        assert refused(http(who).call("put", path, over), status)
        assert refused(http(who).call("delete", path), status)
    for wrong in ("2025-05-31", "2999-01-01"):
        answer = ana.call("put", path, {"resolved_date": wrong})
        assert refused(answer, 422, "bad_input")
        assert list(answer.json()["fields"]) == ["resolved_date"]
    assert ana.call("put", path, over).json()["diagnoses"][0]["resolved_date"] == "2026-01-15"
    assert ana.call("delete", path).json()["diagnoses"][0]["resolved_date"] is None


def test_an_administrator_changes_whether_a_client_is_in_care(http):
    ada = http("ada")
    answer = ada.call("put", f"/clients/{THEO}/status", OVER)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["status"], answer.json()["version"]) == ("Discharged", 2)
    (change,) = ada.read(f"/clients/{THEO}/authority")["status_changes"]
    assert (change["status"], change["reason"], change["changed_by"]) == ("Discharged", "Goals met", "Ada Cast")
    assert refused(ada.call("put", f"/clients/{THEO}/status", OVER), 409, "status_already_so")
    back = OVER | {"status": "Active", "reason": "Came back"}
    assert ada.call("put", f"/clients/{THEO}/status", back).json()["status"] == "Active"
    kept = ada.read(f"/clients/{THEO}/authority")["status_changes"]
    assert [change["reason"] for change in kept] == ["Came back", "Goals met"]
    with acting_as(actor("ada")):
        assert AuditLog.objects.filter(event="client.status.changed", client_ids=[THEO]).count() == 2
    assert refused(http("otto").call("put", f"/clients/{THEO}/status", OVER), 404)


def test_death_is_a_day(http):
    died = OVER | {"status": "Deceased", "reason": "Told by the family", "effective_date": "2026-02-27"}
    assert http("ada").call("put", f"/clients/{THEO}/status", died).json()["deceased_date"] == "2026-02-27"
    back = died | {"status": "Active", "reason": "Somebody else of that name"}
    assert http("ada").call("put", f"/clients/{THEO}/status", back).json()["deceased_date"] is None
    assert refused(http("otto").call("put", f"/clients/{THEO}/status", died), 404)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"effective_date": "2999-01-01"}, "effective_date"),
        ({"effective_date": "1980-01-01"}, "effective_date"),
        ({"status": "Gone"}, "status"),
    ],
)
def test_a_status_that_makes_no_sense_names_the_field(http, change, field):
    answer = http("ada").call("put", f"/clients/{THEO}/status", OVER | change)
    assert refused(answer, 422)
    assert list(answer.json()["fields"]) == [field]


@pytest.mark.parametrize(("who", "status"), [("fay", 403), ("ana", 403), ("mia", 200), ("ash", 403), ("bea", 403)])
def test_nobody_else_does(http, who, status):
    assert http(who).call("put", f"/clients/{CLEO}/status", OVER).status_code == status


@pytest.mark.parametrize("who", ["fay", "ana"])
def test_nor_past_the_product(who):
    with acting_as(actor(who)), pytest.raises(DatabaseError, match="only an administrator"), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(status="Inactive")


def test_a_supervisor_assigns_care_teams_of_supervisees_clients_only(http):
    sam, mia = http("sam"), actor("mia").person
    added = sam.call("post", f"/clients/{NOOR}/care-team", {"person_id": mia, "role": "Prescriber"})
    assert added.status_code == 201, added.content
    member = next(row for row in added.json()["care_team"] if row["person_id"] == str(mia))
    assert sam.call("delete", f"/clients/{NOOR}/care-team/{member['id']}").status_code == 200
    assert refused(sam.call("post", f"/clients/{CLEO}/care-team", {"person_id": mia}), 404)
    assert refused(http("ana").call("post", f"/clients/{CLEO}/care-team", {"person_id": mia}), 403, "not_allowed")
    assert refused(http("otto").call("post", f"/clients/{NOOR}/care-team", {"person_id": mia}), 404)


def test_an_associate_changes_no_details(http):
    chart = http("ash").read(f"/clients/{NOOR}")
    form = {name: chart[name] for name in ("first_name", "last_name", "date_of_birth", "version")}
    assert refused(http("ash").call("put", f"/clients/{NOOR}", form), 403, "not_allowed")
    assert refused(http("otto").call("put", f"/clients/{NOOR}", form), 404)


def test_the_chart_says_which_of_the_addresses_gets_nothing(http):
    with acting_as(actor("ada")):
        Client.objects.filter(pk=CLEO).update(email="Cleo@Mail.example", primary_phone="(518) 555-0100")
    assert http("ana").read(f"/clients/{CLEO}")["stopped"] == {"email": None, "phone": None}
    with acting_as(system_actor(HERE)):
        suppression.suppress(EMAIL, "cleo@mail.example", "bounced")
        suppression.suppress(SMS, "+15185550100", "stopped")
    for who in ("ana", "fay", "ada"):
        assert http(who).read(f"/clients/{CLEO}")["stopped"] == {"email": "bounced", "phone": "stopped"}
    assert refused(http("otto").call("get", f"/clients/{CLEO}"), 404)
    with acting_as(system_actor(HERE)):
        suppression.resume(SMS, "+15185550100")
    assert http("ana").read(f"/clients/{CLEO}")["stopped"] == {"email": "bounced", "phone": None}


@pytest.mark.parametrize(
    "written",
    [
        *("518 555 0100", "1-518-555-0100", "+1 (518) 555-0100", "5185550100", "(518) 555-0100 x12"),
        *("518.555.0100 ext. 4", "518 555 0100 #4", "518 555 0100, 12", "+1 518 555 0100 extension 4"),
        *("+44 (0)20 7946 0958", "011 44 20 7946 0958", "tel:+44-20-7946-0958"),
    ],
)
def test_a_stopped_number_is_known_however_it_is_written(http, written):
    with acting_as(system_actor(HERE)):
        suppression.suppress(SMS, e164(written), "stopped")
    with acting_as(actor("ada")):
        Client.objects.filter(pk=CLEO).update(primary_phone=written)
    assert http("ana").read(f"/clients/{CLEO}")["stopped"]["phone"] == "stopped"
    with acting_as(actor("ada")):
        Client.objects.filter(pk=CLEO).update(primary_phone="+44 518 555 0199")
    assert http("ana").read(f"/clients/{CLEO}")["stopped"]["phone"] is None
