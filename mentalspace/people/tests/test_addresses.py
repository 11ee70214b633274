"""Another address for somebody who was invited: profile and account have it both, or neither; and nobody is probed."""

import pytest
from allauth.account.models import EmailAddress

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.audit.models import AuditLog
from mentalspace.people import account_upkeep, administration
from mentalspace.people.models import Profile, RateLimit, User
from tests.cast import ID, actor
from tests.http import refused
from tests.mail import delivered

pytestmark = pytest.mark.django_db

NEW = {"first_name": "Nia", "last_name": "Okafor", "email": "nia@example.org", "roles": ["clinician"]}
MISTYPED, RIGHT, TAKEN = "nia@example.org", "n.okafor@example.org", "otto@example.org"


@pytest.fixture
def ada(http):
    return http("ada")


@pytest.fixture
def nia(ada):
    """Her id. She has not taken up her account yet."""
    return ada.call("post", "/users", NEW).json()["id"]


def give(ada, who, email, **more):
    return ada.call("patch", f"/users/{who}", {"email": email, **more})


def addresses(who):
    """Wherever her address stands."""
    with acting_as(actor("ada")):
        found = {Profile.objects.get(pk=who).email}
    with acting_as(IDENTITY):
        found |= {User.objects.get(pk=who).email}
        return found | set(EmailAddress.objects.filter(user_id=who).values_list("email", flat=True))


def changes(who):
    with acting_as(actor("ada")):
        return AuditLog.objects.filter(resource_id=who, event="user.address_changed").count()


def test_both_have_it(ada, nia):
    answer = give(ada, nia, RIGHT.upper(), title="Therapist")
    assert (answer.status_code, answer.json()["email"], answer.json()["title"]) == (200, RIGHT, "Therapist")
    assert addresses(nia) == {RIGHT}
    assert changes(nia) == 1
    assert ada.call("post", f"/users/{nia}/invitation").status_code == 204
    assert len(delivered(RIGHT)) == 1


def test_neither_has_one_that_signs_in_elsewhere(http, ada, nia):
    answer = give(ada, nia, TAKEN, title="Therapist")
    assert refused(answer, 409, "address_in_use")
    assert "email" in answer.json()["fields"]
    assert addresses(nia) == {MISTYPED}
    assert changes(nia) == 0
    assert ada.read(f"/users/{nia}")["title"] == "Therapist"
    for name, status in (("otto", 403), ("olga", 404)):
        assert refused(give(http(name), nia, RIGHT), status)


def test_what_fails_in_between_is_taken_back(ada, nia, monkeypatch):
    monkeypatch.setattr(administration, "change_address", lambda **_: 1 / 0)
    assert refused(give(ada, nia, RIGHT), 500, "not_kept")
    assert addresses(nia) == {MISTYPED}
    monkeypatch.undo()
    assert give(ada, nia, RIGHT).status_code == 200
    assert addresses(nia) == {RIGHT}


@pytest.mark.parametrize("again", [MISTYPED, RIGHT])
def test_what_was_half_done_is_finished_by_asking_again(ada, nia, again):
    """The product was killed in between."""
    account_upkeep.change_address(nia, RIGHT)
    assert len(addresses(nia)) == 2
    assert give(ada, nia, again).status_code == 200
    assert addresses(nia) == {again}


def test_an_invitation_goes_to_the_address_that_is_shown(ada, nia):
    account_upkeep.change_address(nia, RIGHT)
    assert ada.call("post", f"/users/{nia}/invitation").status_code == 204
    assert addresses(nia) == {MISTYPED}
    assert delivered(RIGHT) == []


def test_of_two_at_once_the_second_is_told_and_both_places_agree(ada, nia, monkeypatch):
    real = account_upkeep.change_address

    def meanwhile(person, email):
        real(person, email)
        with acting_as(actor("mia")):
            Profile.objects.filter(pk=nia).update(email="third@example.org")

    monkeypatch.setattr(account_upkeep, "change_address", meanwhile)
    assert refused(give(ada, nia, RIGHT), 409, "changed_elsewhere")
    assert addresses(nia) == {"third@example.org"}


def test_an_account_taken_up_meanwhile_keeps_its_address(ada, nia, monkeypatch):
    real = account_upkeep.change_address

    def meanwhile(person, email):
        with acting_as(IDENTITY):
            User.objects.filter(pk=nia).update(password="argon2$x")
        real(person, email)

    monkeypatch.setattr(account_upkeep, "change_address", meanwhile)
    assert refused(give(ada, nia, RIGHT), 409, "address_signs_in")
    assert addresses(nia) == {MISTYPED}


def test_who_has_an_account_is_asked_ten_times_an_hour(ada, nia):
    for number in range(10):
        assert give(ada, nia, [TAKEN, f"free{number}@example.org"][number % 2]).status_code in (200, 409)
    for email in (TAKEN, "free@example.org"):
        assert refused(give(ada, nia, email), 429, "too_many_attempts")
    assert addresses(nia) == {"free9@example.org"}
    assert give(ada, nia, "free9@example.org", title="Therapist").status_code == 200  # no question
    with acting_as(IDENTITY):
        row = RateLimit.objects.get(operation="change_address")
    assert (row.user_id, row.attempt_count) == (ID["ada"], 10)
