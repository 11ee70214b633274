"""The demo practice's forms, in words of our own, and what clients answered: accepted, waiting, sent back, begun."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import CareTeamMember, Client
from mentalspace.core import clock
from mentalspace.forms import actions
from mentalspace.forms.building import actions as building
from mentalspace.forms.consents.actions import record_consent
from mentalspace.forms.links import actions as links
from mentalspace.forms.links.reach import readers
from mentalspace.forms.models import FormAssignment, FormTemplate
from mentalspace.forms.packets.actions import add_packet, assign_packet
from mentalspace.forms.spec import FormDefinition
from mentalspace.notify.models import EMAIL
from mentalspace.ops.demo.cast import ADA, ANA, FAY, Member


def _field(key: str, kind: str, label: str, **more: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "label": label, **more}


WELCOME = {
    "fields": [
        _field("you", "heading", "About you"),
        _field("name", "text", "What would you like to be called?", required=True, fills="preferred_name"),
        _field("pronouns", "text", "Your pronouns", fills="pronouns"),
        _field(
            "reach",
            "choices",
            "How may we reach you?",
            required=True,
            options=[
                {"key": "phone", "label": "By phone"},
                {"key": "text", "label": "By text message"},
                {"key": "mail", "label": "By e-mail"},
            ],
        ),
        _field("number", "text", "Which number?", show_when={"field": "reach", "test": "contains", "value": "phone"}),
        _field("care", "heading", "Your health"),
        _field("medication", "yes_no", "Do you take any medication?", required=True),
        _field(
            "which",
            "long_text",
            "Which, and how much?",
            required=True,
            show_when={"field": "medication", "value": "yes"},
        ),
        _field("hope", "long_text", "What do you hope will be different in half a year?"),
        _field("papers", "heading", "Papers"),
        _field(
            "card",
            "file",
            "Your insurance card, both sides",
            help="A photo is enough. You can also bring it along.",
            most_files=2,
        ),
    ]
}
AGREED = (
    "I agree to counseling at Riverbend Counseling. I know that I may ask about anything that is done, that I may stop"
    " at any time, and that what I say stays here, except where somebody is in danger or the law asks for it."
)
CONSENT = {
    "fields": [
        _field("questions", "yes_no", "Have your questions been answered?", required=True),
        _field(
            "sign",
            "consent",
            "I agree to treatment",
            help=AGREED,
            required=True,
            consent="treatment",
            months=12,
            expected=True,
        ),
        _field(
            "notice",
            "consent",
            "I have received the notice of privacy practices",
            help="It says how Riverbend Counseling uses what is known about me, and what I may ask for.",
            consent="privacy",
            expected=True,
        ),
    ]
}
ANSWERS = [
    {"key": "never", "label": "Not this week", "points": 0},
    {"key": "once", "label": "Once or twice", "points": 1},
    {"key": "often", "label": "On most days", "points": 2},
]
WEEK = {
    "fields": [
        _field(key, "scored", label, score="strain", required=True, options=ANSWERS)
        for key, label in (
            ("mornings", "Mornings were hard to begin"),
            ("plans", "I put off things I had planned"),
            ("worry", "Thoughts went round in circles"),
            ("people", "Being with others cost me more than it gave"),
        )
    ]
    + [_field("good", "long_text", "What went well?")],
    "scores": [
        {
            "key": "strain",
            "label": "Strain of the week",
            "bands": [
                {"least": 0, "most": 2, "label": "light"},
                {"least": 3, "most": 5, "label": "noticeable"},
                {"least": 6, "most": 8, "label": "heavy"},
            ],
        }
    ],
}

HEALTHY = {"name": "Bee", "reach": ["phone", "text"], "number": "555-0148, after five", "medication": False}
UNSURE = {**HEALTHY, "name": "Sam, please", "medication": True, "which": "The small white ones"}
HARD = {"mornings": "often", "plans": "once", "worry": "often", "people": "once", "good": "I called my sister."}


def keep(now: datetime) -> None:
    """Forms that Ada published, and some of Ana's clients who were given them."""
    made = [
        _published("Welcome", "Before the first session.", "intake", WELCOME, now),
        _published("Consent to treatment", "Signed before treatment begins.", "consent", CONSENT, now),
        _published("How was your week?", "Four questions; ours, no published measure.", "assessment", WEEK, now),
    ]
    welcome, consent, week = made
    with acting_as(ANA.actor):
        mine = CareTeamMember.objects.filter(person_id=ANA.id, end_date__isnull=True).order_by(
            "start_date", "client_id"
        )
        clients = list(Client.objects.filter(pk__in=mine.values("client_id")).order_by("last_name", "id")[:4])
    first, second, third, fourth = (client.pk for client in clients)
    _sent(first, welcome, HEALTHY, now - timedelta(days=20, hours=1), review=("accepted", ""))
    then = now - timedelta(days=20)
    signature = {"name": clients[0].chosen_name, "date": f"{then:%Y-%m-%d}", "signed": True}
    _sent(first, consent, {"questions": True, "sign": signature}, then, review=("accepted", ""))
    _release(first, now)
    _sent(second, week, HARD, now - timedelta(hours=20))
    _sent(
        third, welcome, UNSURE, now - timedelta(days=2), review=("returned", "Could you look up what they are called?")
    )
    _packet(third, [welcome, consent, week], now)
    waiting = _given(fourth, welcome, now - timedelta(hours=4), by=FAY, due=now + timedelta(days=6), priority="high")
    _mailed(waiting, now - timedelta(hours=4), by=FAY)
    _sent(fourth, week, {**HARD, "mornings": "never"}, now - timedelta(hours=3))


def _published(title: str, description: str, category: str, asks: dict[str, Any], now: datetime) -> FormTemplate:
    with acting_as(ADA.actor), clock.frozen(now - timedelta(days=60)):
        said = {"title": title, "description": description, "category": category}
        made = building.add_template(by=ADA.actor, definition=FormDefinition.model_validate(asks), **said)
        return building.publish_template(template_id=made.pk, version=made.version, by=ADA.actor)


def _packet(client: UUID, templates: list[FormTemplate], now: datetime) -> None:
    """All of an intake together; to one client, who has not begun."""
    with acting_as(ADA.actor), clock.frozen(now - timedelta(days=50)):
        said = {"title": "Adult intake", "description": "Everything before the first session."}
        packet = add_packet(by=ADA.actor, families=[each.family for each in templates], **said)
    at = now - timedelta(hours=6)
    with acting_as(ANA.actor), clock.frozen(at):
        how = {"is_again": False, "due_date": (now + timedelta(days=5)).date(), "priority": "normal"}
        given = {"client_id": client, "packet_id": packet.pk, "today": at.date(), "by": ANA.actor}
        assign_packet(**given, **how, instructions="")  # type: ignore[arg-type]


def _given(
    client: UUID,
    template: FormTemplate,
    at: datetime,
    *,
    by: Member,
    due: datetime | None = None,
    priority: str = "normal",
) -> UUID:
    with acting_as(by.actor), clock.frozen(at):
        return actions.assign_form(
            client_id=client,
            template_id=template.pk,
            due_date=due.date() if due else None,
            today=at.date(),
            by=by.actor,
            priority=priority,
            instructions="",
        ).pk


def _release(client: UUID, now: datetime) -> None:
    """A year ago, on paper: to a family doctor; it ends within the month."""
    began = (now - timedelta(days=345)).date()
    said = {
        "kind": "release",
        "title": "Release of information",
        "words": "Riverbend Counseling may tell my doctor what is named here. I may take this back at any time.",
        "how": "paper",
        "recipient": "Dr. Imani Cole, Hudson Family Practice",
        "scope": "That I come, the diagnosis, and changes of medication; to coordinate care",
        "effective": began,
        "expires": began + timedelta(days=364),
    }
    nothing = {"template_id": None, "form_id": None, "guardian_id": None, "signer": ""}
    with acting_as(ANA.actor), clock.frozen(now - timedelta(days=10)):
        record_consent(client_id=client, today=(now - timedelta(days=10)).date(), by=ANA.actor, **said, **nothing)


def _mailed(form: UUID, at: datetime, *, by: Member) -> None:
    """A link to whoever may have one by e-mail, if there is somebody."""
    with acting_as(by.actor), clock.frozen(at):
        client = Client.objects.get(pk=FormAssignment.objects.get(pk=form).client_id)
        reader = next((one for one in readers(client) if one.email), None)
        if reader:
            to = {"guardian_id": reader.guardian_id, "channel": EMAIL, "has_agreed": False}
            links.send_link(form_id=form, days=14, by=by.actor, **to)  # type: ignore[arg-type]


def _sent(
    client: UUID,
    template: FormTemplate,
    answers: dict[str, Any],
    at: datetime,
    review: tuple[str, str] | None = None,
) -> None:
    """Given by Ana, filled together in the session, and perhaps reviewed the next morning."""
    form = _given(client, template, at, by=ANA)
    with acting_as(ANA.actor):
        with clock.frozen(at + timedelta(minutes=20)):
            actions.submit_form(form_id=form, version=1, answers=answers, by=ANA.actor)
        if review:
            outcome, note = review
            with clock.frozen(at + timedelta(hours=14)):
                decided = {"outcome": outcome, "note": note, "signed_by": "client", "today": clock.now().date()}
                actions.review_form(form_id=form, number=1, by=ANA.actor, **decided)  # type: ignore[arg-type]
