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
    """Send the client, or a guardian who may sign, a link that is good for so many days; the one before is revoked,
    with all that its message led to.

    `is_for_packet`: one to each form of its packet that is still to be filled, and every one before to any of its forms
    is revoked; the message has the first, which leads on to the others.

    A text message needs `has_agreed`: the sender says that the reader agreed to one at this number.
    """
    together = _together(form_id)
    forms = [form for form in together if form.status in FILLABLE and (is_for_packet or form.pk == form_id)]
    if form_id not in {form.pk for form in forms}:
        raise FormNotOpen
    client_id = forms[0].client_id
    to = {"guardian_id": guardian_id, "channel": channel, "has_agreed": has_agreed}
    reader, address = chosen(Client.objects.visible(client_id), "sign", **to)  # type: ignore[arg-type]
    before = FormLink.objects.filter(assignment__in=together if is_for_packet else forms, revoked_at__isnull=True)
    _revoke(set(before.values_list("sending", flat=True)))
    sending = uuid4()
    link, *_ = [_made(form, reader, channel, days, by, sending) for form in forms]
    if channel == SMS:
        about = {"resource": link.pk, "clients": [client_id], "details": {"channel": channel}}
        record("form_link.agreed", "{actor} said the reader agreed to a text", resource_type=RESOURCE, **about)  # type: ignore[arg-type]
    tell(LINK, link, address)
    return link


@records("form_link.revoked", "{actor} revoked a link to a form", resource_type=RESOURCE)
def revoke_link(*, form_id: UUID, link_id: UUID) -> FormLink:
    """Nobody gets in by it any more, nor by another that its message leads to. What was entered stays. Once more
    changes nothing."""
    _together(form_id)
    FormLink.objects.filter(assignment_id=form_id).visible(link_id)
    link = FormLink.objects.for_change(link_id)
    _revoke({link.sending})
    link.refresh_from_db()
    return link


def _together(form_id: UUID) -> list[FormAssignment]:
    """The form, or those of its packet, locked in their order: who fills one by a link locks it before the link."""
    form = FormAssignment.objects.visible(form_id)
    rows = FormAssignment.objects.filter(bundle=form.bundle).order_by("place") if form.bundle else [form]
    return [FormAssignment.objects.for_change(row.pk) for row in rows]


def _revoke(sendings: set[UUID]) -> None:
    """Every link of these that the person sees; the others are over with them."""
    rows = FormLink.objects.filter(sending__in=sendings, revoked_at__isnull=True).order_by("assignment__place", "id")
    for link in rows.select_for_update(of=("self",)):
        link.write(revoked_at=clock.now())


def _made(form: FormAssignment, reader: Reader, channel: str, days: int, by: Actor, sending: UUID) -> FormLink:
    pk = uuid4()
    link = FormLink(
        id=pk,
        practice_id=by.practice,
        assignment=form,
        client_id=form.client_id,
        guardian_id=reader.guardian_id,
        reader=reader.name,
        channel=channel,
        sending=sending,
        token_hash=digest_of(token_of(pk)),
        expires_at=clock.now() + timedelta(days=days),
        created_by_id=by.person,
    )
    link.save(force_insert=True)
    return link
