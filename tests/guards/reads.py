"""A chart of Ana's to read from: appointment, signed note, viewed client."""

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from mentalspace.access.actor import Actor, acting_as
from mentalspace.access.audiences import SYSTEM
from mentalspace.audit.incidents import raise_incident
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from mentalspace.charting.psychotherapy import vault
from mentalspace.charting.psychotherapy.models import PsychotherapyNote
from mentalspace.clients.messages import CARE_TEAM_JOINED
from mentalspace.clients.models import Client
from mentalspace.core import clock
from mentalspace.documents.library import actions as library
from mentalspace.documents.models import BUCKET, ClientDocument, SignatureRequest, SignatureRequestSigner
from mentalspace.documents.templates import actions as templates
from mentalspace.forms import actions as forms
from mentalspace.forms.building import actions as building
from mentalspace.forms.files import actions as bring
from mentalspace.forms.spec import FormDefinition
from mentalspace.notify import suppression
from mentalspace.notify.bell import ring
from mentalspace.notify.models import BOUNCED, CLIENT, EMAIL
from mentalspace.notify.outbox import queue
from mentalspace.ops.incidents.actions import open_by_person
from mentalspace.ops.incidents.breach import actions as breach
from mentalspace.ops.incidents.rules import Severity
from mentalspace.practices.system import system_actor
from mentalspace.scheduling.models import Appointment
from mentalspace.scheduling.reminders.links import ReminderLink
from mentalspace.scheduling.reminders.models import ReminderLog
from mentalspace.storage import uploads
from mentalspace.storage.inspection import Checked
from mentalspace.storage.keeping import keeping
from mentalspace.storage.models import Bucket, StorageRun
from tests.access.oracle import Thing
from tests.access.universes import model_of
from tests.cast import CLEO, HERE, ID, actor
from tests.drilled import drilled

QUERIES = {
    "/api/appointments": "?start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z",
    "/api/clients/search": "?q=cleo",
    "/api/today": "?day=2026-01-01",
    "/api/downtime/paper": "?day=2026-01-01",
    "/api/audit/seen": f"?person={ID['ana']}&since=2026-01-01T00:00:00Z&until=2100-01-01T00:00:00Z",
}

ADMINISTRATION = (
    "/api/users",
    "/api/audit",
    "/api/security",
    "/api/practice",
    "/api/messages",
    "/api/carriers",
    "/api/stopped-addresses",
    "/api/notification-rules",
    "/api/message-wordings",
    "/api/mail-settings",
    "/api/storage",
    "/api/operations",
    "/api/backups",
)
"""Paths that answer administrators only."""


def asker(path):
    """Who may ask for this."""
    return "ada" if path.startswith(ADMINISTRATION) else "ana"


def prepared(browser, path):
    """The path with ids of Cleo's filled in, after making what they name."""
    make = partial(_make, today=date(2026, 1, 1))
    _asked(_reminder(make("appointments", clinician=ID["ana"], created_by=ID["ana"])))
    appointment = make("appointments", clinician=ID["ana"], created_by=ID["ana"])
    _reminder(appointment)
    note = make("clinical_notes", author=ID["ana"])
    make("note_versions", of={"note": note, "saved_by": ID["ana"]})
    browser.read(f"/clients/{CLEO}")
    _told()
    ids = {"client_id": CLEO, "appointment_id": appointment, "note_id": note, "user_id": ID["ash"]}
    ids |= {"line_id": _line(), "incident_id": _incident()} if asker(path) == "ada" else {}
    ids |= {"access_id": _emergency(), "psychotherapy_id": _private(), "message_id": _message()}
    ids["document_id"] = document = _document()
    ids["request_id"] = _to_sign(document)
    _stopped("cleo@example.org")
    ids["run_id"] = _run()
    ids["checklist"] = "morning"
    if path.startswith("/api/operations/incident"):
        ids["operations_incident_id"], ids["incident_extract_id"] = _breach()
    ids["drill_id"] = drilled()
    ids["upload_id"] = _upload()
    ids["library_document_id"] = paper = _paper()
    ids["template_id"] = _template()
    ids["form_template_id"], ids["form_id"] = _form()
    ids["form_file_id"] = file = _form_file(browser, ids["form_id"])
    if path == "/api/forms/{form_id}/files/{form_file_id}/content":
        return browser.call("post", f"/forms/{ids['form_id']}/files/{file}/link", {}).json()["url"]
    if path == "/api/library/{library_document_id}/content":
        return browser.call("post", f"/library/{paper}/link", {}).json()["url"]
    if path == "/api/documents/{document_id}/content":
        return browser.call("post", f"/documents/{document}/link", {}).json()["url"]
    return path.format(**ids) + QUERIES.get(path, "")


def reader(http, ana, path):
    """A browser of whoever may ask; Ana's own, since a link to a file is good in one session only."""
    return ana if asker(path) == "ana" else http(asker(path))


def _document() -> str:
    bucket, file = Bucket(pk=BUCKET), Checked(b"x", "text/plain", "x.txt")
    with acting_as(actor("ana")), keeping(bucket, file, below=CLEO, by=actor("ana")) as kept:
        document = ClientDocument(
            practice_id=HERE, client_id=CLEO, object=kept, uploader_id=ID["ana"], file_path=kept.name
        )
        document.title = document.file_name = "x.txt"
        document.family, document.mime_type, document.file_size_bytes = document.pk, "text/plain", 1
        document.save(force_insert=True)
    return str(document.pk)


def _to_sign(document: str) -> UUID:
    of = {"practice_id": HERE, "client_id": CLEO}
    with acting_as(actor("ana")):
        of_file = ClientDocument.objects.values_list("object__sha256", flat=True).get(pk=document)
        request = SignatureRequest(
            document_sha256=of_file, document_id=document, created_by_id=ID["ana"], expires_at=clock.now(), **of
        )
        request.save(force_insert=True)
        place = SignatureRequestSigner(request=request, position=1, role="Witness", person_id=ID["ana"], **of)
        place.name, place.state = "Ana Cast", "asked"
        place.save(force_insert=True)
    return request.pk


def _upload() -> UUID:
    with acting_as(actor("ana")):
        return uploads.begin(bucket_id=BUCKET, file_name="x.txt", size=1, by=actor("ana")).pk


def _run() -> UUID:
    with acting_as(actor("ada")):
        return StorageRun.objects.create(practice_id=HERE, kind="check", asked_by=ID["ada"]).pk


def _paper() -> str:
    with acting_as(actor("ada")):
        file = Checked(b"x", "text/plain", "x.txt")
        said = {"title": "x", "category": "policies", "description": ""}
        return str(library.add_document(file=file, by=actor("ada"), **said).pk)


def _template() -> str:
    with acting_as(actor("ada")):
        return str(templates.add_template(title="x", category="other", body="x", by=actor("ada")).pk)


def _form() -> tuple[UUID, UUID]:
    """A template of Ada's, and a form of it that Ana filled with Cleo."""
    hope = {"key": "hope", "kind": "text", "label": "What do you hope for?"}
    ask = FormDefinition.model_validate({"fields": [hope, {"key": "scan", "kind": "file", "label": "A scan"}]})
    with acting_as(actor("ada")):
        said = {"title": "Welcome", "description": "", "category": "intake"}
        template = building.add_template(by=actor("ada"), definition=ask, **said)
        building.publish_template(template_id=template.pk, version=1, by=actor("ada"))
    ana, given = actor("ana"), {"due_date": None, "today": date(2026, 1, 1), "priority": "normal", "instructions": ""}
    with acting_as(ana):
        form = forms.assign_form(client_id=CLEO, template_id=template.pk, by=ana, **given)
        file = Checked(b"x", "text/plain", "x.txt")
        scan = bring.add_file(form_id=form.pk, field="scan", file=file, by=ana)
        answers = {"hope": "Sleep", "scan": [str(scan.pk)]}
        forms.submit_form(form_id=form.pk, version=1, answers=answers, by=ana)
    return template.pk, form.pk


def _form_file(browser: Any, form: UUID) -> str:
    """The file in that form."""
    found: str = browser.read(f"/forms/{form}")["files"][0]["id"]
    return found


def _line():
    with acting_as(actor("ada")):
        return AuditLog.objects.filter(client_ids=[CLEO]).latest("created_at").pk


def _incident():
    with acting_as(actor("ana")):
        return raise_incident(kind="odd", severity="low", description="Something odd", person=ID["ash"]).pk


def _breach() -> tuple[UUID, UUID]:
    """An incident that may be a breach: of what Ana has read, with an extract of it."""
    ada = actor("ada")
    span = {"since": clock.now() - timedelta(hours=1), "until": clock.now() + timedelta(hours=1)}
    search: dict[str, Any] = {"persons": [ID["ana"]], "action": PHI_ACCESS, **span}
    known: Any = {"alert": None, "security_incident": None, "detected_at": None, "note": ""}
    with acting_as(ada):
        made = open_by_person(by=ada, incident_id=uuid4(), title="A session", severity=Severity.P2, **known)
        of = {"incident_id": made.pk, "by": ada, "kept": {}}
        extract = breach.take_extract(search=search, **of)
        breach.declare(discovered_on=clock.now().date() - timedelta(days=1), search=search, **of)
    return made.pk, extract.pk


def _stopped(address: str) -> None:
    with acting_as(actor("ada")):
        Client.objects.visible(CLEO).write(email=address)
    with acting_as(system_actor(HERE)):
        suppression.suppress(EMAIL, address, BOUNCED)


def _message() -> UUID:
    with acting_as(actor("ana")):
        to = {"recipient": CLEO, "recipient_type": CLIENT, "email": "cleo@example.org"}
        return queue(kind="correspondence.test", values={}, **to).pk


def _told() -> None:
    with acting_as(actor("fay")):
        ring(kind=CARE_TEAM_JOINED, recipients=[ID["ana"]], about=CLEO, client=CLEO)


def _reminder(appointment: UUID) -> ReminderLog:
    with acting_as(actor("ana")):
        row = Appointment.objects.get(pk=appointment)
        of = {"appointment": row, "client_id": CLEO, "clinician_id": ID["ana"], "starts_at": row.starts_at}
        made = ReminderLog(practice_id=HERE, reminder_type="email", due_at=row.starts_at, **of)
        made.save(force_insert=True)
    return made


def _asked(reminder: ReminderLog) -> None:
    """For another time than that of an appointment that is to come."""
    soon = clock.now() + timedelta(days=1)
    with acting_as(actor("ana")):
        Appointment.objects.filter(pk=reminder.appointment_id).update(
            starts_at=soon, ends_at=soon + timedelta(minutes=50)
        )
    of = {"appointment_id": reminder.appointment_id, "client_id": CLEO, "clinician_id": ID["ana"], "starts_at": soon}
    with acting_as(Actor(HERE, HERE, SYSTEM)):
        link = ReminderLink(practice_id=HERE, reminder=reminder, action="reschedule", token_hash=str(uuid4()), **of)
        link.used_at = clock.now()
        link.save(force_insert=True)


def _emergency() -> UUID:
    with acting_as(actor("ana")), connection.cursor() as cursor:
        cursor.execute("SELECT access.break_glass('MS000001', '1990-05-17', 'Cleo is in danger.', '5 minutes')")
        return cursor.fetchone()[0]


def _private() -> UUID:
    pk = uuid4()
    with acting_as(actor("ana")):
        sealed = vault.seal("x", vault.Place(HERE, ID["ana"], CLEO, pk, 1))
        of = {"client_id": CLEO, "author_id": ID["ana"], "about_date": date(2026, 1, 1)}
        PsychotherapyNote(id=pk, practice_id=HERE, sealed=sealed, **of).save(force_insert=True)
    return pk


def _make(table, *, today, of=None, **named):
    thing = Thing(table, uuid4(), HERE, of or {"client": CLEO, **named})
    with acting_as(actor("ana")):
        model_of(thing, today).save(force_insert=True)
    return thing.id
