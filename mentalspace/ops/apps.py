from django.apps import AppConfig


class OpsConfig(AppConfig):
    name = "mentalspace.ops"
    label = "ops"
