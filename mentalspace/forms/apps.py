from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "mentalspace.forms"
    label = "forms"
