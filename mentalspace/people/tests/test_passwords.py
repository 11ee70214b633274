"""Which passwords are taken, and that each is taken whole."""

from itertools import pairwise

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from mentalspace.access.actor import acting_as, identity_of
from mentalspace.core import clock
from mentalspace.people import passwords
from mentalspace.people.models import PasswordHistory, User
from mentalspace.people.tests.browser import ask, errors, give_password
from tests.cast import ID, NOW, PASSWORD
from tests.http import Http

pytestmark = pytest.mark.django_db

TAKEN = [
    "wrong-horse-battery-7",
    "an apple fell upwards",
    "zebra kiosk tundra",
    "Wq7#vLp2!xRt",
    "ohne-umlaute-geht-auch-nicht",
    "größe zählt mit ümlaut",
    "密码很长但是没有人用过它吧好",
    "🦔🦊🌵 eat plum soup",
    "    four spaces around    ",
    "x9" + "-lantern-orbit" * 5,
    "the quick violet llama " * 10,
    "v" + "".join(chr(0x4E00 + number) for number in range(200)),
    "k8JqZ-m2VnX-c5BtY",
    "ana likes purple llamas",
    "5-7-13-19-primes-only",
]
REFUSED = {
    "password_too_short": ["", "short-7", "elevenchars", "ﬁﬁﬁﬁﬁ", "      12", "Tr0ub4dor&3"],
    "password_too_long": ["x7-" * 400],
    "password_too_common": [
        "password1234",
        "Password1234",
        "PASSWORD!!!!",
        "p@ssw0rd2024",
        "P4$$w0rd1234",
        "passwordpassword",
        "password-word",
        "sunshine2024",
        "$unshine2024!",
        "12sunshine34",
        "Welcome123456",
        "123456789012",
        "987654321098",
        "abcdefghijkl",
        "zyxwvutsrqpo",
        "qwertyuiopas",
        "1q2w3e4r5t6y",
        "1qaz2wsx3edc",
        "aaaaaaaaaaaa",
        "aabbaabbaabb",
        "abc123abc123",
        "abc123abc123abc123",
        "baseballbaseball",
        "iloveyou2026!",
        "football99999",
        "princess-2019",
        "superman!!!!!",
        "Charlotte2026",
        "mountains1234",
        "ｐａｓｓｗｏｒｄ１２３４",
        "letmein-letmein",
        "administrator1",
    ],
    "password_is_personal": [
        "ana@example.org",
        "ANA@EXAMPLE.ORG!",
        "mentalspace-7-8",
        "MentalSpace2026!",
        "m3ntalspac3-ehr",
        "example.org-2026",
        "Cast-Cast-2026!",
        "rivers-bend-99",
        "RiversBend2026",
    ],
}
CASES = [(code, password) for code, every in REFUSED.items() for password in every]


@pytest.fixture
def account():
    """Ana's, whose practice is Rivers Bend."""
    with acting_as(identity_of(ID["ana"])):
        user = User.objects.select_related("profile__practice").get(pk=ID["ana"])
        user.profile.practice.name = "Rivers Bend"
        yield user


def refusals(password, user):
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        return [error.code for error in refusal.error_list]
    return []


@pytest.mark.parametrize("password", TAKEN)
def test_what_is_long_and_nobodys_guess_is_taken(account, password):
    assert refusals(password, account) == []


@pytest.mark.parametrize(("code", "password"), CASES)
def test_what_others_would_guess_is_not(account, code, password):
    assert code in refusals(password, account)


def test_there_are_sixty_cases_and_a_hundred_thousand_listed():
    assert len(TAKEN) + len(CASES) >= 60
    assert len(passwords._listed()) >= 100_000


def change(browser, old, new):
    return ask(browser, "post", "account/password/change", {"current_password": old, "new_password": new})


def test_a_long_password_counts_to_its_last_character(ana):
    long = "".join(chr(0x3041 + number % 80) for number in range(200))
    assert change(ana, PASSWORD, long).status_code == 200
    assert give_password(Http(), password=long[:-1]).status_code == 400
    assert give_password(Http(), password=long).status_code == 401


def test_spaces_around_belong_to_it(ana):
    spaced = "  a llama on stilts  "
    assert change(ana, PASSWORD, spaced).status_code == 200
    assert give_password(Http(), password=spaced.strip()).status_code == 400
    assert give_password(Http(), password=spaced).status_code == 401
    assert ask(ana, "post", "auth/reauthenticate", {"password": spaced}).status_code == 200


def test_however_the_keyboard_composes_it(ana):
    assert change(ana, PASSWORD, "cafe\u0301 tundra kiosk").status_code == 200
    assert give_password(Http(), password="caf\u00e9 tundra kiosk").status_code == 401
    assert give_password(Http(), password="cafe tundra kiosk").status_code == 400


def test_none_of_the_last_ten_comes_back(ana):
    used = [PASSWORD, *(f"zebra kiosk tundra {number}" for number in range(10))]
    for old, new in pairwise(used):
        assert errors(change(ana, old, old)) == ["password_used_before"]
        assert change(ana, old, new).status_code == 200
    for old in used[1:]:
        assert errors(change(ana, used[-1], old)) == ["password_used_before"]
    with acting_as(identity_of(ID["ana"])):
        assert PasswordHistory.objects.filter(user=ID["ana"]).count() == passwords.REMEMBERED
    assert change(ana, used[-1], used[0]).status_code == 200


def test_when_it_was_chosen_is_known(account):
    with clock.frozen(NOW):
        account.must_change_password = True
        account.set_password("zebra kiosk tundra")
    assert (account.password_changed_at, account.must_change_password) == (NOW, False)
