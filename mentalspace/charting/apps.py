from django.apps import AppConfig


class ChartingConfig(AppConfig):
    name = "mentalspace.charting"
    label = "charting"
