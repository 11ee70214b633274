"""One mechanism for authority: only `access` speaks of roles and actors, only the doors choose who acts."""

import re

from tests.guards.source import calls, files, name_of, texts

SPEAKS = re.compile(r"set_config|\bset\s+(local\s+|session\s+)*(role|session authorization)\b|\breset role\b", re.I)

DOORS = {
    "mentalspace/people/middleware.py": "requests",
    "mentalspace/people/sessions.py": "the session store, as identity",
    "mentalspace/jobs/queue.py": "deferring and running jobs",
    "mentalspace/jobs/jobs.py": "the schedule, as each practice's system",
    "mentalspace/clients/jobs.py": "the schedule, as each practice's system",
    "mentalspace/upkeep/running.py": "checks and clearings up, as each practice's system",
    "mentalspace/upkeep/jobs.py": "the schedule, as each practice's system",
    "mentalspace/storage/jobs.py": "the schedule, as each practice's system",
    "mentalspace/storage/checking.py": "the storage check, as each practice's system",
    "mentalspace/storage/moving.py": "moving objects to another store, as each practice's system",
    "mentalspace/storage/commands.py": "command line: what was moved, as each practice's system",
    "mentalspace/documents/signing/advancing.py": "signatures going on, as each practice's system",
    "mentalspace/documents/sharing/pages.py": "a link to a document: the practice's system",
    "mentalspace/documents/signing/pages.py": "a link to sign: the practice's system",
    "mentalspace/documents/reading.py": "reading the words of documents, as each practice's system",
    "mentalspace/notify/delivery.py": "sending mail, as each practice's system; links, as identity",
    "mentalspace/people/jobs.py": "the schedule, as identity",
    "mentalspace/people/outside/gate.py": "a date of birth at a link: identity, to count",
    "mentalspace/notify/webhooks.py": "what a provider has signed, as its practice's system",
    "mentalspace/scheduling/reminders/sending.py": "handing reminders to the outbox, as each practice's system",
    "mentalspace/scheduling/reminders/pages.py": "a link in a reminder: identity, then the practice's system",
    "mentalspace/forms/links/judging.py": "a link to a form: identity, then the practice's system",
    "mentalspace/forms/links/pages.py": "a link to a form: how often it was tried",
    "mentalspace/forms/links/files.py": "files by a link to a form: how many were looked at",
    "mentalspace/forms/files/removing.py": "letting go of files of forms, as each practice's system",
    "mentalspace/scheduling/reminders/functions.py": "the runbook's function, as whoever calls it",
    "mentalspace/correspondence/rules/planning.py": "what rules want told, as each practice's system",
    "mentalspace/correspondence/rules/sending.py": "handing that to outbox and bell, as each practice's system",
    "mentalspace/correspondence/wordings/telling.py": "telling that a wording is not used, as each practice's system",
    "mentalspace/oversight/jobs.py": "the schedule, as each practice's system",
    "mentalspace/continuity/jobs.py": "the alarm, and the line of a restore, as each practice's system",
    "mentalspace/continuity/upgrading.py": "the line of an upgrade, as each practice's system",
    "mentalspace/continuity/probe.py": "the restore drill, on the restored database: as its systems, and as strangers",
    "mentalspace/practices/system.py": "finding the practices the schedule serves",
    "mentalspace/people/setup.py": "founding practices and people, from the command line and the set-up link",
    "mentalspace/people/account_upkeep.py": "what administration has identity do to one account",
    "mentalspace/people/invitations.py": "taking up an account by its link, as the account's identity",
    "mentalspace/audit/commands.py": "command line",
    "mentalspace/charting/psychotherapy/commands.py": "command line: the key of somebody who left",
    "mentalspace/exchange/importing.py": "command line: the import",
    "mentalspace/ops/demo": "command line: the demo practice",
    "mentalspace/ops/health.py": "the health check asks as identity",
    "mentalspace/ops/deployment.py": "command line: whether the demo practice is there",
    "mentalspace/ops/metrics/collecting.py": "what was measured, as each practice's system",
    "mentalspace/ops/checks/running.py": "the checks, as each practice's system",
    "mentalspace/ops/checklists/digest.py": "the morning's mail, as each practice's system",
    "mentalspace/ops/maintenance/running.py": "maintenance, as each practice's system",
    "mentalspace/ops/maintenance/tasks.py": "maintenance, as each practice's system",
    "mentalspace/people/cleaning.py": "what has ended is removed by identity",
    "mentalspace/ops/jobs.py": "the schedule, as each practice's system",
    "mentalspace/ops/downtime/commands.py": "command line: the switch, in each practice's trail",
    "mentalspace/ops/alerts/delivery.py": "telling a webhook, as each practice's system",
    "mentalspace/ops/alerts/silence.py": "telling that the alerter is dead, as each practice's system",
}

PRIVILEGED = {
    "mentalspace/access/": "keys, FORCE and grants are its business",
    "mentalspace/launch/": "makes roles and databases, before anything is served",
    "mentalspace/people/setup.py": "founding a practice: no request can make a tenant",
    "mentalspace/settings.py": "where the two logins are declared",
    "mentalspace/routers.py": "migrations go to the owner",
    "mentalspace/ops/demo": "asks whether the database is empty",
}


def within(path, listed):
    return any(path.startswith(place) for place in listed)


def test_only_access_and_launch_speak_of_roles():
    found = {path for path, tree in files().items() if any(SPEAKS.search(text) for text in texts(tree))}
    assert {path for path in found if not within(path, ("mentalspace/access/", "mentalspace/launch/"))} == set()


def test_only_the_doors_choose_who_acts():
    assert {path for path in calls("acting_as") if not within(path, DOORS)} == set()
    for door in DOORS:
        assert any(path.startswith(door) for path in calls("acting_as")), f"{door} is no door any more"


def test_no_privileged_connection_elsewhere():
    found = {path for path, tree in files().items() if "owner" in set(texts(tree))}
    found |= set(calls("owner_rights"))
    assert {path for path in found if not within(path, PRIVILEGED)} == set()


def test_nobody_goes_past_the_backend():
    """`connection.connection` and psycopg's cursors would skip the actor, or show it in pg_stat_activity."""
    import ast

    for path, tree in files().items():
        if not within(path, ("mentalspace/access/pg/", "mentalspace/launch/", "mentalspace/cli.py", "setup/")):
            for node in ast.walk(tree):
                assert not (isinstance(node, ast.Attribute) and node.attr == "ClientCursor"), path
                if isinstance(node, ast.Attribute) and node.attr == "connection":
                    assert name_of(node.value) != "connection", path
