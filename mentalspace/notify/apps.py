from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "mentalspace.notify"
    label = "notify"

    def ready(self) -> None:
        """Every app's `messages.py` says what it may have to tell people."""
        from mentalspace.notify import messages

        messages.load()
