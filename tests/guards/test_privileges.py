"""What the runtime login could do beside the tables: nothing. Functions that run as somebody else are on a list."""

import pytest

from mentalspace.access.audiences import AUDIENCES, combined_roles
from tests.guards.catalogue import names, rows

pytestmark = pytest.mark.django_db

DEFINERS = {
    "access.verify": "reads the keys nobody else may read",
    "access.refresh_client_access": "belongs to ms_keeper, fenced; called by triggers and the practice's jobs",
    "access.break_glass": "belongs to ms_keeper, fenced; finds a client by number and birth, and opens the chart",
    "access.tell_break_glass": "trigger of ms_keeper's: no emergency access without its line in the trail",
    "access.opened_in_emergency": "belongs to ms_keeper, who sees looks; supervisors ask about their supervisees'",
    "access.care_team_changed": "trigger of ms_keeper's",
    "access.supervision_changed": "trigger of ms_keeper's",
    "access.session_moved": "trigger of ms_keeper's: drafts follow their session, also when the front desk moves it",
    "access.failed_sign_ins": "belongs to ms_keeper, who sees the practice's accounts; administrators ask",
    "access.account_states": "belongs to ms_keeper, who sees the practice's accounts; administrators ask",
    "access.storage_usage": "belongs to ms_keeper, fenced; tells administrators and the system numbers by bucket",
    "access.slow_statements": "belongs to ms_keeper; tells administrators statements without their values",
    "access.database_size": "belongs to ms_keeper; tells administrators a number",
    "access.connections": "belongs to ms_keeper; tells administrators how many are in which state",
    "access.refuse_in_downtime": "trigger of ms_keeper's, who sees the switch: on every table",
    "access.begin_downtime": "ms_keeper's: makes the acting administrator's practice read-only",
    "access.end_downtime": "as access.begin_downtime",
    "access.downtime_of": "ms_keeper's: tells whether a practice is read-only, and why",
    "access.stuck_jobs": "ms_keeper's: tells administrators their practice's jobs, and those of no practice",
    "access.retry_job": "ms_keeper's: puts one of these back into the queue, for administrators",
    "access.drop_job": "as access.retry_job",
    "access.running_statements": "ms_keeper's: tells administrators what the product's logins run, without values",
    "access.end_statement": "ms_keeper's: ends one of these, for administrators; nobody else's",
    "access.open_rate_limits": "ms_keeper's: tells administrators limits of their people, and of network addresses",
    "access.lift_rate_limit": "as access.open_rate_limits",
    "access.take_place": "ms_keeper's: counts a try; whoever is not identity counts only for themselves",
    "access.keep_guardian": "trigger of ms_keeper's: reckons with the client's date of birth",
    "access.age_changed": "trigger of ms_keeper's",
    "access.practice_of_link": "ms_keeper's: tells identity the practice of a reminder's link, for whoever shows it",
    "access.practice_of_form_link": "ms_keeper's: tells identity the practice of a form's link, for whoever shows it",
    "access.reminder_follows": "trigger of ms_keeper's: reminders say what became of their messages",
    "access.renew_statistics": "ANALYZE of named tables after an import, which only their owner may; no arguments",
}


def test_functions_that_run_as_their_owner_are_listed_and_pin_their_search_path():
    found = rows(
        "SELECT p.pronamespace::regnamespace || '.' || p.proname, array_to_string(p.proconfig, ','), r.rolsuper"
        " FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE p.prosecdef"
        " AND p.pronamespace <> 'pg_catalog'::regnamespace"
    )
    assert {name for name, _, _ in found} == DEFINERS.keys()
    for name, config, is_superusers in found:
        assert (config or "").startswith("search_path=pg_catalog"), name
        assert "pg_temp" in config, name
        assert not is_superusers, name


def test_triggers_functions_pin_their_search_path():
    loose = names(
        "SELECT DISTINCT p.proname::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE NOT t.tgisinternal AND p.pronamespace = 'access'::regnamespace AND p.proconfig IS NULL"
    )
    assert loose == set()


def test_the_runtime_login_is_a_member_of_the_audiences_and_of_nothing_else():
    members = names(
        "SELECT r.rolname::text FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
        " WHERE m.member = 'ms_web'::regrole"
    )
    assert members == {*AUDIENCES, *combined_roles()}
    for role in members:
        assert rows("SELECT rolcanlogin, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", role) == [
            (False, False, False)
        ]


def test_neither_large_objects_nor_settings_of_its_own_nor_schemas():
    large = "SELECT proname::text FROM pg_proc WHERE proname ~ '^(lo_|loread|lowrite)' AND"
    assert names(f"{large} has_function_privilege('ms_web', oid, 'EXECUTE')") == set()
    assert rows("SELECT * FROM pg_db_role_setting WHERE setrole = 'ms_web'::regrole") == []
    for schema in ("public", "access"):
        assert rows("SELECT has_schema_privilege('ms_web', %s, 'CREATE')", schema) == [(False,)]
    assert rows("SELECT has_database_privilege('ms_web', current_database(), 'TEMP')") == [(False,)]


def test_in_the_embedded_cluster_the_runtime_login_has_no_password_to_change():
    assert rows("SELECT rolpassword IS NULL OR rolpassword = '********' FROM pg_roles WHERE rolname = 'ms_web'") == [
        (True,)
    ]
