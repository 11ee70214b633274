"""Tasks of the queue and limited operations in plain words. A guard says when one is missing."""

from mentalspace.people.limits import LOGIN, LOGIN_BY_DEVICE

TASKS = {
    "audit.seal": "Sealing the audit trail",
    "clients.refresh_access": "Keeping up who treats whom",
    "continuity.backup": "Backing up, when it is time",
    "continuity.backup_now": "A backup that somebody asked for",
    "continuity.drill": "Restoring a backup to try it, when it is time",
    "continuity.drill_now": "A restore drill that somebody asked for",
    "continuity.watch": "Watching the backups",
    "correspondence.look_at_rules": "Looking what notification rules want told",
    "correspondence.send_by_rules": "Sending what notification rules want told",
    "documents.advance_signatures": "Going on with requests for signatures",
    "documents.catch_up": "Reading the words of documents that were left out",
    "documents.read_words": "Reading the words of a document",
    "documents.signatures": "Reminding of signatures, and ending what is too old",
    "forms.forget_files": "Letting go of files of forms that nobody sent",
    "notify.deliver": "Sending messages",
    "notify.deliver_due": "Sending messages that are due",
    "notify.happened": "Writing down what became of a message",
    "operations.alert": "Evaluating alerts",
    "operations.check": "Making the checks",
    "operations.check_now": "Making the checks because somebody asked",
    "operations.digest": "The morning’s mail to administrators",
    "operations.incidents": "Calling for incidents",
    "operations.maintain": "Weekly and monthly maintenance",
    "operations.maintain_now": "A maintenance task because somebody asked",
    "operations.measure": "Measuring the product",
    "operations.roll_up": "Adding up measurements",
    "operations.webhook": "Telling a webhook of an alert",
    "operations.webhooks": "Telling webhooks what they did not take before",
    "oversight.verify": "Checking the audit trail because somebody asked",
    "oversight.verify_chain": "The daily check of the audit trail",
    "oversight.watch": "Watching the audit trail for what is odd",
    "people.clean_up": "Clearing out old limits, links and devices",
    "people.forget_sessions": "Clearing out old sessions",
    "people.record_failure": "Writing down a failed sign-in",
    "scheduling.send_reminders": "Sending reminders of sessions",
    "scheduling.send_what_is_due": "Sending reminders that are due",
    "storage.archive": "Archiving files",
    "storage.check": "The nightly check of stored files",
    "storage.forget_uploads": "Letting go of uploads that were never finished",
    "storage.run": "A check or clearing of stored files that somebody asked for",
    "storage.watch": "Watching how full storage is",
}

OPERATIONS = {
    LOGIN: "Signing in",
    LOGIN_BY_DEVICE: "Signing in from a known browser",
    "password_reset": "Asking for a new password",
    "password_reset_email": "Links for a new password",
    "send_invitation": "Sending invitations",
    "create_user": "Adding people",
    "change_address": "Changing e-mail addresses",
    "verification_email": "Links to confirm an address",
    "break_glass": "Emergency access",
    "test_message": "Sending test messages",
    "mail_logo": "Changing the logo",
    "form_link": "Opening links to forms",
    "form_link_file": "Files by a link to a form",
    "signature_link": "Opening links to sign",
    "signature_link_in_all": "Opening links to sign, in all",
    "share_link": "Opening links to documents",
    "share_link_in_all": "Opening links to documents, in all",
    "remind_signers": "Reminding signers",
    "share_document": "Sharing documents",
}


def of_task(name: str) -> str:
    """What a task does; its own name for one that only an older version knew."""
    return TASKS.get(name, name)
