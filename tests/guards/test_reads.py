"""Every GET that shows health information leaves a PHI_ACCESS line, and every list is paged, or has a reason.

A new operation fails here until somebody decides which it is.
"""

import pytest

from mentalspace.access.actor import acting_as
from mentalspace.api import api
from mentalspace.audit.models import PHI_ACCESS, AuditLog
from tests.cast import CLEO, actor
from tests.guards.reads import asker, prepared, reader

NO_PHI = {
    "get_me": "the person themselves",
    "get_session": "when the session ends",
    "get_account": "the person's own account",
    "list_my_sessions": "the person's own browsers",
    "list_my_devices": "the person's own browsers",
    "get_reminder_settings": "settings, and a number",
    "list_staff": "colleagues",
    "list_users": "colleagues, and how their accounts stand",
    "get_user": "a colleague",
    "get_people_report": "colleagues",
    "list_supervisors": "colleagues",
    "list_locations": "places",
    "list_note_formats": "forms without content",
    "list_document_templates": "texts that are about nobody",
    "get_document_template": "as list_document_templates",
    "list_library": "the practice's own papers",
    "list_form_templates": "what the practice asks",
    "get_form_template": "what the practice asks",
    "list_form_packets": "what the practice asks",
    "get_upload": "how much of one's own file has arrived",
    "get_storage": "numbers",
    "preview_clearing": "numbers",
    "get_backups": "numbers about the installation",
    "get_drill_certificate": "as get_backups",
    "list_storage_runs": "what was done, in numbers and ids of files",
    "get_storage_run": "as list_storage_runs",
    "get_library_document": "a paper of the practice's",
    "read_library_document": "a paper of the practice's",
    "count_audit": "numbers",
    "list_audit_queries": "the person's own searches, by ids",
    "list_verifications": "checks of the chain",
    "get_audit_retention": "numbers and settings",
    "get_security_report": "figures about colleagues",
    "list_alert_rules": "settings",
    "get_sign_in_rules": "settings",
    "list_incidents": "about colleagues",
    "list_carriers": "settings and figures",
    "count_notifications": "a number",
    "list_notification_rules": "settings",
    "list_notification_triggers": "what rules can be made of",
    "list_message_wordings": "settings",
    "get_mail_settings": "settings",
    "get_incident": "about a colleague",
    "list_checks": "about the product",
    "list_maintenance_tasks": "about the product",
    "list_maintenance_runs": "about the product",
    "get_checklist": "about the product",
    "list_signed_checklists": "about the product",
    "get_performance": "figures",
    "get_database_load": "figures",
    "list_system_alerts": "about the product",
    "get_alert_summary": "numbers",
    "list_system_alert_rules": "settings",
    "get_alert_webhook": "settings, and what became of deliveries",
    "get_downtime": "a switch",
    "get_repairs": "about the product; people who tried too often, not clients",
    "list_operations_incidents": "about the product",
    "get_operations_incident": "about the product",
    "get_incident_summary": "numbers",
    "list_incident_linkables": "about the product, and about colleagues",
    "list_incident_rules": "settings",
    "get_on_call": "colleagues",
    "list_incident_extracts": "numbers and hashes",
    "get_breach": "numbers, and what was decided",
}
ONE = (
    "get_message",
    "get_appointment",
    "list_appointment_reminders",
    "get_emergency_access",
    "get_psychotherapy_note",
    "get_document",
    "read_document",
    "read_form_file",
    "get_form",
    "get_form_links",
    "list_signature_requests",
    "list_document_shares",
    "get_signature_request",
)
"""Reads of one thing, whose address names no client."""

NOT_PAGED = {
    "list_checks": "written in the code",
    "list_maintenance_tasks": "written in the code",
    "get_performance": "six metrics",
    "get_database_load": "ten of each",
    "list_system_alert_rules": "a practice's rules fit a screen",
    "get_alert_webhook": "the latest ten deliveries",
    "get_paper": "one day",
    "get_repairs": "the latest hundred jobs; few statements and limits",
    "get_operations_incident": "the history of one incident",
    "get_incident_summary": "who is on call",
    "list_incident_linkables": "the latest fifty of each",
    "list_incident_rules": "one for each severity of what is noticed",
    "get_on_call": "six weeks",
    "list_incident_extracts": "those of one incident",
    "get_breach": "one assessment",
    "get_checklist": "the runbook's lines",
    "list_largest_files": "the twenty largest",
    "list_signers": "those who see one chart fit a list",
    "list_signature_requests": "those of one document, of which one runs at a time",
    "list_document_shares": "the latest fifty of one document",
    "list_storage_runs": "the latest thirty",
    "get_storage_run": "the first fifty places of each kind",
    "get_storage": "seven buckets",
    "get_backups": "at most a dozen backups, and the latest thirty drills",
    "get_schedule": "bounded by its span of days",
    "get_reminder_settings": "settings",
    "list_appointment_reminders": "the latest hundred of one appointment",
    "get_contact_consents": "the latest hundred of one client",
    "list_staff": "a practice's staff fits a screen",
    "list_my_sessions": "at most as many as the practice allows",
    "list_my_devices": "few",
    "list_supervisors": "a practice's supervisors fit a list",
    "get_people_report": "those of a practice's staff who need something",
    "get_user": "the latest of one account's events",
    "list_locations": "a practice's places fit a screen",
    "list_note_formats": "a fixed handful",
    "list_note_versions": "the kept texts of one note",
    "list_measures": "the series of one client, for one chart",
    "list_recent_clients": "the last few",
    "search_clients": "the best few",
    "get_today": "one day",
    "list_audit_queries": "a person's own handful",
    "list_verifications": "the latest ten",
    "list_alert_rules": "a practice's rules fit a screen",
    "list_carriers": "two channels",
    "list_notification_rules": "a practice's rules fit a screen",
    "list_notification_triggers": "a fixed handful",
    "list_message_wordings": "a fixed handful",
    "get_audit_line": "the clients of one line",
    "get_audit_retention": "one rule for each kind of line",
    "get_security_report": "the worst hundred of each check",
    "get_client_consents": "the latest three hundred of one client",
    "get_form_links": "the latest fifty of one form",
    "get_incident": "the history of one incident",
}


def gets():
    """(operation id, path, schema of the answer)."""
    schema = api.get_openapi_schema()
    for path, methods in schema["paths"].items():
        if "get" in methods:
            yield methods["get"]["operationId"], path, str(methods["get"]), schema


PHI = [(name, path) for name, path, _, _ in gets() if name not in NO_PHI]


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "path"), PHI, ids=[name for name, _ in PHI])
def test_reading_health_information_is_written_down(http, name, path):
    ana = http("ana")
    url = prepared(ana, path)
    with acting_as(actor("ada")):
        before = set(AuditLog.objects.filter(action_type=PHI_ACCESS).values_list("pk", flat=True))
    answer = reader(http, ana, path).get(url)
    assert answer.status_code == 200, answer.content[:300]
    with acting_as(actor("ada")):
        lines = AuditLog.objects.filter(action_type=PHI_ACCESS).exclude(pk__in=before)
        assert {client for line in lines for client in line.client_ids} == {CLEO}, name
    refused = http("otto").get(url)
    assert str(CLEO).encode() not in refused.content
    assert b"Cleo" not in refused.content
    is_one = str(CLEO) in url or "/notes/" in url or name in ONE or asker(path) != "ana"
    assert refused.status_code == (404 if is_one else 200)


def test_every_list_is_paged_or_has_a_reason():
    lists = {name for name, _, text, _ in gets() if name.startswith(("list_", "search_")) or "array" in text}
    paged = {name for name, _, text, _ in gets() if "'cursor'" in text}
    assert {name for name in lists - paged if name not in NOT_PAGED} == set()


def test_reasons_are_not_stale():
    assert {*NO_PHI, *NOT_PAGED} <= {name for name, _, _, _ in gets()}
