"""The shapes of the API of form templates."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import StringConstraints

from mentalspace.core.fields import Storable, Version
from mentalspace.forms.spec import FormDefinition

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Storable]
FormCategory = Literal["intake", "consent", "assessment", "insurance", "feedback", "administrative"]
FormStage = Literal["draft", "published", "retired"]


class FormTemplateRow(Schema):
    """One version of a form, without what it asks."""

    id: UUID
    family: UUID
    number: int
    title: str
    description: str
    category: FormCategory
    status: FormStage
    version: int
    updated_at: datetime
    published_at: datetime | None
    questions: int


class FormTemplateOut(FormTemplateRow):
    definition: FormDefinition


class FormTemplatePage(Schema):
    """One page of form versions; `next` is the cursor of the following page, or null at the end."""

    items: list[FormTemplateRow]
    next: str | None = None


class FormTemplateFilter(Schema):
    """Without a stage: drafts and what is published."""

    status: FormStage | Literal[""] = ""
    cursor: str | None = None


class FormTemplateIn(Schema):
    title: Title
    description: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000), Storable] = ""
    category: FormCategory = "intake"
    definition: FormDefinition = FormDefinition()


class FormTemplateChange(FormTemplateIn):
    """A draft as a whole, and the version it was opened at."""

    version: Version


class PublicationIn(Schema):
    """The version that was looked at before it was published."""

    version: Version
