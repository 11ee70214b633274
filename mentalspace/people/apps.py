from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "mentalspace.people"
    label = "people"

    def ready(self) -> None:
        from mentalspace.people import adapter

        adapter.connect()
