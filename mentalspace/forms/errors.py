"""What forms refuse, and how they say so."""

from mentalspace.core.errors import Refusal


class TemplateChangedElsewhere(Refusal):
    code, status = "template_changed_elsewhere", 409
    message = "Not saved: somebody changed this form in the meantime. Reload to see it; your entries are kept here."


class NotADraft(Refusal):
    code, status = "not_a_draft", 409
    message = "This version is published or retired and does not change. Begin the next version to change the form."


class NotPublished(Refusal):
    code, status = "form_not_published", 409
    message = "This form is not published, or was retired in the meantime. Choose another."


class NothingAsked(Refusal):
    code, status = "nothing_asked", 409
    message = "The form asks nothing yet. Add a question before publishing it."


class FormChangedElsewhere(Refusal):
    code, status = "form_changed_elsewhere", 409
    message = "Somebody else changed these answers. Yours are kept here; see below where the two differ."


class FormNotOpen(Refusal):
    code, status = "form_not_open", 409
    message = "This form was sent, or taken back, in the meantime. Nothing more can be entered."


class NotSent(Refusal):
    code, status = "form_not_sent", 409
    message = "This form was not sent yet, so there is nothing in error. Take it back instead."


class TooManyFiles(Refusal):
    code, status = "too_many_files", 409
    message = "This form has had as many files as it takes. Give the others to the practice in another way."


class PacketChangedElsewhere(Refusal):
    code, status = "packet_changed_elsewhere", 409
    message = "Not saved: somebody changed this packet in the meantime. Reload to see it; your entries are kept here."


class PacketRetired(Refusal):
    code, status = "packet_retired", 409
    message = "This packet was retired. Choose another."


class PacketNotWhole(Refusal):
    code, status = "packet_not_whole", 409
    message = "A form of this packet is not published any more. An administrator takes it out or publishes it again."


class PacketThere(Refusal):
    code, status = "packet_there", 409
    message = "The client has this packet to fill already. Give it once more only if they are meant to fill it twice."


class FormNotReady(Refusal):
    code, status = "form_not_ready", 409
    message = "Some questions still need an answer."


class NotToReview(Refusal):
    code, status = "not_to_review", 409
    message = "There is nothing to review here: somebody has reviewed it, or it has not been sent."


class ChartChangedElsewhere(Refusal):
    code, status = "chart_changed_elsewhere", 409
    message = "Not accepted: the chart was changed in the meantime. Look at the marked details, then accept again."


class AlreadyRevoked(Refusal):
    code, status = "already_revoked", 409
    message = "Somebody has revoked this consent in the meantime."


class LinkOver(Refusal):
    code, status = "link_over", 410
    message = "This link is over. Ask the practice for a new one."


class NotTheBirth(Refusal):
    code, status = "not_the_birth", 403
    message = "This is not the date of birth we have. Check it, or ask the practice."


class ProofOver(Refusal):
    code, status = "proof_over", 403
    message = "The page was open for a long time. Enter the date of birth once more; your answers stay on this page."
