"""Answers that a reviewer takes over into the client's own record, each beside what the chart says."""

from typing import Any, get_args

import pytest
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.clients.models import Client, EmergencyContact
from mentalspace.clients.schemas import ClientIn, ContactIn
from mentalspace.core import clock
from mentalspace.forms.details.fields import CLIENT, CONTACT, ChartField, Detail
from mentalspace.forms.models import FormResponse
from mentalspace.forms.spec import FormDefinition, problems
from mentalspace.forms.tests.filling import give, given, published, send
from tests.cast import CLEO, NOOR, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

ASKS = ("preferred_name", "primary_phone", "email", "contact_name", "contact_relationship", "contact_phone")
FIELDS: list[dict[str, Any]] = [{"key": each, "kind": "text", "label": each, "fills": each} for each in ASKS]
GENDERS = [{"key": "w", "label": "Woman"}, {"key": "m", "label": "Man"}]
FIELDS += [{"key": "g", "kind": "choice", "label": "Gender?", "options": GENDERS, "fills": "gender"}]
ASKING = {"fields": FIELDS}
ANSWERS = {"preferred_name": "Cee", "primary_phone": "518 555 0133", "g": "w"}


def events(name):
    with acting_as(actor("ada")), transaction.atomic():
        return list(AuditLog.objects.filter(event=name))


def sent(http, answers=ANSWERS, **more):
    form = given(http, definition=ASKING, **more)
    answer = send(http, form, answers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def accept(http, form, taken, who="ana", outcome="accepted", note=""):
    body = {"round": 1, "outcome": outcome, "note": note, "taken": taken}
    return http(who).call("post", f"/forms/{form['id']}/review", body)


def chart(pk=CLEO):
    with acting_as(actor("ada")), transaction.atomic():
        return Client.objects.get(pk=pk)


def contacts():
    with acting_as(actor("ada")), transaction.atomic():
        rows = EmergencyContact.objects.filter(client_id=CLEO).order_by("name")
        return [(row.name, row.relationship, row.phone) for row in rows]


def set_chart(**values):
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.for_change(CLEO).write(**values)


def offered(form):
    return {each["what"]: (each["now"], each["becomes"], each["wrong"]) for each in form["details"]["offers"]}


def test_every_detail_is_a_field_of_the_clients_room():
    assert set(get_args(ChartField)) == CLIENT.keys() | CONTACT.keys()
    assert set(get_args(Detail)) == CLIENT.keys() | {"contact"}
    assert CLIENT.keys() <= ClientIn.model_fields.keys()
    assert set(CONTACT.values()) == ContactIn.model_fields.keys()


def test_the_chart_is_shown_beside_the_answer_and_only_what_is_ticked_is_written(http):
    set_chart(primary_phone="518 555 0100")
    form = sent(http)
    assert form["details"]["may_take"]
    assert offered(form) == {
        "preferred_name": ("", "Cee", ""),
        "primary_phone": ("518 555 0100", "518 555 0133", ""),
        "gender": ("", "Woman", ""),
    }
    before = chart().version
    done = accept(http, form, {"primary_phone": "518 555 0100", "gender": ""}).json()
    now = chart()
    assert (now.primary_phone, now.gender, now.preferred_name) == ("518 555 0133", "Woman", "")
    assert now.version == before + 1
    taken = [(each["label"], each["before"], each["after"]) for each in done["rounds"][0]["taken"]]
    assert taken == [("Gender", "", "Woman"), ("Telephone", "518 555 0100", "518 555 0133")]
    assert done["details"] is None
    (said,) = events("form.taken_over")
    assert (said.action_details["details"], said.client_ids) == (["gender", "primary_phone"], [CLEO])
    assert events("client.changed")


def test_nothing_is_written_unless_it_is_ticked(http):
    before = chart().version
    assert accept(http, sent(http), {}).status_code == 200
    assert (chart().version, events("form.taken_over")) == (before, [])


def test_what_the_chart_says_already_is_not_offered(http):
    set_chart(primary_phone="(518) 555-0133", preferred_name="Cee", gender="Woman")
    assert offered(sent(http)) == {}


def test_never_over_a_newer_change(http):
    form = sent(http)
    set_chart(primary_phone="518 555 0177")
    answer = accept(http, form, {"primary_phone": "", "preferred_name": ""})
    assert refused(answer, 409, "chart_changed_elsewhere")
    assert list(answer.json()["fields"]) == ["primary_phone"]
    shown = http("ana").read(f"/forms/{form['id']}")
    assert (shown["status"], chart().preferred_name) == ("submitted", "")
    assert offered(shown)["primary_phone"] == ("518 555 0177", "518 555 0133", "")
    assert accept(http, form, {"primary_phone": "518 555 0177"}).status_code == 200
    assert chart().primary_phone == "518 555 0133"


def test_a_chart_that_was_changed_since_is_said(http):
    form = sent(http)
    assert form["details"]["changed_at"] is None
    set_chart(updated_at=clock.now())
    assert http("ana").read(f"/forms/{form['id']}")["details"]["changed_at"]


def test_a_bad_value_is_said_beside_it_and_the_rest_stands(http):
    form = sent(http, {"preferred_name": "Cee", "primary_phone": "after six", "email": "cee at home"})
    wrong = {what: said[2] for what, said in offered(form).items()}
    assert wrong == {
        "preferred_name": "",
        "primary_phone": "This is no telephone number.",
        "email": "This is not an e-mail address.",
    }
    answer = accept(http, form, {"preferred_name": "", "primary_phone": ""})
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == ["primary_phone"]
    assert chart().preferred_name == ""
    assert accept(http, form, {"preferred_name": ""}).status_code == 200
    assert chart().preferred_name == "Cee"


def test_what_is_too_long_for_the_chart(http):
    form = sent(http, {"preferred_name": "x" * 101})
    assert "longer" in offered(form)["preferred_name"][2]


def test_an_emergency_contact_is_added_beside_the_others_and_then_changed(http):
    answers = {"contact_name": "Mona Marsh", "contact_relationship": "Mother", "contact_phone": "518 555 0144"}
    form = sent(http, answers)
    others = contacts()
    assert offered(form) == {"contact": ("", "Mona Marsh, Mother, 518 555 0144", "")}
    assert accept(http, form, {"contact": ""}).status_code == 200
    assert ("Mona Marsh", "Mother", "518 555 0144") in contacts()
    assert len(contacts()) == len(others) + 1
    again = sent(http, {"contact_name": "mona marsh", "contact_phone": "518 555 0155"}, title="Again")
    now = "Mona Marsh, Mother, 518 555 0144"
    assert offered(again) == {"contact": (now, "mona marsh, Mother, 518 555 0155", "")}
    assert accept(http, again, {"contact": now}).status_code == 200
    assert len(contacts()) == len(others) + 1


def test_a_contact_needs_a_name_and_a_number(http):
    form = sent(http, {"contact_name": "Mona Marsh"})
    assert "needs a name" in offered(form)["contact"][2]
    assert refused(accept(http, form, {"contact": ""}), 422, "bad_input")


def test_who_may_review_and_not_change_details_takes_nothing_over(http):
    template = published(http, definition=ASKING)
    form = give(http, template, "ash", NOOR).json()
    shown = send(http, form, ANSWERS, who="ash").json()
    assert shown["may_write"]
    assert not shown["details"]["may_take"]
    assert refused(accept(http, form, {"preferred_name": ""}, who="ash"), 403)
    assert chart(NOOR).preferred_name == ""
    assert accept(http, form, {}, who="ash").status_code == 200


def test_the_front_desk_takes_over_what_it_reviews(http):
    form = sent(http)
    assert refused(accept(http, form, {"preferred_name": ""}, who="otto"), 404)
    assert accept(http, form, {"preferred_name": ""}, who="fay").status_code == 200
    assert chart().preferred_name == "Cee"


def test_only_what_is_accepted_and_answered(http):
    form = sent(http)
    assert refused(accept(http, form, {"preferred_name": ""}, outcome="rejected", note="No."), 422, "bad_input")
    assert refused(accept(http, form, {"city": ""}), 422, "bad_input")
    assert refused(accept(http, form, {"first_name": "Cleo"}), 422)
    assert chart().preferred_name == ""


def test_a_second_accept_writes_nothing(http):
    form = sent(http)
    assert accept(http, form, {"preferred_name": ""}).status_code == 200
    assert refused(accept(http, form, {"gender": ""}), 409, "not_to_review")
    with acting_as(actor("ana")):
        assert [each["what"] for each in FormResponse.objects.get(assignment_id=form["id"]).taken] == ["preferred_name"]
    assert chart().gender == ""


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ([{"key": "a", "kind": "date", "label": "x", "fills": "gender"}], "short text"),
        ([{"key": k, "kind": "text", "label": "x", "fills": "city"} for k in "ab"], "already"),
        ([{"key": "a", "kind": "text", "label": "x", "fills": "contact_phone"}], "for the name"),
    ],
)
def test_what_cannot_fill_a_detail(fields, sentence):
    found = problems(FormDefinition.model_validate({"fields": fields}))
    assert sentence in str(found)
