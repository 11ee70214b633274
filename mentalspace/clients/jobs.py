"""What clients have done by themselves."""

from django.db import connection, transaction

from mentalspace.access.actor import Actor, acting_as
from mentalspace.jobs.queue import every


@every("*/15 * * * *", "clients.refresh_access")
def refresh_access(actor: Actor) -> None:
    """Care teams and supervision begin and end by date; triggers only see changes. Twice in a row changes nothing."""
    with acting_as(actor), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT access.refresh_client_access(NULL, NULL)")
