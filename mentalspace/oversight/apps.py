from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "mentalspace.oversight"
    label = "oversight"
