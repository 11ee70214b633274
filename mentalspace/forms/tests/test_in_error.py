"""Forms that were entered in error: kept with a reason, out of the lists, and nothing that came of them holds."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.forms.consents.models import ClientConsent
from mentalspace.forms.models import FormAssignment
from mentalspace.forms.tests.filling import ANSWERS, given, review, send
from tests.cast import CLEO, actor
from tests.http import refused

pytestmark = pytest.mark.django_db
WHY = "These are another client's answers."
TREATMENT = {"key": "t", "kind": "consent", "label": "Treatment", "help": "I agree.", "consent": "treatment"}
SIGNED = {"name": "Cleo Client", "date": "2026-03-02", "signed": True}


def mark(http, form, who="ana", reason=WHY):
    return http(who).call("put", f"/forms/{form['id']}/error", {"reason": reason})


def sent(http, **more):
    form = given(http, **more)
    assert send(http, form, ANSWERS).status_code == 200
    return form


def listed(http, more=""):
    return [row["id"] for row in http("ana").read(f"/clients/{CLEO}/forms{more}")["items"]]


@pytest.mark.parametrize("outcome", ["", "accepted", "rejected"])
def test_it_is_kept_out_of_the_lists_with_who_and_why(http, outcome):
    form = sent(http)
    if outcome:
        assert review(http, form, outcome, "So." if outcome == "rejected" else "").status_code == 200
    done = mark(http, form).json()
    assert (done["status"], done["error"]["reason"], done["error"]["by"]) == ("in_error", WHY, "Ana Cast")
    assert done["rounds"][0]["answers"] == ANSWERS
    assert (listed(http), listed(http, "?in_error=true")) == ([], [form["id"]])
    assert http("ana").read("/forms")["items"] == []
    assert mark(http, form, reason="Another reason").json()["error"]["reason"] == WHY
    with acting_as(actor("ada")), transaction.atomic():
        assert AuditLog.objects.filter(event="form.in_error", severity="warning").exists()


def test_who_marks_one(http):
    form = sent(http, category="assessment")
    for who, status in (("otto", 404), ("ash", 404), ("fay", 404), ("bea", 403)):
        assert mark(http, form, who).status_code in (status, 404)
    assert http("ana").read(f"/forms/{form['id']}")["status"] == "submitted"
    assert refused(mark(http, form, reason=" "), 422)
    assert mark(http, form, "ada").status_code == 200


def test_what_was_not_sent_is_taken_back_instead(http):
    form = given(http)
    assert refused(mark(http, form), 409, "form_not_sent")
    http("ana").call("put", f"/forms/{form['id']}/withdrawal")
    assert refused(mark(http, form), 409, "form_not_sent")


def test_a_consent_that_came_of_it_never_held_and_a_true_one_can_be_given_since(http):
    asks: dict[str, Any] = {"definition": {"fields": [TREATMENT]}, "category": "consent"}
    wrong = given(http, **asks)
    right = given(http, title="Again", **asks)
    for form in (wrong, right):
        assert send(http, form, {"t": SIGNED}).status_code == 200
    assert review(http, wrong, "accepted").status_code == 200
    assert mark(http, wrong).status_code == 200
    (consent,) = http("ana").read(f"/clients/{CLEO}/consents")["consents"]
    assert (consent["state"], consent["revoked_on"]) == ("revoked", consent["effective"])
    assert (consent["revoked_through"], consent["revoke_reason"]) == ("Entered in error", WHY)
    (signed,) = http("ana").read(f"/forms/{right['id']}")["consents"]
    assert not signed["is_revoked"]
    assert review(http, right, "accepted").status_code == 200
    assert [each["state"] for each in http("ana").read(f"/clients/{CLEO}/consents")["consents"]].count("revoked") == 1
    with acting_as(actor("ada")), transaction.atomic():
        assert ClientConsent.objects.filter(revoked_at__isnull=True).count() == 1


def test_the_database_keeps_it_so(http):
    form = sent(http)
    mark(http, form)
    for change in ({"status": "accepted", "error_reason": ""}, {"error_reason": "Other"}):
        with pytest.raises(DatabaseError), acting_as(actor("ada")), transaction.atomic():
            FormAssignment.objects.get(pk=form["id"]).write(**change)
