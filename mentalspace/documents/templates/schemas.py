"""The shapes of the API of templates."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field, StringConstraints

from mentalspace.core.fields import Storable, Version
from mentalspace.documents.rules import Category
from mentalspace.documents.schemas import Title
from mentalspace.documents.templates.text import FIELD, LONGEST_LABEL, Kind

Body = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20_000), Storable]
Slot = Annotated[str, StringConstraints(max_length=len(FIELD) + LONGEST_LABEL), Storable]
Answer = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000), Storable]


class TemplateRow(Schema):
    """A template in a list."""

    id: UUID
    title: str
    category: Category
    is_active: bool
    version: int
    updated_at: datetime
    updated_by: str


class TemplateOut(TemplateRow):
    """A template with its text."""

    body: str


class TemplatePage(Schema):
    """One page of templates by title; `next` is the cursor of the following page, or null at the end."""

    items: list[TemplateRow]
    next: str | None = None


class TemplateFilter(Schema):
    """Every word of `q` is looked for in titles."""

    q: Annotated[str, Field(max_length=100), Storable] = ""
    archived: bool = False
    cursor: str | None = None


class TemplateIn(Schema):
    """A template as its page sends it. The signs of `body`: see docs/documents.md."""

    title: Title
    category: Category = "other"
    body: Body


class TemplateChange(TemplateIn):
    version: Version


class TemplateText(Schema):
    """A text to look at with example values."""

    body: Body


class Run(Schema):
    """Part of a line. `slot` names what was filled in here, or has yet to be when `text` is empty."""

    text: str
    is_bold: bool
    slot: str


class BlockOut(Schema):
    kind: Kind
    lines: list[list[Run]]


class TextOut(Schema):
    """A text as it will be printed."""

    blocks: list[BlockOut]


class Question(Schema):
    """What has to be said before a document can be made. `key` names it in `answers`."""

    key: str
    label: str


class FillIn(Schema):
    """Which template, and what was said so far to its questions."""

    template_id: UUID
    answers: Annotated[dict[Slot, Answer], Field(max_length=40)] = {}


class FilledOut(TextOut):
    """A template filled for a client: what is asked for, and the text so far."""

    title: str
    category: Category
    template_version: int
    questions: list[Question]


class MakeIn(FillIn):
    """Make the document that was looked at. `id` is chosen by the page: sent twice, it is one document."""

    id: UUID
    title: Title
    template_version: Version
