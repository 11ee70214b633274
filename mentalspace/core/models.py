"""The bases of every table that belongs to a practice, and the two ways to load one of its rows."""

import uuid
from datetime import datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.http import Http404

from mentalspace.core import clock
from mentalspace.core.errors import NotAllowed

R = TypeVar("R", bound="Record", covariant=True)


class RecordQuerySet(models.QuerySet[R]):
    """Reads shared by every table. Row-level security has already decided which rows exist for the person."""

    def visible(self, pk: uuid.UUID) -> R:
        """The row, or 404: absent and invisible are the same answer."""
        row = self.filter(pk=pk).first()
        if row is None:
            raise Http404
        return row

    def for_change(self, pk: uuid.UUID) -> R:
        """The row, locked until the transaction ends. 404 when invisible, 403 when it may only be read.

        PostgreSQL applies the policies for UPDATE to `FOR UPDATE`, so a row that may only be read is not locked.
        """
        row = self.select_for_update(of=("self",)).filter(pk=pk).first()
        if row is None:
            self.visible(pk)
            raise NotAllowed
        return row


class Record(models.Model):
    """A row of one practice. Saving an existing row names the fields it means to write."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    practice = models.ForeignKey("practices.Practice", models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        abstract = True

    def write(self, **values: Any) -> Self:
        """Set the named fields on this row and save exactly those. A write that hits no row raises."""
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=list(values), force_update=True)
        return self


class Versioned(Record):
    """A row that several people may have open: whoever saves it names the version they saw."""

    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True

    def next_version(self, at: datetime) -> dict[str, Any]:
        """What every write of its content adds."""
        return {"version": self.version + 1, "updated_at": at}
