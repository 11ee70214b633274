"""Real PostgreSQL as the real runtime role: the owner makes the database once, every test is one rolled-back
transaction of `ms_web` on top of the cast. No network, no sleeping, a clock that can be stopped."""

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections

from tests.http import Http


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """The owner creates and migrates; the cast is seeded through the runtime role, as everything is."""
    from tests.cast import seed

    with django_db_blocker.unblock():
        owner, web = connections["owner"], connections["default"]
        real = owner.settings_dict["NAME"]
        owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        web.close()
        web.settings_dict["NAME"] = owner.settings_dict["NAME"]
        seed()
        owner.close()
        yield
        for connection in connections.all():
            connection.close()
        owner.creation.destroy_test_db(real, verbosity=0)


@pytest.fixture
def http(db: None) -> Callable[[str | None], Http]:
    """`http("ana")` is Ana's browser, signed in with both factors; `http(None)` is nobody's."""

    def sign_in(name: str | None) -> Http:
        client = Http(raise_request_exception=False)
        if name is not None:
            client.cookies["session"] = session_of(name)
        return client

    return sign_in


def session_of(name: str) -> str:
    """A session such as a completed sign-in leaves behind, without the cost of hashing a password."""
    from django.conf import settings

    from mentalspace.access.actor import IDENTITY, acting_as
    from mentalspace.people.models import User
    from tests.cast import ID

    with acting_as(IDENTITY):
        user = User.objects.get(pk=ID[name])
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time()},
        {"method": "mfa", "type": "totp", "at": time.time()},
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.create()
    return str(session.session_key)


@pytest.fixture
def stopped_clock() -> Iterator[Any]:
    """The product's clock stands at `tests.cast.NOW`."""
    from mentalspace.core import clock
    from tests.cast import NOW

    with clock.frozen(NOW):
        yield NOW
