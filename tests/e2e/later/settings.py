from mentalspace.settings import *  # noqa: F403
from mentalspace.settings import INSTALLED_APPS as BEFORE

INSTALLED_APPS = [*BEFORE, "tests.e2e.later"]
