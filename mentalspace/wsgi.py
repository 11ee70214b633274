"""The web process. Refuses to start when something that guards the data is not in place."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentalspace.settings")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

from mentalspace.access import boot  # noqa: E402 - after the apps are loaded

if found := boot.problems():
    sys.exit("MentalSpace does not start:\n" + "\n".join(f"  {problem}" for problem in found))
