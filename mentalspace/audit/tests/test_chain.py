"""Whatever is done to the trail behind the product's back is found, and the first bad row named."""

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit import chain
from mentalspace.audit.models import AuditChain, AuditLog
from mentalspace.audit.tests.conftest import (
    HERE_CLUSTER,
    NO_TRIGGERS,
    ROWS,
    SEAL_EVERY,
    TRIGGERS,
    log_id,
    seal,
    verdict,
    write,
)
from mentalspace.practices.system import system_actor
from tests.access.world import actor
from tests.cast import HERE, NEXT_DOOR

TAMPERINGS = 1_000

EDITS = {
    "user_id": "gen_random_uuid()",
    "action_type": "'Y'",
    "event": "'y'",
    "resource_type": "'y'",
    "resource_id": "gen_random_uuid()",
    "client_ids": "ARRAY[gen_random_uuid()]",
    "action_description": "action_description || '.'",
    "action_details": "'{\"shown\": 0}'",
    "ip_address": "'10.0.0.1'",
    "user_agent": "'x'",
    "session_id": "'x'",
    "severity": "'critical'",
    "created_at": "created_at - interval '1 microsecond'",
    "xact": "'50'",
    "cluster": "0",
}


PLACING = {"xact", "cluster"}
"""What says where a row comes in the chain; the others say what it tells."""


def edit(dice, columns=tuple(EDITS)):
    n, column = dice.randint(1, ROWS), dice.choice(columns)
    return [(f"UPDATE audit_logs SET {column} = {EDITS[column]} WHERE id = %s", [log_id(n)])], log_id(n)


def delete(dice):
    n = dice.randint(1, ROWS)
    return [("DELETE FROM audit_logs WHERE id = %s", [log_id(n)])], log_id(n)


def delete_as_if_old(dice):
    """The row is made to look past its retention first."""
    n = dice.randint(1, ROWS)
    age = "UPDATE audit_chain SET logged_at = logged_at - interval '7 years' WHERE log_id = %s"
    return [(age, [log_id(n)]), *delete_of(n)], log_id(n)


def delete_of(n):
    return [("DELETE FROM audit_logs WHERE id = %s", [log_id(n)])]


def unlink(dice):
    """Row and place both gone: the next place shows the gap."""
    n = dice.randint(1, ROWS - 1)
    return [*delete_of(n), ("DELETE FROM audit_chain WHERE log_id = %s", [log_id(n)])], log_id(n + 1)


def close_the_gap(dice):
    """Row and place gone, and the later places moved up."""
    n = dice.randint(1, ROWS - 1)
    gone = [*delete_of(n), ("DELETE FROM audit_chain WHERE log_id = %s", [log_id(n)])]
    up = ("UPDATE audit_chain SET position = -position + 1 WHERE practice_id = %s AND position > %s", [HERE, n])
    back = "UPDATE audit_chain SET position = -position WHERE position < 0"
    return [*gone, up, back], log_id(n + 1)


def reorder(dice):
    one, other = sorted(dice.sample(range(1, ROWS + 1), 2))
    swap = "UPDATE audit_chain SET position = %s WHERE log_id = %s"
    moves = [(-1, log_id(one)), (one, log_id(other)), (other, log_id(one))]
    return [(swap, list(move)) for move in moves], log_id(other)


def insert(dice):
    n = dice.randint(1, ROWS - 2)
    copy = "INSERT INTO audit_logs (SELECT (jsonb_populate_record(l, jsonb_build_object('id', %s::uuid))).* FROM"
    return [(f"{copy} audit_logs l WHERE l.id = %s)", [log_id(500), log_id(n)])], log_id(500)


def cut_the_tail(dice):
    n = dice.randint(2, ROWS)
    logs = (
        "DELETE FROM audit_logs WHERE id IN (SELECT log_id FROM audit_chain WHERE practice_id = %s AND position >= %s)"
    )
    return [(logs, [HERE, n]), ("DELETE FROM audit_chain WHERE practice_id = %s AND position >= %s", [HERE, n])], None


def rewrite(dice):
    """Somebody with the key, and not the seals, edits a row and has the sealer make the whole chain anew. The first
    seal at or after the row is where it shows."""
    statements, edited = edit(dice, [column for column in EDITS if column not in PLACING])
    seals = [log_id(n) for n in range(SEAL_EVERY, ROWS + 1, SEAL_EVERY)]
    return [*statements, "DELETE FROM audit_chain"], next(sealed for sealed in seals if sealed >= edited)


KINDS: dict[str, list[Callable[..., tuple[list[Any], UUID | None]]]] = {
    "edit": [edit],
    "delete": [delete, delete_as_if_old, unlink, close_the_gap],
    "reorder": [reorder],
    "insert": [insert],
    "cut the tail": [cut_the_tail],
    "rewrite the whole chain": [rewrite],
}


def test_a_thousand_random_tamperings_are_found_and_named(tamperer):
    """Of each of the six kinds as many as of the others, give or take one."""
    assert verdict().fault is None
    dice = random.Random(7)
    for number in range(TAMPERINGS):
        ways = list(KINDS.values())[number % len(KINDS)]
        tamper = ways[number // len(KINDS) % len(ways)]
        statements, bad = tamper(dice)
        with tamperer.changed([NO_TRIGGERS, *statements, TRIGGERS]):
            if tamper is rewrite:
                with acting_as(system_actor(HERE)):
                    chain.seal(HERE)
            fault = verdict().fault
        assert fault is not None, (tamper.__name__, statements)
        assert fault.log_id == bad, (tamper.__name__, statements, fault)
    assert verdict().fault is None


@pytest.mark.parametrize("n", [1, 7, ROWS])
def test_a_whole_chain_rewritten_with_the_key_does_not_match_its_seals(tamperer, n):
    """Somebody who has the key, and not the seals, edits a row and makes every later hash anew."""
    rewrite = [("UPDATE audit_logs SET event = 'y' WHERE id = %s", [log_id(n)]), "DELETE FROM audit_chain"]
    with tamperer.changed([NO_TRIGGERS, *rewrite, TRIGGERS]):
        with acting_as(system_actor(HERE)):
            chain.seal(HERE)
        fault = verdict().fault
    assert fault.reason == "the chain was rewritten: it does not match its seal"
    assert fault.position == -(-n // 6) * 6  # the first seal at or after the edit


@pytest.mark.parametrize(
    "damage", [lambda t: t.replace('"position": 6', '"position": 5'), lambda t: t[:40], lambda t: "{}\n" + t]
)
def test_an_edited_seal_file_is_found(tamperer, tmp_path, damage):
    (file,) = tmp_path.iterdir()
    file.write_text(damage(file.read_text()))
    assert verdict().fault.reason.startswith("the seal file is damaged")


def test_sealing_again_changes_nothing(tamperer, tmp_path):
    with acting_as(system_actor(HERE)):
        before = list(AuditChain.objects.order_by("position").values_list("hash", flat=True))
    (file,) = tmp_path.iterdir()
    seals = file.read_text()
    seal()
    with acting_as(system_actor(HERE)):
        assert list(AuditChain.objects.order_by("position").values_list("hash", flat=True)) == before
    assert file.read_text() == seals


def attempted(statement, values):
    """What somebody with every right of the owner gets, triggers on: an error, or the rows hit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


@pytest.fixture
def owner_at_work(tamperer):
    """The superuser with the mask off, triggers as they are."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; RESET SESSION AUTHORIZATION")
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        ("UPDATE audit_logs SET event = 'y' WHERE id = %s", [log_id(1)]),
        ("DELETE FROM audit_logs WHERE id = %s", [log_id(1)]),
        ("TRUNCATE audit_logs", []),
        ("UPDATE audit_chain SET position = 99 WHERE log_id = %s", [log_id(1)]),
        ("DELETE FROM audit_chain WHERE log_id = %s", [log_id(1)]),
        ("TRUNCATE audit_chain", []),
    ],
)
def test_not_even_the_owner_changes_or_removes(owner_at_work, statement, values):
    with pytest.raises(DatabaseError, match="audit records are kept"):
        attempted(statement, values)


@pytest.mark.parametrize(("age", "goes"), [("6 years 1 day", True), ("5 years 364 days", False), ("1 hour", False)])
def test_a_row_goes_after_six_years_and_not_before(tamperer, age, goes):
    write(tamperer, [100], age=age)
    seal()
    delete = "DELETE FROM audit_logs WHERE id = %s"
    if goes:
        with tamperer.changed([(delete, [log_id(100)])]):
            assert verdict().fault is None
    else:
        with pytest.raises(Exception, match="audit records are kept"), tamperer.changed([(delete, [log_id(100)])]):
            pass


HOLD = (
    "INSERT INTO audit_retention (id, practice_id, created_at, action_type, years, is_held, reason, version)"
    " VALUES (gen_random_uuid(), %s, now(), %s, %s, %s, 'x', 1)"
)
PURGE = "DELETE FROM audit_logs WHERE created_at < now() - interval '6 years'"


@pytest.mark.parametrize(
    ("rule", "stays"),
    [
        ((HERE, "", 6, True), True),
        ((HERE, "X", 6, True), True),
        ((HERE, "X", 10, False), True),
        ((HERE, "Y", 6, True), False),
        ((HERE, "X", 6, False), False),
        ((NEXT_DOOR, "", 6, True), False),  # theirs holds nothing of ours
    ],
)
def test_the_purge_sees_what_is_held(tamperer, rule, stays):
    write(tamperer, [100], age="7 years")
    with tamperer.changed([(HOLD, list(rule)), PURGE]):
        assert is_there(log_id(100)) is stays


def test_who_cannot_see_the_holds_purges_nothing(tamperer):
    """The owner who opens the trail to itself: FORCE still hides every hold, and the purge would go past it."""
    write(tamperer, [100], age="7 years")
    open_trail = ["ALTER TABLE audit_logs NO FORCE ROW LEVEL SECURITY", "SET LOCAL ROLE ms_owner"]
    for held in ([(HOLD, [HERE, "", 6, True])], []):
        with pytest.raises(Exception, match="must see what is held"), tamperer.changed([*held, *open_trail, PURGE]):
            pass
        assert is_there(log_id(100))


def is_there(pk):
    with acting_as(actor("ada")):
        return AuditLog.objects.filter(pk=pk).exists()


BEFORE, ELSEWHERE = 0, 7
"""Clusters: before they were kept, and one of which a dump was restored here."""


@pytest.mark.parametrize("cluster", [BEFORE, ELSEWHERE])
def test_a_restored_dump_goes_on_where_it_stood(tamperer, cluster):
    """Transaction ids of the old cluster are far ahead of this one's, and some rows were not sealed yet."""
    far = 10**15
    write(tamperer, range(101, 107), xact=far, cluster=cluster)
    seal()
    assert verdict().fault is None
    write(tamperer, range(107, 109), xact=far, cluster=cluster)  # in the dump, not yet in its chain
    write(tamperer, range(109, 113), xact=200)  # written since
    seal()
    assert verdict() == chain.Verdict(ROWS + 12, None)
    write(tamperer, [113], xact=200)
    assert verdict().fault is None  # a row that waits for its seal is no fault
    with acting_as(system_actor(HERE)):
        places = dict(AuditChain.objects.filter(position__gt=ROWS).values_list("position", "log_id"))
    assert [places[ROWS + n] for n in range(1, 13)] == [log_id(100 + n) for n in range(1, 13)]


@pytest.mark.parametrize("cluster", [BEFORE, ELSEWHERE])
def test_a_row_slipped_in_behind_a_restored_chain_is_found(tamperer, cluster):
    write(tamperer, range(101, 107), xact=10**15, cluster=cluster)
    seal()
    write(tamperer, [200], xact=10**15 - 500, cluster=cluster)
    seal()
    assert verdict().fault == chain.Fault(None, log_id(200), "the row was slipped in behind the chain")


STAMP = "created_at > now() - interval '1 minute' AND created_at < now() + interval '1 minute'"


@pytest.mark.parametrize("who", ["ana", "ada", "fay", "sys", "imp"])
@pytest.mark.parametrize("dated", ["2001-01-01", "2999-01-01"])
@pytest.mark.django_db
def test_nobody_dates_what_they_write(who, dated):
    with acting_as(actor(who)), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_logs (id, practice_id, user_id, action_type, event, resource_type, client_ids,"
            " action_description, action_details, user_agent, session_id, severity, created_at, xact, cluster)"
            " VALUES (%s, %s, access.me(), 'X', 'x', 'x', '{}', 'x', '{}', '', '', 'info', %s, '3', 9)",
            [log_id(1), HERE, dated],
        )
    with acting_as(actor("ada")), connection.cursor() as cursor:
        true = f"{STAMP} AND xact = pg_current_xact_id() AND cluster = {HERE_CLUSTER}"
        cursor.execute(f"SELECT {true} FROM audit_logs WHERE id = %s", [log_id(1)])
        assert cursor.fetchone() == (True,)
    with acting_as(actor("olga")), connection.cursor() as cursor:
        cursor.execute("SELECT FROM audit_logs WHERE id = %s", [log_id(1)])
        assert cursor.fetchone() is None


def test_the_owner_brings_old_records_and_they_are_marked(tamperer):
    """A restore of single rows: they keep their day, and slip in behind nothing unseen."""
    old = "now() - interval '3 years'"
    insert = (
        "INSERT INTO audit_logs (id, practice_id, action_type, event, resource_type, client_ids, action_description,"
        " action_details, user_agent, session_id, severity, created_at, xact)"
        f" VALUES (%s, %s, 'X', 'x', 'x', '{{}}', 'x', '{{}}', '', '', 'info', {old}, '3')"
    )
    tamperer.change([(insert, [log_id(300), HERE])])
    seal()
    assert verdict().fault == chain.Fault(None, log_id(300), "the row was slipped in behind the chain")
