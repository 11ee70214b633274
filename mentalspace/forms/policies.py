"""The words forms lend to policies."""

from mentalspace.access.policy import Where

ADMINISTRATIVE = ("intake", "insurance", "feedback", "administrative")
"""Categories that are the office's business. Consents and assessments are for those who treat the client."""


def is_administrative() -> Where:
    """The form is of a kind the front desk hands out, fills with the client and looks through."""
    return Where(f"category in {ADMINISTRATIVE}")


def form_is_visible() -> Where:
    """The form these answers belong to is one the acting person may read."""
    return Where("exists (select from form_assignments a where a.id = {t}.assignment_id)")
