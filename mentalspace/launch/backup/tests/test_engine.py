"""Backups of a real cluster: taken, checked, streamed, restored to a moment, and refused when anything is wrong."""

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import click
import psycopg
import pytest

from mentalspace.env import EnvironmentRefused
from mentalspace.launch import keys
from mentalspace.launch.backup import archiver, commands, recovery, replacing, restoring, tables, taking, verifying
from mentalspace.launch.backup.repository import MANIFEST, Repository
from mentalspace.launch.backup.restoring import Target
from mentalspace.launch.backup.tests.conftest import FILL, ask, await_archived, elsewhere
from mentalspace.launch.cluster import HALFWAY, Cluster, lease
from mentalspace.launch.up import only_one


def now_in(env):
    return ask(env, "select clock_timestamp()")[0][0]


def test_to_a_moment_before_a_delete(backed_up):
    ask(backed_up, FILL)
    before = now_in(backed_up)
    ask(backed_up, "delete from kept")
    await_archived(backed_up)
    repository = Repository.of(backed_up)
    base = restoring.choose(repository, before)
    with restoring.beside(backed_up, repository, base, Target(before), backed_up.home / "side") as (side, _):
        assert ask(side, "select count(*), max(id) from kept") == [(2000, 2000)]
        ask(side, "insert into kept values (0, 'it can be written')")
    assert ask(backed_up, "select count(*) from kept") == [(0,)]
    assert not (backed_up.home / "side").exists()


def test_one_table_is_compared_and_then_put_back(backed_up, capsys):
    ask(backed_up, FILL)
    before = now_in(backed_up)
    ask(backed_up, "delete from kept where id <= 10", "update kept set said = 'x' where id = 11")
    ask(backed_up, "insert into kept values (9999, 'later')")
    await_archived(backed_up)
    found = tables.compare(backed_up, before, "kept", apply=False)
    assert (found.gone, found.changed, found.later) == (10, 1, 1)
    assert ask(backed_up, "select count(*) from kept") == [(1991,)]
    commands.restore(backed_up, to=before.isoformat(), table="kept", into=None, apply=True, yes=False)
    assert "10 rows are gone since: put back" in capsys.readouterr().out
    assert ask(backed_up, "select count(*), count(*) filter (where said = 'x') from kept") == [(2001, 0)]
    ask(backed_up, "delete from kept where id = 9999")


@pytest.mark.parametrize(
    ("table", "why"), [("nothing", "no table nothing"), ("keyless", "no primary key"), ("audit_logs", "evidence")]
)
def test_tables_that_cannot_be_put_back(backed_up, table, why):
    ask(backed_up, "create table if not exists keyless (id int)", "create table if not exists audit_logs (id int)")
    with pytest.raises(EnvironmentRefused, match=why):
        tables.compare(backed_up, None, table, apply=True)


def test_rows_that_the_database_refuses_change_nothing(backed_up):
    ask(backed_up, FILL)
    before = now_in(backed_up)
    ask(backed_up, "delete from kept where id <= 2", "alter table kept add constraint small check (id <> 2)")
    await_archived(backed_up)
    try:
        with pytest.raises(EnvironmentRefused, match="Nothing was changed"):
            tables.compare(backed_up, before, "kept", apply=True)
        assert ask(backed_up, "select count(*) from kept where id <= 2") == [(0,)]
    finally:
        ask(backed_up, "alter table kept drop constraint small")


def test_moments_that_cannot_be_had(backed_up):
    repository = Repository.of(backed_up)
    oldest = restoring.spans(repository)[0].since
    later = datetime(9999, 1, 1, tzinfo=UTC)
    for moment, why in ((oldest - timedelta(seconds=1), "before the oldest"), (later, "after the newest")):
        with pytest.raises(EnvironmentRefused, match=why):
            restoring.choose(repository, moment)
    with pytest.raises(EnvironmentRefused, match="is not a moment"):
        commands.moment_of("yesterday")
    assert commands.moment_of("2026-11-23T14:05:00+02:00") == datetime(2026, 11, 23, 12, 5, tzinfo=UTC)


def test_a_quiet_database_can_be_restored_to_now(backed_up):
    """Nothing was committed after the moment: the end of the log is what was asked for."""
    ask(backed_up, FILL)
    await_archived(backed_up)
    repository = Repository.of(backed_up)
    moment = restoring.spans(repository)[-1].until
    base = restoring.choose(repository, moment)
    with restoring.beside(backed_up, repository, base, Target(moment), backed_up.home / "side") as (side, _):
        assert ask(side, "select count(*) from kept") == [(2000,)]


def test_when_the_log_was_sealed_does_not_cut_a_restore_short(backed_up, tmp_path):
    """The disk was away for a day, or was copied without its times: every segment looks as if it came later."""
    ask(backed_up, "insert into kept values (5000, 'late')", "select pg_switch_wal()", FILL, "select pg_switch_wal()")
    moment = now_in(backed_up)
    ask(backed_up, "delete from kept where id = 5000")
    await_archived(backed_up)
    shutil.copytree(backed_up.backups, tmp_path / "backups")
    tomorrow = (moment + timedelta(days=1)).timestamp()
    for path in (tmp_path / "backups" / "wal").rglob("0*"):
        os.utime(path, (tomorrow, tomorrow))
    repository = Repository(tmp_path / "backups", keys.read(backed_up, "backup"))
    base = repository.bases()[0]
    with restoring.beside(backed_up, repository, base, Target(moment), backed_up.home / "side") as (side, _):
        assert ask(side, "select said from kept where id = 5000") == [("late",)]


def test_killed_in_the_middle_it_does_not_count_and_does_not_block(backed_up):
    repository = Repository.of(backed_up)
    before = repository.bases()
    variables = os.environ | {"MENTALSPACE_HOME": str(backed_up.home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "mentalspace.cli", "backup"]
    with subprocess.Popen(command, env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert any("Checking" in line for line in process.stdout)
        process.kill()
    unfinished = {path.name for path in (repository.folder / "base").iterdir()} - {base.id for base in before}
    assert repository.bases() == before or len(unfinished) == 0  # it may have been quicker than the signal
    made = taking.take(backed_up, "asked")
    assert made in repository.bases()
    assert not any(not (path / MANIFEST).exists() for path in (repository.folder / "base").iterdir())


def test_a_piece_that_was_altered_is_refused(backed_up, tmp_path):
    shutil.copytree(backed_up.backups, tmp_path / "backups")
    repository = Repository(tmp_path / "backups", keys.read(backed_up, "backup"))
    base = repository.bases()[-1]
    piece = repository.base(base.id) / base.pieces[0].name
    content = bytearray(piece.read_bytes())
    content[len(content) // 2] ^= 1
    piece.write_bytes(content)
    with pytest.raises(verifying.NotWhole, match=f"piece 00000.sealed of the backup {base.id} was altered"):
        verifying.check(repository, base.id, base.pieces)
    piece.unlink()
    with pytest.raises(verifying.NotWhole, match="is missing"):
        verifying.unpack(repository, base.id, base.pieces, tmp_path / "out")
    manifest = repository.base(base.id) / MANIFEST
    manifest.write_text(manifest.read_text().replace('"kind": "', '"kind": "x'))
    assert repository.spoiled() == [base.id]
    assert base.id not in [each.id for each in repository.bases()]


def test_too_little_room_is_said_before_anything_is_written(backed_up, monkeypatch):
    repository = Repository.of(backed_up)
    before = sorted((repository.folder / "base").iterdir())
    monkeypatch.setattr(taking, "free_bytes", lambda folder: 1000)
    with pytest.raises(EnvironmentRefused, match="too little room"):
        taking.take(backed_up, "daily")
    assert sorted((repository.folder / "base").iterdir()) == before
    assert "too little room" in repository.state()["failure"]
    base = repository.bases()[-1]
    monkeypatch.setattr(restoring, "free_bytes", lambda folder: 1000)
    with pytest.raises(EnvironmentRefused, match="too little room"):
        restoring.into(backed_up, repository, base, Target(), backed_up.home / "nowhere")


def test_the_log_goes_on_after_the_slot_was_lost(backed_up):
    """The server drops a slot rather than fill its disk; the archiver makes another one."""
    gone = "select pg_terminate_backend(active_pid), pg_drop_replication_slot(slot_name) from pg_replication_slots"
    for _ in range(100):  # the receiver may hold it for a moment longer
        try:
            ask(backed_up, gone)
            break
        except psycopg.errors.ObjectInUse:
            continue
    ask(backed_up, FILL)
    await_archived(backed_up)


def test_a_lost_disk_comes_back_on_another_machine(backed_up, new_home, monkeypatch, capsys):
    ask(backed_up, FILL)
    key, public = recovery.make()
    recovery.keep(backed_up, public)
    Repository.of(backed_up).write_keys(backed_up)
    await_archived(backed_up)
    there = elsewhere(backed_up, new_home)
    other = recovery.written(bytes(range(32)))
    for typed, why in (("nonsense", "not a recovery key"), (other, "belongs to others")):
        monkeypatch.setattr(click, "prompt", lambda *_, typed=typed, **__: typed)
        with pytest.raises(EnvironmentRefused, match=why):
            commands.restore(there, to="latest", table=None, into=None, apply=False, yes=True)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: key.lower())
    commands.restore(there, to="latest", table=None, into=None, apply=False, yes=True)
    assert there.secrets() == backed_up.secrets()
    assert (there.objects / "client-documents" / "one").read_bytes() == b"sealed elsewhere"
    assert (there.vault / "ana").read_text() == "wrapped"
    with lease(there):
        assert ask(there, "select count(*) from kept") == [(2000,)]
    commands.backup(backed_up, recovery_key=False, check_recovery_key=True)
    assert "opens the" in capsys.readouterr().out


def test_a_full_restore_keeps_the_old_aside_and_survives_being_killed(backed_up, new_home, monkeypatch):
    ask(backed_up, FILL)
    await_archived(backed_up)
    there = elsewhere(backed_up, new_home)
    shutil.copytree(backed_up.keys, there.keys)
    replacing.replace_all(there, None, print)
    with lease(there):
        ask(there, "delete from kept")
    (there.seals / "practice.jsonl").write_text('{"position": 7}\n')

    def killed(*_):
        raise KeyboardInterrupt

    with only_one(there), pytest.raises(EnvironmentRefused, match="already runs"):
        commands.restore(there, to="latest", table=None, into=None, apply=False, yes=True)
    monkeypatch.setattr(replacing, "_exchange", killed)
    with pytest.raises(KeyboardInterrupt):
        replacing.replace_all(there, None, print)
    with pytest.raises(EnvironmentRefused, match="was interrupted"), lease(there):
        pass
    monkeypatch.undo()
    aside = replacing.replace_all(there, None, print)
    assert aside is not None
    assert not (there.home / HALFWAY).exists()
    assert (aside / "seals" / "practice.jsonl").exists()
    with lease(there):
        assert ask(there, "select count(*) from kept") == [(2000,)]
    Cluster(there).stop()


def test_each_full_restore_begins_a_history_of_its_own(backed_up, new_home, tmp_path):
    """Two restores to the same moment: what was written after the first must not count as the second's."""
    await_archived(backed_up)
    shutil.copytree(backed_up.backups, tmp_path / "backups")
    shutil.copytree(backed_up.keys, new_home.keys)
    there = replace(new_home, backups=tmp_path / "backups")
    moment = restoring.spans(Repository.of(there))[0].since
    for row, line in ((-1, "00000002"), (-2, "00000003")):
        replacing.replace_all(there, moment, print)
        with lease(there), archiver.archiving(there):
            ask(there, f"insert into kept values ({row}, 'after a restore')")
            assert ask(there, "select substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8)") == [(line,)]
            taking.take(there, "asked")
    replacing.replace_all(there, None, print)
    with lease(there):
        assert ask(there, "select id from kept where id < 0") == [(-2,)]


def test_into_another_folder_nothing_here_is_touched(backed_up, capsys):
    ask(backed_up, FILL)
    await_archived(backed_up)
    target = backed_up.home / "into"
    commands.restore(backed_up, to="latest", table=None, into=target, apply=False, yes=False)
    side = replace(backed_up, home=target)
    assert replacing.is_copy(side)
    assert not replacing.is_copy(backed_up)
    try:
        with lease(side):
            assert ask(side, "select count(*) from kept") == [(2000,)]
        with pytest.raises(EnvironmentRefused, match="is not empty"):
            commands.restore(backed_up, to="latest", table=None, into=target, apply=False, yes=False)
    finally:
        restoring.remove(side)


def test_what_a_killed_drill_left_running_is_taken_away(backed_up):
    repository = Repository.of(backed_up)
    base = repository.bases()[-1]
    left = restoring.beside(backed_up, repository, base, Target(), backed_up.home / restoring.DRILL)
    with left as (side, cluster):
        with repository.lock(restoring.DRILL):
            restoring.sweep_drill(backed_up)  # one at work is left alone
        assert cluster.running()
        restoring.sweep_drill(backed_up)
        assert not cluster.running()
        assert not side.home.exists()
    restoring.sweep_drill(backed_up)


def test_the_list(backed_up, capsys):
    commands.backups(backed_up)
    said = capsys.readouterr().out
    assert "daily" in said
    assert "restores " in said
    assert archiver.SLOT not in said
