from django.apps import AppConfig
from django.db.backends.signals import connection_created


class OpsConfig(AppConfig):
    name = "mentalspace.ops"
    label = "ops"

    def ready(self) -> None:
        from mentalspace.ops import deployment  # noqa: F401 - it registers its checks
        from mentalspace.ops.metrics.measured import time_statements

        connection_created.connect(time_statements)
