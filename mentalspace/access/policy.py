"""Sentences in `Meta.constraints`: who may do what to which rows, beside the fields they speak of.

`allow(CLINICIAN, "read add", treats("client"))` becomes one policy per verb. Migrations hold the finished SQL,
so an old migration keeps its meaning and rewording a sentence makes a new one. Words such as `treats` live in
the app that owns their noun and return a `Where`; inside a sub-select write `{t}.column` for this table's own.
"""

from hashlib import sha256
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.constraints import BaseConstraint

from mentalspace.access.audiences import KEEPER

VERBS: dict[str, str] = {
    "read": "SELECT",
    "add": "INSERT",
    "change": "UPDATE",
    "remove": "DELETE",
    "all": "ALL",
}
VERIFY = "(select access.verify())"
ME = "(select access.me())"
NIL = "'00000000-0000-0000-0000-000000000000'::uuid"


class Where(str):
    """A condition on a row, as SQL. Combine with `&` (and), `|` (or) and `~` (not)."""

    __slots__ = ()

    def __and__(self, other: str) -> "Where":
        return Where(f"({self}) and ({other})")

    def __or__(self, other: str) -> "Where":
        return Where(f"({self}) or ({other})")

    def __invert__(self) -> "Where":
        return Where(f"not ({self})")


EVERY_ROW = Where("true")
"""All rows of the practice; the fence still holds."""


NO_ROW = Where("false")
"""None. For an audience that composes a page from several tables and is shown nothing of this one."""


def is_me(field: str) -> Where:
    """The row names the acting person in this column, e.g. `is_me("author")`."""
    return Where(f"{field}_id = {ME}")


def is_account(column: str) -> Where:
    """For identity: before anybody is known every account; once somebody is, that person's only."""
    return Where(f"{ME} in ({column}, {NIL})")


def is_unset(column: str) -> Where:
    """The column is still empty."""
    return Where(f"{column} is null")


def is_set(column: str) -> Where:
    """The column has a value."""
    return Where(f"{column} is not null")


class SqlConstraint(BaseConstraint):
    """Something PostgreSQL knows and Django does not, kept with the model: `up` and `down` are its SQL."""

    spec: tuple[str, ...] = ()
    """The attributes that make two of a kind equal; migrations hold exactly these."""

    def up(self, model: type[models.Model]) -> list[str]:
        raise NotImplementedError

    def down(self, model: type[models.Model]) -> list[str]:
        raise NotImplementedError

    def constraint_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        """Nothing inside CREATE TABLE; the statements follow it (Django 5.2 crashes on text otherwise)."""
        if schema_editor is not None:
            schema_editor.deferred_sql.extend(self.up(model))

    def create_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        return "; ".join(self.up(model))

    def remove_sql(self, model: Any, schema_editor: BaseDatabaseSchemaEditor | None) -> Any:
        return "; ".join(self.down(model))

    def validate(self, *args: Any, **kwargs: Any) -> None:
        """Only the database can say."""

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        path, args, kwargs = super().deconstruct()
        return path, tuple(args), kwargs | {name: getattr(self, name) for name in self.spec}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SqlConstraint) and self.deconstruct() == other.deconstruct()

    __hash__ = BaseConstraint.__hash__


class Policy(SqlConstraint):
    """Row-level security as a model constraint: one CREATE POLICY per verb, for one audience."""

    spec: tuple[str, ...] = ("to", "verbs", "where", "becomes", "restrictive")

    def __init__(
        self,
        *,
        name: str,
        to: str,
        verbs: str,
        where: str,
        becomes: str = "",
        restrictive: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(name=name, **kwargs)
        self.to, self.verbs, self.where, self.restrictive = to, verbs, str(where), restrictive
        self.becomes = str(becomes or where)

    def policy_name(self, verb: str) -> str:
        """Short, with a hash: PostgreSQL cuts names at 63 bytes, and cut names collide."""
        subject = "fence" if self.restrictive else self.to
        return f"{subject}_{verb}_{sha256((self.where + self.becomes).encode()).hexdigest()[:6]}"

    def statements(self, table: str) -> list[str]:
        """The SQL that puts this sentence on a table."""
        where, becomes = (text.replace("{t}", f'"{table}"') for text in (self.where, self.becomes))
        kind = "RESTRICTIVE" if self.restrictive else "PERMISSIVE"
        made = [f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY']
        for verb in self.verbs.split():
            using = "" if verb == "add" else f" USING ({where})"
            check = f" WITH CHECK ({becomes})" if verb in ("add", "change", "all") else ""
            made.append(
                f'CREATE POLICY "{self.policy_name(verb)}" ON "{table}" AS {kind}'
                f" FOR {VERBS[verb]} TO {self.to}{using}{check}"
            )
        return made

    def table_of(self, model: type[models.Model]) -> str:
        """The table it is on: that of the model beside whose fields it stands."""
        return model._meta.db_table

    def up(self, model: type[models.Model]) -> list[str]:
        return self.statements(self.table_of(model))

    def down(self, model: type[models.Model]) -> list[str]:
        table = self.table_of(model)
        return [f'DROP POLICY "{self.policy_name(verb)}" ON "{table}"' for verb in self.verbs.split()]


class PolicyOn(Policy):
    """A sentence on the table of a lower room, for those of its rows that belong to the model it stands beside."""

    spec = (*Policy.spec, "table")

    def __init__(self, *, table: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.table = table

    def table_of(self, model: type[models.Model]) -> str:
        return self.table


class SamePractice(SqlConstraint):
    """A foreign key that cannot point into another practice: (practice, field) references (practice, id).

    Foreign-key checks bypass row-level security, so a plain key would accept, and thereby confirm, a hidden row.
    """

    spec = ("field",)

    def __init__(self, *, name: str, field: str, **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.field = field

    def up(self, model: type[models.Model]) -> list[str]:
        target: Any = model._meta.get_field(self.field).related_model
        return [
            f'ALTER TABLE "{model._meta.db_table}" ADD CONSTRAINT "{self.name}" FOREIGN KEY'
            f' (practice_id, {self.field}_id) REFERENCES "{target._meta.db_table}" (practice_id, id)'
        ]

    def down(self, model: type[models.Model]) -> list[str]:
        return [f'ALTER TABLE "{model._meta.db_table}" DROP CONSTRAINT "{self.name}"']


def allow(to: str, verbs: str, where: Where = EVERY_ROW, *, becomes: Where | None = None) -> Policy:
    """This audience may do these verbs ("read add change remove") to the rows the word describes.

    A changed row must still be described by it, or by `becomes` where a change is a step into another state.
    """
    name = f"%(class)s_{to}_{verbs.replace(' ', '_')}"
    return Policy(name=name, to=to, verbs=verbs, where=where, becomes=becomes or "")


def allow_each(
    audiences: tuple[str, ...], verbs: str, where: Where = EVERY_ROW, *, becomes: Where | None = None
) -> list[Policy]:
    """The same sentence for several audiences."""
    return [allow(audience, verbs, where, becomes=becomes) for audience in audiences]


def allow_each_on(
    on: type[models.Model], audiences: tuple[str, ...], verbs: str, where: Where, *, because: str
) -> list[Policy]:
    """The same sentence for several audiences on another model's table. `because` tells two of them apart."""
    table = on._meta.db_table
    names = {to: f"%(class)s_{because}_{to}_{verbs.replace(' ', '_')}" for to in audiences}
    return [PolicyOn(name=names[to], to=to, verbs=verbs, where=where, table=table) for to in audiences]


def _fence(where: str, to: str = "public") -> Policy:
    return Policy(name="%(class)s_fence", to=to, verbs="all", where=where, restrictive=True)


def fence() -> Policy:
    """Rows of the signed actor's practice, for every role and verb."""
    return _fence(f"practice_id = {VERIFY}")


def identity_fence() -> Policy:
    """Credentials: only identity's signature passes, whose practice is nil."""
    return _fence(f"{VERIFY} = {NIL}")


def credentials_fence() -> Policy:
    """As `identity_fence`, and the keeper's own functions, which tell administrators how their people's accounts stand.

    Nobody who signs in can become the keeper; what its functions see beyond this fence, its own sentence says.
    """
    return _fence(f"{VERIFY} = {NIL} or current_user = '{KEEPER}'")


def shared_fence(column: str = "practice_id") -> Policy:
    """The actor's own practice, or identity, which must look up a person before any practice is known."""
    return _fence(f"{VERIFY} in ({column}, {NIL})")


def signed_fence() -> Policy:
    """Rows of no practice: whoever's signature is good passes, and the sentences say who may what."""
    return _fence(f"{VERIFY} is not null")


def queue_fence() -> Policy:
    """The queue's tables: a signed actor of any practice; the queue's own login is not fenced."""
    return _fence(f"{VERIFY} is not null", to="ms_jobs")


def practice_key() -> models.UniqueConstraint:
    """(practice, id) is unique, so that other tables can point here within the practice."""
    return models.UniqueConstraint(fields=["practice", "id"], name="%(class)s_in_practice")


def same_practice(field: str) -> SamePractice:
    """The row named by this foreign key belongs to the same practice."""
    return SamePractice(name=f"%(class)s_{field}_same_practice", field=field)
