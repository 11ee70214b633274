"""The demo: two practices in the middle of their work, made on the first start of an installation.

The same people and texts every time, with dates counted from today, written by the people they belong to
through the same roles and policies as everything else. Only an empty database is filled.
"""

from datetime import datetime
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from mentalspace.access.actor import IDENTITY, acting_as
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import Trail, following, record
from mentalspace.core import clock
from mentalspace.env import environment
from mentalspace.exchange.fhir.errors import BrokenFile
from mentalspace.exchange.importing import ImportRefused, import_fhir
from mentalspace.ops.demo import (
    agreements,
    alerting,
    apart,
    caseload,
    cast,
    colleagues,
    files,
    forms,
    incidents,
    letters,
    measures,
    notes,
    oversight,
    papers,
    reminding,
    ringing,
    schedule,
    upkept,
)
from mentalspace.people.models import User
from mentalspace.practices.models import Practice
from mentalspace.practices.system import system_actor
from mentalspace.upkeep.running import check_by_night


def seed_if_empty() -> bool:
    """Fill an empty database; False when it holds anything else. What was interrupted half-way is taken up again:
    founding leaves two empty practices, and everything after it is one transaction."""
    if not is_empty():
        return False
    cast.found_houses()
    now = clock.now()
    with transaction.atomic(), following(Trail(name="The demo")):
        _fill(now)
    _import_charts()
    oversight.watch(now)
    alerting.keep(now)
    incidents.keep(now)
    upkept.keep(now)
    check_by_night(system_actor(cast.RIVERBEND.id))
    return True


def is_empty() -> bool:
    """Nobody has an account, and there is no practice but the demo's own."""
    with acting_as(IDENTITY), transaction.atomic():
        others = Practice.objects.exclude(pk__in=[house.id for house in cast.HOUSES])
        return not others.exists() and not User.objects.exists()


def people() -> list[dict[str, Any]]:
    """Who can sign in, and with what. Empty where there is no demo. A password somebody changed is not known here."""
    with acting_as(IDENTITY), transaction.atomic():
        there = set(User.objects.filter(pk__in=[member.id for member in cast.CAST]).values_list("pk", flat=True))
    return [
        {
            "role": member.label or member.roles[0],
            "name": f"{member.first_name} {member.last_name}",
            "email": member.email,
            "password": cast.password(),
            "totp_secret": cast.totp_secret(member),
            "roles": list(member.roles),
            "practice": member.house.name,
        }
        for member in cast.CAST
        if member.id in there
    ]


def _fill(now: datetime) -> None:
    """Everything but the practices themselves. One actor after the other in one transaction, all of it or nothing."""
    rng = Random("riverbend")  # noqa: S311 - the same demo every time
    today = now.astimezone(ZoneInfo(cast.RIVERBEND.timezone)).date()
    cast.hire(today)
    colleagues.hire(now)
    caseload.admit(rng, today)
    held = schedule.book(rng, now)
    reminding.set_up(held, now)
    notes.write(held, measures.score(held, rng), rng, now)
    apart.keep(held, now)
    files.add(held, now)
    papers.add(now)
    agreements.add(held, now)
    forms.keep(now)
    letters.keep(now)
    ringing.keep(now)
    for house in cast.HOUSES:
        with acting_as(system_actor(house.id)):
            record(
                "practice.demo_made",
                "{actor} filled the practice with invented people",
                resource_type="practice",
                action_type=ADMIN_ACTION,
                resource=house.id,
            )


def _import_charts() -> None:
    """On top, where they lie beside the product: published synthetic charts, as Ana's clients."""
    folder = environment().demo_fhir
    if folder is None:
        return
    try:
        import_fhir(
            paths=[folder],
            practice=cast.RIVERBEND.slug,
            assign_to=cast.ANA.email,
            dry_run=False,
            operator="demo",
        )
    except (BrokenFile, ImportRefused) as problem:
        print(f"The charts in {folder} were not imported. {problem}", flush=True)
