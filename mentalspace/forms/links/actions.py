"""What the staff do with links to forms. Each action is one transaction of the acting person's."""

from datetime import timedelta
from uuid import UUID, uuid4

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import record, records
from mentalspace.clients.models import Client
from mentalspace.clients.reach import Reader, chosen
from mentalspace.core import clock
from mentalspace.forms.errors import FormNotOpen
from mentalspace.forms.links.models import RESOURCE, FormLink, digest_of, token_of
from mentalspace.forms.links.telling import tell
from mentalspace.forms.messages import LINK
from mentalspace.forms.models import FILLABLE, FormAssignment
from mentalspace.notify.models import SMS


@records("form_link.sent", "{actor} sent a link to a form", resource_type=RESOURCE)
def send_link(
    *,
    form_id: UUID,
    guardian_id: UUID | None,
    channel: str,
    has_agreed: bool,
    days: int,
    by: Actor,
    is_for_packet: bool = False,
) -> FormLink:
    """Send the client, or a guardian who may sign, a link that is good for so many days; the one before is revoked.

    `is_for_packet`: one to each form of its packet that is still to be filled; the message has the first, which leads
    on to the others.

    A text message needs `has_agreed`: the sender says that the reader agreed to one at this number.
    """
    forms = _to_fill(form_id, is_for_packet)
    client_id = forms[0].client_id
    to = {"guardian_id": guardian_id, "channel": channel, "has_agreed": has_agreed}
    reader, address = chosen(Client.objects.visible(client_id), "sign", **to)  # type: ignore[arg-type]
    for before in FormLink.objects.select_for_update().filter(assignment__in=forms, revoked_at__isnull=True):
        before.write(revoked_at=clock.now())
    link, *_ = [_made(form, reader, channel, days, by) for form in forms]
    if channel == SMS:
        about = {"resource": link.pk, "clients": [client_id], "details": {"channel": channel}}
        record("form_link.agreed", "{actor} said the reader agreed to a text", resource_type=RESOURCE, **about)  # type: ignore[arg-type]
    tell(LINK, link, address)
    return link


@records("form_link.revoked", "{actor} revoked a link to a form", resource_type=RESOURCE)
def revoke_link(*, form_id: UUID, link_id: UUID) -> FormLink:
    """Nobody gets in by it any more. What was entered stays. Once more changes nothing."""
    form = FormAssignment.objects.for_change(form_id)
    form.links.visible(link_id)
    link = FormLink.objects.for_change(link_id)
    return link.write(revoked_at=link.revoked_at or clock.now())


def _to_fill(form_id: UUID, is_for_packet: bool) -> list[FormAssignment]:
    """The form, or those of its packet, locked in their order. Raises FormNotOpen when this one takes nothing more."""
    bundle = FormAssignment.objects.visible(form_id).bundle if is_for_packet else None
    others = FormAssignment.objects.filter(bundle=bundle, status__in=FILLABLE).order_by("place") if bundle else []
    rows = [FormAssignment.objects.for_change(pk) for pk in [each.pk for each in others] or [form_id]]
    found = [row for row in rows if row.status in FILLABLE]
    if form_id not in {row.pk for row in found}:
        raise FormNotOpen
    return found


def _made(form: FormAssignment, reader: Reader, channel: str, days: int, by: Actor) -> FormLink:
    pk = uuid4()
    link = FormLink(
        id=pk,
        practice_id=by.practice,
        assignment=form,
        client_id=form.client_id,
        guardian_id=reader.guardian_id,
        reader=reader.name,
        channel=channel,
        token_hash=digest_of(token_of(pk)),
        expires_at=clock.now() + timedelta(days=days),
        created_by_id=by.person,
    )
    link.save(force_insert=True)
    return link
