"""Administration of users: what administrators see and do, what it does to the person, and who is refused."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import is_password_usable
from django.core.mail import EmailMessage
from django.db import transaction

from mentalspace.access.actor import IDENTITY, acting_as, identity_of
from mentalspace.audit.models import AuditLog
from mentalspace.people import lockout
from mentalspace.people.models import LoginAttempt, Profile, Session, SupervisionRelationship, User, UserRole
from mentalspace.people.tests.browser import enrol, give_password, sign_in
from tests.cast import HERE, ID, NOW, ROLES, actor
from tests.http import Http, refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db

NEW = {
    "first_name": "Nia",
    "last_name": "Okafor",
    "email": "Nia@Example.org",
    "roles": ["clinician"],
    "license_number": "LCSW-1",
    "license_state": "ny",
    "npi_number": "1234567893",
}
REASON = {"reason": "Left the practice on Friday."}


@pytest.fixture
def ada(http):
    return http("ada")


def person(name):
    with acting_as(actor("ada")):
        return Profile.objects.get(pk=ID.get(name, name))


def account(pk):
    with acting_as(IDENTITY):
        return User.objects.filter(pk=pk).first()


def events(pk):
    with acting_as(actor("ada")):
        rows = AuditLog.objects.filter(resource_type="account", resource_id=pk, action_type="ADMIN_ACTION")
        return [(row.event, row.severity, row.action_details) for row in rows.order_by("created_at")]


# -- looking


def test_the_list_shows_everybody_who_works_here(ada):
    rows = {row["name"]: row for row in ada.read("/users")["items"]}
    here = {name for name, (practice, roles) in ROLES.items() if practice == HERE and roles != ["client"]}
    assert set(rows) == {f"{name.title()} Cast" for name in here}
    assert rows["Mia Cast"]["roles"] == ["administrator", "clinician"]
    assert rows["Ana Cast"]["status"] == "active"
    assert rows["Ana Cast"]["attention"] == ["no_second_factor"]
    assert rows["Ash Cast"]["attention"] == ["license_missing", "no_second_factor"]


def test_what_needs_attention(ada, stopped_clock):
    with acting_as(actor("ada")):
        today = NOW.date()
        Profile.objects.filter(pk=ID["ana"]).update(license_expiration_date=today + timedelta(60))
        Profile.objects.filter(pk=ID["sam"]).update(license_expiration_date=today - timedelta(1))
        Profile.objects.filter(pk=ID["mia"]).update(license_expiration_date=today + timedelta(61))
        SupervisionRelationship.objects.filter(supervisee_id=ID["ash"]).update(end_date=NOW.date())
        UserRole.objects.filter(person_id=ID["bea"]).delete()
        Profile.objects.filter(pk=ID["fay"]).update(created_at=NOW - timedelta(91))
    enrol("mia")
    found = {row["name"].split()[0].lower(): set(row["attention"]) for row in ada.read("/users")["items"]}
    assert "license_expiring" in found["ana"]
    assert "license_expired" in found["sam"]
    assert not {"license_expiring", "no_second_factor"} & found["mia"]
    assert "no_supervisor" in found["ash"]
    assert "no_role" in found["bea"]
    assert "stale" in found["fay"]
    report = ada.read("/users/report")
    names = {kind: {row["name"].split()[0].lower() for row in rows} for kind, rows in report.items() if "no_" in kind}
    assert names["no_role"] == {"bea"}
    assert names["no_supervisor"] == {"ash"}
    assert [row["name"] for row in report["licenses"]][:2] == ["Sam Cast", "Ana Cast"]
    assert (report["people"], report["with_second_factor"], report["with_passkey"]) == (7, 1, 0)
    by_role = {line["role"]: line for line in report["adoption"]}
    assert by_role["administrator"] == {
        "role": "administrator",
        "people": 2,
        "with_second_factor": 1,
        "with_passkey": 0,
    }


def test_filters(ada):
    def names(query):
        return [row["name"].split()[0] for row in ada.read(f"/users?{query}")["items"]]

    assert names("q=cast an") == ["Ana"]
    assert names("role=administrator") == ["Ada", "Mia"]
    assert names("role=none") == []
    assert names("status=deactivated") == []
    ada.call("post", f"/users/{ID['fay']}/deactivation", REASON)
    assert names("status=deactivated") == ["Fay"]
    assert "Fay" not in names("status=current")
    assert "Fay" in names("status=all")


def test_pages_hold_every_user_once(ada):
    with acting_as(actor("ada")):
        Profile.objects.bulk_create(
            Profile(practice_id=HERE, first_name=f"N{n:03}", last_name=f"L{n % 3}") for n in range(120)
        )
    seen, cursor = [], ""
    while True:
        page = ada.read(f"/users?status=all{cursor}")
        seen += [row["id"] for row in page["items"]]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(seen) == len(set(seen)) == 127
    assert refused(ada.call("get", "/users?cursor=abc"), 422, "bad_input")


@pytest.mark.parametrize("who", ["ana", "sam", "ash", "bea", "fay"])
def test_nobody_but_administrators(http, who):
    browser = http(who)
    for path in ("/users", f"/users/{ID['ana']}", "/users/report"):
        assert refused(browser.call("get", path), 404)
    target = f"/users/{ID['fay']}"
    for method, path, body in (
        ("post", "/users", NEW),
        ("patch", target, {"title": "x"}),
        ("put", f"{target}/roles", {"roles": ["administrator"], "reason": "Because I want to."}),
        ("post", f"{target}/deactivation", REASON),
        ("delete", f"{target}/deactivation", None),
        ("post", f"{target}/unlock", None),
        ("post", f"{target}/mfa-reset", REASON),
        ("post", f"{target}/invitation", None),
        ("post", "/supervision", {"supervisor_id": ID["sam"], "supervisee_id": ID["ana"]}),
        ("delete", f"/supervision/{uuid4()}", None),
    ):
        assert refused(browser.call(method, path, body), 403, "not_allowed"), path
    assert events(ID["fay"]) == []


@pytest.mark.parametrize("who", ["otto", "olga"])
def test_nobody_next_door(http, who):
    """Otto may not administer; Olga, who may in her practice, finds nobody of ours."""
    browser, status = http(who), {"otto": 403, "olga": 404}[who]
    target = f"/users/{ID['ana']}"
    assert refused(browser.call("get", target), 404)
    for method, path, body in (
        ("patch", target, {"title": "x"}),
        ("put", f"{target}/roles", {"roles": ["billing"], "reason": "Because I want to."}),
        ("post", f"{target}/deactivation", REASON),
        ("delete", f"{target}/deactivation", None),
        ("post", f"{target}/unlock", None),
        ("post", f"{target}/mfa-reset", REASON),
        ("post", f"{target}/invitation", None),
        ("post", "/supervision", {"supervisor_id": ID["sam"], "supervisee_id": ID["ana"]}),
    ):
        assert refused(browser.call(method, path, body), status), path
    assert person("ana").is_active
    assert account(ID["ana"]).is_active
    if who == "olga":
        assert {row["name"] for row in browser.read("/users")["items"]} == {"Otto Cast", "Olga Cast"}


# -- adding


def test_somebody_new_gets_an_account_without_password(ada):
    answer = ada.call("post", "/users", NEW)
    assert answer.status_code == 201, answer.content
    pk = answer.json()["id"]
    shown = ada.read(f"/users/{pk}")
    assert (shown["status"], shown["email"], shown["license_state"]) == ("invited", "nia@example.org", "NY")
    assert shown["roles"] == ["clinician"]
    assert not is_password_usable(account(pk).password)
    assert person(pk).audience == "ms_clinician"
    assert events(pk)[0] == ("user.added", "critical", {"roles": ["clinician"]})


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"email": "ana@example.org"}, 409, "email"),
        ({"email": ""}, 422, "email"),
        ({"email": "no"}, 422, "email"),
        ({"npi_number": "1234567890"}, 422, "npi_number"),
        ({"license_state": "N1"}, 422, "license_state"),
        ({"roles": []}, 422, "roles"),
        ({"roles": ["client"]}, 422, "roles.0"),
        ({"roles": ["associate", "supervisor"]}, 409, None),
        ({"roles": ["associate"]}, 409, "supervisor_id"),
        ({"first_name": " "}, 422, "first_name"),
    ],
)
def test_what_does_not_make_a_user(ada, change, status, field):
    answer = ada.call("post", "/users", NEW | change)
    assert refused(answer, status)
    assert field is None or field in answer.json()["fields"], answer.content
    assert "Nia Okafor" not in {row["name"] for row in ada.read("/users?status=all")["items"]}


def test_an_address_of_another_practice_leaves_a_person_without_account(ada):
    assert refused(ada.call("post", "/users", NEW | {"email": "otto@example.org"}), 409, "address_in_use")
    [row] = [row for row in ada.read("/users")["items"] if row["name"] == "Nia Okafor"]
    assert row["status"] == "no_account"
    assert account(row["id"]) is None
    assert ada.call("patch", f"/users/{row['id']}", {"email": "nia@example.org"}).status_code == 200
    assert ada.call("post", f"/users/{row['id']}/invitation").status_code == 204
    assert ada.read(f"/users/{row['id']}")["status"] == "invited"
    assert account(row["id"]).email == "nia@example.org"


def test_an_associate_comes_with_a_supervisor(ada):
    answer = ada.call("post", "/users", NEW | {"roles": ["associate"], "supervisor_id": ID["sam"]})
    shown = ada.read(f"/users/{answer.json()['id']}")
    assert [each["name"] for each in shown["supervisors"]] == ["Sam Cast"]
    assert "no_supervisor" not in shown["attention"]


def test_an_imported_person_is_invited(ada):
    with acting_as(actor("ada")):
        old = Profile.objects.create(practice_id=HERE, first_name="Old", last_name="Name", is_active=False)
    assert "Old Name" not in {row["name"] for row in ada.read("/users")["items"]}
    path = f"/users/{old.pk}"
    assert refused(ada.call("post", f"{path}/invitation"), 409, "no_address")
    ada.call("patch", path, {"email": "old@example.org"})
    assert refused(ada.call("post", f"{path}/invitation"), 422, "bad_input")
    ada.call("put", f"{path}/roles", {"roles": ["billing"], "reason": "Works with us again."})
    assert ada.call("post", f"{path}/invitation").status_code == 204
    assert ada.read(path)["status"] == "invited"
    assert person(old.pk).user_id == old.pk


# -- changing


def test_details_change_and_the_trail_names_the_fields(ada):
    path = f"/users/{ID['ana']}"
    answer = ada.call("patch", path, {"title": "Lead clinician", "license_expiration_date": "2027-05-31"})
    assert answer.status_code == 200, answer.content
    assert (answer.json()["title"], answer.json()["last_name"]) == ("Lead clinician", "Cast")
    assert events(ID["ana"]) == [("user.changed", "critical", {"fields": ["license_expiration_date", "title"]})]
    assert refused(ada.call("patch", path, {"email": "ana2@example.org"}), 409, "address_signs_in")


def test_roles_change_what_the_next_request_may(http, ada):
    ana = http("ana")
    assert ana.read("/me")["roles"] == ["clinician"]
    body = {"roles": ["billing"], "reason": "Moves to billing in June."}
    shown = ada.call("put", f"/users/{ID['ana']}/roles", body).json()
    assert shown["roles"] == ["billing"]
    assert ana.read("/me")["roles"] == ["billing"]
    assert refused(ana.call("get", "/clients"), 404)
    details = {"before": ["clinician"], "roles": ["billing"], "reason": body["reason"]}
    assert events(ID["ana"]) == [("user.roles_changed", "critical", details)]
    assert shown["history"][0]["reason"] == body["reason"]


def test_roles_that_are_refused(ada):
    def give(name, *roles, **more):
        return ada.call("put", f"/users/{ID[name]}/roles", {"roles": roles, "reason": "Because it is so.", **more})

    assert refused(give("ash", "associate", "supervisor"), 409, "roles_do_not_fit")
    assert refused(give("ana", "associate"), 409, "needs_supervisor")
    assert refused(give("ana", "associate", supervisor_id=ID["mia"]), 409, "supervisor_unfit")
    assert refused(give("cleo", "clinician"), 404)
    assert refused(give("ana", "king"), 422, "malformed")
    assert refused(ada.call("put", f"/users/{ID['ana']}/roles", {"roles": ["billing"], "reason": "no"}), 422)
    assert give("ana", "associate", supervisor_id=ID["sam"]).status_code == 200
    assert give("mia", "clinician").status_code == 200
    assert refused(give("ada", "billing"), 409, "last_administrator")
    assert person("ada").audience == "ms_administrator"


def test_somebody_without_a_role_is_told_so(http):
    bea = http("bea")
    with acting_as(actor("ada")):
        UserRole.objects.filter(person_id=ID["bea"]).delete()
    assert refused(bea.call("get", "/me"), 403, "no_role")
    assert refused(bea.call("get", "/clients"), 403, "no_role")


# -- keeping out and letting in


def test_deactivation_ends_everything_at_once(http, ada):
    first, second = http("fay"), http("fay")
    assert first.call("get", "/me").status_code == second.call("get", "/me").status_code == 200
    assert ada.call("post", f"/users/{ID['fay']}/deactivation", REASON).status_code == 204
    for browser in (first, second):
        assert refused(browser.call("get", "/me"), 401, "not_signed_in")
    with acting_as(IDENTITY):
        assert not Session.objects.filter(user_id=ID["fay"]).exists()
    assert not account(ID["fay"]).is_active
    assert give_password(Http(), "fay").status_code != 200
    assert events(ID["fay"]) == [("user.deactivated", "critical", REASON)]
    shown = ada.read(f"/users/{ID['fay']}")
    assert (shown["status"], shown["attention"], shown["open_sessions"]) == ("deactivated", [], 0)
    assert ada.call("delete", f"/users/{ID['fay']}/deactivation").status_code == 204
    assert account(ID["fay"]).is_active
    assert ada.read(f"/users/{ID['fay']}")["status"] == "active"


def test_deactivation_holds_when_what_follows_fails(http, ada, monkeypatch):
    """The person is out by the first transaction already; asking again does the rest."""
    fay = http("fay")
    monkeypatch.setattr("mentalspace.people.sessions.shut_out", lambda person: 1 / 0)
    assert refused(ada.call("post", f"/users/{ID['fay']}/deactivation", REASON), 500, "not_kept")
    assert refused(fay.call("get", "/me"), 401)
    monkeypatch.undo()
    assert ada.call("post", f"/users/{ID['fay']}/deactivation", REASON).status_code == 204
    assert not account(ID["fay"]).is_active


def test_a_reason_is_needed_and_nobody_deactivates_themselves(ada):
    path = f"/users/{ID['fay']}/deactivation"
    assert refused(ada.call("post", path, {"reason": "gone     "}), 422, "malformed")
    assert refused(ada.call("post", f"/users/{ID['ada']}/deactivation", REASON), 409, "not_yourself")
    assert refused(ada.call("post", f"/users/{ID['ada']}/mfa-reset", REASON), 409, "not_yourself")
    assert refused(ada.call("post", f"/users/{HERE}/deactivation", REASON), 404)
    assert person("fay").is_active


def test_the_last_administrator_stays(http, ada):
    mia = http("mia")
    assert mia.call("post", f"/users/{ID['ada']}/deactivation", REASON).status_code == 204
    body = {"roles": ["clinician"], "reason": "Only sees clients."}
    assert refused(mia.call("put", f"/users/{ID['mia']}/roles", body), 409, "last_administrator")


def test_an_invitation_is_no_administrator_until_it_is_taken_up(ada):
    pk = ada.call("post", "/users", NEW | {"roles": ["administrator"]}).json()["id"]
    assert person(pk).user_id is not None
    step_down = {"roles": ["clinician"], "reason": "Only sees clients."}
    assert ada.call("put", f"/users/{ID['mia']}/roles", step_down).status_code == 200
    assert refused(ada.call("put", f"/users/{ID['ada']}/roles", step_down), 409, "last_administrator")
    body = {"token": token_in(delivered("nia@example.org")[0]), "password": "seventeen-green-lanterns"}
    assert Http().call("post", "/invitation", body).status_code == 204
    with acting_as(IDENTITY):
        User.objects.filter(pk=pk).update(is_active=False)
    assert refused(ada.call("put", f"/users/{ID['ada']}/roles", step_down), 409, "last_administrator")
    with acting_as(IDENTITY):
        User.objects.filter(pk=pk).update(is_active=True)
    assert ada.call("put", f"/users/{ID['ada']}/roles", step_down).status_code == 200


def test_unlocking(ada):
    enrol("ana")
    stranger = Http()
    for _ in range(lockout.LIMIT):
        give_password(stranger, password="wrong-horse-battery-7")
    shown = ada.read(f"/users/{ID['ana']}")
    assert shown["status"] == "locked"
    assert give_password(Http()).status_code != 401
    assert ada.call("post", f"/users/{ID['ana']}/unlock").status_code == 204
    assert ada.read(f"/users/{ID['ana']}")["status"] == "active"
    assert give_password(Http()).status_code == 401  # the password was right: now the code
    with acting_as(IDENTITY):
        assert not LoginAttempt.objects.filter(user_id=ID["ana"], success=False).exists()
    assert events(ID["ana"])[-1][:2] == ("user.unlocked", "critical")


def test_a_lost_second_factor_is_reset(ada):
    app = enrol("ana")
    ana = sign_in("ana", app)
    assert ada.read(f"/users/{ID['ana']}")["factors"] == ["totp"]
    assert ada.call("post", f"/users/{ID['ana']}/mfa-reset", {"reason": "Lost her phone."}).status_code == 204
    assert ada.read(f"/users/{ID['ana']}")["factors"] == []
    assert refused(ana.call("get", "/me"), 401)
    again = Http(raise_request_exception=False)
    assert give_password(again).status_code == 200
    assert refused(again.call("get", "/me"), 403, "second_factor_missing")


# -- supervision


def test_supervision_is_assigned_and_ended(http, ada):
    body = {"supervisor_id": ID["sam"], "supervisee_id": ID["ana"]}
    shown = ada.call("post", "/supervision", body).json()
    assert [each["name"] for each in shown["supervisors"]] == ["Sam Cast"]
    assert {row["name"] for row in http("sam").read("/clients")["items"]} == {"Cleo Client", "Noor Client"}
    assert refused(ada.call("post", "/supervision", body), 409, "already_supervised")
    pk = shown["supervisors"][0]["id"]
    assert ada.call("delete", f"/supervision/{pk}").json()["supervisors"] == []
    assert {row["name"] for row in http("sam").read("/clients")["items"]} == {"Noor Client"}
    assert [event for event, *_ in events(ID["ana"])] == ["supervision.assigned", "supervision.ended"]


def test_supervisors_are_offered_with_why_not(ada):
    with acting_as(actor("ada")), transaction.atomic():
        UserRole.objects.create(practice_id=HERE, person_id=ID["mia"], role="supervisor")
        Profile.objects.filter(pk=ID["mia"]).update(license_number="")
    offered = {each["name"]: each for each in ada.read("/supervisors")}
    assert offered["Sam Cast"]["problem"] is None
    assert offered["Sam Cast"]["supervisees"] == 1
    assert offered["Mia Cast"]["problem"] == "Has no license on file."
    answer = ada.call("post", "/supervision", {"supervisor_id": ID["mia"], "supervisee_id": ID["ana"]})
    assert refused(answer, 409, "supervisor_unfit")
    stranger = ada.call("post", "/supervision", {"supervisor_id": ID["otto"], "supervisee_id": ID["ana"]})
    assert refused(stranger, 422, "bad_input")


def test_an_associate_keeps_a_supervisor(ada):
    [given] = ada.read(f"/users/{ID['ash']}")["supervisors"]
    assert refused(ada.call("delete", f"/supervision/{given['id']}"), 409, "needs_supervisor")
    assert ada.read(f"/users/{ID['ash']}")["supervisors"] == [given]


# -- what the person is sent


def token_in(mail: EmailMessage) -> str:
    found = re.search(r"/invitation/(\S+)", str(mail.body))
    assert found
    return found[1]


def test_an_invitation_is_taken_up_by_its_link(ada):
    pk = ada.call("post", "/users", NEW).json()["id"]
    [mail] = delivered("nia@example.org")
    assert mail.subject == "Your invitation to MentalSpace"
    first = token_in(mail)
    assert ada.call("post", f"/users/{pk}/invitation").status_code == 204
    second = token_in(delivered("nia@example.org")[-1])
    stranger = Http(raise_request_exception=False)
    chosen = {"password": "seventeen-green-lanterns"}
    assert refused(stranger.call("post", "/invitation", {"token": first, **chosen}), 409, "invitation_spent")
    assert stranger.call("post", "/invitation", {"token": second, **chosen}).status_code == 204
    shown = ada.read(f"/users/{pk}")
    assert (shown["status"], shown["is_verified"]) == ("active", True)
    assert refused(ada.call("post", f"/users/{pk}/invitation"), 409, "account_taken_up")
    assert refused(ada.call("patch", f"/users/{pk}", {"email": "n@example.org"}), 409, "address_signs_in")


def test_the_link_of_somebody_deactivated_is_dead(ada):
    pk = ada.call("post", "/users", NEW).json()["id"]
    token = token_in(delivered("nia@example.org")[0])
    ada.call("post", f"/users/{pk}/deactivation", REASON)
    body = {"token": token, "password": "seventeen-green-lanterns"}
    assert refused(Http(raise_request_exception=False).call("post", "/invitation", body), 409, "invitation_spent")
    assert refused(ada.call("post", f"/users/{pk}/invitation"), 409, "user_deactivated")


def test_the_person_hears_of_it(ada):
    path = f"/users/{ID['ash']}"
    ada.call("post", f"{path}/unlock")
    ada.call("post", f"{path}/mfa-reset", {"reason": "Lost the phone on Monday."})
    ada.call("put", f"{path}/roles", {"roles": ["associate", "billing"], "reason": "Helps billing out."})
    mails = delivered("ash@example.org")
    assert {mail.subject for mail in mails} == {"An administrator changed your MentalSpace account"}
    said = " ".join(str(mail.body) for mail in mails)
    for words in ("Ada Cast", "lifted the lock", "removed your second factor", "your roles to: associate, billing"):
        assert words in said
    assert "the roles of Ash Cast, whom you supervise" in delivered("sam@example.org")[0].body


def test_a_reset_goes_to_its_owner_five_times_an_hour_at_most(ada):
    for _ in range(5):
        assert ada.call("post", f"/users/{ID['ana']}/password-reset").status_code == 204
    assert refused(ada.call("post", f"/users/{ID['ana']}/password-reset"), 429, "too_many_attempts")
    mails = delivered("ana@example.org")
    assert {mail.subject for mail in mails} == {"Set a new MentalSpace password"}
    assert len(mails) == 5
    assert account(ID["ana"]).has_usable_password()


def test_ten_invitations_an_hour(ada):
    pk = ada.call("post", "/users", NEW).json()["id"]
    answers = [ada.call("post", f"/users/{pk}/invitation").status_code for _ in range(11)]
    assert answers == [204] * 10 + [429]


def test_confirming_an_address(ada):
    with acting_as(identity_of(ID["ana"])):
        EmailAddress.objects.update(verified=False)
    assert "email_unverified" in ada.read(f"/users/{ID['ana']}")["attention"]
    assert ada.call("post", f"/users/{ID['ana']}/verification").status_code == 204
    assert [mail.subject for mail in delivered("ana@example.org")] == ["Confirm your e-mail address for MentalSpace"]
