"""Emergency access: what it opens and what not, that it ends, by itself and by hand, and that it is reviewed."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import SUPERVISOR
from mentalspace.audit.models import PHI_ACCESS, AuditLog, SecurityIncident
from mentalspace.charting.models import ClinicalNote
from mentalspace.clients.break_glass.models import BreakGlassAccess
from mentalspace.clients.models import CareTeamMember, Client, ClientAlert, Diagnosis, EmergencyContact
from mentalspace.notify.models import Notification
from tests.access.oracle import Thing
from tests.access.universes import model_of
from tests.access.world import actor as of_the_matrix
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, NOOR, OLEG, THEO, actor
from tests.http import refused

pytestmark = pytest.mark.django_db

REASON = "Noor calls in acute crisis; Ash cannot be reached."
NOOR_CALLS = {"medical_record_number": "MS000002", "date_of_birth": "1990-05-17", "reason": REASON, "minutes": 30}


def begin(browser, **changes):
    return browser.call("post", "/emergency-access", NOOR_CALLS | changes)


@pytest.fixture
def ana(http):
    return http("ana")


def write_chart():
    """Something about Noor in every table, by Ash and the front desk: a signed note, and a draft."""
    today = datetime.now(UTC).date()
    session = Thing("appointments", uuid4(), HERE, {"client": NOOR, "clinician": ID["ash"], "created_by": ID["ash"]})
    of = {"practice_id": HERE, "client_id": NOOR, "author_id": ID["ash"], "service_date": today}
    note, draft = ClinicalNote(**of, sections={"subjective": "x"}), ClinicalNote(**of)
    with acting_as(actor("ash")):
        for row in (model_of(session, today), note, draft):
            row.save(force_insert=True)
        note.write(signed_at=datetime.now(UTC), signed_name="x", content_hash="x")
        key = {"practice_id": HERE, "client_id": NOOR}
        Diagnosis(**key, code="F41.1", description="Worry", noted_by_id=ID["ash"]).save(force_insert=True)
        ClientAlert(**key, text="Lives alone", created_by_id=ID["ash"]).save(force_insert=True)
    with acting_as(actor("fay")):
        EmergencyContact(**key, name="Kin", phone="1").save(force_insert=True)
    return note.id, draft.id


def test_it_opens_the_chart_timeline_sessions_and_signed_notes(ana):
    note, draft = write_chart()
    assert refused(ana.call("get", f"/clients/{NOOR}"), 404)
    began = begin(ana)
    assert began.status_code == 201, began.content
    access = began.json()
    assert (access["client_name"], access["is_running"], access["may_end"]) == ("Noor Client", True, True)
    chart = ana.read(f"/clients/{NOOR}")
    for part in ("alerts", "care_team", "diagnoses", "emergency_contacts"):
        assert len(chart[part]) == 1, part
    kinds = {item["kind"] for item in ana.read(f"/clients/{NOOR}/timeline")["items"]}
    assert {"appointment", "note", "diagnosis", "alert"} <= kinds
    assert ana.read(f"/notes/{note}")["sections"]["subjective"] == "x"
    assert refused(ana.call("get", f"/notes/{draft}"), 404)
    assert refused(ana.call("get", f"/clients/{THEO}"), 404)
    assert refused(ana.call("get", f"/clients/{OLEG}"), 404)


@pytest.mark.parametrize("who", ["ana", "sam"])
def test_it_is_for_reading_only(http, who):
    if who == "sam":  # who supervises Ash: emergency access is for whoever does not
        browser, client = http("sam"), CLEO
        assert begin(browser, medical_record_number="MS000001").status_code == 201
    else:
        browser, client = http("ana"), NOOR
        assert begin(browser).status_code == 201
    assert browser.call("get", f"/clients/{client}").status_code == 200
    for method, path, body in (
        ("post", f"/clients/{client}/alerts", {"kind": "risk", "text": "x"}),
        ("post", f"/clients/{client}/diagnoses", {"code": "F41.1", "description": "x"}),
        ("post", f"/clients/{client}/care-team", {"person_id": str(ID[who])}),
        ("post", "/notes", {"client_id": str(client)}),
    ):
        assert refused(browser.call(method, path, body), 403, "not_allowed"), path
    change = {"first_name": "x", "last_name": "x", "date_of_birth": "1990-05-17", "version": 1}
    assert refused(browser.call("put", f"/clients/{client}", change), 403, "not_allowed")


def test_it_ends_by_itself_at_the_database(ana):
    with acting_as(actor("ana")), connection.cursor() as cursor:  # over before the next statement begins
        cursor.execute("SELECT access.break_glass('MS000002', '1990-05-17', %s, '1 microsecond')", [REASON])
        assert cursor.fetchone()[0] is not None
    assert refused(ana.call("get", f"/clients/{NOOR}"), 404)
    assert refused(ana.call("get", f"/clients/{NOOR}/timeline"), 404)
    row = ana.read("/emergency-access")["items"][0]
    assert (row["is_running"], row["client_name"], row["medical_record_number"]) == (False, "", "")
    assert begin(ana).status_code == 201  # another emergency, another reason, another row
    assert ana.call("get", f"/clients/{NOOR}").status_code == 200
    assert len(ana.read("/emergency-access")["items"]) == 2


def test_it_ends_at_once_by_hand(http, ana):
    access = begin(ana).json()["id"]
    assert refused(http("otto").call("delete", f"/emergency-access/{access}"), 404)
    assert refused(http("ash").call("delete", f"/emergency-access/{access}"), 404)
    ended = ana.call("delete", f"/emergency-access/{access}").json()
    assert (ended["is_running"], ended["ended_by_name"], ended["may_end"]) == (False, "Ana Cast", False)
    assert refused(ana.call("get", f"/clients/{NOOR}"), 404)
    again = ana.call("delete", f"/emergency-access/{access}").json()
    assert again["ended_at"] == ended["ended_at"]


def test_an_administrator_ends_somebodys_access(http, ana):
    access = begin(ana).json()["id"]
    assert http("ada").call("delete", f"/emergency-access/{access}").json()["ended_by_name"] == "Ada Cast"
    assert refused(ana.call("get", f"/clients/{NOOR}"), 404)


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"medical_record_number": "MS999999"}, 404, "client_not_matched"),
        ({"date_of_birth": "1990-05-18"}, 404, "client_not_matched"),
        ({"medical_record_number": "MS000004"}, 404, "client_not_matched"),  # next door's Oleg
        ({"medical_record_number": "MS000001"}, 409, "chart_is_open_to_you"),  # Ana's own Cleo
        ({"reason": "Emergency"}, 422, "malformed"),
        ({"reason": "   Help       "}, 422, "malformed"),
        ({"minutes": 61}, 422, "malformed"),
    ],
)
def test_what_it_refuses(ana, changes, status, code):
    assert refused(begin(ana, **changes), status, code)
    assert ana.read("/emergency-access")["items"] == []


def test_next_door_and_absent_are_the_same_answer(http):
    otto = http("otto")
    hidden, absent = begin(otto), begin(otto, medical_record_number="MS999999")
    assert hidden.content == absent.content
    assert refused(hidden, 404, "client_not_matched")


@pytest.mark.parametrize("who", ["bea", "fay", "ada"])
def test_it_is_for_those_who_treat(http, who):
    assert refused(begin(http(who)), 403, "not_allowed")


def test_it_is_critical_in_the_trail_and_says_no_reason_there(http, ana):
    access = begin(ana).json()["id"]
    ana.read(f"/clients/{NOOR}")
    ana.call("delete", f"/emergency-access/{access}")
    with acting_as(actor("ada")):
        began = AuditLog.objects.get(event="client.emergency_access.began")
        assert (began.severity, began.client_ids, began.user_id) == ("critical", [NOOR], ID["ana"])
        assert REASON not in f"{began.action_description} {began.action_details}"
        assert AuditLog.objects.filter(action_type=PHI_ACCESS, event="client_chart.read", client_ids=[NOOR]).exists()
        assert AuditLog.objects.get(event="client.emergency_access.ended").severity == "warning"


def test_it_is_told_at_once_to_who_answers_for_it(http):
    began = begin(http("ash"), medical_record_number="MS000001").json()["id"]
    with acting_as(actor("ada")):
        incident = SecurityIncident.objects.get()
        mails = Notification.objects.filter(related_entity_id=began)
        told = {mail.recipient_id for mail in mails}
        texts = " ".join(f"{mail.message_subject} {mail.message_content}" for mail in mails)
    assert (incident.incident_type, incident.severity, incident.user_id) == ("emergency_access", "high", ID["ash"])
    assert told == {ID["ada"], ID["mia"], ID["sam"]}  # both administrators, and who supervises Ash
    assert "Ash Cast" in texts
    assert not any(word in texts for word in ("Cleo", "MS000001", "Noor", "crisis"))


def test_a_concern_becomes_an_incident_of_its_own(http, ana):
    access = begin(ana).json()["id"]
    ana.call("delete", f"/emergency-access/{access}")
    concern = {"outcome": "concern", "note": "There was a way to reach Ash."}
    assert http("mia").call("post", f"/emergency-access/{access}/review", concern).status_code == 200
    with acting_as(actor("ada")):
        grave = SecurityIncident.objects.get(incident_type="emergency_access_concern")
    assert (grave.severity, grave.user_id, grave.resource_id) == ("critical", ID["ana"], UUID(access))


def test_when_nobody_can_be_told_nothing_opens(ana, monkeypatch):
    def broken(**_):
        raise RuntimeError

    monkeypatch.setattr("mentalspace.clients.break_glass.alerting.queue", broken)
    assert begin(ana).status_code == 500
    assert refused(ana.call("get", f"/clients/{NOOR}"), 404)


def test_somebody_else_reviews_it_once_when_it_is_over(http, ana):
    access = begin(ana).json()["id"]
    ana.read(f"/clients/{NOOR}")
    ada, path, fine = http("ada"), f"/emergency-access/{access}/review", {"outcome": "appropriate"}
    assert [row["id"] for row in ada.read("/emergency-access?whose=others&state=open")["items"]] == [access]
    assert refused(ada.call("post", path, fine), 409, "still_running")
    ana.call("delete", f"/emergency-access/{access}")
    assert refused(ana.call("post", path, fine), 403, "reviewed_by_another")
    assert refused(http("otto").call("post", path, fine), 404)
    assert refused(http("sam").call("post", path, fine), 404)  # supervises Ash, not Ana
    assert refused(ada.call("post", path, {"outcome": "concern", "note": "Odd"}), 422, "bad_input")
    opened = ada.read(f"/emergency-access/{access}")["opened"]
    assert [line["event"] for line in opened] == ["client_chart.read"]
    assert ana.read(path.removesuffix("/review"))["opened"] is None
    done = ada.call("post", path, {"outcome": "concern", "note": "There was a way to reach Ash."}).json()
    assert (done["review_outcome"], done["reviewed_by_name"], done["may_review"]) == ("concern", "Ada Cast", False)
    assert refused(ada.call("post", path, fine), 409, "already_reviewed")
    assert ada.read("/emergency-access?whose=others&state=open")["items"] == []
    assert len(ada.read("/emergency-access?whose=others&state=reviewed")["items"]) == 1


def test_a_supervisor_sees_what_a_supervisee_opened_and_nothing_else_of_the_trail(http):
    ash = http("ash")
    access = begin(ash, medical_record_number="MS000001").json()["id"]
    ash.read("/emergency-access")
    ash.read(f"/clients/{NOOR}")  # another chart, Ash's own
    ash.read(f"/clients/{CLEO}")
    ash.read(f"/clients/{CLEO}/timeline")
    ash.call("delete", f"/emergency-access/{access}")
    sam = http("sam")
    found = sam.read(f"/emergency-access/{access}")
    assert [line["event"] for line in found["opened"]] == ["client_chart.read", "client_timeline.read"]
    assert (found["client_name"], found["may_review"]) == ("", True)
    assert found["opened"] == http("ada").read(f"/emergency-access/{access}")["opened"]
    assert refused(http("otto").call("get", f"/emergency-access/{access}"), 404)
    assert refused(sam.call("get", "/audit"), 404)
    assert sam.call("post", f"/emergency-access/{access}/review", {"outcome": "appropriate"}).status_code == 200


def told_past_the_product(who, access):
    """How many lines the one door to the trail tells this actor of an access."""
    with acting_as(who), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access.opened_in_emergency(%s, 200)", [access])
        return cursor.fetchone()[0]


def test_past_the_product_a_supervisor_is_told_of_supervisees_alone(http):
    access = begin(http("ash"), medical_record_number="MS000001").json()["id"]
    http("ash").read(f"/clients/{CLEO}")
    assert told_past_the_product(actor("sam"), access) == 1
    assert told_past_the_product(Actor(HERE, ID["ash"], SUPERVISOR), access) == 0  # one's own
    assert told_past_the_product(Actor(HERE, ID["ana"], SUPERVISOR), access) == 0  # somebody else's supervisee
    assert told_past_the_product(Actor(NEXT_DOOR, ID["otto"], SUPERVISOR), access) == 0
    for who in ("ada", "ana", "fay"):
        with pytest.raises(DatabaseError, match="permission denied"):
            told_past_the_product(actor(who), access)


@pytest.mark.parametrize(
    "change",
    [
        "expires_at = expires_at + interval '5 minutes'",
        "started_at = now()",
        "reason = 'something else altogether'",
        "reviewed_at = now(), reviewed_by_id = staff_id, review_outcome = 'appropriate'",
        "client_id = '{theo}'",
        "staff_id = '{ash}'",
    ],
)
def test_the_database_lets_nobody_stretch_it_or_clear_themselves(ana, change):
    access = begin(ana).json()["id"]
    sql = f"UPDATE break_glass_access SET {change.format(theo=THEO, ash=ID['ash'])} WHERE id = %s"
    for who in ("ana", "ada"):
        with acting_as(actor(who)), pytest.raises(DatabaseError), transaction.atomic():
            connection.cursor().execute(sql, [access])


def test_the_database_opens_no_longer_than_an_hour_and_not_without_reason():
    call = "SELECT access.break_glass('MS000002', '1990-05-17', %s, make_interval(mins => %s))"
    for why, lasts in ((REASON, 61), ("  short   ", 5), (REASON, 0)):
        with acting_as(actor("ana")), pytest.raises(DatabaseError, match="break_glass"), transaction.atomic():
            connection.cursor().execute(call, [why, lasts])
    for who in ("ada", "bea", "fay", "cleo", "imp", "sys"):
        with (
            acting_as(of_the_matrix(who)),
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
        ):
            connection.cursor().execute(call, [REASON, 5])


def test_it_is_kept():
    with acting_as(actor("ana")), connection.cursor() as cursor:
        cursor.execute("SELECT access.break_glass('MS000002', '1990-05-17', %s, '5 minutes')", [REASON])
    for who in ("ana", "ada"):
        with acting_as(actor(who)), pytest.raises(DatabaseError), transaction.atomic():
            BreakGlassAccess.objects.all().delete()
    with acting_as(actor("ana")):
        assert BreakGlassAccess.objects.count() == 1
        assert not CareTeamMember.objects.filter(person_id=ID["ana"], client_id=NOOR).exists()


def test_wrong_guesses_are_counted_though_refused_and_then_nothing_is_looked_up(http, ana):
    for day in range(1, 11):
        assert refused(begin(ana, date_of_birth=f"1980-01-{day:02}"), 404, "client_not_matched")
    answer = begin(ana)
    assert refused(answer, 429, "too_many_attempts")
    assert "too often" in answer.json()["detail"]
    assert int(answer.headers["Retry-After"]) > 0
    assert ana.read("/emergency-access")["items"] == []
    assert begin(http("ash"), medical_record_number="MS000001").status_code == 201  # each counts for oneself
    with acting_as(actor("ada")):
        codes = [row.action_details["code"] for row in AuditLog.objects.filter(event="request.refused")]
    assert codes.count("too_many_attempts") == 1


MANY = """SELECT access.break_glass(c.number, date '1990-05-10' + g, %s, '5 minutes')
            FROM generate_series(0, 20) g, unnest(ARRAY['MS000002', 'MS000003', 'MS000002']) AS c(number)"""


def test_the_database_tells_whatever_is_opened_and_opens_one_chart_once():
    with acting_as(actor("ana")), connection.cursor() as cursor:
        cursor.execute(MANY, [REASON])
        opened = [row[0] for row in cursor.fetchall() if row[0]]
    assert (len(opened), len(set(opened))) == (3, 2)
    with acting_as(actor("ada")):
        lines = AuditLog.objects.filter(event="client.emergency_access.began")
        assert {(line.resource_id, line.severity, line.user_id) for line in lines} == {
            (access, "critical", ID["ana"]) for access in opened
        }
        assert lines.count() == 2
        assert {tuple(line.client_ids) for line in lines} == {(NOOR,), (THEO,)}


def test_three_run_at_once_and_at_the_limit_right_and_wrong_are_refused_alike(ana):
    with acting_as(actor("fay")):
        for number in range(5, 8):
            who = {"first_name": "x", "last_name": "x", "date_of_birth": "1990-05-17"}
            Client(practice_id=HERE, medical_record_number=f"MS10000{number}", **who).save(force_insert=True)
    for number in range(5, 8):
        assert begin(ana, medical_record_number=f"MS10000{number}").status_code == 201
    right, wrong = begin(ana), begin(ana, date_of_birth="1990-05-18")
    assert refused(right, 409, "too_many_running")
    assert right.content == wrong.content
    assert ana.call("delete", f"/emergency-access/{ana.read('/emergency-access')['items'][0]['id']}").status_code == 200
    assert begin(ana).status_code == 201
    with acting_as(actor("ada")):
        began = AuditLog.objects.filter(event="client.emergency_access.began")
        assert began.count() == 4
        assert {(line.ip_address, line.action_description) for line in began} == {
            ("127.0.0.1", "Ana Cast opened a chart by emergency access")
        }
