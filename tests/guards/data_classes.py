"""What each table holds, for breach scope, retention and export: every table has exactly one class.

PHI: about a client's person or care. personal: about other people. credential: lets somebody in.
operational: the practice's business and the product's own.
"""

CLASSES = {
    "PHI": {
        "appointment_series",
        "appointments",
        "audit_logs",
        "care_team",
        "client_access",
        "client_alerts",
        "client_favorites",
        "client_views",
        "clients",
        "clinical_notes",
        "diagnoses",
        "emergency_contacts",
        "external_identifiers",
        "measure_results",
        "note_amendments",
        "note_versions",
        "saved_audit_queries",
    },
    "personal": {
        "account_emailaddress",
        "clinician_hours",
        "login_attempts",
        "profiles",
        "security_incident_steps",
        "security_incidents",
        "supervision_relationships",
        "user_roles",
    },
    "credential": {
        "account_emailconfirmation",
        "mfa_authenticator",
        "password_history",
        "sessions",
        "trusted_devices",
        "users",
    },
    "operational": {
        "alert_rules",
        "audit_chain",
        "audit_retention",
        "audit_verifications",
        "auth_group",
        "auth_group_permissions",
        "auth_permission",
        "django_content_type",
        "django_migrations",
        "import_runs",
        "locations",
        "practices",
        "procrastinate_events",
        "procrastinate_jobs",
        "procrastinate_periodic_defers",
        "procrastinate_workers",
        "rooms",
    },
}
