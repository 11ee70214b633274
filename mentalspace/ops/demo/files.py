"""A few documents in a few charts: drawn here, kept as anybody's upload is."""

from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID

import typst

from mentalspace.access.actor import acting_as
from mentalspace.documents.jobs import read_words
from mentalspace.documents.models import BUCKET, ClientDocument
from mentalspace.ops.demo import sharing
from mentalspace.ops.demo.apart import latest_clients
from mentalspace.ops.demo.cast import ANA, ASH, FAY, RIVERBEND, Member
from mentalspace.ops.demo.schedule import Held
from mentalspace.storage.extraction import READABLE
from mentalspace.storage.keeping import examine, keeping
from mentalspace.storage.models import Bucket

PAGE = """#set page(paper: "us-letter", margin: 1in)
#set text(size: 11pt)
#text(9pt, fill: gray)[Riverbend Counseling · invented for the demo]
= {title}
#v(1em)
{body}
#v(3em)
#line(length: 45%)
#text(9pt)[Signature and date]
"""

CONSENT = """I agree to counseling at Riverbend Counseling. I have read what is kept about me, who sees it, and when it
may be told to others without my leave: when somebody is in danger, and when a court orders it.

I may end counseling at any time, and ask for a copy of my record."""

INTAKE = """*What brings you here?* \\ Trouble sleeping since the spring, and worrying about work.

*Have you been in counseling before?* \\ Yes, for half a year, about four years ago.

*Medication* \\ None at present.

*Whom may we call in an emergency?* \\ As noted in the chart."""

LETTER = """Thank you for referring this client to us. A first conversation took place as arranged, and weekly sessions
have begun. With the client's consent I will write to you again after twelve weeks.

With kind regards"""

NOTES = (
    "Called on Monday: would like to move to mornings from next month.\nPrefers to be reached by phone after 4 pm.\n"
)


ON_THE_CARD = (("EVERGREEN HEALTH", 44), ("Member  WXQ 555 0142 01", 34), ("Group  70110", 34))


def add(held: list[Held], now: datetime) -> None:
    """Consents, intake forms, a letter, a card and a scribbled note, in charts of Ana's and Ash's."""
    anas, ashes = latest_clients(held, ANA), latest_clients(held, ASH)
    for number, client in enumerate(anas[:3]):
        first = 60 + 7 * number
        consent = drawn("Consent to counseling", CONSENT)
        _put(FAY, client, "Consent to counseling.pdf", "consent", consent, _at(now, first, 14, 5))
        _put(ANA, client, "Intake form.pdf", "intake", drawn("Intake form", INTAKE), _at(now, first - 1, 16, 40))
    _put(FAY, anas[0], "Insurance card front.jpg", "insurance", _card(), _at(now, 20, 15, 20))
    _put(ANA, anas[0], "Letter to referrer.pdf", "correspondence", drawn("Letter", LETTER), _at(now, 9, 20, 10))
    _put(ANA, anas[0], "Phone call.txt", "other", NOTES.encode(), _at(now, 2, 17, 35))
    sharing.share(anas[0], now)
    _put(ASH, ashes[0], "Consent to counseling.pdf", "consent", drawn("Consent", CONSENT), _at(now, 30, 14, 50))


def _at(now: datetime, days: int, hour: int, minute: int) -> datetime:
    """So many days ago, in the practice's working hours (these are UTC)."""
    return (now - timedelta(days=days)).replace(hour=hour, minute=minute, second=0, microsecond=0)


def _put(who: Member, client: UUID, name: str, category: str, content: bytes, at: datetime) -> None:
    with acting_as(who.actor):
        bucket = Bucket.objects.get(pk=BUCKET)
        file = examine(bucket, content, name=name, size=len(content))
        with keeping(bucket, file, below=client, by=who.actor) as kept:
            document = ClientDocument(
                practice_id=RIVERBEND.id,
                client_id=client,
                object=kept,
                file_path=kept.name,
                file_name=file.file_name,
                title=name.rpartition(".")[0],
                category=category,
                mime_type=file.content_type,
                file_size_bytes=file.size,
                uploader_id=who.id,
                created_at=at,
                updated_at=at,
            )
            document.family = document.pk
            document.save(force_insert=True)
        if file.content_type in READABLE:
            read_words.defer(practice=str(RIVERBEND.id), document=str(document.pk))


def drawn(title: str, body: str) -> bytes:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)
    page = PAGE.format(title=title, body=body).encode()
    return bytes(typst.compile(page, font_paths=fonts, timestamp=0))


def _card() -> bytes:
    """An insurance card as a phone would photograph it."""
    from PIL import Image, ImageDraw

    card = Image.new("RGB", (856, 540), (238, 243, 240))
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, 0, 856, 110), fill=(32, 96, 92))
    for line, (text, size) in enumerate(ON_THE_CARD):
        draw.text((48, 30 + 130 * line), text, fill=(255, 255, 255) if line == 0 else (20, 30, 28), font_size=size)
    draw.text((48, 470), "Invented for the demo", fill=(110, 120, 116), font_size=24)
    into = BytesIO()
    card.save(into, "JPEG", quality=88)
    return into.getvalue()
