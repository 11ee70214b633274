"""The words scheduling lends to policies."""

from mentalspace.access.policy import ME, Where


def has_session_with() -> Where:
    """The row's client has an appointment with the acting person, who may book without being in the care team."""
    return Where(f"exists (select from appointments a where a.client_id = {{t}}.client_id and a.clinician_id = {ME})")


def is_planned() -> Where:
    """A reminder that waits and has not been handed to the outbox."""
    return Where("status = 'pending' and notification_id is null")


def is_planned_or_off() -> Where:
    """A reminder that waits, or one that was called off: people plan, the system alone says what was sent."""
    return Where("status = 'cancelled' or (status = 'pending' and notification_id is null)")


def is_answer() -> Where:
    """The client has used this link to cancel or to ask for another time: somebody is to see to it."""
    return Where("action in ('cancel', 'reschedule') and used_at is not null")


def was_answered() -> Where:
    """A link of this appointment has been used; what it asks for is done to appointments that are still to come."""
    return Where(
        "status in ('Scheduled', 'Confirmed', 'Cancelled')"
        " and exists (select from reminder_links l where l.appointment_id = {t}.id and l.used_at is not null)"
    )
