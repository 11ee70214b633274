"""A word of a psychotherapy note is looked for everywhere it must not be: tables, files, logs, the trail, answers."""

import logging
from datetime import date
from uuid import uuid4

from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.charting.models import ClinicalNote
from tests.cast import CLEO, HERE, ID, actor
from tests.http import Http
from tests.sessions import session_of

CANARY = "Zaunkoenig-7781"
TABLES = "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
OTHERS = ("ash", "sam", "bea", "fay", "ada", "mia", "otto", "olga")


def browser(name):
    made = Http(raise_request_exception=False)
    with transaction.atomic():
        made.cookies["session"] = session_of(name)
    return made


def test_a_word_of_it_is_nowhere_but_with_its_author(masked, caplog, tmp_path, settings):
    settings.VAULT = tmp_path / "vault"
    caplog.set_level(logging.DEBUG)
    ana, pk = browser("ana"), str(uuid4())
    text = f"Before {CANARY} after."
    body = {"id": pk, "client_id": str(CLEO), "about_date": "2026-01-05", "text": text}
    assert ana.call("post", "/psychotherapy-notes", body).status_code == 201
    stale = {"version": 7, "about_date": "2026-01-05", "text": "Another text."}
    assert ana.call("put", f"/psychotherapy-notes/{pk}", stale).status_code == 409  # refused, with the text
    assert ana.read(f"/psychotherapy-notes/{pk}")["text"] == text

    found = _answers_of_others(pk) | _answers_beside(ana)
    assert {path for path, content in found.items() if CANARY.encode() in content} == set()
    assert CANARY not in caplog.text
    assert not any(CANARY.encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert _tables_with(masked) == set()


def _answers_of_others(pk):
    paths = (
        "/clients",
        f"/clients/search?q={CANARY}",
        f"/clients/{CLEO}",
        f"/clients/{CLEO}/timeline",
        f"/clients/{CLEO}/timeline?q={CANARY}",
        "/notes",
        "/today?day=2026-01-05",
        "/psychotherapy-notes",
        f"/psychotherapy-notes/{pk}",
        "/emergency-access?whose=others",
        "/audit?limit=50",
    )
    return {f"{name} {path}": browser(name).call("get", path).content for name in OTHERS for path in paths}


def _answers_beside(ana):
    """What the author herself is shown elsewhere: search, timeline, and the printed chart note of the same day."""
    with acting_as(actor("ana")):
        of = {"practice_id": HERE, "client_id": CLEO, "author_id": ID["ana"]}
        note = ClinicalNote(**of, service_date=date(2026, 1, 5), sections={"subjective": "Slept well."})
        note.save(force_insert=True)
    paths = (f"/clients/search?q={CANARY}", f"/clients/{CLEO}/timeline", f"/clients/{CLEO}", f"/notes/{note.pk}")
    found = {f"ana {path}": ana.call("get", path).content for path in paths}
    printed = ana.call("get", f"/notes/{note.pk}/document")
    assert printed.status_code == 200
    return found | {"the printed note": printed.content}


def _tables_with(masked):
    """Tables whose rows hold the word, as text or as bytes, past every policy."""
    masked._cursor.execute("RESET SESSION AUTHORIZATION; RESET ROLE")
    masked._cursor.execute(TABLES)
    tables = [name for (name,) in masked._cursor.fetchall()]
    assert "psychotherapy_notes" in tables
    hidden = set()
    for table in tables:
        masked._cursor.execute(
            f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s OR t::text LIKE %s',
            [f"%{CANARY}%", f"%{CANARY.encode().hex()}%"],
        )
        if masked._cursor.fetchone()[0]:
            hidden.add(table)
    masked._cursor.execute("SELECT count(*) FROM psychotherapy_notes")
    assert masked._cursor.fetchone()[0] == 1
    masked._cursor.execute("SET SESSION AUTHORIZATION ms_web")
    return hidden
