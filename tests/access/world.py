"""The rows the matrix speaks of, each standing in a known relationship to the people of the cast.

Beside the cast: Pia was Ana's client until today, Fred will be from tomorrow. Ben, an associate, treats Lex; Sam
supervised him until today and will supervise Ana from tomorrow. Vic is supervisor and clinician, treats Vera, and
supervises Ash too. Eve wears every hat and treats nobody. Everything is written by somebody who may write it.

The portal is on for Cleo, Noor and Fred, was turned off for Pia, and Theo never had one. For Cleo act: Gus; Lou, until
today; Ned, from tomorrow; Max, whom nobody has verified. Kim only pays for Noor. Lex is of age tomorrow, so Pam still
acts for him; Pia is today, so Nan no longer does. Vera's guardian has no account.
"""

from tests.access.rows import Rows, _database_today, actor
from tests.access.world_calendar import calendar
from tests.access.world_clients import about_clients, clients_and_teams, shortcuts
from tests.access.world_documents import documents, library, templates, upkeep, uploads
from tests.access.world_emergencies import emergencies
from tests.access.world_forms import consents, forms
from tests.access.world_incidents import operations_incidents
from tests.access.world_notes import notes
from tests.access.world_operations import alerts, maintenance, noticed
from tests.access.world_outside import authority
from tests.access.world_people import credentials, people
from tests.access.world_reminders import reminders
from tests.access.world_shares import shares
from tests.access.world_signatures import signatures
from tests.access.world_told import counted_and_told
from tests.access.world_trail import exchange, queue, trail
from tests.access.world_watched import incidents, oversight

__all__ = ["World", "_database_today", "actor"]


class World(Rows):
    """Every row that the matrix speaks of."""

    def __init__(self) -> None:
        super().__init__()
        for build in BUILDERS:
            build(self)


BUILDERS = (
    people,
    credentials,
    clients_and_teams,
    authority,
    about_clients,
    shortcuts,
    calendar,
    reminders,
    notes,
    emergencies,
    trail,
    counted_and_told,
    exchange,
    queue,
    incidents,
    oversight,
    documents,
    library,
    templates,
    signatures,
    shares,
    forms,
    consents,
    upkeep,
    uploads,
    noticed,
    alerts,
    maintenance,
    operations_incidents,
)
"""In this order: later rows name earlier ones."""
