"""The rows of the world about who outside the practice may see a client: portals, who acts for whom, and statuses."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from mentalspace.access.actor import acting_as
from mentalspace.clients import models as clients
from tests.access.rows import FRED, LEX, NAMES, PIA, VERA, WHO, Rows, actor, practice_of
from tests.cast import CLEO, JOINED, NOOR, OLEG, THEO


def authority(w: Rows) -> None:
    _portals(w)
    _guardians(w)
    for pk in (CLEO, NOOR, THEO):
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk: _portal(pk, me))  # type: ignore[misc]
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk: _guardian(pk, me))  # type: ignore[misc]
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk: _status_change(pk, me))  # type: ignore[misc]
    for who, label, pk in (
        ("ada", "Cleo's, Ada's", CLEO),
        ("ada", "Theo's, Ada's", THEO),
        ("mia", "Noor's, Mia's", NOOR),
        ("olga", "next door", OLEG),
    ):
        w.put(who, label, _status_change(pk, WHO[who]))


def _portals(w: Rows) -> None:
    with acting_as(actor("ada")):
        w.know("Cleo's", clients.ClientPortalAccess.objects.get(client_id=CLEO))
    off = {"enabled": False, "reason": "x"}
    for who, label, pk, values in (
        ("fay", "Noor's", NOOR, {}),
        ("fay", "Pia's, off", PIA, off),
        ("ada", "Fred's", FRED, {}),
        ("vic", "Vera's", VERA, {}),
        ("otto", "next door", OLEG, {}),
    ):
        w.put(who, label, _portal(pk, WHO[who], **values))


def _guardians(w: Rows) -> None:
    with acting_as(actor("ada")):
        w.know("Gus of Cleo", clients.ClientGuardian.objects.get(client_id=CLEO))
    tomorrow = w.today + timedelta(1)
    view: dict[str, Any] = {"can_view_record": True}
    pays: dict[str, Any] = dict.fromkeys(("can_schedule", "can_message"), False)
    for who, label, pk, name, values in (
        ("ana", "Lou of Cleo, ended", CLEO, "lou", view | {"end_date": w.today}),
        ("fay", "Ned of Cleo, to come", CLEO, "ned", view | {"start_date": tomorrow}),
        ("fay", "Max of Cleo, unverified", CLEO, "max", view),
        ("fay", "Kim of Noor, who pays", NOOR, "kim", pays),
        ("fay", "Pam of Lex", LEX, "pam", view | {"ends_at_majority": True}),
        ("fay", "Nan of Pia, of age", PIA, "nan", view | {"ends_at_majority": True}),
        ("fay", "Lex's, naming Bea", LEX, "bea", view),
        ("vic", "Vera's, without account", VERA, "", view),
        ("otto", "next door", OLEG, "otto", view),
    ):
        guardian = w.put(who, label, _guardian(pk, WHO[who], person_id=WHO.get(name), name=name, **values))
        if name != "max":
            with acting_as(actor(who)):
                guardian.write(verified_at=datetime.now(UTC), verified_by_id=WHO[who], verified_how="x")
                guardian.refresh_from_db()
            w.know(label, guardian)


def _portal(pk: UUID, by: UUID, **values: Any) -> Model:
    kept = {"enabled": True, "changed_by_id": by, **values}
    return clients.ClientPortalAccess(practice_id=practice_of(pk), client_id=pk, **kept)


def _guardian(pk: UUID, by: UUID, **values: Any) -> Model:
    papers = {"ends_at_majority": False, "court_document": "x", "relationship": "legal_guardian", "created_by_id": by}
    kept = {"name": "x", "start_date": JOINED, **papers, **values}
    return clients.ClientGuardian(practice_id=practice_of(pk), client_id=pk, **kept)


def _status_change(pk: UUID, by: UUID) -> Model:
    kept = {"status": "Active", "reason": "x", "effective_date": JOINED, "changed_by_id": by}
    return clients.StatusChange(practice_id=practice_of(pk), client_id=pk, **kept)
