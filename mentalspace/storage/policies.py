"""The words that storage lends to those who put files into its buckets."""

from typing import Any

from django.db import models

from mentalspace.access.policy import ME, SqlConstraint, Where


def in_bucket(bucket: str) -> Where:
    """The object lies in this bucket."""
    return Where(f"bucket_id = '{bucket}'")


def named_by(table: str, column: str = "object_id") -> Where:
    """A row of this table that the acting person may read names the object: whoever loses that row loses the file."""
    return Where(f"exists (select from {table} d where d.{column} = {{t}}.id)")


def brought_by_me() -> Where:
    """The acting person puts it there, and not in somebody else's name."""
    return Where(f"owner_id = {ME}")


def of_seen_upload() -> Where:
    """The piece belongs to an upload that the acting person may see, which is their own."""
    return Where("exists (select from uploads u where u.id = {t}.upload_id)")


class OwnObject(SqlConstraint):
    """A foreign key to the object that its owner alone may set: the row's `by` column is the object's owner.

    Without it whoever learns an object's id could have a row of their own name it, and read it through that.
    """

    spec = ("by",)

    def __init__(self, *, name: str, by: str, **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.by = by

    def up(self, model: type[models.Model]) -> list[str]:
        return [
            f'ALTER TABLE "{model._meta.db_table}" ADD CONSTRAINT "{self.name}" FOREIGN KEY'
            f' (practice_id, object_id, {self.by}_id) REFERENCES "storage"."objects" (practice_id, id, owner_id)'
        ]

    def down(self, model: type[models.Model]) -> list[str]:
        return [f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{self.name}"']


def own_object(by: str) -> OwnObject:
    """The object was brought by the person in this column."""
    return OwnObject(name="%(class)s_names_own_object", by=by)
