from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "mentalspace.jobs"
    label = "jobs"
