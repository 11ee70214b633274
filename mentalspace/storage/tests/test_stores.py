"""Both stores keep the same contract; S3 is spoken to over HTTP, failing and silent ones included."""

from uuid import UUID, uuid4

import pytest

from mentalspace.storage.adapters.local import LocalStore
from mentalspace.storage.adapters.s3 import S3Store
from mentalspace.storage.envelope import Ring
from mentalspace.storage.errors import StorageAway
from mentalspace.storage.ports import ObjectMissing, Place
from mentalspace.storage.tests.conftest import failing_s3, s3_at

PRACTICE = UUID(int=1)
CONTENT = bytes(range(256)) * 700


@pytest.fixture(params=["local", "s3"])
def store(request, tmp_path):
    if request.param == "s3":
        return request.getfixturevalue("s3")
    return LocalStore(tmp_path, Ring("1", {"1": bytes(32)}))


def place():
    return Place("client-documents", PRACTICE, f"{uuid4()}/{uuid4()}")


def test_what_is_put_is_there_until_it_is_removed(store):
    one, other = place(), place()
    store.put(one, CONTENT)
    assert store.get(one) == CONTENT
    assert store.get(one, 10, 20) == CONTENT[10:20]
    assert store.get(one, 70_000) == CONTENT[70_000:]
    assert store.get(one, 5, 5) == b""
    assert (store.has(one), store.has(other)) == (True, False)
    assert list(store.places("client-documents")) == [one]
    store.put(other, b"")
    assert store.get(other) == b""
    store.remove(other)
    store.remove(one)
    store.remove(one)
    assert not store.has(one)
    assert list(store.places("client-documents")) == []
    with pytest.raises(ObjectMissing):
        store.get(one)


def test_a_place_is_read_as_it_was_written():
    one = place()
    assert Place.parse(str(one)) == one


@pytest.mark.parametrize("name", ["../../etc/passwd", "a/../b", "/etc", "a/b.c", "", "a//b", "a\nb/c"])
def test_no_name_leads_out_of_the_folder(tmp_path, name):
    store = LocalStore(tmp_path, Ring("1", {"1": bytes(32)}))
    with pytest.raises(ValueError, match="made of ids"):
        store.put(Place("client-documents", PRACTICE, name), b"x")


def test_local_files_are_private_and_encrypted(tmp_path):
    store, one = LocalStore(tmp_path, Ring("1", {"1": bytes(32)})), place()
    store.put(one, b"Cleo was here")
    path = tmp_path / str(one)
    assert path.stat().st_mode & 0o077 == 0
    assert b"Cleo" not in path.read_bytes()
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(ObjectMissing):
        store.get(one)


@pytest.mark.parametrize("after", ["put", "remove"])
def test_what_a_killed_process_left_half_written_goes_with_the_next_work_there(tmp_path, monkeypatch, after):
    store, one, other = LocalStore(tmp_path, Ring("1", {"1": bytes(32)})), place(), place()
    with monkeypatch.context() as killed:
        killed.setattr("os.fsync", _killed)
        with pytest.raises(KeyboardInterrupt):
            store.put(one, b"x")
    store.put(other, b"y")
    assert len([path for path in tmp_path.rglob(".*") if path.is_file()]) == 1
    store.put(one, b"x") if after == "put" else store.remove(one)
    assert [path for path in tmp_path.rglob(".*") if path.is_file()] == []
    assert store.get(other) == b"y"


def _killed(descriptor):
    raise KeyboardInterrupt


def test_a_disk_that_cannot_be_written_is_said_to_be_away(tmp_path):
    (tmp_path / "client-documents").write_text("in the way")
    store = LocalStore(tmp_path, Ring("1", {"1": bytes(32)}))
    with pytest.raises(StorageAway):
        store.put(place(), b"x")


def test_the_service_is_told_to_encrypt(s3):
    one = place()
    s3.put(one, b"x")
    head = s3.client.head_object(Bucket="riverbend-client-documents", Key=f"{PRACTICE}/{one.name}")
    assert head["ServerSideEncryption"] == "AES256"
    assert s3.key_id == "AES256"


@pytest.mark.parametrize("status", [500, 503, 403])
def test_a_service_that_fails_is_away(status):
    with failing_s3(status) as port:
        store, one = S3Store(s3_at(port), seconds=5, attempts=1), place()
        for ask in (lambda: store.put(one, b"x"), lambda: store.get(one), lambda: store.has(one)):
            with pytest.raises(StorageAway):
                ask()


def test_a_service_that_is_silent_or_gone_is_away():
    with failing_s3(None) as port, pytest.raises(StorageAway):
        S3Store(s3_at(port), seconds=0.2, attempts=1).put(place(), b"x")
    with pytest.raises(StorageAway):
        S3Store(s3_at(port), seconds=1, attempts=1).get(place())
