"""What the practice sets: refused in words when it could not work, and saved whole."""

import pytest

from tests.http import refused

from .reminding import remind

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
