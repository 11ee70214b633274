"""What is queued: one row in the caller's transaction, exactly the values its text names, nothing secret."""

import pytest
from django.db import DatabaseError, transaction

from mentalspace.access.actor import IDENTITY, acting_as, identity_of
from mentalspace.notify.messages import message
from mentalspace.notify.models import MailLogo, MailSettings, Notification
from mentalspace.notify.outbox import queue
from mentalspace.practices.models import Practice
from tests.cast import HERE, ID, NEXT_DOOR, NOW, actor
from tests.mail import delivered

pytestmark = pytest.mark.django_db


REAL = {"kind": "account.changed", "values": {"name": "Ana", "when": "Monday", "what": "nothing was changed"}}
"""A message of the product's, for tests that send with a process of their own."""


def tell(to="ana", **how):
    how = {"kind": "tests.plain", "values": {"name": "Ana"}, "email": f"{to}@example.org"} | how
    return queue(recipient=ID[to], **how)


def rows(who="ada"):
    with acting_as(actor(who)):
        return list(Notification.objects.order_by("created_at"))


def letterhead():
    """Ada has chosen a logo and a colour."""
    with acting_as(actor("ada")):
        of = {"content": b"\x89PNG", "content_type": "image/png", "width": 64, "height": 32}
        logo = MailLogo(practice_id=HERE, added_by=ID["ada"], **of)
        logo.save(force_insert=True)
        MailSettings(practice_id=HERE, updated_by=ID["ada"], logo=logo, accent_color="#2f5d8a").save(force_insert=True)
    return logo


@pytest.mark.parametrize("who", ["ada", "mia", "sam", "ana", "ash", "bea", "fay"])
def test_everybodys_work_may_tell_people_something(who):
    with acting_as(actor(who)):
        tell()
    (row,) = rows()
    assert (row.recipient_id, row.recipient_email, row.message_subject) == (
        ID["ana"],
        "ana@example.org",
        "Something happened",
    )
    assert row.message_content == "Hello Ana of Here.\n"
    assert (row.sent_at, row.attempts, row.practice_id) == (None, 0, HERE)


def test_who_reads_it():
    with acting_as(actor("ana")):
        tell()
    for name in ("bea", "cleo"):
        with acting_as(actor(name)), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            Notification.objects.count()
    for name in ("ana", "sam", "fay"):  # who may read what brings people documents to sign, and nothing else
        with acting_as(actor(name)):
            assert not Notification.objects.exists()
    assert rows("olga") == []


def test_otto_and_clients_add_nothing_here():
    for name in ("otto", "cleo"):
        with acting_as(actor(name)), pytest.raises((DatabaseError, Practice.DoesNotExist)), transaction.atomic():
            tell(practice=HERE)


def test_it_comes_and_goes_with_what_caused_it():
    with acting_as(actor("ana")), transaction.atomic():
        tell()
        transaction.set_rollback(True)
    assert rows() == []


def test_identity_says_whose_message_it_is():
    with acting_as(IDENTITY):
        with pytest.raises(ValueError, match="no practice"):
            tell()
        tell(practice=HERE)
    with acting_as(identity_of(ID["ana"])):
        tell(practice=HERE)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            tell("ada", practice=HERE)
    assert [row.recipient_id for row in rows()] == [ID["ana"]] * 2
    assert rows("olga") == []
    with acting_as(IDENTITY):
        tell("otto", practice=NEXT_DOOR)
    assert [row.message_content for row in rows("olga")] == ["Hello Ana of Next-Door.\n"]


def test_nobody_queues_what_counts_as_sent():
    with acting_as(actor("ana")), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Notification.objects.bulk_create(
            [
                Notification(
                    practice_id=HERE, kind="tests.plain", recipient_email="x@example.org", sent_at=NOW,
                    sent_successfully=True,
                )
            ]
        )  # fmt: skip


@pytest.mark.parametrize("values", [{}, {"name": "Ana", "note": "x"}, {"practice": "x"}])
def test_values_are_those_of_the_text(values):
    with acting_as(actor("ana")), pytest.raises(ValueError, match="exactly"):
        tell(values=values)


def test_a_kind_nobody_registered():
    with acting_as(actor("ana")), pytest.raises(KeyError):
        tell(kind="tests.unknown")


def test_values_stay_in_their_line_and_are_no_templates():
    with acting_as(actor("ana")):
        tell(values={"name": "Ana\r\nBcc: all\u2028x \u202e{practice}{name.__class__}"})
    assert rows()[0].message_content == "Hello Ana Bcc: all x  {practice}{name.__class__} of Here.\n"


@pytest.mark.parametrize(
    ("subject", "body", "link", "why"),
    [
        ("Hello {name}", "x", None, "same for everybody"),
        ("Hello\nBcc: all", "x", None, "same for everybody"),
        ("x", "no place", str, "no place"),
        ("x", "{link}", None, "place for a link"),
    ],
)
def test_a_message_that_could_not_be_sent_is_refused_at_the_start(subject, body, link, why):
    with pytest.raises(ValueError, match=why):
        message("tests.wrong", subject=subject, body=body, link=link)
    with pytest.raises(ValueError, match="two messages"):
        message("tests.plain", subject="x", body="x")


def test_a_link_is_made_when_it_is_sent_and_kept_nowhere():
    with acting_as(actor("ana")):
        tell(kind="tests.linked", values={}, metadata={"key": "7"}, about=("profile", ID["ana"]))
    assert delivered()[0].body == "Go to https://example.org/7\n"
    (row,) = rows()
    assert row.message_content == "Go to [link]\n"
    assert (row.related_entity_type, row.related_entity_id) == ("profile", ID["ana"])
