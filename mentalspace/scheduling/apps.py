from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "mentalspace.scheduling"
    label = "scheduling"
