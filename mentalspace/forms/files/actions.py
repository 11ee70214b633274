"""Files that are brought to a form. Part of the acting person's transaction, or of
the system's for whoever has a link."""

from typing import Any
from uuid import UUID

from mentalspace.access.actor import Actor
from mentalspace.audit.trail import records
from mentalspace.documents import malware
from mentalspace.forms.files.filing import check_room
from mentalspace.forms.files.models import BUCKET, FormFile
from mentalspace.forms.links.models import FormLink
from mentalspace.forms.models import FormAssignment
from mentalspace.storage.inspection import Checked
from mentalspace.storage.keeping import keeping
from mentalspace.storage.models import Bucket

RESOURCE = "form"


@records("form.file_added", "{actor} added a file to a form", resource_type=RESOURCE)
def add_file(*, form_id: UUID, field: str, file: Checked, by: Actor, link: FormLink | None = None) -> FormFile:
    """Keep a file beside the form, to be named in an answer. What the scanner objects to is kept apart, and told.

    Raises FormNotOpen, BadInput, and TooManyFiles when a form has had more than it can need.
    """
    form = FormAssignment.objects.for_change(form_id)
    check_room(form, field, file.size, is_by_link=link is not None)
    with keeping(Bucket.objects.get(pk=BUCKET), file, below=form.client_id, by=by) as kept:
        of: dict[str, Any] = {"practice_id": by.practice, "client_id": form.client_id, "assignment_id": form.pk}
        what = {"file_name": file.file_name, "mime_type": file.content_type, "file_size_bytes": file.size}
        row = FormFile(object=kept, bringer_id=by.person, field=field, link=link, **of, **what)
        row.save(force_insert=True)
        malware.tell(kept, resource_type=RESOURCE, resource=form.pk)
    return row
