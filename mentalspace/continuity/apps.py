from django.apps import AppConfig


class ContinuityConfig(AppConfig):
    name = "mentalspace.continuity"
    label = "continuity"
