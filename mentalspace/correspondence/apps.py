from django.apps import AppConfig


class CorrespondenceConfig(AppConfig):
    name = "mentalspace.correspondence"
    label = "correspondence"
