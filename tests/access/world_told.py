"""Rows of the matrix that come of signing in and of what the product tells people: tries counted, messages queued."""

from datetime import UTC, datetime
from uuid import UUID

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.correspondence.rules.models import NotificationRule, RuleDispatch
from mentalspace.notify.models import (
    MailLogo,
    MailSettings,
    MessageWording,
    Notification,
    ProviderAccount,
    ProviderEvent,
    StaffNotification,
    SuppressedAddress,
)
from mentalspace.people import limits
from mentalspace.people.models import RateLimit
from tests.access.rows import WHO, Rows, actor
from tests.cast import HERE, NEXT_DOOR


def counted_and_told(w: Rows) -> None:
    for label, name in (("Ana's", "ana"), ("Otto's", "otto"), ("an address's", "")):
        with acting_as(IDENTITY):
            limits.take("x", user=WHO.get(name), address=None if name else "192.0.2.1")
            w.know(label, RateLimit.objects.get(user_id=WHO.get(name)))
    for label, by, practice, to in (
        ("to Ana", "ana", HERE, "ana"),
        ("to Ada", "bea", HERE, "ada"),
        ("next door", "otto", NEXT_DOOR, "otto"),
    ):
        w.put(by, label, _notification(practice, WHO[to]))
    sent = w.put("sys", "to Ada, sent", _notification(HERE, WHO["ada"]))
    with acting_as(actor("sys")):
        sent.write(sent_at=datetime.now(UTC), sent_successfully=True)
    w.know("to Ada, sent", sent)
    _bell(w)
    _rules(w)
    _words(w)
    _providers(w)


def _rules(w: Rows) -> None:
    for by, label, practice, author, more in (
        ("ada", "Ada's", HERE, WHO["ada"], {}),
        ("sys", "the practice's", HERE, HERE, {}),
        ("ada", "removed", HERE, WHO["ada"], {"is_active": False, "removed_at": datetime.now(UTC)}),
        ("olga", "next door", NEXT_DOOR, WHO["olga"], {}),
    ):
        words = {"rule_name": "x", "message_subject": "x", "message_template": "x"}
        what = {"trigger_event": "Document Uploaded", "recipient_type": "Clinician", "created_by_id": author}
        w.put(by, label, NotificationRule(practice_id=practice, **words, **what, **more))
    for by, label, of, to in (("sys", "here", "Ada's", "ana"), ("sys-next-door", "next door", "next door", "otto")):
        rule = w.kept("notification_rules", of)
        about = {"entity_id": WHO["cleo"], "recipient_id": WHO[to], "channel": "Email", "due_at": datetime.now(UTC)}
        w.put(by, label, RuleDispatch(practice_id=rule.practice_id, rule=rule, **about))


def _words(w: Rows) -> None:
    def wording(practice: UUID, by: UUID, kind: str = "x") -> MessageWording:
        return MessageWording(practice_id=practice, kind=kind, channel="Email", updated_by=by)

    w.put("ada", "Ada's", wording(HERE, WHO["ada"]))
    w.would("one's own", lambda me: wording(HERE, me, "y"))
    w.put("olga", "next door", wording(NEXT_DOOR, WHO["olga"]))
    w.put("ada", "Ada's", MailSettings(practice_id=HERE, updated_by=WHO["ada"]))
    w.would("one's own", lambda me: MailSettings(practice_id=HERE, updated_by=me))
    w.put("olga", "next door", MailSettings(practice_id=NEXT_DOOR, updated_by=WHO["olga"]))
    w.put("ada", "Ada's", _logo(HERE, WHO["ada"]))
    w.would("one's own", lambda me: _logo(HERE, me))
    w.put("olga", "next door", _logo(NEXT_DOOR, WHO["olga"]))


def _logo(practice: UUID, by: UUID) -> MailLogo:
    return MailLogo(practice_id=practice, content=b"x", content_type="image/png", width=1, height=1, added_by=by)


HATTED = ("ana", "ada", "sam", "ash", "bea", "fay")
"""One of each hat."""


def _bell(w: Rows) -> None:
    for label, by, practice, to in (
        *((f"to {name.title()}{state}", "sys", HERE, name) for name in HATTED for state in ("", ", read")),
        ("next door", "olga", NEXT_DOOR, "otto"),
    ):
        about = {"about_type": "client", "about_id": WHO["ana"], "client_id": WHO["cleo"]}
        row = StaffNotification(practice_id=practice, recipient_id=WHO[to], kind="x", title="x", **about)
        w.put(by, label, row)
        if label.endswith("read"):
            with acting_as(actor(to)):
                row.write(read_at=datetime.now(UTC))
            w.know(label, row)


def _providers(w: Rows) -> None:
    def account(practice: UUID, by: UUID, provider: str = "resend") -> ProviderAccount:
        return ProviderAccount(practice_id=practice, provider=provider, sender="x", sealed="x", added_by=by)

    w.put("ada", "Ada's", account(HERE, WHO["ada"]))
    w.would("one's own", lambda me: account(HERE, me, "twilio"))
    w.put("olga", "next door", account(NEXT_DOOR, WHO["olga"]))
    for by, label, practice in (("sys", "here", HERE), ("sys-next-door", "next door", NEXT_DOOR)):
        of = {"provider": "resend", "event_id": "x", "kind": "bounced", "happened_at": datetime.now(UTC)}
        w.put(by, label, ProviderEvent(practice_id=practice, **of))
    for by, label, practice, reason in (
        ("sys", "bounced", HERE, "bounced"),
        ("sys", "stopped", HERE, "stopped"),
        ("sys-next-door", "next door", NEXT_DOOR, "bounced"),
    ):
        of = {"channel": "Email", "address": f"{reason}@example.org", "reason": reason}
        w.put(by, label, SuppressedAddress(practice_id=practice, **of))


def _notification(practice: UUID, to: UUID) -> Notification:
    text = {"message_subject": "x", "message_content": "x", "recipient_email": "x@example.org"}
    return Notification(practice_id=practice, kind="x", recipient_id=to, **text)
