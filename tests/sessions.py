"""Signing people in without the cost of hashing a password."""

import time
from importlib import import_module
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction


def session_of(name: str) -> str:
    """The key of a session of somebody of the cast, such as a completed sign-in leaves behind."""
    from tests.cast import ID

    return session_for(ID[name])


def session_for(user_id: UUID) -> str:
    """The key of a session such as a completed sign-in leaves behind."""
    from mentalspace.access.actor import IDENTITY, acting_as
    from mentalspace.people.models import User

    with acting_as(IDENTITY), transaction.atomic():
        user = User.objects.get(pk=user_id)
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
