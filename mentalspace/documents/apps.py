from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "mentalspace.documents"
    label = "documents"

    def ready(self) -> None:
        """What signing does by itself is known to the queue before it asks: a room's `jobs.py` alone is looked for."""
        from mentalspace.documents.signing import jobs as jobs
