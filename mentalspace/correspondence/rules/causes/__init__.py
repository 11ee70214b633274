"""The triggers whose cause exists in the product. Those that wait for theirs are in `vocabulary.Trigger` and offered to
nobody: `WAITING` says for what."""

from typing import Final

from mentalspace.correspondence.rules.causes.appointments import APPOINTMENT
from mentalspace.correspondence.rules.causes.charts import CLIENT_REGISTERED, CRITICAL_SCORE, DOCUMENT_UPLOADED
from mentalspace.correspondence.rules.causes.forms import FORM_COMPLETED
from mentalspace.correspondence.rules.causes.notes import NOTE_DUE, NOTE_OVERDUE
from mentalspace.correspondence.rules.causes.staff import LICENSE_EXPIRING, SUPERVISOR_REVIEW
from mentalspace.correspondence.rules.facts import Cause
from mentalspace.correspondence.rules.vocabulary import Trigger

CAUSES: Final[dict[Trigger, Cause]] = {
    cause.trigger: cause
    for cause in (
        NOTE_DUE,
        NOTE_OVERDUE,
        SUPERVISOR_REVIEW,
        APPOINTMENT,
        LICENSE_EXPIRING,
        FORM_COMPLETED,
        CRITICAL_SCORE,
        DOCUMENT_UPLOADED,
        CLIENT_REGISTERED,
    )
}

WAITING: Final[dict[Trigger, str]] = {
    Trigger.NOTE_LOCKED: "notes that are locked",
    Trigger.PAYMENT_DUE: "invoices",
    Trigger.MESSAGE_RECEIVED: "secure messages",
    Trigger.INSURANCE_EXPIRING: "insurance policies",
    Trigger.AUTHORIZATION_NEEDED: "authorizations by payers",
    Trigger.OTHER: "causes of a practice's own",
}

assert {*CAUSES, *WAITING} == set(Trigger), "every trigger is wired or waits for something"
