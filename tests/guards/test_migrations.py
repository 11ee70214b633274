"""A migration leaves what runs able to run: `mentalspace upgrade` makes it while the version before serves people.

So a later version adds, and takes away only what no version in use knows any more (expand, then contract). What came
before there was an upgrade is not judged.
"""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    AlterModelTable,
    CreateModel,
    DeleteModel,
    RemoveConstraint,
    RemoveField,
    RenameField,
    RenameModel,
    RunSQL,
    SeparateDatabaseAndState,
)
from django.db.models import CheckConstraint, UniqueConstraint

BEFORE = {
    "access": 3,
    "audit": 8,
    "charting": 10,
    "clients": 16,
    "correspondence": 1,
    "documents": 16,
    "exchange": 2,
    "forms": 14,
    "notify": 8,
    "ops": 9,
    "outcomes": 2,
    "people": 11,
    "practices": 3,
    "scheduling": 10,
    "storage": 6,
}
"""The last migration of each app that came before there was an upgrade."""

TAKES_AWAY = (AlterModelTable, DeleteModel, RemoveField, RenameField, RenameModel)

ARGUED: dict[tuple[str, str], str] = {}
"""What is against the rule and holds nobody up all the same: (migration, what is found) and why."""


def later():
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if int(name[:4]) > BEFORE.get(app, 9999 if app not in ours() else 0):
            yield f"{app}.{name}", migration


def ours():
    from django.apps import apps

    return {config.label for config in apps.get_app_configs() if config.name.startswith("mentalspace.")}


def born_later():
    """Tables that no version in use knows: whatever is done to them concerns nobody."""
    return {
        (migration.app_label, operation.name.lower())
        for _, migration in later()
        for operation in migration.operations
        if isinstance(operation, CreateModel)
    }


def faults(migration, new):
    for operation in flat(migration.operations):
        model = getattr(operation, "model_name", getattr(operation, "name", "")) or ""
        if (migration.app_label, model.lower()) in new:
            continue
        if fault := fault_of(operation):
            yield f"{operation.describe()}: {fault}"


def flat(operations):
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


def fault_of(operation):
    if isinstance(operation, TAKES_AWAY):
        return "what runs still asks for it"
    if isinstance(operation, RunSQL | AlterField | RemoveConstraint):
        return "say in ARGUED why what runs goes on, and that nobody waits for long"
    if isinstance(operation, AddField):
        if operation.field.db_index or operation.field.unique:
            return "it makes an index while everybody waits; add that concurrently, by itself"
        return "" if _can_be_left_out(operation.field) else "what runs leaves it out; give it db_default, or null"
    if isinstance(operation, AddIndex) and not isinstance(operation, AddIndexConcurrently):
        return "nobody could write meanwhile; AddIndexConcurrently"
    if isinstance(operation, AddConstraint) and not isinstance(operation, AddConstraintNotValid):
        if isinstance(operation.constraint, CheckConstraint):
            return "it reads the whole table; AddConstraintNotValid, then ValidateConstraint"
        if isinstance(operation.constraint, UniqueConstraint | ExclusionConstraint):
            return "it makes an index while everybody waits; say in ARGUED that the table is small"
    return ""


def _can_be_left_out(field):
    return field.null or field.has_db_default() or field.many_to_many


def test_what_runs_goes_on_while_the_database_is_migrated():
    new = born_later()
    found = {(name, fault) for name, migration in later() for fault in faults(migration, new)}
    assert {pair for pair in found if pair not in ARGUED} == set()
    assert set(ARGUED) <= found, "argued, and no longer there"
