"""What the practice sets, refused in words when it could not work; and what is said and kept silent of reminders."""

from datetime import timedelta

import pytest
from django.db import DatabaseError

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import CareTeamMember
from mentalspace.core import clock
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.queries import STRANGER
from mentalspace.scheduling.reminders import sending
from tests.cast import CLEO, HERE, ID, NOW, actor
from tests.http import refused

from .reminding import EMAIL, agree, remind, sent

pytestmark = pytest.mark.django_db

ONE_LINE = "{practice}: appointment {date} {time}. Cancel: {cancel_link}"


def test_a_wording_that_would_go_with_its_link_is_neither_saved_nor_shown(http):
    remind()
    ada = http("ada")
    body = ada.read("/reminder-settings") | {"sms_template": ONE_LINE, "include_cancel_link": False}
    answer = ada.call("put", "/reminder-settings", body)
    assert refused(answer, 422, "bad_input")
    assert "line of its own" in answer.json()["fields"]["sms_template"][0]
    draft = {"channel": "sms", "about": "reminder", "text": ONE_LINE, "include_cancel_link": False}
    answer = ada.call("post", "/reminder-settings/preview", draft)
    assert refused(answer, 422, "bad_input")
    assert "line of its own" in answer.json()["fields"]["text"][0]
    assert ada.call("put", "/reminder-settings", body | {"include_cancel_link": True}).status_code == 200


def test_a_preview_says_how_many_text_messages_it_takes(http):
    off = {"include_reschedule_link": False, "include_cancel_link": False}
    draft = {"channel": "sms", "about": "reminder", "text": "x" * 140} | off
    for text, parts in (("x" * 140, 1), ("x" * 139 + "…", 3)):
        answer = http("ada").call("post", "/reminder-settings/preview", draft | {"text": text})
        assert answer.json()["parts"] == parts


def why_none(http, row):
    return http("ana").read(f"/appointments/{row['id']}/reminders")["why_none"]


@pytest.mark.usefixtures("stopped_clock")
def test_a_session_says_why_nothing_is_planned(booked, http):
    row = booked(starts_at=NOW + timedelta(days=3))
    assert why_none(http, row) == "The practice does not send reminders."
    remind(email_enabled=False)
    assert why_none(http, row) == "The practice does not send reminders."
    remind(email_enabled=True)
    agree("sms", "+12125550100")
    assert "not agreed to reminders by e-mail at" in why_none(http, row)
    agree()
    remind(timing_by_type={"Individual Therapy": {"email": []}})
    assert "No hours are set" in why_none(http, row)
    remind(timing_by_type={})
    with clock.frozen(NOW + timedelta(days=3, minutes=-30)):
        assert why_none(http, row) == "No reminder is due any more."


@pytest.mark.usefixtures("stopped_clock")
def test_who_does_not_know_the_client_does_not_see_their_address(booked, http):
    """Ash sees Cleo, is in her care team for having been booked, and then no more."""
    remind()
    agree()
    booked("fay", starts_at=NOW + timedelta(days=1), clinician_id=str(ID["ash"]))
    sent()
    ash = http("ash")
    (row,) = ash.read("/reminders?status=sent")["items"]
    assert (row["client_name"], row["recipient"]) == ("Cleo Client", EMAIL)
    with acting_as(actor("ada")):
        CareTeamMember.objects.filter(client_id=CLEO, person_id=ID["ash"]).update(end_date=NOW.date())
    (row,) = ash.read("/reminders?status=sent")["items"]
    assert (row["client_name"], row["recipient"]) == (STRANGER, "")


@pytest.mark.usefixtures("stopped_clock")
def test_a_log_line_about_a_fault_quotes_nobody(booked, monkeypatch, caplog):
    def fail(row, now):
        raise DatabaseError("Failing row contains (Cleo Client)")

    remind()
    agree()
    booked(starts_at=NOW + timedelta(days=1))
    monkeypatch.setattr(sending, "_hand_over", fail)
    assert sending.send_due(system_actor(HERE)).failed == 1
    assert "DatabaseError" in caplog.text
    assert "Cleo" not in caplog.text


def test_hours_are_refused_by_field(http):
    ada = http("ada")
    body = ada.read("/reminder-settings")
    for hours in ([1, 2, 3, 4, 5, 6], [0], [337]):
        assert refused(ada.call("put", "/reminder-settings", body | {"email_timing": hours}), 422)
    answer = ada.call("put", "/reminder-settings", body | {"email_timing": [1, 1]})
    assert answer.json()["fields"] == {"email_timing": ["Each hour once."]}
