"""`mentalspace psychotherapy destroy-key`: the last step when an author's notes may no longer be kept."""

import click
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import record
from mentalspace.charting.psychotherapy import vault
from mentalspace.people.models import Profile
from mentalspace.practices.system import system_actors


def destroy_key(email: str, reason: str) -> int:
    """Make every psychotherapy note of this author unreadable for ever. Returns 1 when nothing was destroyed.

    Only for somebody who no longer works here: while they do, their notes are theirs.
    """
    for actor in system_actors():
        with acting_as(actor), transaction.atomic():
            author = Profile.objects.filter(email__iexact=email.strip(), is_system=False).first()
            if author is None:
                continue
            if author.is_active:
                click.echo("This person works here: deactivate the account first. Nothing was destroyed.", err=True)
                return 1
            record(
                "chart.psychotherapy_key.destroyed",
                "The key of an author's psychotherapy notes was destroyed from the command line",
                resource_type="profile",
                action_type=ADMIN_ACTION,
                resource=author.pk,
                details={"reason": reason},
                severity="critical",
            )
        if not vault.destroy(author.practice_id, author.pk):
            click.echo("This person has no psychotherapy notes. Nothing was destroyed.", err=True)
            return 1
        click.echo("Destroyed. Nobody can open these notes again, from a backup of the database either.")
        return 0
    click.echo("Nobody has this address.", err=True)
    return 1
