"""The words charting lends to policies."""

from mentalspace.access.policy import Where


def unsigned() -> Where:
    """The note is still a draft."""
    return Where("signed_at is null")


def signed() -> Where:
    return Where("signed_at is not null")


def imported() -> Where:
    """The note was signed elsewhere and brought in."""
    return Where("is_imported")


def note_is_visible() -> Where:
    """The note this row belongs to is one the acting person may read."""
    return Where("exists (select from clinical_notes n where n.id = {t}.note_id)")


def note_is_my_draft() -> Where:
    """The note this row belongs to is the acting person's own and not signed."""
    return Where(
        "exists (select from clinical_notes n where n.id = {t}.note_id and n.signed_at is null"
        " and n.author_id = (select access.me()))"
    )


def note_is_signed_and_mine() -> Where:
    """The note this row belongs to was signed by the acting person."""
    return Where(
        "exists (select from clinical_notes n where n.id = {t}.note_id and n.signed_at is not null"
        " and n.author_id = (select access.me()))"
    )
