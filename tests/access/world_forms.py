"""The rows of forms that the matrix speaks of: templates, forms that clients were given, and what was answered."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from mentalspace.access.actor import acting_as
from mentalspace.forms.consents.models import ClientConsent
from mentalspace.forms.files.models import BUCKET, FormFile
from mentalspace.forms.links.models import FormLink
from mentalspace.forms.models import FormAssignment, FormPacket, FormResponse, FormTemplate
from mentalspace.storage.models import StoredObject
from tests.access.rows import NAMES, VERA, WHO, Rows, practice_of
from tests.access.world_documents import stored
from tests.cast import CLEO, HERE, NEXT_DOOR, NOOR, NOW, OLEG, THEO, actor

GIVEN = (
    ("ana", CLEO, "intake"),
    ("ana", CLEO, "assessment"),
    ("ash", NOOR, "assessment"),
    ("fay", THEO, "intake"),
    ("ada", THEO, "assessment"),
    ("vic", VERA, "assessment"),
)

LINKED = ("Cleo's intake", "Noor's assessment", "Theo's intake", "Cleo's assessment")
"""To which people would send a link; to the first two also in another's name."""

BROUGHT = ("Cleo's intake", "Noor's assessment", "Theo's intake")
"""To which people would bring a file."""


def forms(w: Rows) -> None:
    """Forms of both sorts: the intake is the front desk's too, the assessment is not."""
    w.put("ada", "Ada's draft", template("ada", HERE, "intake"))
    made = {kind: w.put("ada", f"Ada's {kind}", published("ada", HERE, kind)) for kind in ("intake", "assessment")}
    made["next door"] = w.put("olga", "next door", published("olga", NEXT_DOOR, "intake"))
    w.would("one's own", lambda me: template_of(me, HERE, "intake"))
    w.put("ada", "Ada's", packet(WHO["ada"], HERE))
    w.put("olga", "next door", packet(WHO["olga"], NEXT_DOOR))
    w.would("one's own", lambda me: packet(me, HERE))
    for who, pk, kind in GIVEN:
        form = w.put(who, f"{NAMES[pk]}'s {kind}, {who.title()}'s", given(pk, WHO[who], made[kind]))
        is_sent = {"submitted_at": NOW} if pk == THEO else {}
        w.put(who, f"{NAMES[pk]}'s {kind}", answered(form, **is_sent))
        w.put(who, f"{NAMES[pk]}'s {kind}, {who.title()}'s", linked(form, WHO[who]))
        _links_to_come(w, f"{NAMES[pk]}'s {kind}", form)
        kept = w.put(who, f"{NAMES[pk]}'s, of an {kind}", in_a_form(pk, WHO[who]))
        w.put(who, f"{NAMES[pk]}'s {kind}, {who.title()}'s", brought(form, kept))
        if f"{NAMES[pk]}'s {kind}" in BROUGHT:
            _files_to_come(w, f"{NAMES[pk]}'s {kind}", form)
    form = w.put("otto", "next door", given(OLEG, WHO["otto"], made["next door"]))
    w.put("otto", "next door", answered(form))
    w.put("otto", "next door", linked(form, WHO["otto"]))
    w.put("otto", "next door", brought(form, w.put("otto", "next door, of a form", in_a_form(OLEG, WHO["otto"]))))
    w.would("one's own, of a form", lambda me: in_a_form(CLEO, me))
    for pk, kind in ((CLEO, "intake"), (NOOR, "assessment"), (THEO, "intake"), (THEO, "assessment")):
        of = made[kind]
        w.would(f"{NAMES[pk]}'s {kind}, one's own", lambda me, pk=pk, of=of: given(pk, me, of))  # type: ignore[misc]
    for pk, kind in ((CLEO, "intake"), (NOOR, "assessment")):
        hers = given(pk, WHO["ada"], made[kind])
        w.would(f"{NAMES[pk]}'s {kind}, in Ada's name", lambda me, hers=hers: hers)  # type: ignore[misc]


def _links_to_come(w: Rows, whose: str, form: FormAssignment) -> None:
    if whose in LINKED:
        w.would(f"{whose}, one's own", lambda me: linked(form, me))
    if whose in LINKED[:2]:
        w.would(f"{whose}, in Ada's name", lambda me: linked(form, WHO["ada"]))


def _files_to_come(w: Rows, whose: str, form: FormAssignment) -> None:
    w.would(f"{whose}, one's own", lambda me: brought(form, in_a_form(form.client_id, me)))


def consents(w: Rows) -> None:
    """What clients agreed to, and one of it revoked."""
    for who, pk in (("ana", CLEO), ("ash", NOOR), ("ada", THEO), ("vic", VERA)):
        w.put(who, f"{NAMES[pk]}'s, {who.title()}'s", agreed(pk, WHO[who]))
    w.put("otto", "next door", agreed(OLEG, WHO["otto"]))
    gone = w.put("ana", "Cleo's, Ana's, revoked", agreed(CLEO, WHO["ana"]))
    end = {"revoked_by_id": WHO["ana"], "revoked_at": NOW, "revoked_on": NOW.date(), "revoked_through": "x"}
    with acting_as(actor("ana")):
        gone.write(**end)
    w.know("Cleo's, Ana's, revoked", gone)
    for pk in (CLEO, NOOR, THEO):
        w.would(f"{NAMES[pk]}'s, one's own", lambda me, pk=pk: agreed(pk, me))  # type: ignore[misc]
    for pk in (CLEO, NOOR):
        w.would(f"{NAMES[pk]}'s, in Ada's name", lambda me, pk=pk: agreed(pk, WHO["ada"]))  # type: ignore[misc]
        w.would(
            f"{NAMES[pk]}'s, one's own, revoked",
            lambda me, pk=pk: agreed(pk, me, **(end | {"revoked_by_id": me})),  # type: ignore[misc]
        )


def agreed(pk: UUID, by: UUID, **more: Any) -> ClientConsent:
    what = {"kind": "privacy", "title": "x", "words": "x", "signer": "x", "how": "paper", "effective": NOW.date()}
    return ClientConsent(practice_id=practice_of(pk), client_id=pk, recorded_by_id=by, **(what | more))


def template(who: str, practice: UUID, category: str, **more: Any) -> FormTemplate:
    return template_of(WHO[who], practice, category, **more)


def template_of(person: UUID, practice: UUID, category: str, **more: Any) -> FormTemplate:
    what = {"title": "x", "category": category, "created_by_id": person, "family": uuid4()}
    return FormTemplate(practice_id=practice, **(what | more))


def published(who: str, practice: UUID, category: str) -> FormTemplate:
    now = {"status": "published", "published_at": NOW, "published_by_id": WHO[who]}
    return template(who, practice, category, **now)


def packet(person: UUID, practice: UUID) -> FormPacket:
    return FormPacket(practice_id=practice, created_by_id=person, title="x", families=[uuid4()])


def given(pk: UUID, by: UUID, of: FormTemplate) -> FormAssignment:
    what = {"template_id": of.pk, "category": of.category, "assigned_by_id": by}
    return FormAssignment(practice_id=practice_of(pk), client_id=pk, **what)


def answered(form: FormAssignment, **more: Any) -> FormResponse:
    return FormResponse(practice_id=form.practice_id, client_id=form.client_id, assignment_id=form.pk, **more)


def linked(form: FormAssignment, by: UUID) -> FormLink:
    to = {"client_id": form.client_id, "assignment_id": form.pk, "reader": "x", "channel": "Email"}
    until = {"token_hash": str(uuid4()), "expires_at": NOW + timedelta(days=9)}
    return FormLink(practice_id=form.practice_id, created_by_id=by, **to, **until)


def in_a_form(pk: UUID, owner: UUID) -> StoredObject:
    return stored(pk, owner, bucket_id=BUCKET)


def brought(form: FormAssignment, kept: StoredObject) -> FormFile:
    of = {"practice_id": form.practice_id, "client_id": form.client_id, "assignment_id": form.pk}
    file = {"field": "x", "file_name": "x.pdf", "mime_type": "x", "file_size_bytes": 1}
    return FormFile(object_id=kept.pk, bringer_id=kept.owner_id, **of, **file)
