"""Links by which a client or a guardian signs without signing in.

A link works until the signature is given, the request has ended, or its time is over: that is said by its place.
"""

from typing import Any, Final

from django.conf import settings

from mentalspace.documents.signing.models import PlaceState, RequestStatus, SignatureRequestSigner
from mentalspace.people.outside.sealed import Way, token_of

SALT: Final = "documents.signing.links"
ENTITY: Final = "signature_signer"


def link_to_sign(row: Any) -> str | None:
    """Put into a message as it is sent; None when there is nothing to sign any more."""
    asked = SignatureRequestSigner.objects.filter(pk=row.related_entity_id, state=PlaceState.ASKED)
    place = asked.filter(request__status=RequestStatus.OPEN).first()
    return address_of(place) if place else None


def link_to_copy(row: Any) -> str | None:
    """The same address, where everybody's signatures are by now."""
    place = SignatureRequestSigner.objects.filter(pk=row.related_entity_id, request__sealed__isnull=False).first()
    return address_of(place) if place else None


def address_of(place: SignatureRequestSigner) -> str:
    return f"{settings.PUBLIC_URL}/s/{token_of(Way(place.practice_id, place.pk), salt=SALT)}"
