"""Mutants of policies that are none: what they take away is asked, granted or refused elsewhere as well.

Each is argued from the policies, grants and triggers. One that no survivor needs any more fails `make mutate-policies`.
"""

import re

CHARTS = (
    r"(care_team|client_alerts|client_documents|client_status_changes|clients|diagnoses|emergency_contacts"
    r"|measure_results)"
)
CREDENTIALS = r"(account_\w+|login_attempts|mfa_authenticator|password_history|sessions|trusted_devices|users)"
READS_ALREADY = "they read these rows already, may add no others, and the table's trigger refuses the rest"
SAME_HALF = "the other half asks the same, and the table's trigger keeps the columns that it asks about"

EQUIVALENT: dict[str, str] = {
    # A fence, or a grant that is missing, is in the way.
    rf"{CREDENTIALS} · ms_identity_\w+ · to public": (
        "the fence lets identity's signature pass and no other, and a signature is good for its own role alone"
    ),
    rf"{CHARTS} · ms_(supervisor|clinician|associate)_read_\w+ · to public": (
        "it looks into client_access, on which besides these three, who all have the sentence, only the administrator"
        " and the system have a grant, who read every row"
    ),
    r"(client_reminder_preferences|contact_consents) · ms_(supervisor|clinician|associate)_read_\w+ · to public": (
        "as above: it looks into client_access"
    ),
    r"document_texts · ms_(supervisor|clinician|associate)_read_\w+ · to public": (
        "as above: it looks into client_access"
    ),
    r"signature_requests · ms_(supervisor|clinician|associate)_read_\w+ · to public": (
        "as above: it looks into client_access"
    ),
    r"signature_request_signers · ms_(supervisor|clinician|associate)_(read|change)_\w+ · to public": (
        "as above: it looks into client_access; the administrator's own sentence about places is wider, and nobody asks"
        " the practice's own profile, as which the system acts, to sign"
    ),
    r"(?s)signature_request_signers · ms_\w+_change_\w+ · (USING (true|without .*)"
    r"|CHECK without \(+(person|client)_id .*)": (
        "the other half asks whose place it is, and of which client; keep_signature keeps both, and lets a place that"
        " is asked be signed or declined and no other"
    ),
    r"client_documents · ms_system_add_\w+ · for ALL": (
        "it reads and changes every document already; keep_document removes none"
    ),
    r"signature_requests · ms_\w+_add_\w+ · for ALL": (
        "what they read or change by it they may already; keep_signature_request removes none"
    ),
    r"signature_requests · ms_(clinician|associate)_change_\w+ · WITH CHECK true": (
        SAME_HALF + " (keep_signature_request: the client)"
    ),
    r"upload_pieces · ms_\w+_(read|remove)_\w+ · to public": (
        "it looks into uploads as whoever asks: those who bring files see their own there already, nobody else any"
    ),
    r"form_((templates|packets) · ms_administrator_add|(assignments|links|files) · ms_\w+_add)_\w+ · for ALL": (
        "what they read or change by it they may already; the tables' triggers (keep_form…) remove nothing"
    ),
    r"form_responses · ms_\w+_(add|change|read)_\w+ · for ALL": (
        "what they read, add or change by it they may already; the tables' triggers (keep_form…) remove nothing"
    ),
    r"form_(assignments|responses|links|files) · ms_(front_desk|clinician|associate)_change_\w+ · WITH CHECK true": (
        SAME_HALF
        + " (keep_form, keep_form_answers, keep_form_link, keep_form_file: the client, the category and the form)"
    ),
    r"client_consents · ms_\w+_(add|change)_\w+ · for ALL": (
        "what they read, add or change by it they may already; the trigger keep_client_consent removes nothing"
    ),
    r"client_consents · ms_(supervisor|clinician|associate)_(read|add|change)_\w+ · to public": (
        "it looks into client_access; who has a grant there and the one for this verb has the sentence already, or is"
        " an administrator, whose own is wider"
    ),
    r"client_consents · ms_(administrator|clinician|associate)_change_\w+ · USING (true|without \(revoked_at .*)": (
        "the new row must name who revokes it, for a client they treat; keep_client_consent refuses one that was"
        " revoked, and another client"
    ),
    r"(?s)client_consents · ms_(clinician|associate)_change_\w+ · (USING|CHECK) without \(client_id .*": (
        SAME_HALF + " (keep_client_consent: the client)"
    ),
    r"form_(responses|links|files) · ms_front_desk_read_\w+ · to public": (
        "it looks into form_assignments as whoever asks: who sees some there reads answers, links and files already"
    ),
    r"document_templates · ms_administrator_add_\w+ · for ALL": (
        "they read and change every template already; keep_template removes none"
    ),
    r"(mail_settings|message_wordings|notification_rules) · ms_administrator_change_\w+ · to public": (
        "the system changes every one already, and nobody else has a grant"
    ),
    r"reminder_logs · ms_(clinician|associate)_read_\w+ · to public": (
        "as above: it looks into client_access; a supervisor's own sentence is wider"
    ),
    r"client_alerts · ms_(clinician|associate)_(add|change)_\w+ · to public": (
        "as above: it looks into client_access; what supervisors and administrators may is wider, and the practice's"
        " own profile, as which the system acts, treats nobody"
    ),
    r"(appointments|clients) · ms_client_read_\w+ · to public": (
        "it looks into portals and guardians as whoever asks: the office reads every client and appointment, who treats"
        " sees these two only of clients whose rows they read, and billing, identity and jobs have no grant on them"
    ),
    r"note_amendments · ms_\w+_read_\w+ · to public": "who may not read notes has no grant on them to look with",
    r"system_alert_lines · ms_\w+_(add|read)_\w+ · for ALL": (
        "they read every line already, and the system adds any; keep_system_alert_line changes and removes none"
    ),
    r"system_alerts · ms_system_\w+ · (for ALL|USING true)": (
        "it reads, adds and changes every alert already; keep_system_alert removes none that was told"
    ),
    r"system_alerts · ms_administrator_change_\w+ · CHECK without \(+stage.*": (
        "keep_system_alert makes whatever a person changes acknowledged"
    ),
    r"operations_incident_(extracts|lines|links) · ms_\w+_add_\w+ · for ALL": (
        "who may add reads every row of these already; keep_of_incident changes and removes none"
    ),
    r"operations_incidents · ms_(administrator|system)_add_\w+ · (for ALL|to public)": (
        "both read and change every open one already, and keep_operations_incident keeps what is closed; for whoever"
        " reads none, number_operations_incident refuses to count"
    ),
    r"storage\.objects · ms_\w+_read_\w+ · to public": "who may not read client_documents has no grant to look with",
    r"client_(favorites|views) · ms_billing_(add|change)_\w+ · (dropped|for ALL|to ms_front_desk)": (
        "it looks into clients, on which billing has no grant: no row of theirs passes, and the front desk has the same"
        " sentence; kept for when billing sees clients"
    ),
    r"client_views · ms_billing_change_\w+ · (USING (true|negated)|WITH CHECK negated|CHECK without \(person_id .*)": (
        "as above: what is left of it looks into clients"
    ),
    r"procrastinate_(workers|periodic_defers) · fence_\w+ · fence (removed|that all pass|negated)": (
        "nobody but the queue's login has a grant"
    ),
    # A trigger is in the way.
    r"audit_(logs|chain) · ms_(system|administrator)_\w+ · for ALL": (
        READS_ALREADY + " (keep_chain; keep_audit lets nobody purge who is subject to row security)"
    ),
    r"note_(amendments · ms_(import_read|\w+_add)|versions · ms_\w+_add)_\w+ · for ALL": (
        READS_ALREADY + " (keep_amendment, keep_version)"
    ),
    r"security_incident_steps · ms_administrator_add_\w+ · for ALL": READS_ALREADY + " (keep_steps)",
    r"clinical_notes · ms_import_(add|read)_\w+ · for ALL": READS_ALREADY + " (keep_signed: all they see is signed)",
    r"clinical_notes · ms_(clinician|associate)_add_\w+ · for ALL": (
        "they read and change drafts of their own already; keep_signed removes none"
    ),
    r"psychotherapy_notes · ms_(clinician|associate)_add_\w+ · for ALL": (
        "they read and change their own already; keep_psychotherapy_note removes none"
    ),
    r"security_incidents · ms_administrator_add_\w+ · for ALL": (
        "they read every incident and change every open one already; keep_incident removes none"
    ),
    r"(care_team|client_guardians|client_reminder_preferences|diagnoses|emergency_contacts)"
    r" · ms_\w+_change_\w+ · WITH CHECK true": SAME_HALF + " (keep_subject: the client)",
    r"clinical_notes · ms_(clinician|associate)_change_\w+ · WITH CHECK true": SAME_HALF + " (keep_signed: the author)",
    r"psychotherapy_notes · ms_(clinician|associate)_change_\w+ · WITH CHECK true": (
        SAME_HALF + " (keep_psychotherapy_note: the author)"
    ),
    r"break_glass_access · ms_(supervisor|clinician|associate)_change_\w+ · WITH CHECK true": (
        SAME_HALF + " (keep_break_glass: whose it is)"
    ),
    r"(?s)client_documents · ms_\w+_change_\w+ · (WITH CHECK true|CHECK without .*)": (
        SAME_HALF + " (keep_document: the client, and that nothing enters quarantine)"
    ),
    r"(?s)reminder_links · ms_\w+_change_\w+ · CHECK without \(+(action|clinician_id)\b.*": (
        SAME_HALF + " (keep_subject: action and clinician)"
    ),
    r"(?s)reminder_logs · ms_(clinician|associate)_change_\w+ · (USING true|CHECK without \(+clinician_id.*)": (
        SAME_HALF + " (keep_subject: the client and the clinician)"
    ),
    r"document_library · ms_administrator_change_\w+ · WITH CHECK true": (
        SAME_HALF + " (keep_library_document: nothing enters quarantine)"
    ),
    r"contact_consents · ms_(administrator|front_desk|clinician)_change_\w+ · USING (true|without \(revoked_at .*)": (
        "the new row must name who revokes it, for a client they treat; keep_consent refuses one that was revoked, and"
        " another client"
    ),
    r"(?s)contact_consents · ms_clinician_change_\w+ · (USING|CHECK) without \(client_id .*": (
        SAME_HALF + " (keep_consent: the client)"
    ),
    r"clinical_notes · ms_import_add_\w+ · CHECK without is_imported": (
        "what is signed when it is added must say that it was imported (trigger `sign`)"
    ),
    r"user_roles · ms_administrator_remove_\w+ · to public": (
        "the trigger audience_follows runs as whoever removes the hat, and writes profiles, which administrators alone"
        " have a grant to change"
    ),
    # Nothing is there that it would let through.
    r"audit_logs · ms_\w+_add_\w+ · to public": "every audience may add lines of its own already",
    r"emergency_contacts · ms_clinician_(add|change|remove)_\w+ · for ALL": (
        "they read, add, change and remove those of the clients they treat already, each by a sentence of its own"
    ),
    r"note_amendments · ms_administrator_read_\w+ · USING true": "the administrator sees every note of the practice",
    r"clinical_notes · ms_import_read_\w+ · USING without \(signed_at .*": (
        "the constraint draft_is_ours: no note that was imported is a draft"
    ),
    r"diagnoses · ms_front_desk_read_\w+ · (dropped|for ALL|to (public|ms_administrator))": (
        "no row, for anybody: only its grant counts (chart page)"
    ),
    r"storage\.objects · ms_\w+_read_\w+ · USING without \(\(bucket_id\).*": (
        "nobody may put an object into another bucket, and only documents and files of forms are named"
    ),
    r"procrastinate_jobs · fence_\w+ · fence (removed|that all pass)": "the one sentence verifies the actor itself",
}
"""Why, by a pattern of `table · policy · what was done to it`."""


def pattern_of(mutant: object) -> str:
    """The pattern that describes it; empty when none does."""
    return next((pattern for pattern in EQUIVALENT if re.fullmatch(pattern, str(mutant))), "")
