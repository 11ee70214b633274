"""Sign-in as Ana does it, with an authenticator app of hers."""

import pytest
from django.core.cache import cache

from mentalspace.people.tests.browser import enrol, sign_in


@pytest.fixture(autouse=True)
def _forget_used_codes():
    cache.clear()


@pytest.fixture
def app(db):
    """What Ana's authenticator app shows."""
    return enrol("ana")


@pytest.fixture
def ana(app):
    """Ana's browser after both steps."""
    return sign_in("ana", app)
