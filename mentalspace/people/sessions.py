"""Server-side sessions. They belong to identity, whoever is acting, because the session middleware loads and
saves them outside the person's transaction. Only a hash of the key is stored."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.db.models.functions import RowNumber

from mentalspace.access.actor import IDENTITY, acting_as, identity_of
from mentalspace.core import clock
from mentalspace.people import devices, notices
from mentalspace.people.models import Profile, Session, User
from mentalspace.practices.models import Practice

M = TypeVar("M", bound=models.Model)

IDLE = timedelta(minutes=15)
ABSOLUTE = timedelta(hours=12)
TRUSTED_DEVICE = "trusted_device"
"""Where a session remembers the device that stood for the second factor."""

ENDED_ELSEWHERE = "ended_elsewhere"
"""Where a session remembers how many others ended because it began."""

TOUCH_EVERY = timedelta(seconds=30)
"""Activity is written at most this often: a session may end up to this much early, never late."""


@contextmanager
def as_identity() -> Iterator[None]:
    """A transaction of identity's own; joins one that is already open instead of making a savepoint in it."""
    with acting_as(IDENTITY), transaction.atomic(savepoint=False):
        yield


def stored_key(session_key: str) -> str:
    """What the database holds instead of the key itself; fits Django's 40 characters."""
    return sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """Django's database sessions, with our table, hashed keys, and two ends: 15 minutes idle, 12 hours in all."""

    row: Session | None = None
    address: str | None = None
    browser: str = ""
    """Where the present request comes from; the middleware knows."""
    has_just_begun: bool = False
    """A sign-in was completed in this request."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        self.row = _live_session(stored_key(self.session_key or ""))
        if self.row is None:
            self._session_key = None
        return self.row

    def load(self) -> dict[str, Any]:
        with as_identity():
            row = self._get_session_from_db()
        return self.decode(row.session_data) if row else {}

    def exists(self, session_key: str) -> bool:
        with as_identity():
            return super().exists(stored_key(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        now = clock.now()
        key = stored_key(self._get_or_create_session_key())  # type: ignore[attr-defined]
        started = self.row.started_at if self.row else now
        return Session(
            session_key=key,
            id=self.row.id if self.row and self.row.session_key == key else uuid4(),
            session_data=self.encode(data),
            user_id=data.get(SESSION_KEY),
            started_at=started,
            last_active_at=now,
            expire_date=ends_at(now, started),
            ip_address=self.address,
            user_agent=self.browser[:300],
            trusted_device_id=data.get(TRUSTED_DEVICE),
        )

    def save(self, must_create: bool = False) -> None:
        """Store it. The first time after a sign-in, its owner's oldest may have to end for it."""
        with as_identity():
            if self.has_just_begun and not must_create:
                self.has_just_begun = False
                self[ENDED_ELSEWHERE] = make_room(UUID(self[SESSION_KEY]), but=self.session_key, browser=self.browser)
            super().save(must_create)

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            with as_identity():
                Session.objects.filter(session_key=stored_key(key)).delete()

    def swap(self) -> bool:
        """Store what the session holds now, if the row still holds what was loaded. Says whether it did.

        One statement: of several requests that loaded the same session and swap at once, one succeeds.
        """
        if self.row is None:
            return False
        data = self.encode(dict(self.items()))
        with as_identity():
            rows = Session.objects.filter(pk=self.row.pk, session_data=self.row.session_data)
            is_stored = bool(rows.update(session_data=data))
        if is_stored:
            self.row.session_data = data
        return is_stored

    def touch(self) -> None:
        """Something was done: the idle time starts again."""
        now = clock.now()
        if self.row is not None and now - self.row.last_active_at >= TOUCH_EVERY:
            self.row.last_active_at, self.row.expire_date = now, ends_at(now, self.row.started_at)
            with as_identity():
                Session.objects.filter(pk=self.row.pk).update(last_active_at=now, expire_date=self.row.expire_date)


def _columns(model: type[models.Model], alias: str) -> str:
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


LIVE_SESSION = f"""
    select {_columns(Session, "s")}, {_columns(User, "u")}, {_columns(Profile, "p")}, {_columns(Practice, "r")}
    from sessions s
    left join users u on u.id = s.user_id
    left join profiles p on p.user_id = u.id
    left join practices r on r.id = p.practice_id
    where s.session_key = %s and s.expire_date > %s
"""
"""Every request asks this first. Written out, because building it anew each time took longer than answering it."""


def _live_session(key: str) -> Session | None:
    """The session that has not ended, with its account, profile and practice."""
    with connection.cursor() as cursor:
        cursor.execute(LIVE_SESSION, (key, clock.now()))
        found = cursor.fetchone()
    if found is None:
        return None
    values = iter(found)
    session, user = _next_row(Session, values), _next_row(User, values)
    profile, practice = _next_row(Profile, values), _next_row(Practice, values)
    session.user = user if user.pk else None
    if profile.pk:
        user.profile, profile.practice = profile, practice
    return session


def _next_row(model: type[M], values: Iterator[Any]) -> M:
    names = [field.attname for field in model._meta.concrete_fields]
    return model.from_db("default", names, list(islice(values, len(names))))


def live(user_id: UUID) -> QuerySet[Session]:
    """A person's sessions that have not ended, the last used first. As identity, like all below."""
    rows = Session.objects.filter(user_id=user_id, expire_date__gt=clock.now())
    return rows.order_by("-last_active_at", "-started_at")


def make_room(user_id: UUID, *, but: str | None, browser: str) -> int:
    """End a person's oldest sessions until one more fits, tell them, and say how many. One sign-in after the other."""
    user = User.objects.select_for_update(of=("self",)).filter(pk=user_id).first()
    profile = Profile.objects.select_related("practice").filter(user_id=user_id).first()
    if user is None or profile is None:
        return 0
    others = live(user_id).exclude(pk=stored_key(but or "")).order_by("-started_at")
    too_many = [row.pk for row in others[profile.practice.sessions_per_person - 1 :]]
    if too_many:
        Session.objects.filter(pk__in=too_many).delete()
        notices.tell(user, "account.sessions_ended", browser=devices.browser_name(browser))
    return len(too_many)


def end(user_id: UUID, session_id: UUID) -> bool:
    """End one session of a person's. False when there is no such session."""
    return bool(live(user_id).filter(id=session_id).delete()[0])


def end_all(user_id: UUID, *, but: str | None = None) -> int:
    """End a person's sessions, except the one with the key `but`. Returns how many."""
    rows = Session.objects.filter(user_id=user_id)
    return (rows.exclude(pk=stored_key(but)) if but else rows).delete()[0]


def shut_out(user_id: UUID, *, but: str | None = None) -> None:
    """End a person's sessions as `end_all`, and let no device stand for a second factor any more."""
    devices.forget_all(user_id)
    end_all(user_id, but=but)


def end_all_of(user_id: UUID) -> None:
    """Somebody else has decided that this person is out, now. For `request.afterwards`."""
    with acting_as(identity_of(user_id)), transaction.atomic():
        end_all(user_id)


def end_surplus(practice: UUID, *, most: int, but: str | None) -> int:
    """End everybody's oldest sessions where the practice now allows fewer; the one with the key `but` stays.

    Nobody is told by mail: their next sign-in shows it. Returns how many ended.
    """
    with as_identity():
        here_first = models.Case(models.When(pk=stored_key(but or ""), then=0), default=1)
        order: list[Any] = [here_first, models.F("started_at").desc(), models.F("pk")]
        place = models.Window(RowNumber(), partition_by=models.F("user_id"), order_by=order)
        people = Profile.objects.filter(practice_id=practice, user__isnull=False).values("user_id")
        open_now = Session.objects.filter(user_id__in=people, expire_date__gt=clock.now()).annotate(place=place)
        return Session.objects.filter(pk__in=[row.pk for row in open_now.filter(place__gt=most)]).delete()[0]


def ends_at(active: datetime, started: datetime) -> datetime:
    """When a session ends that was last used at `active`."""
    return min(active + IDLE, started + ABSOLUTE)


def absolute_end(row: Session) -> datetime:
    return row.started_at + ABSOLUTE


assert IDLE.total_seconds() == settings.SESSION_COOKIE_AGE, "the cookie's age and the server's idle time differ"
