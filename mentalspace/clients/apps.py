from django.apps import AppConfig


class ClientsConfig(AppConfig):
    name = "mentalspace.clients"
    label = "clients"
