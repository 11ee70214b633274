"""What may be wrong when somebody works on incidents."""

from mentalspace.core.errors import Refusal


class AlreadyCommanded(Refusal):
    code, status = "already_taken", 409
    message = "Somebody else has taken this incident on meanwhile. Nothing was changed."


class IncidentChangedElsewhere(Refusal):
    code, status = "changed_elsewhere", 409
    message = "Not saved: somebody else has changed this meanwhile. Reload to see it as it is now."


class CannotFollow(Refusal):
    code, status = "cannot_follow", 409
    message = "Not changed: this status does not follow the present one. Reload to see the incident as it is now."


class IncidentClosed(Refusal):
    code, status = "incident_closed", 409
    message = "Not saved: this incident is closed, and stays as it is. If it goes on, open another one."


class PostMortemMissing(Refusal):
    code, status = "post_mortem_missing", 409
    message = "Not closed: a P0 or P1 is closed with a published post-mortem. Publish it first."


class StaysGrave(Refusal):
    code, status = "stays_grave", 409
    message = (
        "Not changed: a P0 or P1 that is resolved stays one, with its post-mortem."
        " If it was not that grave after all, set it back to investigating first."
    )


class PostMortemPublished(Refusal):
    code, status = "post_mortem_published", 409
    message = "Not saved: this post-mortem is published, and stays as it is. Add a note to the timeline instead."


class AlreadyLinked(Refusal):
    code, status = "already_linked", 409
    message = "There is an incident about this already. Nothing was opened."


class OverrideOver(Refusal):
    code, status = "override_over", 409
    message = "This was called off already. Nothing was changed."
