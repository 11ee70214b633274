"""Messages with links to forms and documents, in a practice's own words: the link stays, and nobody is named."""

import pytest

from mentalspace.documents.tests import signing
from mentalspace.forms.tests import linking
from mentalspace.forms.tests.filling import given
from mentalspace.notify.messages import KINDS
from tests.http import refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db

KINDS_WITH_LINKS = ("form.link", "form.changes", "signature.link", "signature.copy")
OURS = {"subject": "{practice} would like to hear from you", "body": "Dear reader,\n\n{link}\n\nYours, {practice}"}


def save(http, kind, channel="Email", who="ada", **more):
    body = {"kind": kind, "channel": channel, "version": 0} | OURS | more
    return http(who).call("put", "/message-wordings", body)


@pytest.mark.parametrize("kind", KINDS_WITH_LINKS)
@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"body": "Please fill in your form."}, "body"),
        ({"body": "{client_name}: {link}"}, "body"),
        ({"body": "{title} {link}"}, "body"),
        ({"subject": "For {client_name}"}, "subject"),
        ({"subject": "Open {link}"}, "subject"),
    ],
)
def test_the_link_stays_and_nobody_can_be_named(http, kind, texts, field):
    answer = save(http, kind, **texts)
    assert refused(answer, 422, "bad_input")
    assert list(answer.json()["fields"]) == [field]
    assert refused(save(http, kind, who="otto"), 403)


@pytest.mark.parametrize("kind", KINDS_WITH_LINKS)
def test_each_has_a_preview_and_a_test(http, kind):
    draft = {"kind": kind, "channel": "Email"} | OURS
    shown = http("ada").call("post", "/message-wording-previews", draft).json()
    assert (shown["subject"], shown["text"][:12]) == ("Here would like to hear from you", "Dear reader,")
    assert "http" in shown["text"]
    assert http("ada").call("post", "/message-wording-tests", draft).json() == {"to": "ada@example.org"}


@pytest.mark.parametrize("kind", KINDS_WITH_LINKS)
def test_its_values_say_nothing_of_anybody(kind):
    """The names of the fields are all that a practice may put in: a day, the link, and the practice."""
    message = KINDS[kind]
    assert message.names <= {"day", "until"}
    assert message.worded is not None


def test_a_form_is_sent_in_the_practices_words(http):
    assert save(http, "form.link").status_code == 200
    path = linking.linked(http, given(http))
    (letter,) = delivered(linking.MAIL)
    assert letter.subject == "Here would like to hear from you"
    assert letter.body.startswith("Dear reader,\n\nhttp")
    assert path in letter.body
    assert linking.opened(path)


def test_a_document_is_sent_and_its_copy_in_the_practices_words(http):
    signing.reachable()
    assert save(http, "signature.link", subject="To sign").status_code == 200
    assert save(http, "signature.copy", subject="Signed").status_code == 200
    request = signing.request_for(http("ana"), signing.document_of_cleo(http), [signing.CLEO_SIGNS]).json()
    (path,) = signing.links_to("cleo@example.org")
    signing.opened(path).post(path, signing.form(request, "Cleo Client"))
    signing.go_on(request)
    subjects = [letter.subject for letter in delivered("cleo@example.org")]
    assert subjects == ["To sign", "Signed"]
    assert all(letter.body.startswith("Dear reader,") for letter in delivered("cleo@example.org"))


def test_a_text_message_has_its_own_words(http):
    text = {"subject": "", "body": "{practice} has a form for you: {link}"}
    assert save(http, "form.link", "SMS", **text).status_code == 200
    assert refused(save(http, "form.link", "SMS", body="A form for you."), 422)
    assert refused(save(http, "signature.link", "SMS", **text), 404), "documents are sent by mail alone"
