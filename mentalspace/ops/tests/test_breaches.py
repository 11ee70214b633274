"""Breaches: the list is exactly who the trail says was touched, the sixty days run, and what was decided stays."""

import csv
import hashlib
import io
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.audit.trail import Trail, following
from mentalspace.core import clock
from mentalspace.notify.models import StaffNotification
from mentalspace.ops.checks import running
from mentalspace.ops.checks.registry import CHECKS
from mentalspace.ops.incidents import actions
from mentalspace.ops.incidents.breach import warning
from mentalspace.ops.incidents.breach.affected import find
from mentalspace.ops.incidents.breach.models import BreachAffected, BreachAssessment, IncidentExtract
from mentalspace.ops.incidents.breach.rules import FACTORS, notice_due
from mentalspace.ops.incidents.models import PostMortem
from mentalspace.ops.incidents.rules import Severity
from mentalspace.ops.tests.alerting import OURS
from mentalspace.oversight.trail import DISCLOSED
from tests.cast import CLEO, HERE, ID, NOOR, NOW, THEO, actor
from tests.http import refused
from tests.mail import delivered

__all__ = ["running"]  # importing the checks registers them

LINES = 3000
PEOPLE = [ID[name] for name in ("ana", "ash", "sam", "fay")]
SESSIONS = ["s1", "s2", "s3"]
ADDRESSES = ["10.0.0.1", "10.0.0.2", "2001:db8::1"]
CLIENTS = [UUID(int=(9 << 64) + number) for number in range(400)]
KINDS = [
    (PHI_ACCESS, "client_chart.read"),
    (PHI_ACCESS, "audit.exported"),
    *(("DATA_MODIFICATION", event) for event in DISCLOSED),
    ("DATA_MODIFICATION", "note.signed"),
    ("ADMIN_ACTION", "report.viewed"),
]


@pytest.fixture
def incident(http):
    body = {"id": uuid4(), "title": "A lost laptop", "severity": "P2"}
    return http("ada").call("post", "/operations/incidents", body).json()["id"]


@pytest.fixture
def lines(masked):
    """Thousands of lines of the past, of which some are looked for: written by the owner, since only it may."""
    dice = random.Random(7)
    made = [_line(dice, number) for number in range(LINES)]
    masked.change([(INSERT, line | {"practice": HERE}) for line in made])
    return made


def _line(dice, number):
    action, event = dice.choice(KINDS)
    return {
        "user_id": dice.choice(PEOPLE),
        "session_id": dice.choice(SESSIONS),
        "ip_address": dice.choice(ADDRESSES),
        "action_type": action,
        "event": event,
        "client_ids": dice.sample(CLIENTS, dice.choice([0, 1, 1, 1, 2, 7])),
        "created_at": datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=37 * number),
    }


def oracle(lines, *, persons=(), sessions=(), addresses=(), since, until):
    """Whom a plain loop over the lines finds."""
    found: dict[UUID, tuple[int, datetime, datetime]] = {}
    for line in lines:
        is_meant = (
            (not persons or line["user_id"] in persons)
            and (not sessions or line["session_id"] in sessions)
            and (not addresses or line["ip_address"] in addresses)
            and since <= line["created_at"] < until
            and (line["action_type"] == PHI_ACCESS or line["event"] in DISCLOSED)
        )
        for client in line["client_ids"] if is_meant else ():
            times, first, last = found.get(client, (0, line["created_at"], line["created_at"]))
            found[client] = (times + 1, min(first, line["created_at"]), max(last, line["created_at"]))
    return found


INSERT = """INSERT INTO audit_logs (id, practice_id, user_id, action_type, event, resource_type, client_ids,
    action_description, action_details, ip_address, user_agent, session_id, severity, created_at)
    VALUES (gen_random_uuid(), %(practice)s, %(user_id)s, %(action_type)s, %(event)s, 'x', %(client_ids)s::uuid[],
    'x', '{}', %(ip_address)s::inet, '', %(session_id)s, 'info', %(created_at)s)"""


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"persons": [ID["ana"]]},
        {"persons": [ID["ana"], ID["fay"]], "addresses": ["10.0.0.2"]},
        {"sessions": ["s2"]},
        {"sessions": ["s1", "s3"], "addresses": ["2001:db8::1"], "persons": [ID["sam"]]},
        {"persons": [ID["bea"]]},
    ],
)
def test_the_list_is_exactly_who_was_touched(lines, chosen):
    since, until = lines[200]["created_at"], lines[2600]["created_at"]
    with acting_as(actor("ada")), following(Trail(name="Ada Cast")):
        assessment = _assessment()
        counted = find(assessment, chosen | {"since": since, "until": until})
        rows = BreachAffected.objects.filter(assessment=assessment)
        found = {row.client_id: (row.times, row.first_at, row.last_at) for row in rows}
    expected = oracle(lines, **chosen, since=since, until=until)
    assert found == expected, "precision and recall are one"
    assert (counted.count, counted.new, counted.dropped) == (len(expected), len(expected), 0)


def test_links_that_were_mailed_again_are_disclosures():
    assert {"signature.reminded", "signature.copy_sent", "signature.copy_retried"} <= set(DISCLOSED)


def _assessment():
    ada, now = actor("ada"), clock.now()
    known: Any = {"title": "A lost laptop", "severity": Severity.P2, "alert": None, "security_incident": None}
    made = actions.open_by_person(by=ada, incident_id=uuid4(), detected_at=None, note="", **known)
    row = BreachAssessment(practice_id=HERE, incident=made, declared_by=ID["ada"], search={}, counted_at=now)
    row.discovered_on, row.due_on = now.date(), notice_due(now.date())
    row.save(force_insert=True)
    return row


@pytest.mark.django_db
class TestOverHttp:
    """From the first suspicion until everybody is told."""

    def test_from_suspicion_to_everybody_told(self, http, incident, stopped_clock):
        http("ana").read(f"/clients/{CLEO}")
        http("ash").read(f"/clients/{NOOR}")
        ada = http("ada")
        found = declared(ada, incident, persons=[ID["ana"]])
        assert (found["affected"], found["days_left"], found["due_on"]) == (1, 59, "2026-04-30")
        assert (found["report_due_on"], found["is_many"]) == ("2027-03-01", False)
        assert refused(put(ada, incident, None), 409, "already_declared")
        (cleo,) = ada.read(f"/operations/incidents/{incident}/breach/people")["items"]
        assert (cleo["client_id"], cleo["name"]) == (str(CLEO), "Cleo Client")
        with clock.frozen(NOW + timedelta(minutes=1)):
            http("ana").read(f"/clients/{CLEO}")
            again = put(ada, incident, 1).json()["assessment"]
        assert (again["affected"], again["new"], again["dropped"]) == (2, 1, 0)
        assert refused(put(ada, incident, 1), 409, "changed_elsewhere")
        narrower = put(ada, incident, 2, persons=[ID["ash"]]).json()["assessment"]
        assert (narrower["affected"], narrower["dropped"]) == (1, 1)
        wider = put(ada, incident, 3).json()["assessment"]
        assert (wider["affected"], wider["dropped"]) == (2, 0), "who comes back is on the list"
        path = f"/operations/incidents/{incident}/breach"
        told = {"people": [cleo["id"]], "on": "2026-03-02", "how": "First-class mail"}
        assert refused(ada.call("post", f"{path}/notices", told), 409, "nobody_to_tell")
        low = {"version": 4, "decision": "low_probability", "reasons": "It was encrypted."}
        assert set(ada.call("post", f"{path}/decision", low).json()["fields"]) == set(FACTORS)
        assert ada.call("put", f"{path}/factors", {"version": 4, "nature": "Names"}).status_code == 200
        decided = ada.call("post", f"{path}/decision", low | {"version": 5, "decision": "breach"}).json()["assessment"]
        assert (decided["decision"], decided["decided_by"]) == ("breach", "Ada Cast")
        assert refused(put(ada, incident, 6), 409, "breach_decided")
        lines = ada.read(f"/operations/incidents/{incident}")["lines"]
        assert [line["note"] for line in lines if line["after"] == "breach"] == [""], "reasons may name a client"
        assert ada.call("post", f"{path}/notices", told).json()["assessment"]["told"] == 1
        assert audited("breach.clients_told") == [([CLEO], {"on": "2026-03-02"})]
        again = told | {"on": "2026-03-01", "how": "Another"}
        assert refused(ada.call("post", f"{path}/notices", again), 422), "who was told stays told as it was"
        assert refused(ada.call("post", f"{path}/notices", told | {"people": [uuid4()]}), 422)
        assert refused(ada.call("post", f"{path}/notices", told | {"on": "2026-03-03"}), 422)

    def test_the_list_as_a_table_is_a_read_of_everybody_on_it(self, http, incident, stopped_clock):
        http("ana").read(f"/clients/{CLEO}")
        ada = http("ada")
        assert refused(ada.call("get", f"/operations/incidents/{incident}/breach/list"), 404)
        declared(ada, incident)
        answer = ada.call("get", f"/operations/incidents/{incident}/breach/list")
        (line,) = csv.DictReader(io.StringIO(answer.content.decode()))
        assert (line["first_name"], line["client_id"]) == ("Cleo", str(CLEO))
        assert seen("breach_list.read") == [CLEO]

    def test_an_extract_is_kept_with_its_hash_and_read_as_it_was(self, http, incident):
        http("ana").read(f"/clients/{CLEO}")
        ada = http("ada")
        path = f"/operations/incidents/{incident}/extracts"
        chosen = {**span(), "persons": [ID["ana"]], "clients": [CLEO], "action": PHI_ACCESS}
        assert refused(ada.call("post", path, chosen | {"clients": [THEO]}), 422)
        taken = ada.call("post", path, chosen)
        assert taken.status_code == 201, taken.content
        kept = taken.json()
        assert (kept["lines"], kept["clients"], kept["taken_by"]) == (1, 1, "Ada Cast")
        assert ada.read(path) == [kept]
        answer = ada.call("get", f"/operations/incident-extracts/{kept['id']}")
        assert hashlib.sha256(answer.content).hexdigest() == kept["sha256"]
        assert "client_chart.read" in answer.content.decode()
        assert seen("incident_extract.read") == [CLEO, CLEO], "taking it, and reading it"

    def test_an_extract_that_names_nobody_leaves_a_line_when_it_is_downloaded(self, http, incident):
        ada = http("ada")
        taken = ada.call("post", f"/operations/incidents/{incident}/extracts", span(action="DATA_MODIFICATION"))
        assert taken.json()["clients"] == 0
        ada.call("get", f"/operations/incident-extracts/{taken.json()['id']}")
        ((clients, details),) = audited("incident_extract.downloaded")
        assert (clients, details["sha256"]) == ([], taken.json()["sha256"])

    @pytest.mark.parametrize("who", ["ana", "sam", "bea", "fay", "otto", "olga"])
    def test_nobody_else_finds_any_of_it(self, http, incident, who):
        http("ana").read(f"/clients/{CLEO}")
        ada, asking = http("ada"), http(who)
        declared(ada, incident)
        extract = ada.call("post", f"/operations/incidents/{incident}/extracts", span()).json()
        one = f"/operations/incidents/{incident}"
        for path in ("/extracts", "/breach", "/breach/people", "/breach/list"):
            assert refused(asking.call("get", one + path), 404)
        assert refused(asking.call("get", f"/operations/incident-extracts/{extract['id']}"), 404)
        assert refused(asking.call("post", f"{one}/extracts", span()), 404)
        assert refused(put(asking, incident, 1), 404)
        assert refused(asking.call("put", f"{one}/breach/factors", {"version": 1}), 404)
        decided = {"version": 1, "decision": "breach", "reasons": "Because I can"}
        assert refused(asking.call("post", f"{one}/breach/decision", decided), 404)
        told = {"people": [uuid4()], "on": "2026-01-05", "how": "Mail"}
        assert refused(asking.call("post", f"{one}/breach/notices", told), 404)

    def test_a_later_day_needs_a_reason_and_what_was_before_stays(self, http, incident, stopped_clock):
        ada = http("ada")
        declared(ada, incident)
        assert "reason" in put(ada, incident, 1, discovered_on="2026-03-02").json()["fields"]
        later = put(ada, incident, 1, reason="Dated by the vendor.", discovered_on="2026-03-02", persons=[ID["ana"]])
        assert later.json()["assessment"]["due_on"] == "2026-05-01"
        ((_, details),) = audited("breach.search_changed")
        assert (details["before"]["discovered_on"], details["after"]["discovered_on"]) == ("2026-03-01", "2026-03-02")
        assert details["after"]["search"]["persons"] == [str(ID["ana"])]
        factors = {"version": 2, "nature": "Names"}
        ada.call("put", f"/operations/incidents/{incident}/breach/factors", factors)
        lines = ada.read(f"/operations/incidents/{incident}")["lines"]
        notes = {line["after"]: line["note"] for line in lines if line["happened"] == "breach"}
        assert "Discovered on 2026-03-02, before: 2026-03-01." in notes["counted"]
        assert "Dated by the vendor." in notes["counted"]
        assert "1 persons" in notes["counted"]
        assert notes["assessed"] == "Changed: nature."

    def test_the_database_counts_the_sixty_days(self, http, incident, stopped_clock):
        declared(http("ada"), incident)
        with pytest.raises(DatabaseError, match="sixty"), acting_as(actor("ada")), transaction.atomic():
            _refused_or_nothing("UPDATE breach_assessments SET due_on = due_on + 30")

    def test_what_cannot_be(self, http, incident, stopped_clock):
        ada = http("ada")
        assert refused(put(ada, incident, None, discovered_on="2026-03-03"), 422)
        assert refused(put(ada, incident, None, until="2020-01-01T00:00:00Z"), 422)
        assert refused(put(ada, incident, None, addresses=["x"]), 422)
        assert refused(put(ada, incident, 1), 409, "changed_elsewhere")

    def test_administrators_are_warned_once_each_time(self, http, incident, stopped_clock):
        declared(http("mia"), incident)
        given = []
        for day in range(70):
            with clock.frozen(NOW + timedelta(days=day)), following(Trail(name="The system")), acting_as(OURS):
                given += [59 - day] * warning.warn(OURS) + [59 - day] * warning.warn(OURS)
        assert given == [30, 10, 3]
        with acting_as(actor("ada")):
            rows = StaffNotification.objects.filter(kind=warning.DEADLINE).order_by("created_at")
            titles = [row.title for row in rows]
            assert titles[-1] == "Breach INC-2026-0001: the last day to tell people is in 3 days"
            assert len(titles) == 3
        with clock.frozen(NOW + timedelta(days=56)):
            subjects = [mail.subject for mail in delivered("ada@example.org")]
        assert subjects.count("The deadline of a breach comes near") == 3

    def test_nobody_is_warned_once_everybody_was_told(self, http, incident, stopped_clock):
        http("ana").read(f"/clients/{CLEO}")
        ada, path = http("ada"), f"/operations/incidents/{incident}/breach"
        declared(ada, incident)
        decided = {"version": 1, "decision": "breach", "reasons": "It was not locked."}
        ada.call("post", f"{path}/decision", decided)
        late = NOW + timedelta(days=61)
        with acting_as(OURS):
            found = CHECKS["response"].make(OURS, late)
            assert "The people affected by INC-2026-0001 should have been told 2 days ago." in found.details
            assert warning.pressing(NOW + timedelta(days=48)) == []
            assert warning.pressing(NOW + timedelta(days=49)) == [("INC-2026-0001", 10)]
        (cleo,) = ada.read(f"{path}/people")["items"]
        ada.call("post", f"{path}/notices", {"people": [cleo["id"]], "on": "2026-03-02", "how": "First-class mail"})
        with clock.frozen(NOW + timedelta(days=58)), following(Trail(name="The system")), acting_as(OURS):
            assert warning.warn(OURS) == 0
            assert warning.pressing(late) == []

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE breach_affected_people SET times = 9",
            "DELETE FROM breach_affected_people",
            "UPDATE breach_assessments SET affected = 0",
            "UPDATE operations_incident_extracts SET content = 'x'",
            "DELETE FROM operations_incident_extracts",
        ],
    )
    def test_what_was_decided_and_kept_stays(self, http, incident, change):
        http("ana").read(f"/clients/{CLEO}")
        ada = http("ada")
        declared(ada, incident)
        ada.call("post", f"/operations/incidents/{incident}/extracts", span())
        decided = {"version": 1, "decision": "breach", "reasons": "It was not locked."}
        ada.call("post", f"/operations/incidents/{incident}/breach/decision", decided)
        with pytest.raises(DatabaseError), acting_as(actor("ada")), transaction.atomic():
            _refused_or_nothing(change)
        with acting_as(actor("ada")):
            assert BreachAffected.objects.get().times == 1
            assert IncidentExtract.objects.get().content != "x"


KEPT = (
    "operations_incidents",
    "operations_incident_lines",
    "operations_incident_links",
    "operations_incident_extracts",
    "operations_incident_action_items",
    "operations_post_mortems",
    "breach_assessments",
    "breach_affected_people",
)


@pytest.mark.django_db
@pytest.mark.parametrize("table", KEPT)
def test_nothing_that_was_kept_is_removed(table):
    """By whoever has every right: each table has its two triggers."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (tgtype & 1) = 1 FROM pg_trigger JOIN pg_proc p ON p.oid = tgfoid WHERE tgrelid = %s::regclass"
            " AND p.proname LIKE 'keep%%' AND (tgtype & 2) = 2 AND (tgtype & 40) > 0 ORDER BY 1",
            [table],
        )
        assert cursor.fetchall() == [(False,), (True,)], "before TRUNCATE, once; before DELETE, for each row"


@pytest.mark.django_db
def test_a_post_mortem_is_not_published_as_it_is_added(http, incident):
    row = PostMortem(practice_id=HERE, incident_id=incident, written_by=ID["ada"], summary="x", root_cause="x")
    row.published_at, row.published_by = NOW, ID["ada"]
    with pytest.raises(DatabaseError, match="before it is published"), acting_as(actor("ada")), transaction.atomic():
        row.save(force_insert=True)


def _refused_or_nothing(sql):
    """Raises where the statement changed nothing without a word, too."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        if cursor.rowcount == 0:
            raise DatabaseError


def span(**more):
    now = datetime.now(UTC)
    return {"since": (now - timedelta(days=400)).isoformat(), "until": (now + timedelta(days=1)).isoformat()} | more


def audited(event):
    with acting_as(actor("ada")):
        return [(row.client_ids, row.action_details) for row in AuditLog.objects.filter(event=event)]


def put(browser, incident, version, *, discovered_on="2026-03-01", reason="", **search):
    body = {"version": version, "discovered_on": discovered_on, "reason": reason, "search": span(**search)}
    return browser.call("put", f"/operations/incidents/{incident}/breach", body)


def declared(browser, incident, **search):
    answer = put(browser, incident, None, **search)
    assert answer.status_code == 200, answer.content
    return answer.json()["assessment"]


def seen(event):
    with acting_as(actor("ada")):
        rows = AuditLog.objects.filter(event=event).order_by("created_at")
        return [client for row in rows for client in row.client_ids]
