"""Psychotherapy notes: their author's alone, sealed before they are stored, gone with their key."""

from contextlib import nullcontext
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import EVERY_HAT, SYSTEM
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.charting.psychotherapy import vault
from mentalspace.charting.psychotherapy.commands import destroy_key
from mentalspace.charting.psychotherapy.errors import KeyIsGone
from mentalspace.charting.psychotherapy.models import PsychotherapyNote
from mentalspace.clients.models import CareTeamMember
from mentalspace.people.models import Profile
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, NOOR, THEO, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

TEXT = "The silence after her brother came up: mine, or hers? Ask in supervision."


@pytest.fixture(autouse=True)
def vault_of_its_own(tmp_path, settings):
    settings.VAULT = tmp_path / "vault"


@pytest.fixture
def ana(http):
    return http("ana")


def write(browser, **changes):
    body = {"id": str(uuid4()), "client_id": str(CLEO), "about_date": "2026-01-05", "text": TEXT}
    return browser.call("post", "/psychotherapy-notes", body | changes)


def test_its_author_writes_reads_and_changes_it(ana):
    note = write(ana)
    assert note.status_code == 201, note.content
    note = note.json()
    assert (note["text"], note["client_name"], note["version"]) == (TEXT, "Cleo Client", 1)
    path = f"/psychotherapy-notes/{note['id']}"
    body = {"version": 1, "about_date": "2026-01-06", "text": f"{TEXT} Mine."}
    assert ana.call("put", path, body).json()["version"] == 2
    assert ana.call("put", path, body).json()["version"] == 2  # the answer got lost: nothing happens twice
    assert ana.read(path)["text"] == f"{TEXT} Mine."
    listed = ana.read(f"/psychotherapy-notes?client_id={CLEO}")["items"]
    assert [(row["about_date"], row["opening"]) for row in listed] == [("2026-01-06", f"{TEXT} Mine.")]
    assert ana.read(f"/psychotherapy-notes?client_id={THEO}")["items"] == []


@pytest.mark.parametrize("who", ["otto", "mia", "ash"])
def test_nobody_else_who_writes_notes_knows_of_it(http, ana, who):
    note = write(ana).json()["id"]
    other = http(who)
    hidden, absent = (other.call("get", f"/psychotherapy-notes/{pk}") for pk in (note, uuid4()))
    assert refused(hidden, 404)
    assert hidden.content == absent.content
    assert other.read("/psychotherapy-notes")["items"] == []
    body = {"version": 1, "about_date": "2026-01-05", "text": "x"}
    assert refused(other.call("put", f"/psychotherapy-notes/{note}", body), 404)


@pytest.mark.parametrize("who", ["ada", "sam", "bea", "fay"])
def test_the_other_roles_have_no_such_notes_at_all(http, ana, who):
    note = write(ana).json()["id"]
    assert refused(http(who).call("get", f"/psychotherapy-notes/{note}"), 404)
    assert refused(http(who).call("get", "/psychotherapy-notes"), 404)
    assert refused(write(http(who)), 403, "not_allowed")


def test_it_is_written_about_clients_one_treats(http, ana):
    assert refused(write(ana, client_id=str(NOOR)), 404)
    assert refused(write(http("mia")), 403, "not_allowed")  # sees every chart as administrator, and treats nobody
    assert refused(write(ana, text=""), 422, "malformed")
    assert refused(write(ana, about_date="2999-01-01"), 422, "bad_input")


def test_emergency_access_shows_none_and_lets_none_be_written(http, ana):
    write(ana)
    ash = http("ash")
    call = {"medical_record_number": "MS000001", "date_of_birth": "1990-05-17", "reason": "Cleo is in acute danger."}
    assert ash.call("post", "/emergency-access", call).status_code == 201
    assert ash.read("/psychotherapy-notes")["items"] == []
    assert refused(write(ash), 403, "not_allowed")


def test_two_windows_never_write_over_each_other(ana):
    note = write(ana).json()["id"]
    path = f"/psychotherapy-notes/{note}"
    first = {"version": 1, "about_date": "2026-01-05", "text": "first"}
    assert ana.call("put", path, first).status_code == 200
    late = ana.call("put", path, first | {"text": "second"})
    assert refused(late, 409, "psychotherapy_note_changed")
    assert (late.json()["data"]["text"], late.json()["data"]["version"]) == ("first", 2)
    assert ana.read(path)["text"] == "first"


def test_a_save_whose_answer_got_lost_makes_no_second_note(ana):
    pk = str(uuid4())
    for text in (TEXT, TEXT, f"{TEXT} More."):
        assert write(ana, id=pk, text=text).status_code == 201
    assert len(ana.read("/psychotherapy-notes")["items"]) == 1
    assert ana.read(f"/psychotherapy-notes/{pk}")["text"] == f"{TEXT} More."


def test_a_late_first_save_never_writes_over_what_came_after_it(ana):
    note = write(ana, text="first").json()
    later = {"version": 1, "about_date": "2026-01-05", "text": "the later, longer text"}
    ana.call("put", f"/psychotherapy-notes/{note['id']}", later)
    again = write(ana, id=note["id"], text="first")
    assert refused(again, 409, "psychotherapy_note_changed")
    assert ana.read(f"/psychotherapy-notes/{note['id']}")["text"] == "the later, longer text"


def test_it_stays_its_authors_when_they_no_longer_treat_the_client(ana):
    note = write(ana).json()["id"]
    with acting_as(actor("ada")):
        CareTeamMember.objects.filter(client_id=CLEO).update(end_date="2026-01-01")
    assert ana.read(f"/psychotherapy-notes/{note}")["text"] == TEXT
    assert refused(write(ana), 404)


def test_every_look_is_in_the_trail_without_a_word_of_it(ana):
    note = write(ana).json()["id"]
    ana.read(f"/psychotherapy-notes/{note}")
    with acting_as(actor("ada")):
        lines = AuditLog.objects.filter(resource_type__startswith="psychotherapy_note", resource_id=note)
        assert {"chart.psychotherapy_note.written", "psychotherapy_note.read"} <= {line.event for line in lines}
        assert lines.filter(action_type=PHI_ACCESS, client_ids=[CLEO]).exists()
        assert not any("silence" in f"{line.action_description}{line.action_details}" for line in lines)


def test_the_database_refuses_every_other_audience(ana):
    note = write(ana).json()["id"]
    for who in (
        actor("ada"),
        actor("sam"),
        actor("olga"),
        Actor(HERE, HERE, SYSTEM),
        Actor(HERE, ID["mia"], EVERY_HAT),
    ):
        with acting_as(who):
            is_of_a_writer = who.audience == EVERY_HAT
            refusal = nullcontext() if is_of_a_writer else pytest.raises(DatabaseError, match="permission denied")
            with refusal, transaction.atomic():
                assert not PsychotherapyNote.objects.filter(pk=note).exists()
    with acting_as(actor("ana")):
        for change in ({"client_id": THEO}, {"author_id": ID["ash"]}, {"practice_id": NEXT_DOOR}, {"version": 0}):
            with pytest.raises(DatabaseError), transaction.atomic():
                PsychotherapyNote.objects.filter(pk=note).update(**change)
        with pytest.raises(DatabaseError), transaction.atomic():
            PsychotherapyNote.objects.filter(pk=note).delete()


def test_the_operator_cannot_read_the_table():
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_any_column_privilege('ms_operator', 'psychotherapy_notes', 'SELECT')")
        assert cursor.fetchone() == (False,)


# -- the vault


def sealed_note(ana):
    note = write(ana).json()["id"]
    with acting_as(actor("ana")):
        row = PsychotherapyNote.objects.get(pk=note)
    return row, vault.Place(HERE, ID["ana"], CLEO, row.pk, row.version)


def test_only_its_author_unseals_it_even_past_the_database(ana):
    row, place = sealed_note(ana)
    for who in (None, actor("ada"), actor("ash"), Actor(HERE, HERE, SYSTEM)):
        with acting_as(who), pytest.raises(PermissionError):
            vault.unseal(row.sealed, place)
    with acting_as(actor("ana")):
        assert vault.unseal(row.sealed, place) == TEXT
        with pytest.raises(PermissionError):
            vault.seal("x", vault.Place(HERE, ID["ash"], CLEO, row.pk, 1))


def test_it_opens_nowhere_but_in_its_place(ana):
    row, place = sealed_note(ana)
    elsewhere = (
        vault.Place(HERE, ID["ana"], THEO, row.pk, row.version),
        vault.Place(HERE, ID["ana"], CLEO, uuid4(), row.version),
        vault.Place(HERE, ID["ana"], CLEO, row.pk, row.version + 1),
    )
    with acting_as(actor("ana")):
        for other in elsewhere:
            with pytest.raises(KeyIsGone):
                vault.unseal(row.sealed, other)
        torn = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
        with pytest.raises(KeyIsGone):
            vault.unseal(torn, place)


def test_each_author_has_a_key_that_others_cannot_read_as_a_file(ana, http):
    write(ana)
    write(http("ash"), client_id=str(NOOR))
    files = {path.name: path for path in (settings.VAULT / str(HERE)).iterdir()}
    assert set(files) == {str(ID["ana"]), str(ID["ash"])}
    assert files[str(ID["ana"])].read_bytes() != files[str(ID["ash"])].read_bytes()
    for path in (*files.values(), settings.VAULT / str(HERE)):
        assert path.stat().st_mode & 0o077 == 0


def test_the_wrapped_key_is_nothing_without_the_wrapping_one(ana, settings):
    row, place = sealed_note(ana)
    settings.PSYCHOTHERAPY_KEY = bytes(32)
    with acting_as(actor("ana")), pytest.raises(KeyIsGone):
        vault.unseal(row.sealed, place)


def test_the_same_text_is_never_sealed_the_same_way(ana):
    _, place = sealed_note(ana)
    with acting_as(actor("ana")):
        assert len({vault.seal(TEXT, place) for _ in range(20)}) == 20


def test_two_first_notes_at_once_share_one_key():
    place = vault.Place(HERE, ID["ana"], CLEO, uuid4(), 1)
    with acting_as(actor("ana")):
        first, late = vault._new_key(place), vault._new_key(place)
    assert first == late
    assert len(list((settings.VAULT / str(HERE)).iterdir())) == 1


def test_with_the_key_destroyed_nobody_reads_it_again(ana):
    note = write(ana).json()["id"]
    assert vault.destroy(HERE, ID["ana"])
    assert not vault.destroy(HERE, ID["ana"])
    assert refused(ana.call("get", f"/psychotherapy-notes/{note}"), 409, "psychotherapy_key_gone")
    later = write(ana, text="A new beginning.").json()["id"]  # a new key opens no old note
    assert refused(ana.call("get", f"/psychotherapy-notes/{note}"), 409, "psychotherapy_key_gone")
    openings = {row["id"]: row["opening"] for row in ana.read("/psychotherapy-notes")["items"]}
    assert openings == {note: None, later: "A new beginning."}


# -- when an author leaves


def test_when_an_author_leaves_the_notes_stay_sealed_until_the_key_is_destroyed(http, ana):
    note = write(ana).json()["id"]
    assert destroy_key("ana@example.org", "too early") == 1  # while they work here, the notes are theirs
    with acting_as(actor("ada")):
        Profile.objects.filter(pk=ID["ana"]).update(is_active=False)
    for who in ("ada", "mia", "sam", "ash"):
        assert refused(http(who).call("get", f"/psychotherapy-notes/{note}"), 404)
    assert destroy_key("ana@example.org", "kept for the years the practice keeps them") == 0
    assert destroy_key("nobody@example.org", "a slip") == 1
    with acting_as(actor("ada")):
        line = AuditLog.objects.filter(event="chart.psychotherapy_key.destroyed").latest("created_at")
        assert (line.severity, line.resource_id) == ("critical", ID["ana"])
    with acting_as(actor("ana")):
        row = PsychotherapyNote.objects.get(pk=note)
        with pytest.raises(KeyIsGone):
            vault.unseal(row.sealed, vault.Place(HERE, ID["ana"], CLEO, row.pk, row.version))
