"""Reads of what the product says, and of the practice's words for it."""

from typing import Any
from uuid import UUID

from mentalspace.correspondence.wordings.drafts import worded
from mentalspace.notify import wordings
from mentalspace.notify.fields import LONGEST_EMAIL, LONGEST_SUBJECT, LONGEST_TEXT
from mentalspace.notify.messages import KINDS, Message, Worded
from mentalspace.notify.models import EMAIL, SMS, MessageWording
from mentalspace.people.models import Profile


def listed() -> list[dict[str, Any]]:
    """Every message a practice may word, by area, once for each channel. Two statements."""
    rows = {(row.kind, row.channel): row for row in MessageWording.objects.all()}
    names = _names({row.updated_by for row in rows.values()})
    every = [(kind, about, channel) for kind in KINDS.values() if (about := kind.worded) for channel in about.channels]
    shown = [_shown(kind, about, by, rows.get((kind.kind, by)), names) for kind, about, by in every]
    return sorted(shown, key=lambda one: (one["area"], one["title"], one["channel"]))


def shown(row: MessageWording) -> dict[str, Any]:
    """One of them."""
    return _shown(*worded(row.kind, row.channel), row.channel, row, _names({row.updated_by}))


def _names(people: set[UUID]) -> dict[UUID, str]:
    return {person.pk: person.full_name for person in Profile.objects.filter(pk__in=people)}


def _shown(
    message: Message, about: Worded, channel: str, row: MessageWording | None, names: dict[UUID, str]
) -> dict[str, Any]:
    default = message.default(channel)
    now = wordings.own_or_default(message, channel, row) if row else default
    words_body = about.words_body(channel)
    wrong = wordings.problems(message, channel, now) if row else {}
    needed = set(wordings.needed(message))
    return {
        "kind": message.kind,
        "channel": channel,
        "area": about.area,
        "title": about.title,
        "cause": about.cause,
        "reader": about.reader,
        "has_subject": channel == EMAIL,
        "has_body": words_body,
        "default_subject": default.subject if channel == EMAIL else "",
        "default_body": default.body if words_body else "",
        "subject": now.subject if channel == EMAIL else "",
        "body": now.body if words_body else "",
        "is_own": bool(row and (row.subject or row.body)),
        "problem": next(iter(wrong.values()), ""),
        "subject_fields": wordings.subject_fields(message),
        "fields": [{"name": name, "is_needed": name in needed} for name in wordings.body_fields(message)],
        "longest_subject": LONGEST_SUBJECT,
        "longest_body": LONGEST_TEXT if channel == SMS else LONGEST_EMAIL,
        "version": row.version if row else 0,
        "updated_at": row.updated_at if row else None,
        "updated_by_name": names.get(row.updated_by, "") if row else "",
    }
