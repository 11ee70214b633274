"""The practice's own words: used when a message is queued, never in its way, and what of them is refused."""

import pytest

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.notify import happenings, wordings
from mentalspace.notify.fields import Said
from mentalspace.notify.messages import KINDS, Worded, Wording, message
from mentalspace.notify.models import EMAIL, SMS, MailSettings, MessageWording
from mentalspace.notify.outbox import queue
from tests.cast import HERE, ID, NEXT_DOOR, actor
from tests.mail import delivered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def worded(kinds):
    """A kind that may be worded, by mail and by text."""
    about = Worded(
        area="Tests",
        title="Told",
        cause="A test tells.",
        reader="Ana",
        says={"name": Said("Robin"), "what": Said("something"), "count": Said("3", in_subject=True)},
        needs=("what",),
        channels=(EMAIL, SMS),
    )
    said = "Hello {name}: {what} {count} at {practice}\n\n{link}\n"
    link = {"link": lambda row: "https://example.org/x"}
    return message("tests.worded", subject="Told", body=said, sms="{what} {link}", links=link, worded=about)


def own(**texts):
    channel, practice = texts.pop("channel", EMAIL), texts.pop("practice", HERE)
    by = "ada" if practice == HERE else "olga"
    with acting_as(actor(by)):
        row = MessageWording(practice_id=practice, kind="tests.worded", channel=channel, updated_by=ID[by], **texts)
        row.save(force_insert=True)
    return row


def tell(**how):
    values = {"name": "Ana", "what": "news", "count": 2}
    how = {"email": "ana@example.org"} | how
    return queue(kind="tests.worded", recipient=ID["ana"], values=values, **how)


@pytest.mark.parametrize("who", ["ana", "bea", "fay"])
def test_a_message_is_queued_in_the_practices_words_whoever_acts(who):
    own(subject="{count} news of {practice}", body="{name}, {what}: {link}")
    with acting_as(actor(who)):
        row = tell()
    assert (row.message_subject, row.message_content) == ("2 news of Here", "Ana, news: [link]")
    (letter,) = delivered("ana@example.org")
    assert letter.body == "Ana, news: https://example.org/x"


def test_identity_finds_the_words_of_the_practice_it_names(worded):
    own(subject="Ours")
    own(subject="Theirs", practice=NEXT_DOOR)
    with acting_as(IDENTITY):
        assert wordings.chosen(HERE, worded, EMAIL).subject == "Ours"
        assert wordings.chosen(NEXT_DOOR, worded, EMAIL).subject == "Theirs"


def test_each_channel_and_each_text_has_its_own():
    own(body="{what}! {link}", channel=SMS)
    own(subject="Ours")
    with acting_as(actor("ana")):
        text, mail = tell(email="", phone="+15185550100"), tell()
    assert text.message_content == "news! [link]"
    assert (mail.message_subject, mail.message_content) == ("Ours", "Hello Ana: news 2 at Here\n\n[link]\n")


def test_a_text_message_without_words_of_its_own_has_the_products():
    with acting_as(actor("ana")):
        assert tell(email="", phone="+15185550100").message_content == "news [link]"


def test_values_cannot_become_fields_or_lines():
    own(subject="Of {count}", body="{name}|{what}|{link}")
    with acting_as(actor("ana")):
        values = {"name": "{link}\r\nBcc: x@example.org", "what": "<b>{name}</b>", "count": "1\r\nBcc: y"}
        row = queue(kind="tests.worded", recipient=ID["ana"], values=values, email="ana@example.org")
    assert row.message_subject == "Of 1 Bcc: y"
    assert row.message_content == "{link} Bcc: x@example.org|<b>{name}</b>|[link]"


@pytest.mark.parametrize(
    "body", ["{gone} {what} {link}", "{what}", "{link}", "{", "{what!r} {link}", "x" * 5000 + "{what}{link}"]
)
def test_words_that_do_not_fit_any_more_stop_nothing(body, monkeypatch):
    told = []
    monkeypatch.setattr(happenings.tell_listeners, "defer", lambda **what: told.append(what))
    row = own(body=body, subject="Ours")
    with acting_as(actor("ana")):
        sent = tell()
    assert (sent.message_subject, sent.message_content) == ("Told", "Hello Ana: news 2 at Here\n\n[link]\n")
    assert told == [{"practice": str(HERE), "what": wordings.UNUSED, "entity": str(row.pk)}]


@pytest.mark.parametrize(
    ("channel", "subject", "body", "found"),
    [
        (EMAIL, "Of {count}, {practice}", "{name} {what} {link}", {}),
        (EMAIL, "About {name}", "{what} {link}", {"subject": "may stand in the text only"}),
        (EMAIL, "About {what}", "{what} {link}", {"subject": "may stand in the text only"}),
        (EMAIL, "About {diagnosis}", "{what} {link}", {"subject": "no field {diagnosis}"}),
        (EMAIL, "{name} {diagnosis}", "{what} {link}", {"subject": "may stand in the text only"}),
        (EMAIL, "One\r\nBcc: x", "{what} {link}", {"subject": "one line"}),
        (EMAIL, "x" * 121, "{what} {link}", {"subject": "At most 120"}),
        (EMAIL, " ", "{what} {link}", {"subject": "Write something"}),
        (EMAIL, "{", "{what} {link}", {"subject": "missing its partner"}),
        (EMAIL, "x", "{client_name} {what} {link}", {"body": "no field {client_name}"}),
        (EMAIL, "x", "{what.__class__} {link}", {"body": "no field"}),
        (EMAIL, "x", "{what:>9} {link}", {"body": "without anything behind"}),
        (EMAIL, "x", "{what}", {"body": "Without {link}"}),
        (EMAIL, "x", "{link}", {"body": "Without {what}"}),
        (EMAIL, "{name}", "{link}", {"subject": "may stand", "body": "Without {what}"}),
        (SMS, "ignored {name}", "{what} {link}" + "x" * 320, {"body": "At most 320"}),
        (SMS, "", "{what} {link}", {}),
    ],
)
def test_what_is_refused_and_why(worded, channel, subject, body, found):
    said = wordings.problems(worded, channel, Wording(subject, body))
    assert said.keys() == found.keys()
    assert all(found[name] in said[name] for name in found)


def test_the_products_own_words_all_pass():
    for one in list(KINDS.values()):
        for channel in one.worded.channels if one.worded else ():
            assert wordings.problems(one, channel, one.default(channel)) == {}, one.kind


def test_a_kind_declares_a_field_for_each_value():
    about = Worded(area="x", title="x", cause="x", reader="x", says={})
    with pytest.raises(ValueError, match="the fields of"):
        message("tests.wrong", subject="x", body="{name}", worded=about)


def test_mails_have_sender_answers_and_footer_and_texts_do_not():
    with acting_as(actor("ada")):
        around = {
            "sender_name": 'Here, "the" practice',
            "reply_to": "office@here.example",
            "footer": "{name}\nElm Street",
        }
        MailSettings(practice_id=HERE, updated_by=ID["ada"], **around).save(force_insert=True)
    with acting_as(actor("ana")):
        mail, text = tell(), tell(email="", phone="+15185550100")
    assert mail.message_content.endswith("[link]\n\n-- \n{name}\nElm Street\n")
    assert text.message_content == "news [link]"
    (letter,) = delivered("ana@example.org")
    assert letter.reply_to == ["office@here.example"]
    made = letter.message()
    assert made["From"].startswith('"Here, \\"the\\" practice" <')
    assert made["Message-ID"].startswith(f"<{mail.pk}@")
