"""Real PostgreSQL as the real runtime role: the owner makes the database once, every test is one rolled-back
transaction of `ms_web` on top of the cast. No network, no sleeping, a clock that can be stopped."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connections

from tests.access.masked import masked
from tests.committed import really_committed
from tests.http import Http
from tests.sessions import session_of

__all__ = ["masked", "really_committed"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests one by one to whichever worker is free, but the browser's all to one: they share a running product.

    What `--dist loadgroup` is for, which does nothing with xdist 3.8 on pytest 9.2.
    """
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

    class BrowserTogether(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            return "browser" if nodeid.startswith("tests/e2e/") else nodeid

    return BrowserTogether(config, log)


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


@pytest.fixture(autouse=True)
def _one_carrier(settings: Any) -> None:
    """A test is one transaction: its mail goes out one after the other."""
    settings.NOTIFY_CARRIERS = 1


@pytest.fixture
def http(db: None) -> Callable[[str | None], Http]:
    """`http("ana")` is Ana's browser, signed in with both factors; `http(None)` is nobody's."""

    def sign_in(name: str | None) -> Http:
        client = Http(raise_request_exception=False)
        if name is not None:
            client.cookies["session"] = session_of(name)
        return client

    return sign_in


@pytest.fixture
def stopped_clock() -> Iterator[Any]:
    """The product's clock stands at `tests.cast.NOW`."""
    from mentalspace.core import clock
    from tests.cast import NOW

    with clock.frozen(NOW):
        yield NOW
