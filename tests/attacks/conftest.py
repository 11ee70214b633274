"""Ana has an authenticator app; the attacker has whatever the test says."""

from mentalspace.people.tests.conftest import _forget_used_codes, ana, app

__all__ = ["_forget_used_codes", "ana", "app"]
