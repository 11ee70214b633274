"""Holding an incident while somebody works on it."""

from uuid import UUID

from mentalspace.ops.incidents.errors import IncidentClosed
from mentalspace.ops.incidents.models import OperationsIncident
from mentalspace.ops.incidents.rules import Status


def locked(incident_id: UUID) -> OperationsIncident:
    """The incident, until the transaction ends. Raises Http404, and IncidentClosed for one that stays as it is.

    Without its key: whoever adds a line to it meanwhile does not wait.
    """
    if OperationsIncident.objects.visible(incident_id).status == Status.CLOSED:
        raise IncidentClosed
    row = OperationsIncident.objects.select_for_update(of=("self",), no_key=True).filter(pk=incident_id).first()
    if row is None:  # closed by whoever was first
        raise IncidentClosed
    return row
