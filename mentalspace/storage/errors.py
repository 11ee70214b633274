"""What storage refuses, and how it says so."""

from mentalspace.core.errors import Refusal


class FileRefused(Refusal):
    """`message` says in plain words what is wrong with the file and what to do."""

    code, status = "file_refused", 422


class StorageAway(Refusal):
    code, status = "storage_away", 503
    message = "The place where files are kept cannot be reached just now. Nothing was changed: try again in a moment."


class StorageBusy(Refusal):
    code, status = "storage_busy", 409
    message = "This practice's files are being checked or moved just now. Try again when that is done."


class ScannerAway(Refusal):
    code, status = "scanner_away", 503
    message = "The malware scanner cannot be reached just now, so the file was not taken. Try again in a moment."


class InspectionAway(Refusal):
    code, status = "inspection_away", 503
    message = "Files cannot be looked at just now, so this one was not taken. Try again in a moment."


class FileMissing(Refusal):
    code, status = "file_missing", 409
    message = "The file itself is not where it should be. An administrator can find out why with the storage check."


class FileRemoved(Refusal):
    code, status = "file_removed", 409
    message = "This file was removed once it no longer had to be kept. What was said of it stays."


class NotTheNextPiece(Refusal):
    code, status = "not_the_next_piece", 409
    message = "This is not the piece that comes next. Go on from where the file has arrived."


class UploadOver(Refusal):
    code, status = "upload_over", 409
    message = "This file did not arrive within a day, so what there was of it was let go of. Add it again."


class UploadNotWhole(Refusal):
    code, status = "upload_not_whole", 409
    message = "This file has not arrived whole yet. Go on from where it is."


class WasAdded(Refusal):
    code, status = "was_added", 409
    message = "This file was added already, before it could be stopped. It is in the list."


class LinkIsOver(Refusal):
    code, status = "link_is_over", 403
    message = "This link was good for a minute and for you alone. Open the file again from the list."


class InQuarantine(Refusal):
    code, status = "file_in_quarantine", 409
    message = "The malware scanner objected to this file. It is kept apart and cannot be opened."
