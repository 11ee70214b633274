"""What is bounded about the files of a form: pure functions and numbers."""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from mentalspace.forms import answering
from mentalspace.forms.spec import MOST_FILES_OF_FORM, FormDefinition

MEGABYTE = 1024 * 1024
MOST_FILES = MOST_FILES_OF_FORM
"""Ever brought to one form by links, and as many by the staff, those that were taken off again among them: whoever has
a link fills no disk."""

MOST_BYTES = 100 * MEGABYTE
"""Of one form's files that are there, together: of those that came by links, and of the staff's."""

UNNAMED_FOR = timedelta(hours=1)
"""After this a file goes that no answer names: it was taken off, or the page was closed before it was saved."""

UNACCEPTED_FOR = timedelta(days=30)
"""After this the files go of a form that was taken back or rejected."""

UNSENT_FOR = timedelta(days=90)
"""After this the files go of a form in which nothing was entered since."""

CATEGORIES = {
    "intake": "intake",
    "consent": "consent",
    "assessment": "assessment",
    "insurance": "insurance",
    "feedback": "other",
    "administrative": "other",
}
"""Where in the chart a file goes, by the category of its form."""


def named(definition: FormDefinition, answers: answering.Answers) -> dict[str, list[str]]:
    """The ids of files in these answers, by question."""
    return {
        field.key: answers[field.key] for field in definition.fields if field.kind == "file" and answers.get(field.key)
    }


def strangers(definition: FormDefinition, answers: dict[str, Any], there: Collection[tuple[str, str]]) -> Iterator[str]:
    """Questions whose answer names a file that is not `there`: pairs of question and id."""
    for key, ids in named(definition, answers).items():
        if any((key, each) not in there for each in ids):
            yield key
