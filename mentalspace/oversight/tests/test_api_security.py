"""Incidents from the first look to the resolution, and the rules that raise them."""

from uuid import UUID

import pytest

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.audit import alerts
from mentalspace.audit.incidents import raise_incident
from mentalspace.audit.models import AlertRule, AuditLog, SecurityIncident
from mentalspace.audit.trail import Trail, flush, following, saw
from mentalspace.core import clock
from mentalspace.notify.models import Notification
from mentalspace.oversight import announcing
from mentalspace.people.models import User
from mentalspace.practices.system import system_actor
from tests.cast import CLEO, HERE, ID, actor
from tests.http import refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db

FOUND = "It was Ana, covering for a colleague who was ill."


def raised(by="ana", *, severity="high", person=None, **more):
    with acting_as(actor(by)):
        return raise_incident(
            kind="odd", severity=severity, description="Something odd happened", person=person and ID[person], **more
        )


def step(browser, incident, **body):
    return browser.call("post", f"/security/incidents/{incident.pk}/steps", body)


@pytest.mark.parametrize("path", ["/security/incidents", "/security/rules", f"/security/incidents/{UUID(int=7)}"])
def test_only_administrators_look(http, path):
    for name in ("ana", "sam", "bea", "fay", "otto"):
        assert refused(http(name).call("get", path), 404)


def test_an_incident_goes_from_open_to_resolved_and_keeps_its_history(http):
    incident, ada, mia = raised(person="ash"), http("ada"), http("mia")
    assert ada.read("/security/incidents")["items"][0]["person"]["name"] == "Ash Cast"
    assert step(ada, incident, step="investigating", note="").json()["assigned_to"]["name"] == "Ada Cast"
    assert step(ada, incident, step="assigned", assigned_to=ID["mia"]).json()["assigned_to"]["name"] == "Mia Cast"
    assert [row["id"] for row in mia.read("/security/incidents?mine=true")["items"]] == [str(incident.pk)]
    assert step(mia, incident, step="noted", note="Asked the front desk about it.").status_code == 201
    assert refused(step(mia, incident, step="resolved", note="ok"), 422)
    done = step(mia, incident, step="resolved", note=FOUND).json()
    assert (done["status"], done["resolution_notes"]) == ("resolved", FOUND)
    assert [taken["step"] for taken in done["steps"]] == ["investigating", "assigned", "noted", "resolved"]
    assert refused(step(ada, incident, step="noted", note="One more thing to say."), 409, "incident_resolved")
    assert ada.read("/security/incidents")["items"] == []
    assert len(ada.read("/security/incidents?status=resolved")["items"]) == 1
    with acting_as(actor("ada")):
        events = set(
            AuditLog.objects.filter(resource_id=incident.pk, event__startswith="incident.").values_list(
                "event", flat=True
            )
        )
    assert events == {
        "incident.raised",
        *(f"incident.{it}" for it in ("investigated", "assigned", "noted", "resolved")),
    }
    for name in ("otto", "ana"):
        assert refused(step(http(name), incident, step="noted", note="This is not mine to say."), 403)
    assert refused(step(http("olga"), incident, step="noted", note="This is not mine to say."), 404)


def test_nobody_resolves_what_is_about_them(http):
    incident = raised(person="ada")
    assert refused(step(http("ada"), incident, step="resolved", note=FOUND), 409, "about_yourself")
    assert step(http("mia"), incident, step="resolved", note=FOUND).status_code == 201


def test_an_account_nobody_has_taken_up_resolves_nothing_for_anybody(http):
    incident = raised(person="ada")
    with acting_as(IDENTITY):
        User.objects.filter(pk=ID["mia"]).update(password="!")
    assert step(http("ada"), incident, step="resolved", note=FOUND).status_code == 201


@pytest.mark.parametrize("who", ["ana", "bea", "cleo", "otto"])
def test_only_administrators_of_the_house_are_given_one(http, who):
    assert refused(step(http("ada"), raised(), step="assigned", assigned_to=ID[who]), 422)
    assert refused(step(http("otto"), raised(), step="assigned", assigned_to=ID["otto"]), 403)


def test_everybody_who_works_here_reports_and_only_administrators_read_it(http):
    said = "Somebody left the printer full of Cleo Client's papers."
    for name in ("ana", "fay", "bea"):
        body = {"severity": "medium", "description": said, "person": ID["ash"]}
        assert http(name).call("post", "/security/incidents", body).status_code == 204
    found = http("ada").read("/security/incidents")["items"]
    assert [row["description"] for row in found] == [said] * 3
    assert http("olga").read("/security/incidents")["items"] == []
    with acting_as(actor("ada")):
        assert not AuditLog.objects.filter(action_description__contains="Cleo").exists()
    with acting_as(system_actor(HERE)):
        announcing.announce(HERE)
    mail = delivered("ada@example.org")
    assert len(mail) == 3
    assert "Cleo" not in mail[0].body
    assert refused(http("otto").call("post", "/security/incidents", {"severity": "low", "description": said, "person": ID["ash"]}), 422)  # fmt: skip # noqa: E501


def test_administrators_are_told_once_and_not_of_small_things(http):
    incident = raised(severity="critical")
    raised(severity="low")
    with acting_as(system_actor(HERE)):
        assert announcing.announce(HERE) == 2
        assert announcing.announce(HERE) == 0
    (message,) = delivered("mia@example.org")
    assert f"/security/incidents/{incident.pk}" in message.body
    assert "critical" in message.body
    with acting_as(system_actor(HERE)):
        assert Notification.objects.filter(related_entity_id=incident.pk).count() == 2
    assert delivered("olga@example.org") == []


RULE = {"name": "Charts", "action_type": "PHI_ACCESS", "threshold": 2, "window_minutes": 60, "severity": "high"}


def watch():
    with acting_as(system_actor(HERE)):
        return alerts.watch(HERE, clock.now())


def test_a_rule_speaks_once_in_its_window_of_whoever_is_over_it(http):
    ada, ana = http("ada"), http("ana")
    assert ada.call("post", "/security/rules", RULE).status_code == 201
    for _ in range(2):
        ana.read("/clients")
    assert watch() == []
    ana.read("/clients")
    http("fay").read("/clients")
    (incident,) = watch()
    assert (incident.user_id, incident.severity) == (ID["ana"], "high")
    assert incident.description == "Charts: 3 times within an hour"
    ana.read("/clients")
    assert watch() == []
    shown = ada.read(f"/security/incidents/{incident.pk}")
    assert (shown["rule"]["name"], shown["details"]["count"]) == ("Charts", 3)
    assert refused(http("otto").call("get", f"/security/incidents/{incident.pk}"), 404)


def test_all_who_sign_by_a_link_are_not_one_person_who_reads_much(http):
    http("ada").call("post", "/security/rules", RULE)
    with acting_as(system_actor(HERE)), following(Trail(name="The client, by a link")):
        for _ in range(3):
            saw("document", clients=[CLEO])
        flush()
    assert watch() == []


def test_rules_are_switched_off_and_never_removed(http):
    ada = http("ada")
    rule = ada.call("post", "/security/rules", RULE).json()
    path = f"/security/rules/{rule['id']}"
    assert refused(ada.call("put", path, RULE | {"version": 2}), 409, "changed_elsewhere")
    changed = ada.call("put", path, RULE | {"version": 1, "is_active": False, "threshold": 0})
    assert changed.json()["version"] == 2
    http("ana").read("/clients")
    assert watch() == []
    assert refused(ada.call("post", "/security/rules", RULE), 409, "name_taken")
    assert refused(ada.call("post", "/security/rules", RULE | {"name": "More", "recipients": [ID["otto"]]}), 422)
    assert refused(http("otto").call("post", "/security/rules", RULE), 403)
    assert refused(http("olga").call("put", path, RULE | {"version": 2}), 404)


def test_a_rules_own_recipients_are_told(http):
    http("ada").call("post", "/security/rules", RULE | {"threshold": 0, "recipients": [ID["sam"]]})
    http("ana").read("/clients")
    watch()
    with acting_as(system_actor(HERE)):
        announcing.announce(HERE)
    assert len(delivered("sam@example.org")) == 1
    assert delivered("ada@example.org") == []


def test_every_practice_begins_with_rules_and_keeps_what_it_changed(db):
    with acting_as(system_actor(HERE)):
        alerts.ensure_rules(HERE)
        alerts.ensure_rules(HERE)
        assert AlertRule.objects.count() == len(alerts.DEFAULTS)
        assert SecurityIncident.objects.count() == 0


@pytest.mark.parametrize(
    ("minutes", "words"), [(1, "a minute"), (60, "an hour"), (90, "90 minutes"), (1440, "a day"), (2880, "2 days")]
)
def test_spans_in_words(minutes, words):
    assert alerts.span(minutes) == words
