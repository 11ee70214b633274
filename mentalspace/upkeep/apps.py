from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "mentalspace.upkeep"
    label = "upkeep"
