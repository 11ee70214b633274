from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "mentalspace.audit"
    label = "audit"
