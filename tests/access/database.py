"""A database with the cast, outside pytest."""

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def with_cast() -> Iterator[str]:
    """Made by the owner, seeded through the runtime role, gone afterwards. Yields its name."""

    from django.db import connections

    from tests.cast import seed

    owner, web = connections["owner"], connections["default"]
    real = owner.settings_dict["NAME"]
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    web.settings_dict["NAME"] = owner.settings_dict["NAME"]
    try:
        seed()
        owner.close()
        yield owner.settings_dict["NAME"]
    finally:
        connections.close_all()
        owner.creation.destroy_test_db(real, verbosity=0)
