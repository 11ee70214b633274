"""Clients over HTTP, as named people. Success and refusal share their set-up."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.clients.models import Client
from mentalspace.core import clock
from tests.cast import CLEO, HERE, ID, NOOR, OLEG, THEO, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

NEW = {"first_name": "Ines", "last_name": "Novak", "date_of_birth": "1988-04-01", "preferred_name": "Ina"}


def names(answer):
    return [item["name"] for item in answer["items"]]


def test_each_sees_their_own_clients(http):
    assert names(http("ana").read("/clients")) == ["Cleo Client"]
    assert names(http("ash").read("/clients")) == ["Noor Client"]
    assert names(http("sam").read("/clients")) == ["Noor Client"]
    assert names(http("fay").read("/clients")) == ["Cleo Client", "Noor Client", "Theo Client"]
    assert refused(http("bea").call("get", "/clients"), 404)
    assert names(http("otto").read("/clients")) == ["Oleg Client"]


@pytest.mark.parametrize(
    ("who", "client", "status"),
    [
        ("ana", CLEO, 200),
        ("ana", NOOR, 404),
        ("ana", OLEG, 404),
        ("sam", NOOR, 200),
        ("sam", CLEO, 404),
        ("ada", THEO, 200),
        ("bea", CLEO, 404),
        ("otto", CLEO, 404),
        ("otto", OLEG, 200),
    ],
)
def test_a_chart_opens_for_whoever_may_see_it(http, who, client, status):
    assert http(who).call("get", f"/clients/{client}").status_code == status


def test_hidden_and_absent_are_the_same_answer(http):
    otto = http("otto")
    hidden, absent = (otto.call("get", f"/clients/{pk}") for pk in (CLEO, uuid4()))
    assert hidden.content == absent.content
    assert dict(hidden.items()) == dict(absent.items())


def test_clients_of_the_portal_are_not_staff(http):
    assert refused(http("cleo").call("get", "/clients"), 403, "staff_only")
    assert refused(http(None).call("get", "/clients"), 401, "not_signed_in")


def test_search_finds_by_parts_of_names_number_and_birth(http):
    fay = http("fay")
    fay.call("post", "/clients", NEW)
    for words in ("ina", "nov ine", "ms000004", "1988-04-01 novak"):
        assert names(fay.read(f"/clients/search?q={words}")) == ["Ina Novak"], words
    assert fay.read("/clients/search?q=  ")["items"] == []
    assert http("otto").read("/clients/search?q=novak")["items"] == []


def test_search_finds_names_with_and_without_their_accents(http):
    fay = http("fay")
    fay.call("post", "/clients", NEW | {"first_name": "Zoë", "preferred_name": "", "last_name": "Núñez"})
    for words in ("zoe nunez", "zoë", "NÚÑEZ", "Zoe\u0308"):
        assert names(fay.read(f"/clients/search?q={words}")) == ["Zoë Núñez"], words
    assert http("otto").read("/clients/search?q=zoe")["items"] == []


def test_a_search_that_shows_nobody_leaves_no_trace(http):
    http("fay").read("/clients/search?q=nobody-of-this-name")
    with acting_as(actor("ada")):
        assert not AuditLog.objects.filter(event="client_list.read").exists()


def test_reading_is_written_down_with_every_client_shown(http):
    http("ana").read(f"/clients/{CLEO}")
    http("fay").read("/clients")
    with acting_as(actor("ada")):
        chart, listing = AuditLog.objects.filter(action_type=PHI_ACCESS).order_by("created_at")
    assert (chart.user_id, chart.resource_id, chart.client_ids) == (ID["ana"], CLEO, [CLEO])
    assert chart.action_description == "Ana Cast opened a chart"
    assert set(listing.client_ids) == {CLEO, NOOR, THEO}


def test_a_read_that_cannot_be_written_down_fails(http, monkeypatch):
    monkeypatch.setattr("mentalspace.audit.trail.PHI_ACCESS", "x" * 41)
    answer = http("ana").call("get", f"/clients/{CLEO}")
    assert answer.status_code == 500
    assert b"Cleo" not in answer.content


def test_front_desk_registers_a_client(http):
    answer = http("fay").call("post", "/clients", NEW | {"primary_therapist_id": ID["ana"]})
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert made["medical_record_number"] == "MS000004"
    assert [member["name"] for member in made["care_team"]] == ["Ana Cast"]
    assert http("ana").read(f"/clients/{made['id']}")["name"] == "Ina Novak"
    assert refused(http("otto").call("get", f"/clients/{made['id']}"), 404)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"date_of_birth": "2190-01-01"}, "date_of_birth"),
        ({"date_of_birth": "soon"}, "date_of_birth"),
        ({"first_name": "  "}, "first_name"),
        ({"email": "not an address"}, "email"),
        ({"primary_therapist_id": str(ID["otto"])}, "person_id"),
    ],
)
def test_bad_input_names_the_field_and_writes_nothing(http, change, field):
    fay = http("fay")
    answer = fay.call("post", "/clients", NEW | change)
    assert refused(answer, 422)
    assert field in answer.json()["fields"]
    assert len(fay.read("/clients")["items"]) == 3


def test_clinicians_do_not_register_clients(http):
    assert refused(http("ana").call("post", "/clients", NEW), 403, "not_allowed")
    assert refused(http("otto").call("post", "/clients", NEW), 403, "not_allowed")


def change_of(chart, **changes):
    form = {name: chart[name] for name in ("first_name", "last_name", "date_of_birth", "primary_therapist_id")}
    return form | {"version": chart["version"]} | changes


def test_the_second_tab_does_not_overwrite_the_first(http):
    fay = http("fay")
    opened = fay.read(f"/clients/{CLEO}")
    assert fay.call("put", f"/clients/{CLEO}", change_of(opened, city="Salem")).json()["city"] == "Salem"
    late = fay.call("put", f"/clients/{CLEO}", change_of(opened, city="Boston"))
    assert refused(late, 409, "client_changed_elsewhere")
    assert fay.read(f"/clients/{CLEO}")["city"] == "Salem"
    assert refused(http("otto").call("put", f"/clients/{CLEO}", change_of(opened)), 404)


def test_a_clinician_changes_details_but_not_who_treats(http):
    ana = http("ana")
    opened = ana.read(f"/clients/{CLEO}")
    other = ana.call("put", f"/clients/{CLEO}", change_of(opened, city="Salem", primary_therapist_id=str(ID["ash"])))
    assert refused(other, 403, "not_allowed")
    assert ana.call("put", f"/clients/{CLEO}", change_of(opened, city="Salem")).json()["city"] == "Salem"


def test_access_follows_the_care_team_at_once(http):
    ada, ash = http("ada"), http("ash")
    assert refused(ash.call("get", f"/clients/{CLEO}"), 404)
    team = ada.call("post", f"/clients/{CLEO}/care-team", {"person_id": ID["ash"], "role": "Therapist"}).json()
    assert ash.read(f"/clients/{CLEO}")["name"] == "Cleo Client"
    assert http("sam").read(f"/clients/{CLEO}")["name"] == "Cleo Client"  # she supervises Ash
    again = ada.call("post", f"/clients/{CLEO}/care-team", {"person_id": ID["ash"]})
    assert refused(again, 409, "already_in_care_team")
    member = next(member for member in team["care_team"] if member["person_id"] == str(ID["ash"]))
    assert ada.call("delete", f"/clients/{CLEO}/care-team/{member['id']}").status_code == 200
    assert refused(ash.call("get", f"/clients/{CLEO}"), 404)
    assert refused(http("sam").call("get", f"/clients/{CLEO}"), 404)
    assert refused(http("otto").call("post", f"/clients/{CLEO}/care-team", {"person_id": ID["otto"]}), 404)


def test_an_alert_shows_until_it_is_ended(http):
    ana = http("ana")
    raised = ana.call("post", f"/clients/{CLEO}/alerts", {"kind": "risk", "text": "Safety plan on file"}).json()
    assert [alert["text"] for alert in raised["alerts"]] == ["Safety plan on file"]
    alert = raised["alerts"][0]["id"]
    assert refused(http("otto").call("delete", f"/clients/{CLEO}/alerts/{alert}"), 404)
    assert ana.call("delete", f"/clients/{CLEO}/alerts/{alert}").json()["alerts"] == []


def test_diagnoses_keep_their_order(http):
    ana = http("ana")
    for code, text in (("f41.1", "Generalized anxiety"), ("F32.1", "Depressive episode")):
        answer = ana.call("post", f"/clients/{CLEO}/diagnoses", {"code": code, "description": text})
        assert answer.status_code == 201
    assert [row["code"] for row in answer.json()["diagnoses"]] == ["F41.1", "F32.1"]
    body = {"code": "F41.1", "description": "x"}
    assert refused(http("fay").call("post", f"/clients/{CLEO}/diagnoses", body), 403)
    assert refused(http("otto").call("post", f"/clients/{CLEO}/diagnoses", body), 404)


def test_favorites_and_recent_charts_are_ones_own(http):
    ana, mia = http("ana"), http("mia")
    ana.read(f"/clients/{CLEO}")
    assert ana.call("put", f"/clients/{CLEO}/favorite").status_code == 204
    assert ana.call("put", f"/clients/{CLEO}/favorite").status_code == 204
    assert names(ana.read("/clients?favorites=true")) == names(ana.read("/clients/recent")) == ["Cleo Client"]
    assert mia.read("/clients?favorites=true")["items"] == mia.read("/clients/recent")["items"] == []
    assert ana.call("delete", f"/clients/{CLEO}/favorite").status_code == 204
    assert ana.read("/clients?favorites=true")["items"] == []
    assert refused(http("otto").call("put", f"/clients/{CLEO}/favorite"), 404)


def test_pages_follow_each_other_without_gap_or_repeat(http, monkeypatch):
    monkeypatch.setattr("mentalspace.clients.queries.PAGE_SIZE", 2)
    fay = http("fay")
    first = fay.read("/clients")
    second = fay.read(f"/clients?cursor={first['next']}")
    assert names(first) + names(second) == ["Cleo Client", "Noor Client", "Theo Client"]
    assert second["next"] is None
    assert refused(fay.call("get", "/clients?cursor=nonsense"), 422, "bad_input")


@pytest.mark.parametrize(("path", "budget"), [("/clients", 5), ("/clients/search?q=cleo", 5), (f"/clients/{CLEO}", 8)])
def test_statement_budget(http, django_assert_max_num_queries, path, budget):
    ana = http("ana")
    ana.read(path)
    with django_assert_max_num_queries(budget) as asked:
        ana.read(path)
    assert len(asked) <= budget, connection.queries


@pytest.mark.parametrize(
    ("field", "value"),
    [("preferred_name", "x" * 101), ("middle_name", "x" * 101), ("street1", "\0"), ("first_name", "\ud800")],
)
def test_what_no_column_holds_names_the_field(http, field, value):
    answer = http("fay").call("post", "/clients", NEW | {field: value})
    assert refused(answer, 422, "malformed")
    assert list(answer.json()["fields"]) == [field]


@pytest.mark.parametrize("version", [10**12, -5])
def test_a_version_that_no_client_has_is_malformed(http, version):
    answer = http("fay").call("put", f"/clients/{CLEO}", NEW | {"version": version})
    assert refused(answer, 422, "malformed")


def test_nobody_is_born_after_their_death(http):
    fay = http("fay")
    client = fay.call("post", "/clients", NEW).json()
    with acting_as(actor("fay")):
        Client.objects.filter(pk=client["id"]).update(deceased_date="1990-01-01")
    answer = fay.call("put", f"/clients/{client['id']}", NEW | {"version": 1, "date_of_birth": "1990-01-02"})
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == ["date_of_birth"]


def test_births_go_by_the_day_on_the_practices_wall(http):
    with clock.frozen(datetime(2026, 3, 3, 2, tzinfo=UTC)):  # still the second in New York
        answer = http("fay").call("post", "/clients", NEW | {"date_of_birth": "2026-03-03"})
        assert refused(answer, 422, "bad_input")
        assert http("fay").call("post", "/clients", NEW | {"date_of_birth": "2026-03-02"}).status_code == 201


def test_record_numbers_go_on_after_the_last_of_six_digits(http):
    with acting_as(actor("fay")):
        for given in ("MS999999", "MS1000000"):
            Client.objects.create(practice_id=HERE, medical_record_number=given, **NEW)
    fay = http("fay")
    assert fay.call("post", "/clients", NEW).json()["medical_record_number"] == "MS1000001"


def test_mine_are_those_i_treat_now(http):
    fay = http("fay")
    client = fay.call("post", "/clients", NEW).json()
    team = fay.call("post", f"/clients/{client['id']}/care-team", {"person_id": ID["fay"]}).json()["care_team"]
    assert names(fay.read("/clients?mine=true")) == ["Ina Novak"]
    fay.call("delete", f"/clients/{client['id']}/care-team/{team[0]['id']}")
    assert names(fay.read("/clients?mine=true")) == []


def test_a_number_is_no_date(http):
    fay = http("fay")
    client = fay.call("post", "/clients", NEW | {"email": "ina19880401@example.org"}).json()
    fay.call("post", "/clients", NEW | {"first_name": "Uma", "preferred_name": ""})
    found = fay.read("/clients/search?q=19880401")["items"]
    assert [item["id"] for item in found] == [client["id"]]
