"""The page behind a signed document that says who signed it, when, how, and over what."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final
from uuid import UUID

from mentalspace.core.printing.glyphs import has_undrawable
from mentalspace.core.printing.typesetting import typeset
from mentalspace.core.printing.words import (
    CONFIDENTIALITY,
    SPELLED_REMARK,
    Draw,
    Json,
    drawn,
    letterhead_lines,
    moment,
    one_line,
)
from mentalspace.documents.models import ClientDocument
from mentalspace.documents.signing.models import Method, SignatureRequest, SignatureRequestSigner
from mentalspace.documents.signing.rules import svg_of
from mentalspace.practices.models import Practice

TEMPLATE: Final = Path(__file__).parent / "evidence.typ"
STAFF: Final = "Signed in, and had entered the password again"
BY_LINK: Final = "Link sent to {email}, and the client’s date of birth"
HOW: Final = {Method.TYPED: "Name typed", Method.DRAWN: "Signature drawn, name typed"}


def evidence_pdf(
    request: SignatureRequest,
    places: Sequence[SignatureRequestSigner],
    document: ClientDocument,
    practice: Practice,
    addresses: Mapping[UUID, str],
) -> bytes:
    """The same for the same signatures. `addresses` are those the link of a place went to."""
    last = max(place.decided_at for place in places if place.decided_at)
    return typeset(TEMPLATE, partial(_content, request, places, document, practice, addresses), at=last)


def _content(
    request: SignatureRequest,
    places: Sequence[SignatureRequestSigner],
    document: ClientDocument,
    practice: Practice,
    addresses: Mapping[UUID, str],
    draw: Draw,
) -> Mapping[str, Json]:
    names = [practice.name, document.title, document.file_name, *(place.signed_name for place in places)]
    content: dict[str, Json] = {
        "title": "Signatures",
        "author": one_line(practice.name),
        "confidentiality": CONFIDENTIALITY,
        "practice": {
            "name": one_line(practice.name),
            "lines": letterhead_lines(practice.address_lines, practice.phone, practice.npi_number),
        },
        "facts": [
            ["Document", one_line(document.title)],
            ["File", f"{one_line(document.file_name)}, version {document.version_number}"],
            ["SHA-256 of the file", request.document_sha256],
            ["Request", str(request.pk)],
            ["Sent", f"{moment(request.created_at, practice.timezone)} by {one_line(request.created_by.full_name)}"],
        ],
        "signers": [_signer(place, practice.timezone, addresses.get(place.pk)) for place in places],
        "remark": SPELLED_REMARK if any(map(has_undrawable, names)) else "",
    }
    return {name: drawn(value, draw) for name, value in content.items()}


def _signer(place: SignatureRequestSigner, timezone: str, addresses: str | None) -> Json:
    known = STAFF if place.person_id else BY_LINK.format(email=addresses or place.email)
    return {
        "name": one_line(place.signed_name),
        "drawing": svg_of(place.drawing) if place.drawing else "",
        "facts": [
            ["Role", place.role],
            ["Asked", moment(place.asked_at, timezone) if place.asked_at else ""],
            ["Signed", moment(place.decided_at, timezone) if place.decided_at else ""],
            ["How", HOW[Method(place.method)]],
            ["Known by", known],
            ["Network address", place.ip_address or "Not known"],
            ["Browser", one_line(place.user_agent) or "Not known"],
            ["Agreed to", f"{place.consent_text} (text {place.consent_version})"],
        ],
    }
