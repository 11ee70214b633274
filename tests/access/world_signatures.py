"""The rows of signatures that the matrix speaks of: requests, the places in them, and a document that was signed."""

from typing import Any
from uuid import UUID

from mentalspace.documents.models import SignatureRequest, SignatureRequestSigner
from mentalspace.notify.models import Notification
from tests.access.rows import NAMES, VERA, WHO, Rows, practice_of
from tests.access.world_documents import document, stored
from tests.cast import CLEO, HERE, NOOR, NOW, OLEG, THEO

TABLE = "signature_request_signers"
SENT = (
    ("ana", CLEO, ("ana", "mia", None)),
    ("ash", NOOR, ("ash", "sam", "vic")),
    ("fay", THEO, ("fay",)),
    ("ada", THEO, ()),
    ("vic", VERA, ("vic", "ana")),
    ("otto", OLEG, ("otto",)),
)


def signatures(w: Rows) -> None:
    """Each of a document of the same label; `None` is the client, who signs by a link."""
    kept = w.put("sys", "Cleo's, signed", stored(CLEO, HERE))
    w.put("sys", "Cleo's, signed", document(CLEO, HERE, kept, signed_at=NOW))
    w.would("Cleo's, signed, one's own", lambda me: document(CLEO, me, stored(CLEO, me), signed_at=NOW))
    w.would("Noor's, signed, one's own", lambda me: document(NOOR, me, stored(NOOR, me), signed_at=NOW))
    anas = document(CLEO, WHO["ana"], stored(CLEO, WHO["ana"]), signed_at=NOW)
    w.would("Cleo's, signed, in Ana's name", lambda _: anas)
    for who, pk, signers in SENT:
        label = "next door" if pk == OLEG else f"{NAMES[pk]}'s, {who.title()}'s"
        of = w.put(who, label, request(pk, WHO[who], w.kept("client_documents", label)))
        for number, signer in enumerate(signers, 1):
            named = "next door" if pk == OLEG else f"{NAMES[pk]}'s, {(signer or 'client').title()}'s to sign"
            w.put(who, named, place(of, number, signer))
            if pk == CLEO:
                w.put("ana", f"about {(signer or 'client').title()}, who signs Cleo's", mail(w.kept(TABLE, named)))
        if pk != OLEG:
            w.would(f"{label}, signed at once", lambda me, of=of: given(of, me))  # type: ignore[misc]
    for pk, whose in ((CLEO, "Mia's"), (NOOR, "Ash's"), (THEO, "Fay's"), (VERA, "Vic's")):
        of = w.kept("client_documents", f"{NAMES[pk]}'s, {whose}")
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk, of=of: request(pk, me, of))  # type: ignore[misc]
    theos = w.kept("client_documents", "Theo's, Ada's")
    w.would("Theo's, in Ada's name", lambda _: request(THEO, WHO["ada"], theos))
    cleos, noors = w.kept("client_documents", "Cleo's, Ana's"), w.kept("client_documents", "Noor's, Ash's")
    w.would("Cleo's, in Ana's name", lambda _: request(CLEO, WHO["ana"], cleos))
    w.would("Cleo's, in Ada's name", lambda _: request(CLEO, WHO["ada"], cleos))
    w.would("Noor's, in Ada's name", lambda _: request(NOOR, WHO["ada"], noors))


def mail(of: SignatureRequestSigner) -> Notification:
    """The link to a place, as the outbox has it."""
    about = {"related_entity_type": "signature_signer", "related_entity_id": of.pk, "recipient_id": WHO["ana"]}
    texts = {"message_subject": "x", "message_content": "x", "recipient_email": "c@example.org"}
    return Notification(practice_id=of.practice_id, kind="signature.link", **about, **texts)


GIVEN = {
    "state": "signed",
    "decided_at": NOW,
    "method": "typed",
    "signed_name": "x",
    "consent_text": "x",
    "document_sha256": "0" * 64,
}


def request(pk: UUID, by: UUID, of: Any) -> SignatureRequest:
    what = {"document_id": of.pk, "document_sha256": "0" * 64, "expires_at": NOW, "created_by_id": by}
    return SignatureRequest(practice_id=practice_of(pk), client_id=pk, **what)


def given(of: SignatureRequest, me: UUID) -> SignatureRequestSigner:
    """A place that somebody adds for themselves, with their signature in it already."""
    made = place(of, 9, "ana", **GIVEN)
    made.person_id = me
    return made


def place(of: SignatureRequest, number: int, signer: str | None, **more: Any) -> SignatureRequestSigner:
    who = {"person_id": WHO[signer], "role": "Witness"} if signer else {"role": "Client", "email": "c@example.org"}
    what = {"practice_id": of.practice_id, "client_id": of.client_id, "request_id": of.pk, "position": number}
    return SignatureRequestSigner(**({"state": "asked", "name": "x"} | what | who | more))
