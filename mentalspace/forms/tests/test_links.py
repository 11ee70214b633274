"""Links to forms: sent, opened with a date of birth, filled, and over when they are over."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.clients.models import ClientGuardian
from mentalspace.core import clock
from mentalspace.forms.links.models import MOST_WRONG, FormLink, token_of
from mentalspace.forms.models import FormAssignment, FormResponse
from mentalspace.forms.tests.filling import ANSWERS, given, review, save, send
from mentalspace.forms.tests.linking import (
    MAIL,
    PHONE,
    WRONG,
    arrived,
    born,
    enter,
    link,
    linked,
    opened,
    post,
    reachable,
    write,
)
from mentalspace.forms.tests.minors import MOTHERS, a_minor, change, verify
from mentalspace.notify.models import Notification
from tests.cast import CLEO, HERE, ID, NOW, actor
from tests.downtime import places_taken, read_only
from tests.http import Http, refused
from tests.mail import delivered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

GONE = "e" * 24


def stored(model, **where):
    with acting_as(actor("ada")):
        return list(model.objects.filter(**where).order_by("created_at", "id"))


def events(name):
    return stored(AuditLog, event=name)


@pytest.mark.parametrize(
    ("who", "status"), [("ana", 201), ("ada", 201), ("fay", 201), ("bea", 403), ("ash", 404), ("otto", 404)]
)
def test_who_sends_one(http, who, status):
    reachable()
    form = given(http, category="intake")
    assert link(http, form, who).status_code == status
    assert len(stored(FormLink)) == (status == 201)
    assert refused(http("otto").call("get", f"/forms/{form['id']}/links"), 404)
    assert http("ana").read(f"/forms/{form['id']}/links")["client_id"] == str(CLEO)


def test_the_front_desk_sends_none_of_what_it_does_not_see(http):
    reachable()
    assert refused(link(http, given(http, category="consent"), "fay"), 404)


def test_the_mail_says_neither_what_nor_about_whom(http):
    linked(http, given(http))
    (letter,) = delivered(MAIL)
    for word in ("Cleo", "Client", "Welcome", "Ana"):
        assert word not in f"{letter.subject} {letter.body}"
    (row,) = stored(Notification, kind="form.link")
    assert "/f/" not in row.message_content, "the address is made when it is sent"


def test_a_text_message_needs_their_word(http):
    reachable()
    form = given(http)
    assert refused(link(http, form, channel="SMS"), 422, "bad_input")
    assert stored(FormLink) == []
    assert link(http, form, channel="SMS", has_agreed=True).status_code == 201
    (row,) = stored(Notification, kind="form.link")
    assert (row.notification_type, row.recipient_phone) == ("SMS", "+12125550100")
    (said,) = events("form_link.agreed")
    assert (said.resource_id, said.client_ids) == (stored(FormLink)[0].pk, [CLEO])


def test_nobody_to_send_it_to(http):
    form = given(http)
    change(email="", primary_phone="")
    answer = link(http, form)
    assert refused(answer, 422, "bad_input")
    assert "Add one first" in answer.json()["fields"]["channel"][0]
    reachable()
    change(deceased_date=NOW.date())
    assert refused(link(http, form), 422, "bad_input")
    assert refused(link(http, form, guardian_id=ID["gus"]), 422, "bad_input")


def test_looking_changes_nothing(http):
    path = linked(http, given(http))
    before = stored(FormLink), len(events("form.saved"))
    for each in (path, f"/f/{GONE}"):
        page = Http().get(each)
        assert page.status_code in (200, 503)  # 503 where the frontend is not built
        assert b"Welcome" not in page.content
        assert b"Cleo" not in page.content
        assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex", "no-referrer")
    for what in ("opening", "answers", "submission"):
        assert Http().get(f"{path}/{what}").status_code == 405
    row = stored(FormLink)[0]
    assert (row.opened_at, row.wrong_tries) == (None, 0)
    assert before == (stored(FormLink), len(events("form.saved")))


def test_opened_filled_and_sent(http):
    form = given(http, category="intake")
    path = linked(http, form)
    shown = opened(path)
    assert (shown["title"], shown["answers"], shown["version"], shown["note"]) == ("Welcome", {}, 1, "")
    saved = write(path, shown, "answers", {"name": "Cleo"}).json()
    assert saved["version"] == 2
    assert opened(path)["answers"] == {"name": "Cleo"}, "it may be opened again"
    early = write(path, shown, "submission", {"name": "Cleo"}, 2)
    assert refused(early, 409, "form_not_ready")
    assert set(early.json()["fields"]) == {"takes", "sign"}
    sent = write(path, shown, "submission", ANSWERS, 2).json()
    assert sent["status"] == "submitted"
    assert "definition" not in sent
    assert "answers" not in opened(path)
    whole = http("ana").read(f"/forms/{form['id']}")
    assert (whole["rounds"][0]["typed_by"], whole["rounds"][0]["answers"]) == ("Cleo Client, by a link", ANSWERS)
    (told,) = http("ana").read("/notifications")["items"]
    assert "Welcome" in told["text"]
    (line,) = events("form.submitted")
    assert (line.client_ids, line.action_description) == ([CLEO], "Whoever has the link sent a form in")
    looks = stored(AuditLog, action_type="PHI_ACCESS", user_id=HERE)
    assert [look.resource_id for look in looks] == [stored(FormAssignment)[0].pk] * 3


def test_two_tabs_lose_nothing(http):
    path = linked(http, given(http))
    one, other = opened(path), opened(path)
    assert write(path, one, "answers", {"name": "Cleo"}).status_code == 200
    late = write(path, other, "answers", {"takes": True})
    assert refused(late, 409, "form_changed_elsewhere")
    assert late.json()["data"] == {"version": 2, "answers": {"name": "Cleo"}}
    assert write(path, other, "answers", {"name": "Cleo", "takes": True}, 2).json()["version"] == 3


def test_staff_and_client_fill_the_same_form(http):
    form = given(http)
    path = linked(http, form)
    shown = opened(path)
    assert save(http, form, {"name": "Ana typed this"}).status_code == 200
    assert refused(write(path, shown, "answers", {"name": "Cleo"}), 409, "form_changed_elsewhere")
    assert write(path, shown, "answers", {"name": "Cleo"}, 2).status_code == 200
    assert http("ana").read(f"/forms/{form['id']}")["rounds"][0]["typed_by"] == "Cleo Client, by a link"
    assert save(http, form, {"name": "C."}, 3).json()["rounds"][0]["typed_by"] == "Ana Cast"


def test_sent_twice_it_is_sent_once(http):
    path = linked(http, given(http))
    shown = opened(path)
    assert write(path, shown, "submission", ANSWERS).status_code == 200
    again = write(path, shown, "submission", ANSWERS)
    assert refused(again, 409, "form_not_open")
    assert again.json()["data"] == {"status": "submitted"}, "so that the page can say that it arrived"
    assert len(events("form.submitted")) == 1


def test_a_wrong_date_of_birth_is_counted_and_limited(http):
    path = linked(http, given(http))
    for _ in range(5):
        assert refused(enter(path, WRONG), 403, "not_the_birth")
    right = enter(path)
    assert refused(right, 429, "too_many_attempts")
    assert right.json()["data"]["retry_after"] > 0
    assert stored(FormLink)[0].wrong_tries == 5
    assert {(one.resource_id, one.severity) for one in events("form_link.wrong_birth")} == {
        (stored(FormLink)[0].pk, "warning")
    }
    assert len(events("form_link.wrong_birth")) == 5
    with clock.frozen(NOW + timedelta(hours=2)):
        assert enter(path).status_code == 200


def test_a_link_dies_of_wrong_dates(http):
    path = linked(http, given(http))
    for hour in range(MOST_WRONG // 5):
        with clock.frozen(NOW + timedelta(hours=2 * hour)):
            for _ in range(5):
                enter(path, WRONG)
    with clock.frozen(NOW + timedelta(hours=9)):
        assert refused(enter(path), 410, "link_over")
        (shown,) = http("ana").read(f"/forms/{stored(FormAssignment)[0].pk}/links")["links"]
        assert (shown["wrong_tries"], shown["is_good"]) == (MOST_WRONG, False)


def test_right_dates_take_no_tries(http):
    path = linked(http, given(http))
    assert [enter(path).status_code for _ in range(12)] == [200] * 12


def test_a_guessed_link_is_nothing_and_many_are_refused(http):
    linked(http, given(http))
    assert refused(enter(f"/f/{GONE}", WRONG), 404, "unknown_link")
    with acting_as(actor("ada")):
        forged = token_of(FormAssignment.objects.get().pk)
    assert refused(enter(f"/f/{forged}"), 404, "unknown_link")
    assert refused(post(f"/f/{GONE}", "opening", {"date_of_birth": "never"}), 422, "malformed")


def test_a_proof_is_of_one_link_and_of_some_hours(http):
    path = linked(http, given(http))
    shown = opened(path)
    other = linked(http, given(http, title="Other"))
    theirs = opened(other)
    for proof in ("", "made up", theirs["proof"]):
        assert refused(write(path, {**shown, "proof": proof}, "answers", {"name": "x"}), 403, "proof_over")
    assert write(path, shown, "answers", {"name": "x"}).status_code == 200


def test_over_when_revoked_replaced_or_expired(http):
    form = given(http)
    first = linked(http, form)
    shown = opened(first)
    second = linked(http, form)
    assert first != second
    assert refused(enter(first), 410, "link_over")
    assert refused(write(first, shown, "answers", {"name": "x"}), 410, "link_over")
    (one,) = [each for each in http("ana").read(f"/forms/{form['id']}/links")["links"] if each["is_good"]]
    path = f"/forms/{form['id']}/links/{one['id']}/revocation"
    assert refused(http("otto").call("put", path), 404)
    for _ in range(2):
        assert http("ana").call("put", path).status_code == 200
    assert refused(enter(second), 410, "link_over")
    third = linked(http, form, days=2)
    with clock.frozen(NOW + timedelta(days=2)):
        assert refused(enter(third), 410, "link_over")


def test_withdrawn_while_open(http):
    form = given(http)
    path = linked(http, form)
    shown = opened(path)
    assert http("ana").call("put", f"/forms/{form['id']}/withdrawal").status_code == 200
    late = write(path, shown, "answers", {"name": "x"})
    assert refused(late, 409, "form_not_open")
    assert late.json()["data"] == {"status": "withdrawn"}
    assert opened(path)["status"] == "withdrawn"
    assert refused(link(http, form), 409, "form_not_open")


def test_a_retired_template_and_a_discharged_client_do_not_stop_what_was_begun(http):
    form = given(http)
    path = linked(http, form)
    template = stored(FormAssignment)[0].template_id
    assert http("ada").call("put", f"/form-templates/{template}/retirement").status_code == 200
    change(status="Discharged")
    assert write(path, opened(path), "submission", ANSWERS).status_code == 200


def test_over_once_the_client_has_died(http):
    path = linked(http, given(http))
    shown = opened(path)
    change(deceased_date=NOW.date())
    assert refused(enter(path), 410, "link_over")
    assert refused(write(path, shown, "answers", {"name": "x"}), 410, "link_over")


def test_asking_for_changes_opens_it_again_and_says_so(http):
    form = given(http)
    path = linked(http, form)
    write(path, opened(path), "submission", ANSWERS)
    assert review(http, form, "returned", "Which ones, please?").status_code == 200
    assert arrived() == path, "the same link"
    assert len(delivered(MAIL)) == 2
    shown = opened(path)
    assert (shown["note"], shown["answers"], shown["version"]) == ("Which ones, please?", ANSWERS, 1)
    assert write(path, shown, "submission", ANSWERS).status_code == 200


def test_changes_are_told_to_nobody_whose_link_is_over(http):
    form = given(http)
    linked(http, form, days=1)
    send(http, form, ANSWERS)
    with clock.frozen(NOW + timedelta(days=2)):
        assert review(http, form, "returned", "Which?").status_code == 200
    assert stored(Notification, kind="form.changes") == []


def test_called_off_when_the_form_was_sent_meanwhile(http):
    reachable()
    form = given(http)
    link(http, form)
    send(http, form, ANSWERS)
    assert delivered(MAIL) == []


# --- Minors --------------------------------------------------------------------------------


def test_a_minors_form_goes_to_a_guardian_who_may_sign(http):
    reachable()
    row = a_minor(http)
    form = given(http)
    assert refused(link(http, form), 422, "bad_input")
    assert refused(link(http, form, guardian_id=row.pk), 422, "bad_input")  # not verified
    verify(http, row)
    (reader,) = http("ana").read(f"/forms/{form['id']}/links")["readers"]
    assert reader["guardian_id"] == str(row.pk)
    assert link(http, form, guardian_id=row.pk).status_code == 201
    path = arrived(MOTHERS)
    assert opened(path)["title"] == "Welcome", "by the client's date of birth, not the guardian's"
    assert delivered(MAIL) == []


def test_over_once_the_guardian_is_none_any_more(http):
    row = a_minor(http)
    verify(http, row)
    form = given(http)
    link(http, form, guardian_id=row.pk)
    path = arrived(MOTHERS)
    shown = opened(path)
    with acting_as(actor("fay")):
        ClientGuardian.objects.filter(pk=row.pk).update(can_sign=False)
    assert [one["is_good"] for one in http("ana").read(f"/forms/{form['id']}/links")["links"]] == [False]
    assert refused(enter(path), 410, "link_over")
    assert refused(write(path, shown, "answers", {"name": "x"}), 410, "link_over")


def test_over_for_the_guardian_once_the_client_is_of_age(http):
    row = a_minor(http)
    verify(http, row)
    link(http, given(http), guardian_id=row.pk)
    path = arrived(MOTHERS)
    change(date_of_birth=date(NOW.year - 30, 1, 1))
    assert refused(enter(path, born()), 410, "link_over")


# --- What the database keeps ---------------------------------------------------------------


KEPT: list[dict[str, object]] = [
    {"token_hash": "mine"},
    {"reader": "x"},
    {"sending": uuid4()},
    {"expires_at": NOW + timedelta(days=99)},
]
ONCE: list[dict[str, object]] = [{"revoked_at": None}, {"wrong_tries": 0}]


def test_a_link_stays_what_it_is_whoever_asks(http):
    linked(http, given(http))
    row = stored(FormLink)[0]
    for what in KEPT:
        with acting_as(actor("ada")), pytest.raises(DatabaseError), transaction.atomic():
            FormLink.objects.filter(pk=row.pk).update(**what)
    with acting_as(actor("ada")):
        FormLink.objects.filter(pk=row.pk).update(revoked_at=NOW, wrong_tries=3)
    for what in ONCE:
        with acting_as(actor("ada")), pytest.raises(DatabaseError), transaction.atomic():
            FormLink.objects.filter(pk=row.pk).update(**what)


def test_what_was_sent_keeps_whose_link_it_was(http):
    form = given(http)
    path = linked(http, form)
    write(path, opened(path), "submission", ANSWERS)
    row = stored(FormResponse)[0]
    with acting_as(actor("ada")), pytest.raises(DatabaseError), transaction.atomic():
        FormResponse.objects.filter(pk=row.pk).update(link=None)


def test_the_number_is_as_in_the_chart(http):
    reachable()
    (reader,) = http("ana").read(f"/forms/{given(http)['id']}/links")["readers"]
    assert (reader["guardian_id"], reader["email"], reader["phone"]) == (None, MAIL, "+12125550100")
    assert reader["phone"] != PHONE


def test_downtime_locks_nobody_out_of_a_link(http):
    path = linked(http, given(http))
    shown, taken = opened(path), places_taken()
    with read_only():
        for _ in range(6):  # one more than the limit allows
            assert refused(enter(path), 503, "read_only")
            assert refused(enter(path, WRONG), 503, "read_only")
        answer = write(path, shown, "submission", ANSWERS)
        assert refused(answer, 503, "read_only")
        assert answer["Retry-After"] == "60"
        assert places_taken() == taken
    assert stored(FormLink)[0].wrong_tries == 0
    assert enter(path).status_code == 200
