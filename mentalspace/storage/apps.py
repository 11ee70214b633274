from django.apps import AppConfig


class StorageConfig(AppConfig):
    name = "mentalspace.storage"
    label = "storage"
