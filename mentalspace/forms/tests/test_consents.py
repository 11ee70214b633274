"""Consents: recorded with their words, made by accepted forms, revoked once, and never changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.clients.models import Client, ClientGuardian
from mentalspace.core import clock
from mentalspace.forms.consents.models import ClientConsent
from mentalspace.forms.tests.filling import ANSWERS, draft, given, publish, published, review, send
from mentalspace.forms.tests.linking import arrived, link, linked, opened, write
from mentalspace.forms.tests.minors import MOTHERS, a_minor, change, verify
from tests.cast import CLEO, ID, NOOR, NOW, OLEG, THEO, actor
from tests.http import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

TODAY = NOW.date()
WORDS = "I agree to counseling, and may stop at any time."
ASKS: dict[str, Any] = {
    "fields": [
        {"key": "name", "kind": "text", "label": "Your name"},
        {
            "key": "treat",
            "kind": "consent",
            "label": "Consent to treatment",
            "help": WORDS,
            "required": True,
            "consent": "treatment",
            "months": 12,
            "expected": True,
        },
        {"key": "photo", "kind": "consent", "label": "Recording", "help": "Sessions.", "consent": "recording"},
    ]
}
SIGNED = {"treat": {"name": "Cleo C.", "date": "2026-03-01", "signed": True}}
PAPER = {"kind": "privacy", "title": "Privacy notice", "words": "Seen.", "how": "paper", "effective": "2026-03-01"}
RELEASE = PAPER | {"kind": "release", "title": "Release", "recipient": "Dr. Wu", "scope": "Attendance"}


def record(http, who="ana", client=CLEO, **said):
    return http(who).call("post", f"/clients/{client}/consents", PAPER | said)


def consents(http, who="ana", client=CLEO):
    return http(who).read(f"/clients/{client}/consents")


def revoke(http, consent, who="ana", **said):
    body = {"on": str(TODAY), "through": "Cleo Client", "reason": "Changed her mind"} | said
    return http(who).call("put", f"/consents/{consent['id']}/revocation", body)


def states(http):
    return {each["kind"]: (each["state"], each["expected"]) for each in consents(http)["kinds"]}


def asking(http, **more):
    return {"definition": ASKS, "category": "consent", "title": "Consents"} | more


def asked_and_sent(http, answers=SIGNED):
    form = given(http, **asking(http))
    assert send(http, form, answers).status_code == 200
    return form


def accepted(http, answers=SIGNED):
    form = asked_and_sent(http, answers)
    assert review(http, form, "accepted").status_code == 200
    return form


@pytest.mark.parametrize(
    ("who", "client", "status"),
    [
        ("ana", CLEO, 201),
        ("ada", THEO, 201),
        ("ash", NOOR, 201),
        ("sam", NOOR, 403),
        ("fay", CLEO, 403),
        ("bea", CLEO, 403),
        ("ana", THEO, 404),
        ("ash", CLEO, 404),
        ("otto", CLEO, 404),
        ("otto", OLEG, 201),
    ],
)
def test_who_records_for_whom(http, who, client, status):
    assert record(http, who, client).status_code == status


def test_read_by_those_who_treat_and_administrators(http):
    record(http, "ash", NOOR)
    for who in ("ash", "sam", "ada"):
        (row,) = consents(http, who, NOOR)["consents"]
        assert (row["title"], row["words"], row["recorded_by"]) == ("Privacy notice", "Seen.", "Ash Cast")
    assert consents(http, "ash", NOOR)["may_record"]
    assert not consents(http, "sam", NOOR)["may_record"]
    for who in ("otto", "ana", "fay", "bea"):
        assert refused(http(who).call("get", f"/clients/{NOOR}/consents"), 404)


def test_each_look_and_step_is_in_the_trail(http):
    row = record(http).json()["consents"][0]
    revoke(http, row)
    with acting_as(actor("ada")):
        for event in ("consent.recorded", "consent.revoked"):
            (line,) = AuditLog.objects.filter(event=event)
            assert (line.client_ids, str(line.resource_id)) == ([CLEO], row["id"])
        assert AuditLog.objects.filter(resource_type="consents", client_ids=[CLEO]).exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"effective": "2026-03-09"}, "effective"),
        ({"effective": "1900-01-01"}, "effective"),
        ({"expires": "2026-02-01"}, "expires"),
        ({"words": ""}, "words"),
        ({"kind": "release"}, "recipient"),
        ({"kind": "release", "recipient": "Dr. Wu"}, "scope"),
        ({"guardian_id": str(ID["gus"])}, "guardian_id"),
        ({"form_id": str(ID["gus"])}, "form_id"),
        ({"how": "form"}, "how"),
    ],
)
def test_what_cannot_be_recorded(http, said, field):
    answer = record(http, **said)
    assert refused(answer, 422, "bad_input")
    assert field in answer.json()["fields"]
    assert consents(http)["consents"] == []


def test_the_words_are_the_published_version_and_stay(http):
    template = published(http, **asking(http))
    answer = record(http, kind="treatment", template_id=template["id"], words="Mine", how="verbal")
    (row,) = answer.json()["consents"]
    assert (row["title"], row["words"], row["number"]) == ("Consent to treatment", WORDS, 1)
    assert refused(record(http, kind="financial", template_id=template["id"]), 422, "bad_input")
    following = http("ada").call("post", f"/form-templates/{template['id']}/next").json()
    changed = {"fields": [ASKS["fields"][1] | {"help": "Other words"}]}
    body = asking(http, version=following["version"], definition=changed)
    saved = http("ada").call("put", f"/form-templates/{following['id']}", body).json()
    assert publish(http, saved).status_code == 200
    shown = consents(http)
    assert shown["consents"][0]["words"] == WORDS
    assert [(text["number"], text["words"]) for text in shown["texts"]] == [(2, "Other words")]


def test_an_accepted_form_makes_what_was_signed(http):
    form = accepted(http)
    (row,) = consents(http)["consents"]
    assert (row["kind"], row["how"], row["signer"], row["form_id"]) == ("treatment", "form", "Cleo C.", form["id"])
    assert (row["effective"], row["expires"], row["words"]) == ("2026-03-01", "2027-02-28", WORDS)
    assert states(http) == {"treatment": ("in_force", True)}


def test_what_is_signed_for_a_later_day_holds_from_the_day_it_was_sent(http):
    accepted(http, {"treat": SIGNED["treat"] | {"date": "9999-12-31"}})
    assert consents(http)["consents"][0]["effective"] == str(TODAY)


def test_nothing_is_made_before_it_is_accepted_or_when_it_is_not(http):
    form = given(http, **asking(http))
    send(http, form, SIGNED)
    assert states(http) == {"treatment": ("missing", True)}
    review(http, form, "returned", "Which?")
    send(http, form, SIGNED, 1)
    review(http, form, "rejected", "No.", 2)
    assert consents(http)["consents"] == []


def test_a_consent_by_a_link_and_a_form_that_is_missing_one(http):
    form = given(http, **asking(http))
    path = linked(http, form)
    shown = opened(path)
    assert refused(write(path, shown, "submission", {"name": "Cleo"}), 409, "form_not_ready")
    assert write(path, shown, "submission", SIGNED).status_code == 200
    review(http, form, "accepted")
    assert consents(http)["consents"][0]["guardian"] == ""


def test_a_consent_is_not_asked_in_the_front_desks_forms(http):
    body = {"title": "Welcome", "definition": ASKS, "category": "intake"}
    answer = http("ada").call("post", "/form-templates", body)
    assert refused(answer, 422, "bad_input")
    assert set(answer.json()["fields"]) == {"treat", "photo"}


@pytest.mark.parametrize("without", ["consent", "help"])
def test_a_consent_question_says_what_and_in_which_words(http, without):
    field = {name: value for name, value in ASKS["fields"][1].items() if name != without}
    body = {"title": "x", "category": "consent", "definition": {"fields": [field]}}
    assert refused(http("ada").call("post", "/form-templates", body), 422, "bad_input")
    twice = {"fields": [ASKS["fields"][1], ASKS["fields"][1] | {"key": "again"}]}
    assert refused(http("ada").call("post", "/form-templates", body | {"definition": twice}), 422, "bad_input")


def test_revoked_it_holds_no_more_and_earlier_ones_go_with_it(http):
    first = record(http, effective="2026-01-05").json()["consents"][0]
    second = record(http).json()["consents"][0]
    assert states(http) == {"privacy": ("in_force", False)}
    assert refused(revoke(http, second, "otto"), 404)
    assert revoke(http, second).status_code == 200
    assert states(http) == {"privacy": ("revoked", False)}
    for row in consents(http)["consents"]:
        told = (row["revoked_on"], row["revoked_by"], row["revoked_through"])
        assert told == (str(TODAY), "Ana Cast", "Cleo Client")
    assert refused(revoke(http, first), 409, "already_revoked")
    record(http)
    assert states(http) == {"privacy": ("in_force", False)}


def test_each_release_is_revoked_by_itself(http):
    for recipient in ("Dr. Wu", "Her school"):
        assert record(http, **RELEASE | {"recipient": recipient}).status_code == 201
    revoke(http, consents(http)["consents"][0])
    assert sorted(row["state"] for row in consents(http)["consents"]) == ["in_force", "revoked"]


def test_when_and_by_whom_it_may_be_revoked(http):
    row = record(http).json()["consents"][0]
    assert refused(revoke(http, row, on="2026-02-01"), 422, "bad_input")
    assert refused(revoke(http, row, on=str(TODAY + timedelta(days=1))), 422, "bad_input")
    assert refused(revoke(http, row, through=""), 422)
    assert refused(revoke(http, row, "fay"), 403)
    theirs = record(http, "ash", NOOR).json()["consents"][0]
    assert refused(revoke(http, theirs, "sam"), 403)
    assert refused(revoke(http, theirs, "ana"), 404)
    assert revoke(http, theirs, "ada").status_code == 200


def test_expiring_within_thirty_days_is_said(http):
    record(http, expires=str(TODAY + timedelta(days=30)))
    assert states(http) == {"privacy": ("expiring", False)}


@pytest.mark.parametrize(
    "change", [{"words": "x"}, {"effective": "2025-01-01"}, {"expires": None}, {"kind": "research"}, {"signer": "x"}]
)
def test_it_stays_as_it_was_given_whoever_asks(http, change):
    record(http, expires="2026-12-31")
    with acting_as(actor("ada")), pytest.raises(DatabaseError), transaction.atomic():
        ClientConsent.objects.update(**change)
    with acting_as(actor("ada")), pytest.raises(DatabaseError), transaction.atomic():
        ClientConsent.objects.update(revoked_by=ID["ada"], **change)
    with acting_as(actor("ada")), pytest.raises(DatabaseError), transaction.atomic():
        ClientConsent.objects.all().delete()


def test_a_revocation_is_not_taken_back(http):
    revoke(http, record(http).json()["consents"][0])
    with acting_as(actor("ada")):
        assert ClientConsent.objects.update(revoked_by=None, revoked_at=None, revoked_on=None) == 0
        assert ClientConsent.objects.filter(revoked_at__isnull=True).count() == 0


@pytest.mark.django_db(databases=["default", "owner"])
def test_not_even_the_owner_of_the_table_empties_it():
    with pytest.raises(DatabaseError, match="revoked, once"), transaction.atomic(using="owner"):
        connections["owner"].cursor().execute("truncate client_consents")


def test_a_guardians_name_stands_for_them(http):
    with acting_as(actor("ada")):
        assert Client.objects.get(pk=CLEO).chosen_name == "Cleo Client"
    row = record(http).json()["consents"][0]
    assert (row["signer"], row["guardian"]) == ("Cleo Client", "")


# --- Who signed, and when ------------------------------------------------------------------


def accept(http, form, **said):
    body = {"round": 1, "outcome": "accepted"} | said
    return http("ana").call("post", f"/forms/{form['id']}/review", body)


def shown_signers(http, form):
    return [(one["guardian_id"], one["is_presumed"]) for one in http("ana").read(f"/forms/{form['id']}")["signers"]]


def test_a_minors_consent_is_the_guardians_whoever_typed_last(http):
    mother = a_minor(http)
    verify(http, mother)
    form = asked_and_sent(http)
    assert shown_signers(http, form) == [(None, False), (str(mother.pk), True)]
    assert refused(accept(http, form), 422, "bad_input")
    assert refused(accept(http, form, signed_by=str(ID["gus"])), 422, "bad_input")
    assert refused(http("otto").call("post", f"/forms/{form['id']}/review", {"round": 1, "outcome": "accepted"}), 404)
    assert consents(http)["consents"] == []
    assert accept(http, form, signed_by=str(mother.pk)).status_code == 200
    shown = consents(http)
    assert (shown["is_minor"], shown["consents"][0]["guardian"]) == (True, "Mona Client")


def test_a_minor_may_have_signed_where_the_reviewer_says_so(http):
    a_minor(http)  # nobody has verified the mother
    form = asked_and_sent(http)
    assert shown_signers(http, form) == [(None, False)]
    assert refused(accept(http, form), 422, "bad_input")
    assert accept(http, form, signed_by="client").status_code == 200
    assert consents(http)["consents"][0]["guardian"] == ""


def test_an_adults_form_finished_by_a_guardians_link_is_not_booked_to_the_guardian(http):
    mother = a_minor(http)
    verify(http, mother)
    form = given(http, **asking(http))
    assert link(http, form, guardian_id=mother.pk).status_code == 201
    path = arrived(MOTHERS)
    write(path, opened(path), "submission", SIGNED)
    assert shown_signers(http, form) == [(None, False), (str(mother.pk), True)]
    change(date_of_birth=TODAY.replace(year=TODAY.year - 30))
    assert not any(is_presumed for _, is_presumed in shown_signers(http, form))
    assert refused(accept(http, form), 422, "bad_input")
    assert accept(http, form, signed_by="client").status_code == 200
    assert consents(http)["consents"][0]["guardian"] == ""


def test_a_guardian_signs_for_the_days_of_their_authority(http):
    mother = a_minor(http)
    verify(http, mother)
    said = {"guardian_id": str(mother.pk)}
    assert refused(record(http, effective="2026-01-04", **said), 422, "bad_input")
    with acting_as(actor("fay")):
        ClientGuardian.objects.filter(pk=mother.pk).update(end_date="2026-02-01")
    assert record(http, effective="2026-01-20", **said).status_code == 201
    assert refused(record(http, effective="2026-03-01", **said), 422, "bad_input")


def test_what_was_revoked_since_is_not_given_again(http):
    record(http, kind="treatment", effective="2026-02-01")
    form = asked_and_sent(http, SIGNED | {"photo": SIGNED["treat"]})
    with clock.frozen(NOW + timedelta(hours=1)):
        revoke(http, consents(http)["consents"][0])
        told = {each["title"]: each["is_revoked"] for each in http("ana").read(f"/forms/{form['id']}")["consents"]}
        assert told == {"Consent to treatment": True, "Recording": False}
        assert accept(http, form).status_code == 200
    assert states(http) == {"treatment": ("revoked", True), "recording": ("in_force", False)}


def test_it_may_be_given_anew_on_the_day_it_was_revoked(http):
    record(http, kind="treatment", effective="2026-02-01")
    revoke(http, consents(http)["consents"][0])
    with clock.frozen(NOW + timedelta(hours=1)):
        form = asked_and_sent(http, {"treat": SIGNED["treat"] | {"date": str(TODAY)}})
        assert accept(http, form).status_code == 200
    assert states(http) == {"treatment": ("in_force", True)}


@pytest.mark.parametrize("day", ["0001-01-01", "1990-03-01", "2025-02-01", "2025-03-02"])
def test_a_mistyped_day_of_signing_is_refused_when_it_is_sent(http, day):
    form = given(http, **asking(http))
    answer = send(http, form, {"treat": SIGNED["treat"] | {"date": day}})
    assert refused(answer, 409, "form_not_ready")
    assert set(answer.json()["fields"]) == {"treat"}
    assert send(http, form, SIGNED).status_code == 200


def test_a_day_that_cannot_be_is_refused_at_the_review_too(http):
    form = asked_and_sent(http)
    change(date_of_birth="2026-03-02")
    assert http("ana").read(f"/forms/{form['id']}")["consents"][0]["wrong"]
    assert refused(accept(http, form, signed_by="client"), 422, "bad_input")
    assert consents(http)["consents"] == []
    assert review(http, form, "returned", "Check the date.").status_code == 200


def test_revoking_an_old_one_leaves_what_was_given_since(http):
    old = record(http, effective="2026-01-05").json()["consents"][0]
    record(http, effective="2026-02-20")
    assert revoke(http, old).status_code == 200
    assert [row["state"] for row in consents(http)["consents"]] == ["in_force", "revoked"]
    assert states(http) == {"privacy": ("in_force", False)}


def test_a_paper_is_good_for_as_long_as_the_text_says(http):
    text = {"kind": "treatment", "template_id": published(http, **asking(http))["id"]}
    (row,) = record(http, **text).json()["consents"]
    assert (row["effective"], row["expires"]) == ("2026-03-01", "2027-02-28")
    record(http, effective="2026-03-02", expires="2026-09-01", **text)
    assert consents(http)["consents"][0]["expires"] == "2026-09-01"


def test_a_consent_rests_on_no_draft_and_on_no_form_that_was_not_accepted(http):
    answer = record(http, kind="treatment", template_id=draft(http, **asking(http))["id"])
    assert refused(answer, 422, "bad_input")
    form = given(http)
    shown = RELEASE | {"how": "form", "form_id": form["id"]}
    assert refused(record(http, **shown), 422, "bad_input")
    send(http, form, ANSWERS)
    assert refused(record(http, **shown), 422, "bad_input")
    review(http, form, "accepted")
    assert record(http, **shown).status_code == 201


def test_who_could_sign_is_asked_as_of_the_day_it_was_given(http):
    mother = a_minor(http)
    verify(http, mother)
    with acting_as(actor("ada")), transaction.atomic():
        ClientGuardian.objects.get(pk=mother.pk).write(end_date="2026-03-01")

    def may_sign(more=""):
        return [each["guardian_id"] for each in http("ana").read(f"/clients/{CLEO}/consents{more}")["signers"]]

    assert may_sign() == [None]
    assert may_sign("?on=2026-02-01") == [None, str(mother.pk)]
    assert may_sign("?on=2026-01-01") == [None]
    assert refused(http("ana").call("get", f"/clients/{CLEO}/consents?on=1800-01-01"), 422)
