"""What each table holds, for breach scope, retention and export. Written by hand; `docs/data-map.md` is made of it.

A table's class is that of its most sensitive columns and holds for every column that is not named. Where the class
is not the highest, columns that can hold anything (text, JSON, bytes, a network address, a reference to a table of
health information) are named: `data_map.unclassified` finds those that are not, and the build fails.
"""

from dataclasses import dataclass, field
from typing import Final

PHI: Final = "PHI"
PERSONAL: Final = "personal"
CREDENTIAL: Final = "credential"
OPERATIONAL: Final = "operational"

CLASSES: Final = {
    PHI: "About a client's person or care. A leak of any of these is a breach; they follow the retention of the"
    " record, and an export of a client is made from them.",
    PERSONAL: "About people who are not clients: staff, their supervision, and who tried to sign in.",
    CREDENTIAL: "Lets somebody in, or would help to. Never in an export; a leak means that every session ends and"
    " every secret is renewed.",
    OPERATIONAL: "The practice's business and the product's own bookkeeping. Says nothing about a person that is not"
    " said elsewhere.",
}

RECORD: Final = "with the record: nothing removes it"
PRACTICE: Final = "as long as the practice"
ACCOUNT: Final = "as long as the account"
INSTALLATION: Final = "as long as the installation"


@dataclass(frozen=True)
class Held:
    """One table: its class, how long rows are kept, columns of another class, and what it is, if no model says so."""

    kind: str
    kept: str
    columns: dict[str, str] = field(default_factory=dict)
    about: str = ""


TABLES: Final = {
    # -- PHI
    "appointment_series": Held(PHI, RECORD),
    "appointments": Held(PHI, RECORD),
    "audit_logs": Held(
        PHI,
        "six years at least, longer where `audit_retention` says so; the database refuses earlier removal to everybody",
        {PERSONAL: "user_id ip_address user_agent session_id"},
    ),
    "break_glass_access": Held(PHI, RECORD),
    "breach_affected_people": Held(PHI, "nothing removes it"),
    "breach_assessments": Held(PHI, "nothing removes it", {PERSONAL: "declared_by decided_by"}),
    "care_team": Held(PHI, RECORD),
    "client_access": Held(PHI, "while it is true: triggers make and remove it"),
    "client_alerts": Held(PHI, RECORD),
    "client_documents": Held(PHI, RECORD),
    "document_texts": Held(PHI, RECORD),
    "operations_incident_extracts": Held(PHI, "nothing removes it", {PERSONAL: "taken_by"}),
    "client_consents": Held(PHI, RECORD),
    "document_shares": Held(PHI, RECORD),
    "signature_requests": Held(PHI, RECORD),
    "signature_request_signers": Held(PHI, RECORD),
    "form_assignments": Held(PHI, RECORD),
    "form_files": Held(PHI, RECORD),
    "form_links": Held(PHI, RECORD, {CREDENTIAL: "token_hash"}),
    "form_responses": Held(PHI, RECORD),
    "client_favorites": Held(PHI, "until the person takes it back"),
    "client_guardians": Held(PHI, RECORD),
    "client_portal_access": Held(PHI, RECORD),
    "client_status_changes": Held(PHI, RECORD),
    "client_views": Held(PHI, "one row per person and client, overwritten by the next look"),
    "client_reminder_preferences": Held(PHI, RECORD),
    "clients": Held(PHI, RECORD),
    "clinical_notes": Held(PHI, RECORD),
    "contact_consents": Held(PHI, RECORD),
    "diagnoses": Held(PHI, RECORD),
    "emergency_contacts": Held(PHI, RECORD, about="Whom to call for a client, and whether that is a guardian."),
    "external_identifiers": Held(PHI, RECORD),
    "measure_results": Held(PHI, RECORD),
    "note_amendments": Held(PHI, RECORD),
    "note_versions": Held(PHI, RECORD),
    "notification_rule_dispatches": Held(PHI, "nothing removes it"),
    "psychotherapy_notes": Held(PHI, RECORD),
    "reminder_links": Held(PHI, RECORD),
    "reminder_logs": Held(PHI, RECORD),
    "saved_audit_queries": Held(PHI, "until the person removes it"),
    "staff_notifications": Held(PHI, "nothing removes it"),
    "upload_pieces": Held(PHI, "a day, or until the file has arrived"),
    "uploads": Held(PHI, "a day"),
    "storage.objects": Held(PHI, "with the row that names it: nothing removes it"),
    # -- about other people
    "account_emailaddress": Held(
        PERSONAL,
        ACCOUNT,
        {PERSONAL: "email"},
        about="The address an account signs in with, and whether it is verified.",
    ),
    "clinician_hours": Held(PERSONAL, "until the hours change"),
    "login_attempts": Held(
        PERSONAL,
        "until an operator removes them; removing an account's failures unlocks it",
        {PERSONAL: "email factor lane failure_reason ip_address user_agent"},
    ),
    "notification_logs": Held(
        PERSONAL,
        "nothing removes it",
        {
            PERSONAL: "recipient_type recipient_email recipient_phone",
            PHI: "message_subject message_content metadata related_entity_type related_entity_id",
            OPERATIONAL: "kind notification_type error_message provider external_id delivery_status",
        },
    ),
    "profiles": Held(
        PERSONAL,
        "nothing removes it: what somebody signed names them",
        {
            PERSONAL: "email first_name last_name title credentials"
            " license_number license_state npi_number phone_number",
            OPERATIONAL: "audience",
        },
    ),
    "provider_events": Held(PERSONAL, "nothing removes it", {OPERATIONAL: "provider event_id kind"}),
    "rate_limits": Held(PERSONAL, "until its window has ended; then a job removes it", {PERSONAL: "operation subject"}),
    "security_incident_steps": Held(PERSONAL, "nothing removes it", {PERSONAL: "step", PHI: "note"}),
    "security_incidents": Held(
        PERSONAL,
        "nothing removes it",
        {
            PERSONAL: "incident_type severity status ip_address",
            PHI: "description details resource_type resource_id resolution_notes",
        },
    ),
    "supervision_relationships": Held(PERSONAL, "nothing removes it: it ends by its date"),
    "suppressed_addresses": Held(
        PERSONAL, "nothing removes it: it is lifted", {PERSONAL: "channel address reason detail"}
    ),
    "user_roles": Held(PERSONAL, "until the hat is taken off; the trail keeps who wore it", {PERSONAL: "role"}),
    # -- credentials
    "account_emailconfirmation": Held(
        CREDENTIAL, "unused: links are signed, not stored", about="allauth's table for confirmations."
    ),
    "mfa_authenticator": Held(
        CREDENTIAL,
        "until the person or an administrator removes the factor",
        about="Second factors: the secret of an authenticator app, passkeys, recovery codes; sealed.",
    ),
    "password_history": Held(CREDENTIAL, "the last ten of an account"),
    "provider_accounts": Held(
        CREDENTIAL,
        "nothing removes it: an account is retired",
        {OPERATIONAL: "provider sender", CREDENTIAL: "sealed"},
        about="The practice's accounts with those who carry its messages; their secrets are sealed.",
    ),
    "alert_webhooks": Held(
        CREDENTIAL,
        "nothing removes it: a webhook is retired",
        {CREDENTIAL: "url sealed", PERSONAL: "added_by"},
        about="Where alerts are told outside the product; the secret they are signed with is sealed.",
    ),
    "sessions": Held(
        CREDENTIAL,
        "until it ends (15 minutes unused, 12 hours at most); gone within the hour after",
        {PERSONAL: "ip_address user_agent started_at last_active_at"},
    ),
    "trusted_devices": Held(
        CREDENTIAL, "30 days; then a job removes it", {PERSONAL: "device_name ip_address user_agent last_used_at"}
    ),
    "users": Held(CREDENTIAL, ACCOUNT, {PERSONAL: "email last_login is_active created_at"}),
    # -- the practice's business
    "alert_rules": Held(
        OPERATIONAL, PRACTICE, {OPERATIONAL: "name action_type event resource_type severity", PERSONAL: "recipients"}
    ),
    "appointment_notification_settings": Held(
        OPERATIONAL,
        PRACTICE,
        {OPERATIONAL: "create_template update_template cancel_template notify_recipients"},
    ),
    "audit_chain": Held(OPERATIONAL, "as long as the row of the trail it seals", {OPERATIONAL: "digest hash"}),
    "audit_retention": Held(OPERATIONAL, PRACTICE, {OPERATIONAL: "action_type reason"}),
    "audit_verifications": Held(OPERATIONAL, PRACTICE, {OPERATIONAL: "fault_reason", PERSONAL: "asked_by"}),
    "import_runs": Held(OPERATIONAL, PRACTICE, {OPERATIONAL: "kind files counts", PERSONAL: "operator assigned_to_id"}),
    "locations": Held(OPERATIONAL, PRACTICE, {OPERATIONAL: "name street city state zip_code"}),
    "practices": Held(
        OPERATIONAL, PRACTICE, {OPERATIONAL: "slug name timezone phone street city state zip_code npi_number"}
    ),
    "notification_rules": Held(
        OPERATIONAL,
        PRACTICE,
        {
            OPERATIONAL: "rule_name rule_type trigger_event conditions recipient_type timing_type timing_unit"
            " message_subject message_template default_key",
            PERSONAL: "recipients",
        },
    ),
    "message_wordings": Held(OPERATIONAL, PRACTICE, {OPERATIONAL: "kind channel subject body", PERSONAL: "updated_by"}),
    "mail_settings": Held(
        OPERATIONAL, PRACTICE, {OPERATIONAL: "sender_name reply_to footer accent_color", PERSONAL: "updated_by"}
    ),
    "mail_logos": Held(
        OPERATIONAL, "until another one is saved", {OPERATIONAL: "content content_type", PERSONAL: "added_by"}
    ),
    "reminder_settings": Held(
        OPERATIONAL,
        PRACTICE,
        {OPERATIONAL: "email_timing email_template sms_timing sms_template timing_by_type"},
    ),
    "rooms": Held(OPERATIONAL, PRACTICE, {OPERATIONAL: "name"}),
    "document_templates": Held(
        OPERATIONAL,
        "with the documents made of them: nothing removes them",
        {OPERATIONAL: "practice_id title category body", PERSONAL: "created_by_id updated_by_id"},
    ),
    "document_library": Held(
        OPERATIONAL,
        "with the practice's papers: nothing removes it",
        {
            OPERATIONAL: "practice_id object_id title description category tags file_name mime_type status",
            PERSONAL: "uploader_id",
        },
    ),
    "form_packets": Held(
        OPERATIONAL,
        "with the practice's papers: nothing removes it",
        {OPERATIONAL: "practice_id title description families", PERSONAL: "created_by_id"},
    ),
    "form_templates": Held(
        OPERATIONAL,
        "with the practice's papers: nothing removes it",
        {
            OPERATIONAL: "practice_id family title description category status definition",
            PERSONAL: "created_by_id published_by_id",
        },
    ),
    "metric_points": Held(
        OPERATIONAL, "minutes two days, hours ninety, days six years", {OPERATIONAL: "metric span buckets"}
    ),
    "check_results": Held(OPERATIONAL, "until the check is made again", {OPERATIONAL: "check_name state says details"}),
    "checklist_signatures": Held(OPERATIONAL, PRACTICE, {OPERATIONAL: "kind remark lines", PERSONAL: "signed_by"}),
    "system_alert_rules": Held(
        OPERATIONAL,
        PRACTICE,
        {OPERATIONAL: "name default_key kind subject condition severity channels", PERSONAL: "steps"},
    ),
    "system_alerts": Held(
        OPERATIONAL,
        "nothing removes it once it was told",
        {OPERATIONAL: "kind subject severity stage title says fix page note", PERSONAL: "acknowledged_by"},
    ),
    "system_alert_lines": Held(
        OPERATIONAL, "nothing removes it", {OPERATIONAL: "happened channels note", PERSONAL: "person people"}
    ),
    "alert_webhook_deliveries": Held(OPERATIONAL, "nothing removes it", {OPERATIONAL: "event payload last_error"}),
    "maintenance_runs": Held(
        OPERATIONAL, PRACTICE, {OPERATIONAL: "task reason state says details figures", PERSONAL: "asked_by"}
    ),
    "operations_incidents": Held(
        OPERATIONAL,
        "nothing removes it",
        {
            OPERATIONAL: "number title severity status source",
            PERSONAL: "opened_by commander communications scribe",
        },
    ),
    "operations_incident_lines": Held(
        OPERATIONAL,
        "nothing removes it",
        {OPERATIONAL: "happened before after channels note", PERSONAL: "person people"},
    ),
    "operations_incident_links": Held(
        OPERATIONAL, "nothing removes it", {OPERATIONAL: "opened_it", PERSONAL: "linked_by"}
    ),
    "operations_incident_action_items": Held(
        OPERATIONAL, "nothing removes it", {OPERATIONAL: "what", PERSONAL: "assignee added_by done_by"}
    ),
    "operations_post_mortems": Held(
        OPERATIONAL,
        "nothing removes it",
        {
            OPERATIONAL: "summary impact root_cause went_well went_badly lessons",
            PERSONAL: "written_by published_by",
        },
    ),
    "operations_incident_rules": Held(OPERATIONAL, PRACTICE, {OPERATIONAL: "source grade subject opens"}),
    "on_call_rotations": Held(OPERATIONAL, PRACTICE, {PERSONAL: "people"}),
    "on_call_overrides": Held(OPERATIONAL, "nothing removes it", {PERSONAL: "person added_by"}),
    "storage_runs": Held(OPERATIONAL, PRACTICE, {OPERATIONAL: "kind reason scope found failure"}),
    "storage_settings": Held(OPERATIONAL, PRACTICE),
    "storage.buckets": Held(OPERATIONAL, INSTALLATION, {OPERATIONAL: "id purpose allowed_types who"}),
    # -- the product's own
    "auth_group": Held(OPERATIONAL, INSTALLATION, {OPERATIONAL: "name"}, about="Django's; unused and empty."),
    "auth_group_permissions": Held(OPERATIONAL, INSTALLATION, about="Django's; unused and empty."),
    "auth_permission": Held(OPERATIONAL, INSTALLATION, {OPERATIONAL: "name codename"}, about="Django's; unused."),
    "django_content_type": Held(OPERATIONAL, INSTALLATION, {OPERATIONAL: "app_label model"}, about="Django's own."),
    "django_migrations": Held(
        OPERATIONAL, INSTALLATION, {OPERATIONAL: "app name"}, about="Which migrations have been applied."
    ),
    "procrastinate_events": Held(OPERATIONAL, "as its job", {}, about="What became of each job, and when."),
    "procrastinate_jobs": Held(
        OPERATIONAL,
        "nothing removes it",
        {OPERATIONAL: "queue_name task_name lock args queueing_lock"},
        about="The queue. Arguments are ids; a guard keeps everything else out.",
    ),
    "procrastinate_periodic_defers": Held(
        OPERATIONAL,
        "nothing removes it",
        {OPERATIONAL: "task_name periodic_id"},
        about="When scheduled jobs were put in.",
    ),
    "procrastinate_workers": Held(OPERATIONAL, "while the worker lives", about="Workers, by their last sign of life."),
}
