"""What a password must be, asked wherever one is chosen: at set-up, by invitation, at a change, after a reset.

Long rather than complicated, and nothing others would guess (NIST SP 800-63B-4, 3.1.1.2): no rules of composition,
64 and more characters accepted, none cut off. `common_passwords.txt.gz` holds 181,119 common passwords, words and
names: Django's list (BSD), and those of zxcvbn and zxcvbn-ts (both MIT); their notices lie beside it.
"""

import gzip
import re
import unicodedata
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from mentalspace.people.models import PasswordHistory

SHORTEST, LONGEST = 12, 1000
REMEMBERED = 10
AROUND = 6
"""So many characters around a listed word do not make it another word: `Sunshine2024!`."""
SHORTEST_WORD = 4
ENOUGH_OF_ITS_OWN = 8
"""What must be left of a password when the words that belong to its owner are taken out."""
FEWEST_DIFFERENT = 5
PRODUCT = "mentalspace"

LIST = Path(__file__).parent / "common_passwords.txt.gz"
LOOKALIKES = str.maketrans("@4831!|05$7+", "aabeiiloss" + "tt")
WALKS = (
    "abcdefghijklmnopqrstuvwxyz",
    "1234567890",
    "qwertyuiopasdfghjklzxcvbnm",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
)


def normal(password: str) -> str:
    """One form for what looks the same, however a keyboard composes it (NFKC). Hashing uses it too."""
    return unicodedata.normalize("NFKC", password)


class LongEnough:
    """At least 12 characters, and at most 1,000, which keeps hashing affordable."""

    def validate(self, password: str, user: Any = None) -> None:
        length = len(normal(password))
        if length < SHORTEST:
            raise ValidationError(f"Use at least {SHORTEST} characters.", code="password_too_short")
        if length > LONGEST:
            raise ValidationError(f"Use at most {LONGEST} characters.", code="password_too_long")

    def get_help_text(self) -> str:
        return f"At least {SHORTEST} characters. A few words that do not belong together work well."


class NotCommon:
    """Neither a listed password or word, nor one with a little around it, nor a pattern of the keyboard."""

    def validate(self, password: str, user: Any = None) -> None:
        text = normal(password).casefold()
        forms = {text, re.sub(r"[\s._-]+", "", text) or text}
        tried = set().union(*map(_candidates, forms))
        if any(map(_is_pattern, forms)) or not tried.isdisjoint(_listed()):
            raise ValidationError("This password is easy to guess: many people use it.", code="password_too_common")

    def get_help_text(self) -> str:
        return "No commonly used password, nor one with a few characters added."


class NotPersonal:
    """Not made of the person's name or address, the practice's name or the product's."""

    def validate(self, password: str, user: Any = None) -> None:
        text = normal(password).casefold()
        for form in (text, text.translate(LOOKALIKES)):
            if len(_without(form, words_about(user))) < min(ENOUGH_OF_ITS_OWN, len(form)):
                raise ValidationError(
                    "This password is easy to guess: it is made of your name, your address or your practice's name.",
                    code="password_is_personal",
                )

    def get_help_text(self) -> str:
        return "Not your name, your e-mail address or your practice's name."


class NotUsedBefore:
    """None of the last ten of this account."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is not None and any(check_password(password, used) for used in _used(user)):
            raise ValidationError("You have used this password before.", code="password_used_before")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Django calls this whenever a new password has been saved."""
        if user is None:
            return
        PasswordHistory.objects.create(user=user, password_hash=user.password)
        kept = PasswordHistory.objects.filter(user=user).order_by("-changed_at")[:REMEMBERED]
        PasswordHistory.objects.filter(user=user).exclude(pk__in=[row.pk for row in kept]).delete()

    def get_help_text(self) -> str:
        return f"None of your last {REMEMBERED} passwords."


def words_about(user: Any) -> set[str]:
    """The words that anybody who knows this person would try first, casefolded."""
    texts = [PRODUCT]
    if user is not None and user.email:
        texts += [user.email, *user.email.split("@")]
    profile = getattr(user, "profile", None)
    if profile is not None:
        practice = profile.practice
        texts += [profile.first_name, profile.last_name, practice.name, practice.slug, profile.phone_number]
    texts += [*getattr(user, "words_about", ())]
    words = {normal(text).casefold().strip() for text in texts}
    words |= {part for text in words for part in re.split(r"[\W_]+", text)}
    words |= {re.sub(r"[\W_]+", "", text) for text in words}
    return {word for word in words if len(word) >= SHORTEST_WORD}


def _without(text: str, words: set[str]) -> str:
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "").replace(word.translate(LOOKALIKES), "")
    return text


def _candidates(text: str) -> set[str]:
    """The text, and what it is without a few characters at either end, read with and without look-alikes."""
    least = max(SHORTEST_WORD, len(text) - AROUND)
    cut = {text[start:end] for start in range(AROUND + 1) for end in range(start + least, len(text) + 1)}
    cut |= {_unit(text)}
    return {form for part in cut for form in (part, part.translate(LOOKALIKES), _unit(part))}


def _is_pattern(text: str) -> bool:
    """A walk over the keyboard or the alphabet, few characters again and again, or something short repeated."""
    if len(set(text)) < FEWEST_DIFFERENT:
        return True
    if any(text in walk * 3 or text[::-1] in walk * 3 for walk in WALKS):
        return True
    unit = _unit(text)
    return unit != text and len(unit) < ENOUGH_OF_ITS_OWN


def _unit(text: str) -> str:
    """What the text repeats at least twice, or the text itself: `passpass` is made of `pass`."""
    length = (text + text).find(text, 1)
    return text[:length] if 0 < length <= len(text) // 2 else text


def _listed() -> set[str]:
    """Read each time, which takes 30 ms: passwords are chosen seldom, and kept it would be 15 MB in every process."""
    return set(gzip.decompress(LIST.read_bytes()).decode().split("\n")) - {""}


def _used(user: Any) -> list[str]:
    if user._state.adding:
        return []
    rows = PasswordHistory.objects.filter(user_id=user.pk).order_by("-changed_at")
    used = list(rows.values_list("password_hash", flat=True)[:REMEMBERED])
    return used if user.password in used or not user.has_usable_password() else [user.password, *used]
