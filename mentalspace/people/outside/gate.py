"""What stands before a page that a link opens: nothing is shown until the client's date of birth has been named.

That is remembered for an hour, in this browser, for this one place. Wrong dates are counted for the place, whoever
names them from wherever: so many within the hour, and so many in all, for no link lasts longer than its year.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.core.api import meant
from mentalspace.core.errors import ReadOnly, Refusal
from mentalspace.people import closed, cookies, limits
from mentalspace.people.outside.pages import again, rendered
from mentalspace.practices.models import Practice

KNOWN_FOR = 60 * 60
"""Seconds."""


class NotTheBirth(Refusal):
    code, status = "not_the_birth", 422
    message = "That is not the date of birth the practice has. Please try again."


class TriedTooOften(Refusal):
    code, status = "too_many_attempts", 429
    message = "The date of birth was wrong too often, so this link is closed. Please get in touch with the practice."


@dataclass(frozen=True, slots=True)
class Gate:
    """`name` is that of its limit, with `…_in_all` for the longer one; `cookie` how the name of what it leaves behind
    begins."""

    name: str
    cookie: str

    def is_open(self, request: HttpRequest, place: UUID) -> bool:
        """Whether the date was named for this place, here and not long ago."""
        try:
            left = cookies.read(request, self._cookie(place))
            known: str = signing.loads(left, salt=self.cookie, max_age=KNOWN_FOR)
        except signing.BadSignature:
            return False
        return known == str(place)

    def open(self, request: HttpRequest, place: UUID, born: date) -> None:
        """Judge the date of birth in the form. Raises NotTheBirth, TriedTooOften or TooManyAttempts.

        The try is counted before it is judged, so that many at once are no more than one after the other.
        """
        hour = self._taken(self.name, place)
        if hour.is_over:
            raise hour.refusal
        month = self._taken(f"{self.name}_in_all", place)
        if month.is_over:
            raise TriedTooOften
        if not _is_date(request.POST.get("born", ""), born):
            raise NotTheBirth
        with acting_as(IDENTITY), transaction.atomic():
            for one in (hour, month):
                limits.give_back(one)
        known = signing.dumps(str(place), salt=self.cookie)
        cookies.keep(request, self._cookie(place), known, seconds=KNOWN_FOR)

    def answer(
        self,
        request: HttpRequest,
        place: UUID,
        born: date,
        *,
        wrong: Callable[[], None],
        ask: Callable[[Refusal], HttpResponse],
    ) -> HttpResponse:
        """To the form with the date: the page again, now open, or what `ask` shows for the refusal. A wrong date is
        told to `wrong`, in a transaction of its own. While the practice is read-only nothing is judged or counted."""
        try:
            closed.refuse_outside()
            self.open(request, place, born)
        except NotTheBirth as refusal:
            with transaction.atomic():
                wrong()
            return ask(refusal)
        except ReadOnly as refusal:
            return meant(ask(refusal))
        except Refusal as refusal:
            return ask(refusal)
        return again(request)

    def _cookie(self, place: UUID) -> str:
        """One for each place: two links may stand open side by side."""
        return f"{self.cookie}-{place.hex[:12]}"

    def _taken(self, limit: str, place: UUID) -> limits.Place:
        with acting_as(IDENTITY), transaction.atomic():
            return limits.take(limit, user=place)


def asked(
    request: HttpRequest, practice: Practice, title: str, *, is_for_another: bool, refusal: Refusal | None = None
) -> HttpResponse:
    """The page that asks for the date. `is_for_another`: the reader acts for the client."""
    facts = {"title": title, "practice": practice, "is_for_another": is_for_another}
    problem = refusal.message if refusal else ""
    return rendered(request, "birth.html", {**facts, "problem": problem}, refusal.status if refusal else 200)


def _is_date(said: str, born: date) -> bool:
    try:
        return date.fromisoformat(said) == born
    except ValueError:
        return False
