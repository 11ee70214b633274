"""The API's base: one error shape (problem+json), and no handled error that commits."""

import json
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Generic, TypeVar, cast

from django.db import (
    DatabaseError,
    DataError,
    IntegrityError,
    InternalError,
    OperationalError,
    ProgrammingError,
    transaction,
)
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.responses import NinjaJSONEncoder

from mentalspace.core.errors import NotAllowed, ReadOnly, Refusal

T = TypeVar("T")
PROBLEM_JSON = "application/problem+json"
PROBLEM_SHAPE = {"$ref": "#/components/schemas/Problem"}
INSUFFICIENT_PRIVILEGE = "42501"
READ_ONLY = "25006"
TRY_AGAIN_SECONDS = 60
AWAY = ("08", "40", "53", "55P03", "57")
"""SQLSTATEs: no connection, serialization and deadlock, no resources, lock timeout, cancelled or shut down."""
NOTHING_HERE = "There is nothing here that you may see."
UNAVAILABLE = "The product cannot reach its database just now. Nothing was changed: try again in a moment."

logger = logging.getLogger(__name__)


class Problem(Schema):
    """RFC 9457, with our `code` for programs, `fields` for forms, and `data` that helps to recover."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    fields: dict[str, list[str]] = {}
    data: dict[str, Any] = {}


REFUSALS: dict[int, Any] = dict.fromkeys((401, 403, 404, 409, 422), Problem)
"""What an operation may answer instead of its result: `response={200: Out, **REFUSALS}`."""


class Page(Schema, Generic[T]):
    """One page of a list; `next` is the cursor of the following page, or null at the end."""

    items: list[T]
    next: str | None = None


def problem(status: int, code: str, detail: str, **more: Any) -> HttpResponse:
    """A problem+json response. `more` is `fields` and `data`."""
    body = Problem(title=HTTPStatus(status).phrase, status=status, code=code, detail=detail, **more)
    text = json.dumps(body.model_dump(), cls=NinjaJSONEncoder)
    return HttpResponse(text, status=status, content_type=PROBLEM_JSON)


def answer_of(refusal: Refusal) -> HttpResponse:
    """A refusal in the one error shape."""
    return problem(refusal.status, refusal.code, refusal.message, fields=refusal.fields, data=refusal.data)


def read_only(refusal: ReadOnly, seconds: int = TRY_AGAIN_SECONDS) -> HttpResponse:
    """The answer while nothing may be changed, with when to ask again. It is meant: neither logged nor counted as a
    failure of ours."""
    return meant(answer_of(refusal), seconds)


def meant(answer: HttpResponse, seconds: int = TRY_AGAIN_SECONDS) -> HttpResponse:
    """A 503 that is no failure of ours."""
    response: Any = answer
    response.headers["Retry-After"] = str(seconds)
    response.is_meant = response._has_been_logged = True
    return cast(HttpResponse, response)


def is_read_only(exc: object) -> bool:
    """Whether the database refused to change something because it is read-only now."""
    return isinstance(exc, DatabaseError) and getattr(exc.__cause__, "sqlstate", None) == READ_ONLY


def as_made(body: str, status: int = 200) -> HttpResponse:
    """JSON that the database has made, passed on as it is: for reads that happen all day.

    Building objects and checking each against its schema costs several times what the database needs. That such an
    answer has the declared shape is asked by `tests/guards/test_shapes.py`.
    """
    return HttpResponse(body, status=status, content_type="application/json; charset=utf-8")


def page_as_made(items: str, following: str | None = None) -> HttpResponse:
    """A `Page` whose items the database has made."""
    return as_made(f'{{"items":{items},"next":{json.dumps(following)}}}')


class API(NinjaAPI):
    """ninja turns every exception into a response itself; each of them must also roll back what was half done."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """Refusals are described as they are sent, and with those that no operation declares for itself."""
        found = super().get_openapi_schema(**options)
        for path in found["paths"].values():
            for operation in path.values():
                _describe_refusals(operation["responses"])
        return found

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:
        transaction.set_rollback(True)
        return super().on_exception(request, exc)


ANYWHERE = {400: "Malformed", 503: "Unavailable"}
"""What any operation may answer: to a request that cannot be read, and while the database is away."""


def _describe_refusals(answers: dict[Any, Any]) -> None:
    for status, what in ANYWHERE.items():
        answers[status] = {"description": what, "content": {PROBLEM_JSON: {"schema": PROBLEM_SHAPE}}}
    for answer in answers.values():
        content = answer.get("content", {})
        if content.get("application/json", {}).get("schema") == PROBLEM_SHAPE:
            content[PROBLEM_JSON] = content.pop("application/json")


def install_problems(api: NinjaAPI, refused: Callable[[HttpRequest, str], None]) -> None:
    """Give each kind of error the one shape. `refused` is told of refusals, to be written down."""
    _install_unreadable(api)
    _install_database_problems(api, refused)

    @api.exception_handler(Refusal)
    def _(request: HttpRequest, exc: Refusal) -> HttpResponse:
        refused(request, exc.code)
        return answer_of(exc)

    @api.exception_handler(Http404)
    def _(request: HttpRequest, exc: Http404) -> HttpResponse:
        """Whoever asks for what is not there for them leaves a line too: so does somebody who tries ids."""
        refused(request, "not_found")
        return problem(404, "not_found", NOTHING_HERE)

    @api.exception_handler(AuthenticationError)
    def _(request: HttpRequest, exc: AuthenticationError) -> HttpResponse:
        return problem(401, "not_signed_in", "Sign in to go on.")


def _install_unreadable(api: NinjaAPI) -> None:
    """What cannot be read, or not be stored as it was read."""

    @api.exception_handler(ValidationError)
    def _(request: HttpRequest, exc: ValidationError) -> HttpResponse:
        fields: dict[str, list[str]] = {}
        for error in exc.errors:
            fields.setdefault(_field(error["loc"]), []).append(str(error["msg"]))
        return problem(422, "malformed", "Some of what was sent cannot be read.", fields=fields)

    @api.exception_handler(HttpError)
    def _(request: HttpRequest, exc: HttpError) -> HttpResponse:
        return problem(exc.status_code, "http_error", str(exc))

    @api.exception_handler(DataError)
    @api.exception_handler(UnicodeEncodeError)
    def _(request: HttpRequest, exc: Exception) -> HttpResponse:
        """Text or a number that no column can hold, such as a NUL or half a surrogate pair. Says nothing of it."""
        return problem(422, "malformed", "Some of what was sent cannot be stored.")

    @api.exception_handler(RecursionError)
    def _(request: HttpRequest, exc: RecursionError) -> HttpResponse:
        return problem(400, "malformed", "This request cannot be read.")


def _install_database_problems(api: NinjaAPI, refused: Callable[[HttpRequest, str], None]) -> None:
    """What the database says no to, and its not being there."""

    @api.exception_handler(ProgrammingError)
    def _(request: HttpRequest, exc: ProgrammingError) -> HttpResponse:
        """The database said no. To a reader that is absence; to a writer it is the verb that is refused."""
        if getattr(exc.__cause__, "sqlstate", None) != INSUFFICIENT_PRIVILEGE:
            raise exc
        refused(request, NotAllowed.code)
        if request.method == "GET":
            return problem(404, "not_found", NOTHING_HERE)
        return answer_of(NotAllowed())

    @api.exception_handler(IntegrityError)
    def _(request: HttpRequest, exc: IntegrityError) -> HttpResponse:
        """The database's last word, where no rule spoke before it. The log names the constraint, never the row."""
        logger.error("%s broke %s", request.resolver_match and request.resolver_match.url_name, constraint_of(exc))
        refused(request, "conflict")
        return problem(409, "conflict", "Not saved: this does not fit what is stored. Reload and try again.")

    @api.exception_handler(InternalError)
    def _(request: HttpRequest, exc: InternalError) -> HttpResponse:
        if not is_read_only(exc):
            raise exc
        return read_only(ReadOnly())

    @api.exception_handler(OperationalError)
    def _(request: HttpRequest, exc: OperationalError) -> HttpResponse:
        if not is_away(exc):
            raise exc
        logger.error("the database is away: %s", getattr(exc.__cause__, "sqlstate", None) or "no connection")
        return problem(503, "unavailable", UNAVAILABLE)


def is_away(exc: object) -> bool:
    """Whether the database could not be reached or not attend to us just now, so that trying again may help."""
    if not isinstance(exc, OperationalError):
        return False
    state = getattr(exc.__cause__, "sqlstate", None)
    return state is None or state.startswith(AWAY)


def constraint_of(exc: IntegrityError) -> str:
    """The name of the constraint that was broken, without the row that broke it."""
    diagnosis = getattr(exc.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) or "a constraint"


def _field(location: Any) -> str:
    """`("body", "data", "starts_at")` is `starts_at` to whoever filled in the form."""
    names = [str(part) for part in location[1:]]
    return ".".join(names[1:] if len(names) > 1 and names[0] in ("data", "payload") else names) or "body"
