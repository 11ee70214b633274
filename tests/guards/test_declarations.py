"""The database holds what the models say, no more: a policy made by hand, or lost in a migration, shows here."""

import re

import pytest
from django.apps import apps

from mentalspace.access.catalog import table_name
from mentalspace.access.policy import Policy, SamePractice
from mentalspace.core.models import Record
from tests.guards.catalogue import names, rows

pytestmark = pytest.mark.django_db

THIRD_PARTY = ("account_", "mfa_", "procrastinate_")
NOT_A_COLUMN_OF_THIS_TABLE = re.compile(r"\bany\(array\(.*?\)\)\)|\(select .*?\)\)?|exists \(.*\)")


def declared():
    for model in apps.get_models():
        for each in model._meta.constraints:
            if isinstance(each, Policy):
                yield model, each


def table_of(model, policy):
    return policy.table_of(model).replace('"."', ".")


def test_policies_are_those_of_the_models():
    written = {(table_of(m, p), p.policy_name(verb)[:63]) for m, p in declared() for verb in p.verbs.split()}
    found = set(rows("SELECT polrelid::regclass::text, polname::text FROM pg_policy"))
    assert {pair for pair in found if not pair[0].startswith(THIRD_PARTY)} == written


def test_every_reference_between_rows_of_a_practice_stays_in_it():
    missing = []
    for model in apps.get_models():
        kept = {c.field for c in model._meta.constraints if isinstance(c, SamePractice)}
        for field in model._meta.concrete_fields:
            target = field.related_model
            has_practice = any(f.name == "practice" for f in model._meta.fields)
            if has_practice and target and issubclass(target, Record) and field.name not in kept:
                missing.append(f"{model._meta.db_table}.{field.name}")
    assert missing == []
    assert len(names("SELECT conname::text FROM pg_constraint WHERE conname LIKE '%%_same_practice'")) > 25


def columns_of(policy, model):
    """The table's own columns that a sentence filters by."""
    text = NOT_A_COLUMN_OF_THIS_TABLE.sub("", policy.where.replace("{t}.", ""))
    own = next(m for m in apps.get_models() if table_name(m) == table_of(model, policy))
    return {f.column for f in own._meta.concrete_fields if re.search(rf"\b{f.column}\b", text)}


NARROWING = {
    ("audit_logs", "action_type"): "the keeper's, which asks for one person's lines",
    ("system_alerts", "stage"): "all but the few that have not held for long enough",
    ("clinical_notes", "signed_at"): "stands beside an author or a client, never alone",
    ("clinical_notes", "is_imported"): "for the import alone, which reads back what it brought",
    ("notification_logs", "related_entity_type"): "stands beside the id of what a message is about",
}
"""Columns that only narrow what another one finds."""


def test_every_column_a_word_names_leads_an_index():
    leading = set(
        rows(
            "SELECT c.oid::regclass::text, a.attname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]"
        )
    )
    named = {
        (table_of(model, policy), column)
        for model, policy in declared()
        for column in columns_of(policy, model)
        if not policy.restrictive and "read" in policy.verbs
    }
    assert named - leading == NARROWING.keys()
