"""A process that delivers what is due, for tests that kill it.

Run as `python -m mentalspace.notify.tests.carrier_of_the_test DATABASE PRACTICE RESEND_URL TWILIO_URL`.
"""

import os
import sys
from uuid import UUID

import django
from django.conf import settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentalspace.settings")
    settings.DATABASES["default"]["NAME"] = sys.argv[1]
    settings.RESEND_URL, settings.TWILIO_URL = sys.argv[3:]
    django.setup()

    from mentalspace.notify.delivery import deliver_due
    from mentalspace.practices.system import system_actor

    deliver_due(system_actor(UUID(sys.argv[2])))
