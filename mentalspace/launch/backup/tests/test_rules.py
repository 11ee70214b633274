"""Retention, names of segments, sealing and recovery keys: what needs no database."""

import errno
import io
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import click
import psycopg
import pytest

from mentalspace.env import EnvironmentRefused, read
from mentalspace.launch import keys
from mentalspace.launch.backup import archiver, commands, mirror, recovery, retention, sealing, segments, taking
from mentalspace.launch.backup.repository import Busy, Repository

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday
KEY = bytes(32)


@dataclass(frozen=True)
class Taken:
    began_at: datetime


def nights(*ago: float) -> list[Taken]:
    return [Taken(NOW.replace(hour=2) - timedelta(days=days)) for days in ago]


@pytest.mark.parametrize(
    ("there", "kept"),
    [
        ([], []),
        (nights(0), [0]),
        (nights(*range(8)), [7, 6, 5, 4, 3, 2, 1, 0]),  # the eighth begins the seventh day's log
        (nights(*range(60)), [22, 15, 8, 7, 6, 5, 4, 3, 2, 1, 0]),  # and Sundays of three weeks before
        (nights(40, 41, 42), [42, 41, 40]),  # a machine that was off keeps what it had
        (nights(0, 0.1, 0.2), [0, 0.1, 0.2]),  # all within the window: point-in-time recovery may begin at each
    ],
)
def test_seven_daily_and_four_weekly(there, kept):
    found = retention.kept(there, NOW)
    assert found == sorted(nights(*kept), key=lambda each: each.began_at)


def test_the_log_is_kept_for_seven_days():
    needed = retention.log_needed_by(nights(*range(20)), NOW)
    assert needed[0].began_at <= NOW - retention.WINDOW < needed[1].began_at


@pytest.mark.parametrize(
    ("taken", "is_due"),
    [
        ([], True),
        ([datetime(2026, 11, 23, 2, 0, 5, tzinfo=UTC)], False),
        ([datetime(2026, 11, 23, 1, 59, tzinfo=UTC)], True),
        ([datetime(2026, 11, 22, 2, 0, 5, tzinfo=UTC)], True),
        ([datetime(2027, 1, 1, tzinfo=UTC)], True),  # the clock was ahead
    ],
)
def test_due_once_after_two_in_the_morning(taken, is_due):
    there: list[Any] = [Taken(moment) for moment in taken]
    assert taking.due(there, NOW) is is_due


def test_segments_follow_each_other_over_the_end_of_a_file():
    assert segments.following("0000000100000000000000FF") == "000000010000000100000000"
    assert segments.holding("1/2000028", "00000003") == "000000030000000100000002"
    there = {"0000000100000000000000FE", "0000000100000000000000FF", "000000010000000100000001"}
    assert segments.unbroken("0000000100000000000000FE", there) == "0000000100000000000000FF"
    assert segments.unbroken("000000010000000000000001", there) is None


@pytest.mark.parametrize("size", [0, 1, sealing.CHUNK, sealing.CHUNK + 1, 3 * sealing.CHUNK - 7])
def test_what_was_sealed_comes_back(tmp_path, size):
    content = secrets.token_bytes(size)
    done = sealing.seal(sealing.chunks(io.BytesIO(content)), tmp_path / "x", "a/x", KEY)
    assert (done.plain, done.sha256) == (size, sealing.sha256(tmp_path / "x"))
    assert b"".join(sealing.unseal(tmp_path / "x", "a/x", KEY)) == content


@pytest.mark.parametrize("spoil", ["flip", "cut", "drop", "append", "place", "key", "empty"])
def test_what_was_altered_is_refused(tmp_path, spoil):
    path = tmp_path / "x"
    sealing.seal([secrets.token_bytes(2 * sealing.CHUNK + 9)], path, "a/x", KEY)
    content = path.read_bytes()
    frame = sealing.LENGTH + int.from_bytes(content[36:40], "big")
    spoilt = {
        "flip": content[:5000] + bytes([content[5000] ^ 1]) + content[5001:],
        "cut": content[: 36 + frame],
        "drop": content[:36] + content[36 + frame :],
        "append": content + b"x",
        "empty": b"",
    }
    path.write_bytes(spoilt.get(spoil, content))
    place, key = "a/y" if spoil == "place" else "a/x", bytes([1]) * 32 if spoil == "key" else KEY
    with pytest.raises(sealing.Damaged, match="altered or damaged"):
        b"".join(sealing.unseal(path, place, key))


def test_a_recovery_key_survives_handwriting(tmp_path):
    key = secrets.token_bytes(32)
    text = recovery.written(key)
    assert recovery.read(text.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == key
    last = text[-1]
    for wrong in (text[:-1], text[:-1] + ("2" if last != "2" else "3"), text.replace(text[0], "U", 1)):
        with pytest.raises(EnvironmentRefused, match="not a recovery key"):
            recovery.read(wrong)


def test_the_home_keeps_only_the_public_half(tmp_path):
    env = read({"MENTALSPACE_HOME": str(tmp_path / "home")})
    keys.create_missing(env)
    key, public = recovery.make()
    recovery.keep(env, public)
    private = recovery.read(key)
    assert not any(private in path.read_bytes() for path in env.keys.iterdir())
    sealed = recovery.sealed_keys(env, recovery.public_half(env) or b"")
    assert recovery.opened(sealed, private)["backup"] == keys.read(env, "backup")
    with pytest.raises(EnvironmentRefused, match="altered or damaged"):
        recovery.opened(sealed[:-1] + b"x", private)


def test_a_recovery_key_that_was_never_seen_is_never_in_force(tmp_path, monkeypatch, capsys):
    env = read({"MENTALSPACE_HOME": str(tmp_path / "home"), "MENTALSPACE_BACKUPS": str(tmp_path / "usb")})
    keys.create_missing(env)
    with pytest.raises(EnvironmentRefused, match="is its disk mounted"):
        commands.backup(env, recovery_key=True, check_recovery_key=False)
    assert recovery.public_half(env) is None
    (tmp_path / "usb").mkdir()

    def shut(*_):
        raise BrokenPipeError

    with monkeypatch.context() as patch:
        patch.setattr(click, "echo", shut)
        with pytest.raises(BrokenPipeError):
            commands.backup(env, recovery_key=True, check_recovery_key=False)
    assert recovery.public_half(env) is None
    commands.backup(env, recovery_key=True, check_recovery_key=False)
    written = next(line for line in capsys.readouterr().out.splitlines() if line.count("-") > 10)
    assert "backup" in recovery.opened(Repository.of(env).sealed_keys.read_bytes(), recovery.read(written))


def test_one_writer_at_a_time(tmp_path):
    one, two = Repository(tmp_path, KEY), Repository(tmp_path, KEY)
    with one.lock("backups"), pytest.raises(Busy), two.lock("backups"):
        pass


def test_files_are_copied_once_and_kept_until_no_older_backup_is_left(tmp_path):
    env = read({"MENTALSPACE_HOME": str(tmp_path / "home")})
    kept = env.objects / "library" / "a"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"sealed")
    env.vault.mkdir()
    (env.vault / "ana").write_text("wrapped")
    repository = Repository(tmp_path / "backups", KEY)
    following = mirror.Mirror(env, repository)
    assert (following.follow(), following.follow()) == (2, 0)
    assert b"wrapped" not in (repository.folder / "vault" / "ana").read_bytes()
    kept.unlink()
    after = NOW.timestamp() + 10**9
    assert mirror.forget_removed(env, repository, before=0) == 0  # missed for the first time
    assert mirror.forget_removed(env, repository, before=0) == 0  # a backup is older than that
    assert mirror.forget_removed(env, repository, before=after) == 1
    assert not (repository.objects / "library" / "a").exists()


def test_a_file_that_cannot_be_read_stands_in_no_others_way(tmp_path, monkeypatch):
    env = read({"MENTALSPACE_HOME": str(tmp_path / "home")})
    (env.objects / "library").mkdir(parents=True)
    for name in ("bad", "good"):
        (env.objects / "library" / name).write_bytes(b"sealed")
    os.utime(env.objects / "library", (0, 0))  # settled long ago: looked into once, unless something was left
    copy = mirror.copy

    def spoilt(path, target):
        if path.name == "bad":
            raise OSError(errno.EIO, "Input/output error", str(path))
        copy(path, target)

    following = mirror.Mirror(env, Repository(tmp_path / "backups", KEY))
    with monkeypatch.context() as patch:
        patch.setattr(mirror, "copy", spoilt)
        assert following.follow() == 1
    assert ["bad" in each for each in following.troubles] == [True]
    assert (following.follow(), following.troubles) == (1, [])


@pytest.mark.parametrize("is_away", [False, True])
def test_the_log_is_sealed_whatever_becomes_of_the_files(tmp_path, monkeypatch, is_away):
    env = read({"MENTALSPACE_HOME": str(tmp_path / "home")})
    keys.create_missing(env)
    archiving = archiver.Archiver(env, Repository.of(env))
    done = []

    def log():
        done.append("log")
        if is_away:
            raise psycopg.OperationalError("away")

    def files():
        done.append("files")
        archiving.mirror.troubles = [] if is_away else ["Input/output error"]

    monkeypatch.setattr(archiving, "_follow_log", log)
    monkeypatch.setattr(archiving.mirror, "follow", files)
    with pytest.raises(psycopg.OperationalError if is_away else archiver.NotCopied):
        archiving.round()
    assert done == ["log", "files"]


def test_backups_on_a_disk_that_is_away(tmp_path):
    env = read({"MENTALSPACE_HOME": str(tmp_path / "home"), "MENTALSPACE_BACKUPS": str(tmp_path / "usb")})
    keys.create_missing(env)
    with pytest.raises(EnvironmentRefused, match="is its disk mounted"):
        Repository.of(env)


def test_a_disk_that_is_not_mounted_leaves_an_empty_folder(tmp_path):
    """Backups that went into it would fill the system's disk, and nobody would be told."""
    disk = tmp_path / "usb"
    env = read({"MENTALSPACE_HOME": str(tmp_path / "home"), "MENTALSPACE_BACKUPS": str(disk)})
    keys.create_missing(env)
    disk.mkdir()
    begun = Repository.of(env)
    with begun.lock("log"):
        begun.remember(env)
    Repository.of(env)
    disk.rename(tmp_path / "elsewhere")
    disk.mkdir()
    archiving = archiver.Archiver(env, begun)
    for ask in (lambda: Repository.of(env), archiving.round):
        with pytest.raises(EnvironmentRefused, match="is its disk mounted"):
            ask()
    assert list(disk.iterdir()) == []
    disk.rmdir()
    (tmp_path / "elsewhere").rename(disk)
    assert Repository.of(env).identity() == begun.identity()


def test_a_folder_with_anothers_backups_is_left_alone(tmp_path):
    """Somebody set up a new machine and named the old disk: what lies there must survive that."""
    for name in ("one", "two"):
        env = read({"MENTALSPACE_HOME": str(tmp_path / name), "MENTALSPACE_BACKUPS": str(tmp_path / "usb")})
        keys.create_missing(env)
        if name == "one":
            (tmp_path / "usb").mkdir()
            with Repository.of(env).lock("backups"):
                pass
            assert Repository.of(env).bases() == []
    with pytest.raises(EnvironmentRefused, match="another installation's"):
        Repository.of(env)


def test_a_file_that_comes_while_we_look_is_not_missed(tmp_path):
    env = read({"MENTALSPACE_HOME": str(tmp_path / "home")})
    folder = env.objects / "library"
    folder.mkdir(parents=True)
    following = mirror.Mirror(env, Repository(tmp_path / "backups", KEY))
    for number in range(5):
        (folder / str(number)).write_bytes(b"sealed")
        assert following.follow() == 1
