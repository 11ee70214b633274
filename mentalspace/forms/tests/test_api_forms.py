"""Forms that clients are given: filled with autosave, sent, reviewed, and kept as they were answered."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.core import clock
from mentalspace.forms.models import FormAssignment, FormResponse
from mentalspace.forms.tests.filling import ANSWERS, draft, give, given, published, review, save, send
from tests.cast import CLEO, ID, NOOR, OLEG, THEO, actor
from tests.http import refused

pytestmark = pytest.mark.django_db


def one(form, more=""):
    return f"/forms/{form['id']}{more}"


def newest(form):
    return form["rounds"][0]


@pytest.mark.parametrize(
    ("who", "client", "category", "status"),
    [
        ("ana", CLEO, "assessment", 201),
        ("ash", NOOR, "consent", 201),
        ("ada", THEO, "assessment", 201),
        ("fay", THEO, "intake", 201),
        ("fay", THEO, "feedback", 201),
        ("fay", THEO, "consent", 403),
        ("fay", THEO, "assessment", 403),
        ("sam", NOOR, "intake", 403),
        ("ana", THEO, "intake", 404),
        ("ana", NOOR, "intake", 404),
        ("bea", CLEO, "intake", 403),
        ("otto", CLEO, "intake", 404),
        ("otto", OLEG, "intake", 404),  # his client, and not his form
    ],
)
def test_who_gives_which_form_to_whom(http, who, client, category, status):
    template = published(http, category=category)
    assert give(http, template, who, client).status_code == status


def test_what_cannot_be_given(http):
    past = str(clock.now().date() - timedelta(days=2))
    assert refused(give(http, draft(http)), 409, "form_not_published")
    assert refused(give(http, published(http, title="Other"), due_date=past), 422, "bad_input")


def test_filled_sent_accepted_and_read(http):
    form = given(http)
    assert (form["status"], form["done"], form["total"], form["may_write"]) == ("open", 0, 3, True)
    saved = save(http, form, {"name": "Cleo"}).json()
    assert (newest(saved)["version"], newest(saved)["typed_by"], saved["done"]) == (2, "Ana Cast", 1)
    sent = send(http, form, ANSWERS | {"which": "hidden"}, 2).json()
    assert (sent["status"], newest(sent)["answers"]) == ("submitted", ANSWERS)
    assert newest(sent)["scores"] == [{"key": "rest", "label": "Rest", "total": 2.0, "missing": 0, "band": "tired"}]
    waiting = http("ana").read("/forms")["items"]
    assert [(row["title"], row["client_name"]) for row in waiting] == [("Welcome", "Cleo Client")]
    done = review(http, form, "accepted").json()
    assert (done["status"], newest(done)["reviewed_by"]) == ("accepted", "Ana Cast")
    assert http("ana").read("/forms")["items"] == []
    assert [row["status"] for row in http("ana").read(f"/clients/{CLEO}/forms")["items"]] == ["accepted"]
    for path in (one(form), f"/clients/{CLEO}/forms"):
        assert refused(http("otto").call("get", path), 404)
    assert http("otto").read("/forms")["items"] == []


def test_what_was_sent_stays_whoever_asks(http):
    form = given(http)
    send(http, form, ANSWERS)
    with acting_as(actor("ana")):
        row = FormResponse.objects.get(assignment_id=form["id"])
        changes: list[dict[str, Any]] = [{"answers": {}}, {"submitted_at": None}, {"scores": []}, {"round": 2}]
        for values in changes:
            with pytest.raises(DatabaseError), transaction.atomic():
                row.write(**values)
            row.refresh_from_db()
    review(http, form, "accepted")
    with acting_as(actor("ana")), pytest.raises(DatabaseError), transaction.atomic():
        FormResponse.objects.get(assignment_id=form["id"]).write(review_note="Later")


def test_types_are_refused_at_once_and_missing_answers_only_when_sending(http):
    form = given(http)
    answer = save(http, form, {"name": 7, "nowhere": "x"})
    assert refused(answer, 422, "bad_input")
    assert answer.json()["fields"].keys() == {"name", "nowhere"}
    answer = send(http, form, {"name": "Cleo", "takes": True})
    assert refused(answer, 409, "form_not_ready")
    assert answer.json()["fields"].keys() == {"which", "sign"}
    assert http("ana").read(one(form))["status"] == "open"


def test_two_tabs_lose_nothing(http):
    form = given(http)
    assert save(http, form, {"name": "Cleo"}).status_code == 200
    answer = save(http, form, {"takes": True})
    assert refused(answer, 409, "form_changed_elsewhere")
    assert answer.json()["data"] == {"version": 2, "answers": {"name": "Cleo"}}
    assert save(http, form, {"name": "Cleo"}).status_code == 200  # the same once more, as after a lost answer
    assert newest(save(http, form, {"name": "Cleo", "takes": True}, 2).json())["version"] == 3
    assert refused(send(http, form, ANSWERS, 2), 409, "form_changed_elsewhere")


def test_sent_twice_withdrawn_while_open_and_retired_while_open(http):
    form = given(http)
    assert http("ada").call("put", f"/form-templates/{_template(form)}/retirement").status_code == 200
    assert send(http, form, ANSWERS).status_code == 200
    assert refused(send(http, form, ANSWERS), 409, "form_not_open")
    assert refused(save(http, form, {"name": "x"}, 2), 409, "form_not_open")
    assert refused(http("ana").call("put", one(form, "/withdrawal")), 409, "form_not_open")
    other = given(http, title="Other")
    for _ in range(2):
        assert http("ana").call("put", one(other, "/withdrawal")).json()["status"] == "withdrawn"
    answer = save(http, other, {"name": "x"})
    assert refused(answer, 409, "form_not_open")
    assert answer.json()["data"] == {"status": "withdrawn"}


def _template(form):
    with acting_as(actor("ana")):
        return FormAssignment.objects.get(pk=form["id"]).template_id


def test_changes_are_asked_for_and_the_first_round_stays(http):
    form = given(http)
    send(http, form, ANSWERS)
    assert refused(review(http, form, "returned"), 422, "bad_input")
    again = review(http, form, "returned", "Which one?").json()
    assert (again["status"], [each["round"] for each in again["rounds"]]) == ("returned", [2, 1])
    assert newest(again)["answers"] == ANSWERS
    assert again["rounds"][1]["review_note"] == "Which one?"
    more = ANSWERS | {"takes": True, "which": "Aspirin"}
    sent = send(http, form, more).json()
    assert [each["answers"] for each in sent["rounds"]] == [more, ANSWERS]
    assert refused(
        review(http, form, "accepted", number=1), 409, "not_to_review"
    )  # looked at the first, not the second
    assert review(http, form, "rejected", "Not hers", number=2).json()["status"] == "rejected"
    assert refused(review(http, form, "accepted", number=2), 409, "not_to_review")


@pytest.mark.parametrize(("who", "status"), [("sam", 403), ("bea", 403), ("otto", 404), ("ana", 404), ("fay", 404)])
def test_who_only_reads_writes_nothing(http, who, status):
    form = given(http, "ash", NOOR, category="assessment")
    assert save(http, form, {"name": "x"}, who=who).status_code == status
    assert send(http, form, ANSWERS, who=who).status_code == status
    assert http(who).call("put", one(form, "/withdrawal")).status_code == status
    assert send(http, form, ANSWERS, who="ash").status_code == 200
    assert review(http, form, "accepted", who=who).status_code == status
    assert http(who).call("get", one(form)).status_code == (200 if who == "sam" else 404)
    if who == "sam":
        assert http(who).read(one(form))["may_write"] is False


def test_whoever_gave_it_is_told_when_somebody_else_sends_it(http):
    form = given(http)
    send(http, form, ANSWERS, who="fay")
    (told,) = http("ana").read("/notifications")["items"]
    assert told["text"] == "“Welcome” was filled for Cleo Client and waits for a look."
    assert (told["about_type"], told["about_id"]) == ("form", form["id"])
    mine = given(http, title="Other")
    send(http, mine, ANSWERS)
    assert len(http("ana").read("/notifications")["items"]) == 1
    assert http("otto").read("/notifications")["items"] == []


def test_the_front_desk_cannot_call_an_assessment_administrative(http):
    template = published(http, category="assessment")
    of = {"practice_id": actor("fay").practice, "client_id": THEO, "template_id": template["id"]}
    row = FormAssignment(assigned_by_id=ID["fay"], category="intake", **of)
    with acting_as(actor("fay")), pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_every_step_and_every_look_is_in_the_trail(http):
    form = given(http)
    save(http, form, {"name": "Cleo"})
    send(http, form, ANSWERS, 2)
    review(http, form, "accepted")
    http("ana").read(one(form))
    with acting_as(actor("ada")):
        rows = AuditLog.objects.filter(resource_type="form").order_by("created_at")
        events = [row.event for row in rows]
        assert "Cleo" not in str(list(rows.values_list("action_details", "action_description")))
    named = [event for event in events if event != "form.read"]
    assert named == ["form.assigned", "form.saved", "form.submitted", "form.reviewed"]
    assert events[-1] == "form.read"
