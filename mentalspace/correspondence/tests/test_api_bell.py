"""The bell over HTTP: who is told of what, and that a person reads their own only."""

from datetime import timedelta
from typing import Any

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.clients.messages import CARE_TEAM_JOINED
from mentalspace.core import clock
from mentalspace.correspondence.bell import queries
from mentalspace.notify import bell
from mentalspace.notify.models import StaffNotification
from mentalspace.oversight.announcing import announce
from mentalspace.people.models import Session
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.telling import KINDS
from tests.cast import CLEO, HERE, ID, NOW, THEO, actor
from tests.http import refused
from tests.sessions import session_of

pytestmark = pytest.mark.django_db

TOMORROW = NOW + timedelta(days=1)


def told(http) -> list[tuple[str, str, str]]:
    """What stands under somebody's bell: title, text, what it leads to."""
    return [(row["title"], row["text"], row["about_type"]) for row in http.read("/notifications")["items"]]


def join(who: str = "ana", client=CLEO, by: str = "fay") -> StaffNotification:
    with acting_as(actor(by)):
        return bell.ring(kind=CARE_TEAM_JOINED, recipients=[ID[who]], about=client, client=client)[0]


def book(http, who: str, **more: Any):
    body = {"client_id": CLEO, "starts_at": TOMORROW, "ends_at": TOMORROW + timedelta(minutes=50)} | more
    answer = http(who).call("post", "/appointments", body)
    assert answer.status_code == 201, answer.content
    return answer.json()["appointment"]


@pytest.mark.usefixtures("stopped_clock")
def test_what_others_do_to_ones_appointment_is_told_and_what_one_does_oneself_is_not(http):
    row = book(http, "fay", clinician_id=ID["ana"])
    when = "Cleo Client: Tuesday, March 3, 10:00 am EST"
    assert told(http("ana")) == [("An appointment of yours was booked", when, "appointment")]
    (first,) = http("ana").read("/notifications")["items"]
    assert (first["about_id"], first["day"], first["client_id"]) == (row["id"], "2026-03-03", str(CLEO))

    step = {"version": row["version"], "scope": "this"}
    later = {"starts_at": TOMORROW + timedelta(hours=2), "ends_at": TOMORROW + timedelta(hours=3)}
    moved = http("fay").call("patch", f"/appointments/{row['id']}", step | later).json()["appointment"]
    with clock.frozen(NOW + timedelta(minutes=1)):
        cancel = {"version": moved["version"], "scope": "this", "reason": "Clinician cancelled"}
        http("ana").call("post", f"/appointments/{row['id']}/cancellation", cancel)
    assert {title for title, _, _ in told(http("ana"))} == {
        "An appointment of yours was booked",
        "An appointment of yours has a new time or place",
    }


@pytest.mark.usefixtures("stopped_clock")
def test_a_series_is_one_notification(http):
    book(http, "fay", clinician_id=ID["ana"], repeat={"interval_weeks": 1, "occurrence_count": 3})
    (only,) = told(http("ana"))
    assert only[1].endswith("10:00 am EST, and 2 more of its series")


def test_a_care_team_an_emergency_and_an_incident_are_told(http):
    answer = http("fay").call("post", f"/clients/{THEO}/care-team", {"person_id": ID["ana"], "role": "Therapist"})
    assert answer.status_code == 201, answer.content
    assert told(http("ana")) == [("You joined a care team", "You now see the chart of Theo Client.", "client")]
    body = {"medical_record_number": "MS000001", "date_of_birth": "1990-05-17", "reason": "Cleo may be in danger."}
    assert http("sam").call("post", "/emergency-access", body | {"minutes": 15}).status_code == 201
    (seen,) = told(http("ada"))
    assert (seen[0], seen[2]) == ("Emergency access to a chart", "emergency_access")
    assert "Cleo" not in seen[1]
    with acting_as(system_actor(HERE)):
        announce(HERE)
    assert "A security incident needs to be looked into" in [title for title, _, _ in told(http("mia"))]
    assert told(http("sam")) == []


def test_one_reads_ones_own_and_nobody_else_anothers(http):
    row = join()
    ana, ash = http("ana"), http("ash")
    for name in ("ash", "ada", "otto", "olga"):
        assert told(http(name)) == []
        assert refused(http(name).call("post", f"/notifications/{row.pk}/reading"), 404)
        assert http(name).call("post", "/notifications/reading", {"until": clock.now()}).json() == {"unread": 0}
    assert ana.read("/notifications/unread") == {"unread": 1}
    assert ana.call("post", f"/notifications/{row.pk}/reading").json() == {"unread": 0}
    first = ana.read("/notifications")["items"][0]["read_at"]
    assert ana.call("post", f"/notifications/{row.pk}/reading").status_code == 200, "twice is once"
    assert ana.read("/notifications")["items"][0]["read_at"] == first
    assert ash.read("/notifications/unread") == {"unread": 0}
    assert refused(http(None).call("get", "/notifications/unread"), 401)
    assert refused(http("cleo").call("get", "/notifications"), 403)


def test_all_read_leaves_what_came_since(http):
    with clock.frozen(NOW):
        join()
    with clock.frozen(NOW + timedelta(minutes=1)):
        join(client=THEO)
    ana = http("ana")
    assert ana.call("post", "/notifications/reading", {"until": NOW}).json() == {"unread": 1}
    assert [row["read_at"] is None for row in ana.read("/notifications")["items"]] == [True, False]
    assert refused(ana.call("post", "/notifications/reading", {"until": "soon"}), 422)


def test_all_read_includes_the_newest_by_the_moment_that_was_shown(http):
    """Moments are told to the millisecond, and kept to the microsecond."""
    with clock.frozen(NOW.replace(microsecond=123_999)):
        join()
    ana = http("ana")
    (newest,) = ana.read("/notifications")["items"]
    assert ana.call("post", "/notifications/reading", {"until": newest["created_at"]}).json() == {"unread": 0}


def test_the_name_is_the_readers_to_see_and_is_not_kept(http):
    row = join(client=THEO)
    assert "Theo" not in row.text
    assert told(http("ana")) == [("You joined a care team", "You now see the chart of a client.", "client")]
    (shown,) = http("ana").read("/notifications")["items"]
    assert shown["client_id"] is None
    with acting_as(actor("ada")):
        assert not AuditLog.objects.filter(action_type=PHI_ACCESS, client_ids__contains=[THEO]).exists()
    join(client=CLEO)
    assert "Cleo Client" in told(http("ana"))[0][1]


def test_a_value_cannot_pass_for_the_clients_name_or_break_the_line():
    with acting_as(actor("fay")):
        values = {"day": f"{bell.MARK}\n{{client}}", "time": "x", "more": ""}
        kind = next(iter(KINDS.values()))
        (row,) = bell.ring(kind=kind, recipients=[ID["ana"]], about=CLEO, client=CLEO, values=values)
        assert row.text.count(bell.MARK) == 1
        assert "\n" not in row.text
        with pytest.raises(ValueError, match="needs exactly"):
            bell.ring(kind=kind, recipients=[], about=CLEO, values={"day": "x"})
    with pytest.raises(ValueError, match="names a client"):
        bell.alert("x", title="{client}", text="", about="client")
    with pytest.raises(ValueError, match="two notifications"):
        bell.alert(kind, title="", text="", about="client")


def test_the_count_stops_at_a_hundred_and_the_list_goes_on(http):
    with acting_as(actor("fay")):
        for _ in range(queries.MOST + 5):
            bell.ring(kind=CARE_TEAM_JOINED, recipients=[ID["ana"]], about=CLEO, client=CLEO)
    ana = http("ana")
    assert ana.read("/notifications/unread") == {"unread": queries.MOST}
    seen, cursor = set(), ""
    for _ in range(3):
        page = ana.read(f"/notifications?cursor={cursor}")
        seen |= {row["id"] for row in page["items"]}
        cursor = page["next"] or ""
    assert (len(seen), cursor) == (queries.MOST + 5, "")


def test_asking_whether_something_came_keeps_nobody_signed_in(http):
    ana = http("ana")
    key = session_of("ana")
    ana.cookies["session"] = key
    before = _active(key)
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        assert ana.get("/api/notifications/unread", headers={"X-Passive": "1"}).status_code == 200
        assert _active(key) == before
        assert ana.get("/api/notifications/unread").status_code == 200
        assert _active(key) > before


def _active(key: str):
    from mentalspace.people.sessions import as_identity, stored_key

    with as_identity():
        return Session.objects.get(session_key=stored_key(key)).last_active_at
