"""The same product without the fence: the cluster's superuser, whom row-level security does not concern.

For the benchmark alone, to make the cost of the fence a ratio. It cannot serve anything else: it wants the
benchmark's own variable, and the product's entry point refuses such a login.
"""

import os
import sys

if "BENCH_CLUSTER" not in os.environ:
    sys.exit("This is part of `make bench`.")

from django.conf import settings

os.environ["DJANGO_SETTINGS_MODULE"] = "mentalspace.settings"

from mentalspace.launch.connection import superuser

given = superuser().parameters()
settings.DATABASES["default"] |= {
    "ENGINE": "django.db.backends.postgresql",
    "HOST": given["host"],
    "PORT": given["port"],
    "USER": given["user"],
    "PASSWORD": given.get("password", ""),
}
settings.DATABASES["default"]["OPTIONS"].pop("requirepeer", None)

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
