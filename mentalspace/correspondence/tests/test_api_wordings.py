"""Wording messages over HTTP: what is listed, saved, refused, seen before it is sent, and told when it is not used."""

from datetime import timedelta

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.correspondence.wordings import telling
from mentalspace.notify import wordings
from mentalspace.notify.messages import KINDS
from mentalspace.notify.models import EMAIL, MessageWording, Notification, StaffNotification
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.tests.reminding import EMAIL as CLEOS
from mentalspace.scheduling.tests.reminding import agree, remind, sent
from mentalspace.scheduling.tests.reminding import tell as tell_changes
from tests.cast import HERE, ID, NEXT_DOOR, NOW, actor
from tests.http import refused
from tests.mail import delivered

from .test_rules_told import book

pytestmark = pytest.mark.django_db

INVITATION = {"kind": "account.invitation", "channel": "Email", "subject": "Come in", "body": "Hello {name}: {link}"}


def listed(http, who="ada"):
    return {(one["kind"], one["channel"]): one for one in http(who).read("/message-wordings")}


def save(http, who="ada", version=0, **more):
    return http(who).call("put", "/message-wordings", INVITATION | {"version": version} | more)


def test_every_message_is_there_with_what_causes_it_and_who_gets_it(http):
    found = listed(http)
    worded = {(kind.kind, by) for kind in KINDS.values() if kind.worded for by in kind.worded.channels}
    assert found.keys() == worded
    one = found["account.invitation", "Email"]
    assert one["default_subject"] == one["subject"] == "Your invitation to MentalSpace"
    assert (one["is_own"], one["version"], one["problem"]) == (False, 0, "")
    assert {"name": "link", "is_needed": True} in one["fields"]
    assert one["subject_fields"] == ["practice"]
    assert found["appointment.reminder", "Email"]["has_body"] is False
    assert found["appointment.booked", "SMS"]["has_body"] is True


def test_what_is_worded_nowhere_says_so():
    """Kinds without an entry are worded elsewhere, or made of finished text."""
    assert {kind.kind for kind in KINDS.values() if not kind.worded and not kind.kind.startswith("tests.")} == {
        "rule.staff", "rule.client", "rule.test", "appointment.test", "wording.test", "look.test",
    }  # fmt: skip


def test_saved_words_are_sent(http):
    answer = save(http)
    assert (answer.status_code, answer.json()["is_own"], answer.json()["version"]) == (200, True, 1)
    assert answer.json()["updated_by_name"] == "Ada Cast"
    person = {"first_name": "Una", "last_name": "New", "email": "una@example.org", "roles": ["billing"]}
    assert http("ada").call("post", "/users", person).status_code == 201
    (letter,) = delivered("una@example.org")
    assert letter.subject == "Come in"
    assert letter.body.startswith("Hello Una: http")


def test_only_administrators_of_the_practice(http):
    assert save(http).status_code == 200
    for who in ("otto", "ana", "fay", "bea", "sam"):
        assert refused(http(who).call("get", "/message-wordings"), 404)
        assert refused(save(http, who), 403)
        for path in ("previews", "tests"):
            assert refused(http(who).call("post", f"/message-wording-{path}", INVITATION), 403)
    assert listed(http, "olga")["account.invitation", "Email"]["is_own"] is False
    with acting_as(actor("olga")):
        assert not MessageWording.objects.exists()


def test_two_tabs_and_back_to_the_products_words(http):
    assert save(http).status_code == 200
    assert refused(save(http, subject="Mine"), 409, "wording_changed_elsewhere")
    assert refused(save(http, version=2, subject="Mine"), 409, "wording_changed_elsewhere")
    assert listed(http)["account.invitation", "Email"]["subject"] == "Come in"
    default = listed(http)["account.invitation", "Email"]
    back = save(http, version=1, subject=default["default_subject"], body=default["default_body"]).json()
    assert (back["is_own"], back["version"], back["subject"]) == (False, 2, "Your invitation to MentalSpace")
    with acting_as(actor("ada")):
        (row,) = MessageWording.objects.all()
        assert (row.subject, row.body) == ("", "")
    assert refused(save(http, subject="Mine"), 409, "wording_changed_elsewhere")  # a tab from before


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"subject": "Dear {name}"}, "subject"),
        ({"subject": "A\nB"}, "subject"),
        ({"body": "Hello {name}"}, "body"),
        ({"body": "{client_name} {link}"}, "body"),
        ({"body": "{link"}, "body"),
        ({"kind": "appointment.booked", "body": "x {date} {time}"}, "body"),
        ({"kind": "appointment.booked", "channel": "SMS", "body": "{date} {time}" + "x" * 320}, "body"),
        ({"kind": "appointment.booked", "channel": "SMS", "body": "{date}"}, "body"),
    ],
)
def test_what_cannot_be_used_is_refused_by_name_and_nothing_is_kept(http, texts, field):
    for answer in (save(http, **texts), http("ada").call("post", "/message-wording-previews", INVITATION | texts)):
        assert refused(answer, 422, "bad_input")
        assert list(answer.json()["fields"]) == [field]
    with acting_as(actor("ada")):
        assert not MessageWording.objects.exists()


@pytest.mark.parametrize("of", [{"kind": "nothing.such"}, {"channel": "SMS"}, {"kind": "rule.staff"}])
def test_what_nobody_words_is_not_there(http, of):
    assert refused(save(http, **of), 404)
    assert refused(http("ada").call("post", "/message-wording-previews", INVITATION | of), 404)


def test_the_preview_is_what_is_sent(http):
    mail = {"version": 0, "footer": "12 Elm Street"}
    assert http("ada").call("put", "/mail-settings", mail).status_code == 200
    shown = http("ada").call("post", "/message-wording-previews", INVITATION | {"subject": "{practice} asks"}).json()
    assert shown["subject"] == "Here asks"
    assert shown["text"].startswith("Hello Robin: http")
    assert shown["text"].endswith("\n\n-- \n12 Elm Street\n")
    answer = http("ada").call("post", "/message-wording-tests", INVITATION | {"subject": "{practice} asks"})
    assert (answer.status_code, answer.json()) == (200, {"to": "ada@example.org"})
    (letter,) = delivered("ada@example.org")
    assert letter.subject == "Test: Here asks"
    assert letter.body.startswith("This is a test of a wording.")
    assert letter.body.endswith(shown["text"])
    with acting_as(actor("ada")):
        assert Notification.objects.get().kind == "wording.test"
        assert not MessageWording.objects.exists()


def test_a_text_message_counts_its_parts_and_can_be_ended(http):
    draft = {"kind": "appointment.booked", "channel": "SMS", "body": "{date} {time} {practice}"}
    shown = http("ada").call("post", "/message-wording-previews", draft).json()
    assert shown == {"subject": "", "text": "Tuesday, November 24 3:00 pm EST Here Reply STOP to end.", "parts": 1}
    assert refused(http("ada").call("post", "/message-wording-tests", draft), 409, "no_such_address")


def test_a_reminder_has_the_practices_subject_and_the_text_of_reminders(http, stopped_clock):
    remind()
    agree()
    tell_changes("client")
    assert save(http, kind="appointment.booked", subject="See you, says {practice}", body="").status_code == 200
    book(http, NOW + timedelta(days=2))
    (letter,) = sent()
    assert letter.subject == "See you, says Here"
    assert "Hello Cleo" in letter.body
    with acting_as(actor("ada")):
        assert Notification.objects.get(recipient_email=CLEOS).message_subject == "See you, says Here"


def test_administrators_are_told_once_of_words_that_are_not_used(http):
    assert save(http).status_code == 200
    with acting_as(actor("ada")):
        row = MessageWording.objects.get()
        row.write(body="No link any more", updated_by=ID["ada"])
    assert "Without {link}" in listed(http)["account.invitation", "Email"]["problem"]
    for _ in range(2):
        telling.take(system_actor(HERE), wordings.UNUSED, row.pk)
    telling.take(system_actor(NEXT_DOOR), wordings.UNUSED, row.pk)
    telling.take(system_actor(HERE), "Document Uploaded", row.pk)
    for who, times in (("ada", 1), ("mia", 1), ("ana", 0), ("olga", 0)):
        with acting_as(actor(who)):
            assert StaffNotification.objects.filter(kind=telling.UNUSED).count() == times, who
    assert save(http, version=1).status_code == 200
    telling.take(system_actor(HERE), wordings.UNUSED, row.pk)
    with acting_as(actor("ada")):
        assert StaffNotification.objects.count() == 1
        assert wordings.chosen(HERE, KINDS["account.invitation"], EMAIL).subject == "Come in"


def test_what_was_done_is_in_the_trail(http):
    save(http)
    http("ada").call("post", "/message-wording-tests", INVITATION)
    events = {line["event"] for line in http("ada").read("/audit")["items"]}
    assert {"wording.saved", "wording.tried"} <= events
