"""The whole API in one place: every app's router, who may call it, and its description as a file."""

import json
import sys

from django.http import HttpRequest

from mentalspace.access.audiences import CLIENT, IDENTITY
from mentalspace.audit.trail import record_refusal
from mentalspace.charting.api import router as charting
from mentalspace.charting.psychotherapy.api import router as psychotherapy
from mentalspace.clients.api import router as clients
from mentalspace.clients.authority_api import router as authority
from mentalspace.clients.break_glass.api import router as break_glass
from mentalspace.continuity.api import router as backups
from mentalspace.core.api import API, install_problems
from mentalspace.core.errors import Refusal
from mentalspace.correspondence.api import router as correspondence
from mentalspace.correspondence.bell.api import router as bell
from mentalspace.correspondence.look.api import router as mail_look
from mentalspace.correspondence.rules.api import router as notification_rules
from mentalspace.correspondence.wordings.api import router as wordings
from mentalspace.documents.api import router as documents
from mentalspace.documents.api_uploads import router as uploads
from mentalspace.documents.library.api import router as library
from mentalspace.documents.sharing.api import router as sharing
from mentalspace.documents.signing.api import router as signing
from mentalspace.documents.templates.api import router as document_templates
from mentalspace.env import environment
from mentalspace.forms.api import router as forms
from mentalspace.forms.building.api import router as form_templates
from mentalspace.forms.consents.api import router as consents
from mentalspace.forms.files.api import router as form_files
from mentalspace.forms.links.api import router as form_links
from mentalspace.forms.packets.api import router as form_packets
from mentalspace.ops.alerts.api import router as alerts
from mentalspace.ops.api import router as operations
from mentalspace.ops.downtime.api import router as downtime
from mentalspace.ops.incidents.api import router as operations_incidents
from mentalspace.ops.incidents.breach.api import router as breaches
from mentalspace.ops.maintenance.api import router as maintenance
from mentalspace.ops.repairs.api import router as repairs
from mentalspace.oversight.api_audit import router as audit
from mentalspace.oversight.api_security import router as security
from mentalspace.people import gate
from mentalspace.people.api import router as people
from mentalspace.people.api_account import router as account
from mentalspace.people.api_rules import router as rules
from mentalspace.people.api_users import router as users
from mentalspace.people.middleware import StaffRequest
from mentalspace.reports.api import router as reports
from mentalspace.scheduling.api import router as scheduling
from mentalspace.scheduling.reminders.api import router as reminders
from mentalspace.upkeep.api import router as upkeep


class StaffOnly(Refusal):
    code, status = "staff_only", 403
    message = "This part of the product is for the practice's staff."


class NoRole(Refusal):
    code, status = "no_role", 403
    message = "Your account has no role in the practice yet. Ask an administrator to give you one."


def signed_in(request: StaffRequest) -> object:
    """A person of the staff, signed in with both factors. What they may do is the database's to say."""
    if request.me is not None and not request.me.audience:
        raise NoRole
    if request.actor.audience == IDENTITY or request.me is None:
        return None
    if request.actor.audience == CLIENT:
        raise StaffOnly
    gate.check(request)
    return request.actor


def _write_refusal(request: HttpRequest, code: str) -> None:
    path = request.path
    request.despite_refusal.append(lambda: record_refusal(code, path))  # type: ignore[attr-defined]


api = API(
    title="MentalSpace",
    version="1",
    docs_url=None,
    openapi_url="/openapi.json",
    auth=signed_in,
    urls_namespace="api",
)
install_problems(api, _write_refusal)
for router in (
    people,
    account,
    users,
    rules,
    clients,
    authority,
    documents,
    library,
    document_templates,
    sharing,
    signing,
    uploads,
    form_templates,
    forms,
    form_files,
    form_packets,
    form_links,
    consents,
    break_glass,
    scheduling,
    reminders,
    charting,
    psychotherapy,
    reports,
    audit,
    security,
    correspondence,
    bell,
    notification_rules,
    wordings,
    mail_look,
    upkeep,
    operations,
    maintenance,
    alerts,
    repairs,
    downtime,
    operations_incidents,
    breaches,
    backups,
):
    api.add_router("", router)


DESCRIPTION = environment().root / "web" / "src" / "api" / "openapi.json"


def description() -> str:
    """The API's description as text, in a stable order."""
    return json.dumps(api.get_openapi_schema(), indent=1, sort_keys=True, default=str) + "\n"


def export(*, write: bool) -> None:
    """Print the description, or write the file from which the frontend's types are generated."""
    if write:
        DESCRIPTION.write_text(description())
    else:
        sys.stdout.write(description())
