from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "mentalspace.reports"
    label = "reports"
