"""The library of the demo practice: a few policies, handouts and blank forms, one of them in its second version."""

from datetime import datetime, timedelta

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.documents.library import actions
from mentalspace.documents.library.models import BUCKET, LibraryDocument
from mentalspace.ops.demo.cast import ADA
from mentalspace.ops.demo.files import drawn
from mentalspace.storage.inspection import Checked
from mentalspace.storage.keeping import examine
from mentalspace.storage.models import Bucket

NOTICE = """This notice says how health information about you may be used and told to others, and how you can get at it.

We use it to treat you, to be paid, and to run the practice. For anything else we ask you first."""

PAPERS = (
    # name, category, description, text, days ago
    (
        "Crisis plan.pdf",
        "treatment",
        "Blank form, filled in together with the client; a copy goes into the chart.",
        "*Signs that a crisis begins* \\ \n\n*What helps me* \\ \n\n*Whom I call* \\ \n\n*988 at any hour*",
        120,
    ),
    (
        "Consent to counseling, blank.pdf",
        "consents",
        "Signed before the first session.",
        "I agree to counseling. I have read what is kept about me and who sees it.",
        400,
    ),
    (
        "Sleeping better.pdf",
        "handouts",
        "One page for clients, to take home.",
        "+ Get up at the same time every day.\n+ The bed is for sleeping.\n+ No screens for an hour before.",
        90,
    ),
    (
        "PHQ-9, paper form.pdf",
        "assessments",
        "For when the tablet is away. Enter the answers afterwards.",
        "Over the last two weeks, how often have you been bothered by any of the following?",
        210,
    ),
    (
        "Release of information, blank.pdf",
        "consents",
        "For talking to physicians, schools and relatives.",
        "I allow Riverbend Counseling to speak with: \\ \n\n about: \\ \n\n until:",
        380,
    ),
)


def add(now: datetime) -> None:
    """Put them where all staff of the practice find them."""
    for name, category, description, text, days in PAPERS:
        _put(name, category, description, text, now - timedelta(days=days))
    first = _put(
        "Notice of privacy practices.pdf",
        "policies",
        "Given to every client at intake.",
        NOTICE,
        now - timedelta(days=700),
    )
    with acting_as(ADA.actor), clock.frozen(now - timedelta(days=310)):
        newer = _file("Notice of privacy practices.pdf", NOTICE + "\n\nIn force since this January.")
        actions.add_version(document_id=first.pk, file=newer, by=ADA.actor)


def _put(name: str, category: str, description: str, text: str, at: datetime) -> LibraryDocument:
    with acting_as(ADA.actor), clock.frozen(at):
        file = _file(name, text)
        said = {"title": "", "category": category, "description": description}
        return actions.add_document(file=file, by=ADA.actor, **said)


def _file(name: str, text: str) -> Checked:
    content = drawn(name.removesuffix(".pdf"), text)
    return examine(Bucket.objects.get(pk=BUCKET), content, name=name, size=len(content))
