"""What was sent and never should have been: another client's answers, or the same ones twice."""

from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import record, records
from mentalspace.core import clock
from mentalspace.forms.consents.models import ClientConsent, How
from mentalspace.forms.errors import NotSent
from mentalspace.forms.models import FILLABLE, FormAssignment, Status

ENTERED_IN_ERROR = "Entered in error"


@records("form.in_error", "{actor} marked a form as entered in error", resource_type="form", severity="warning")
def mark_in_error(*, form_id: UUID, reason: str, by: Actor) -> FormAssignment:
    """It stays, out of the lists, with who said so and why; a consent that came of it is revoked from its first day,
    since it never was one. What was taken over or filed meanwhile stays where it is. Once more changes nothing.

    Raises NotSent for what nobody has sent: that is taken back.
    """
    form, now = FormAssignment.objects.for_change(form_id), clock.now()
    if form.status == Status.IN_ERROR:
        return form
    if form.status in (*FILLABLE, Status.WITHDRAWN):
        raise NotSent
    _revoke_consents(form, reason, by)
    return form.write(status=Status.IN_ERROR, error_reason=reason, error_by_id=by.person, error_at=now, changed_at=now)


def _revoke_consents(form: FormAssignment, reason: str, by: Actor) -> None:
    rows = ClientConsent.objects.filter(form_id=form.pk, how=How.FORM, revoked_at__isnull=True)
    for consent in rows.select_for_update().order_by("id"):
        said: dict[str, Any] = {"revoked_through": ENTERED_IN_ERROR, "revoke_reason": reason}
        consent.write(**said, revoked_on=consent.effective, revoked_at=clock.now(), revoked_by_id=by.person)
        about: dict[str, Any] = {"resource": consent.pk, "clients": [form.client_id]}
        said_so = "{actor} marked a consent as entered in error"
        record("consent.revoked", said_so, resource_type="client_consent", **about)
