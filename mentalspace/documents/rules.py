"""Rules about documents: pure functions."""

from collections.abc import Iterable
from typing import Literal

Category = Literal[
    "intake", "consent", "assessment", "treatment", "insurance", "identification", "correspondence", "other"
]

LibraryCategory = Literal["policies", "consents", "handouts", "assessments", "treatment", "administrative"]
"""What the practice's own papers are. The original's five, and the policies that HIPAA has a practice keep."""

MOST_TAGS, LONGEST_TAG = 10, 40


def tidy_tags(tags: Iterable[str]) -> list[str]:
    """Each tag once, whatever its capitals, in the order given."""
    found: dict[str, str] = {}
    for tag in (each.strip() for each in tags):
        if tag:
            found.setdefault(tag.casefold(), tag)
    return list(found.values())


def problem_with_tags(tags: list[str]) -> str | None:
    """Why these cannot be a document's tags, or None."""
    if len(tags) > MOST_TAGS:
        return f"At most {MOST_TAGS} tags."
    if any(len(tag) > LONGEST_TAG for tag in tags):
        return f"A tag has at most {LONGEST_TAG} letters."
    return None
