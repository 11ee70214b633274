"""Operations runbook, "Emails Not Sending": the queue is what its query shows."""

from django.core import mail
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.notify.messages import KINDS, message
from mentalspace.notify.outbox import queue
from tests.cast import ID, actor
from tests.mail import delivered

QUEUE = """
SELECT * FROM notification_logs
WHERE sent_at IS NULL
ORDER BY created_at DESC
LIMIT 20;
"""


def test_check_the_email_queue(operator, monkeypatch):
    monkeypatch.delitem(KINDS, "tests.runbook", raising=False)
    message("tests.runbook", subject="Something happened", body="Hello.")
    assert operator.execute(QUEUE).fetchall() == []
    with acting_as(actor("ana")), transaction.atomic():
        for name in ("ana", "ada"):
            queue(kind="tests.runbook", recipient=ID[name], email=f"{name}@example.org", values={})
        assert operator.execute(QUEUE).fetchall() == []  # not before it is committed
    assert len(operator.execute(QUEUE).fetchall()) == 2
    assert {address for sent in delivered() for address in sent.to} == {"ana@example.org", "ada@example.org"}
    assert operator.execute(QUEUE).fetchall() == []
    assert len(mail.outbox) == 2
    KINDS.pop("tests.runbook")
