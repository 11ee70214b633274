"""Document templates of the demo practice, and two documents made of them in charts of Ana's, to be signed."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from mentalspace.access.actor import acting_as
from mentalspace.core import clock
from mentalspace.documents.models import ClientDocument
from mentalspace.documents.templates import actions
from mentalspace.documents.templates.models import DocumentTemplate
from mentalspace.ops.demo import signatures
from mentalspace.ops.demo.apart import latest_clients
from mentalspace.ops.demo.cast import ADA, ANA
from mentalspace.ops.demo.schedule import Held

BORN = "I, **{client_name}**, born {client_date_of_birth},"
EXCEPTIONS = "when somebody is in danger, and when a court orders it"

TREATMENT = f"""{BORN} agree to treatment at {{practice_name}} with {{clinician_name}}, {{clinician_credentials}}.

## What I was told
- What treatment may look like, what it may do for me, and what may be hard about it.
- That I may ask anything, and end treatment at any time.
- What is kept about me and who sees it, and when it may be told to others without my leave: {EXCEPTIONS}.

## What we agreed
{{field:Goals in the client’s words}}

## In an emergency
I call 988 or 911. The practice answers at {{practice_phone}} during its hours.

{{date}}

Signature: ______________________________"""

FEES = """Between **{client_name}** and {practice_name}, {practice_address}.

## Fees
- A session of 50 minutes: {field:Fee per session}
- A session missed or cancelled less than 24 hours before: {field:Fee for a missed session}

I pay at the time of each session unless we agree otherwise.

{date}

Signature: ______________________________"""

RELEASE = """I, **{client_name}**, born {client_date_of_birth}, allow {practice_name} to speak with

{field:Name and address of the recipient}

about: {field:What may be told}

I may take this back at any time in writing. It ends by itself on {field:End date}.

{date}

Signature: ______________________________"""

TEMPLATES = (
    ("Consent to treatment", "consent", TREATMENT, 260),
    ("Fee agreement", "consent", FEES, 258),
    ("Release of information", "consent", RELEASE, 250),
)


def add(held: list[Held], now: datetime) -> None:
    """Ada writes them; Ana makes a consent and a fee agreement for the two clients she saw last."""
    written = [
        _template(title, category, body, now - timedelta(days=days)) for title, category, body, days in TEMPLATES
    ]
    consent, fees = written[:2]
    first, second = latest_clients(held, ANA)[:2]
    goals = {"field:Goals in the client’s words": "To sleep through the night again, and to worry less about work."}
    agreed = _make(consent, first, goals, now - timedelta(days=6))
    amounts = {"field:Fee per session": "$150", "field:Fee for a missed session": "$75"}
    signatures.ask(agreed, _make(fees, second, amounts, now - timedelta(days=12)), now)


def _template(title: str, category: str, body: str, at: datetime) -> DocumentTemplate:
    with acting_as(ADA.actor), clock.frozen(at):
        return actions.add_template(title=title, category=category, body=body, by=ADA.actor)


def _make(template: DocumentTemplate, client: UUID, answers: dict[str, str], at: datetime) -> ClientDocument:
    of = {"document_id": uuid4(), "client_id": client, "template_id": template.pk}
    with acting_as(ANA.actor), clock.frozen(at):
        return actions.make_document(**of, template_version=1, title=template.title, answers=answers, by=ANA.actor)
