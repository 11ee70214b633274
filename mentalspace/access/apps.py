from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class AccessConfig(AppConfig):
    name = "mentalspace.access"
    label = "access"

    def ready(self) -> None:
        """Wires the migration hooks. They concern the catalogue, not the domain."""
        from mentalspace.access import catalog

        pre_migrate.connect(catalog.before_migrate)
        post_migrate.connect(catalog.after_migrate)
