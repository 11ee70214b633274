"""What may be wrong when somebody repairs."""

from mentalspace.core.errors import Refusal


class TakenByWorker(Refusal):
    code, status = "taken_by_worker", 409
    message = "The worker is doing this job just now. Nothing was changed."


class AlreadyDone(Refusal):
    code, status = "already_done", 409
    message = "This job has been done meanwhile. Nothing was changed."


class AlreadyDropped(Refusal):
    code, status = "already_dropped", 409
    message = "This job was dropped meanwhile. Nothing was changed."


class AlreadyWaiting(Refusal):
    code, status = "already_waiting", 409
    message = "This job waits in the queue already: the worker takes it as soon as it can. Nothing was changed."


class SameWorkWaits(Refusal):
    code, status = "same_work_waits", 409
    message = "The same work waits in the queue already, as another job, so this one is not needed. You can drop it."


class StatementOver(Refusal):
    code, status = "statement_over", 409
    message = "This statement has ended meanwhile. Nothing was ended by you."


class NothingToCancel(Refusal):
    code, status = "nothing_to_cancel", 409
    message = "This connection runs nothing just now, and keeps what it has locked. Only the connection can be ended."


class LimitOver(Refusal):
    code, status = "limit_over", 409
    message = "This limit is over, or somebody has lifted it meanwhile. Nothing was changed."
