from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "mentalspace.practices"
    label = "practices"
