"""`mentalspace audit verify` and `mentalspace audit seal`."""

import click
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit import chain
from mentalspace.practices.system import system_actors


def seal() -> None:
    """Chain what is not chained yet, for every practice, and publish the heads."""
    for actor in system_actors():
        with acting_as(actor), transaction.atomic():
            sealed = chain.seal(actor.practice)
        with acting_as(actor), transaction.atomic():
            chain.publish_head(actor.practice)
        click.echo(f"practice {actor.practice}: {sealed} rows sealed")


def verify() -> int:
    """Check every practice's chain. Returns 1 when one is broken."""
    broken = 0
    for actor in system_actors():
        with acting_as(actor), transaction.atomic():
            verdict = chain.verify(actor.practice)
        if verdict.fault is None:
            click.echo(f"practice {actor.practice}: {verdict.rows} rows, chain intact")
            continue
        broken = 1
        place = f"position {verdict.fault.position}, row {verdict.fault.log_id}"
        click.echo(f"practice {actor.practice}: BROKEN at {place}: {verdict.fault.reason}", err=True)
    return broken
