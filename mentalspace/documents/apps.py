from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "mentalspace.documents"
    label = "documents"
