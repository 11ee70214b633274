"""Acting in some of one's roles: the database narrows with the choice, and nothing ever widens it."""

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.access.audiences import HATS, combined_roles
from mentalspace.audit.models import AuditLog
from mentalspace.people.hats import hats_of, worn
from mentalspace.people.models import UserRole
from tests.cast import CLEO, HERE, ID, NOOR, actor
from tests.http import refused

pytestmark = pytest.mark.django_db


def choose(browser, *hats):
    return browser.call("put", "/session/hat", {"hats": list(hats)})


def names(browser):
    return [item["name"] for item in browser.read("/clients")["items"]]


def test_the_database_narrows_with_the_choice(http):
    mia = http("mia")
    assert names(mia) == ["Cleo Client", "Noor Client", "Theo Client"]
    chosen = choose(mia, "clinician").json()
    assert (chosen["roles"], chosen["acting_in"]) == (["administrator", "clinician"], ["clinician"])
    assert "change_status" not in chosen["can"]
    assert "write_notes" in chosen["can"]
    assert names(mia) == []  # she treats nobody
    assert mia.read("/me") == chosen
    assert refused(mia.call("get", f"/clients/{CLEO}"), 404)
    assert refused(mia.call("get", "/users"), 404)
    assert choose(mia).json()["acting_in"] == ["administrator", "clinician"]
    assert names(mia) == ["Cleo Client", "Noor Client", "Theo Client"]
    assert names(http("otto")) == ["Oleg Client"]


def test_the_choice_is_the_sessions_own(http):
    here, elsewhere = http("mia"), http("mia")
    choose(here, "clinician")
    assert here.read("/me")["acting_in"] == ["clinician"]
    assert elsewhere.read("/me")["acting_in"] == ["administrator", "clinician"]


@pytest.mark.parametrize("hats", [["administrator"], ["clinician", "administrator"], ["client"], ["front_desk"]])
def test_nobody_puts_on_a_hat_they_do_not_hold(http, hats):
    ana = http("ana")
    assert refused(choose(ana, *hats), 422, "bad_input")
    assert names(ana) == ["Cleo Client"]
    assert refused(choose(http("otto"), *hats), 422, "bad_input")


def test_what_is_no_role_is_malformed(http):
    assert refused(choose(http("mia"), "ms_identity"), 422, "malformed")
    assert refused(choose(http("otto"), "system"), 422, "malformed")


def test_clients_and_strangers_choose_nothing(http):
    assert refused(choose(http("cleo"), "administrator"), 403, "staff_only")
    assert refused(choose(http(None), "administrator"), 401, "not_signed_in")


def test_a_role_taken_away_is_gone_whatever_was_chosen(http):
    mia = http("mia")
    choose(mia, "administrator")
    with acting_as(actor("ada")):
        UserRole.objects.filter(person_id=ID["mia"], role="administrator").delete()
    assert mia.read("/me")["acting_in"] == ["clinician"]
    assert refused(mia.call("get", f"/clients/{NOOR}"), 404)
    assert refused(http("otto").call("get", f"/clients/{NOOR}"), 404)


def test_choosing_is_written_down(http):
    choose(http("mia"), "clinician")
    with acting_as(actor("ada")):
        event = AuditLog.objects.get(event="session.roles_chosen")
    assert (event.practice_id, event.user_id) == (HERE, ID["mia"])
    assert event.action_details == {"acting_as": ["clinician"]}


@pytest.mark.parametrize("audience", [*HATS, *combined_roles(), "ms_client"])
def test_no_choice_ever_widens(audience):
    held = set(hats_of(audience))
    for chosen in ([], ["administrator"], ["supervisor", "billing"], ["client"], ["front_desk", "clinician", "x"]):
        assert set(hats_of(worn(audience, chosen))) <= held
        assert hats_of(worn(audience, list(held))) == hats_of(audience)
