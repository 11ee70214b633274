from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "mentalspace.outcomes"
    label = "outcomes"
