"""The line of an upgrade in every practice's trail."""

from typing import Any

from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.audit.models import ADMIN_ACTION
from mentalspace.audit.trail import Trail, following, record
from mentalspace.practices.system import system_actors


def tell(note: dict[str, Any]) -> None:
    """`note` says when it began, which backup was taken before, and which migrations it made."""
    for actor in system_actors():
        with following(Trail(name="The operator")), acting_as(actor), transaction.atomic():
            record(
                "database.upgraded",
                "{actor} upgraded the product",
                resource_type="database",
                action_type=ADMIN_ACTION,
                details=note,
                severity="warning",
            )
