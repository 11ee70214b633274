"""What templates refuse, and how they say so."""

from mentalspace.core.errors import Refusal


class TemplateChangedElsewhere(Refusal):
    code, status = "template_changed_elsewhere", 409
    message = "Not saved: somebody changed this template in the meantime. Reload to see it; your entries are kept here."


class TemplateChangedSince(Refusal):
    code, status = "template_changed_since", 409
    message = "Nothing was made yet: the template was changed since you looked. Look at its text as it is now."


class TemplateNotActive(Refusal):
    code, status = "template_not_active", 409
    message = "This template is archived, so nothing is made of it any more. Choose another."
