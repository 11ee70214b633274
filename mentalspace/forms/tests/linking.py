"""Links to forms, as they arrive and as whoever has one uses them, in tests."""

import json
import re
from typing import Any

from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.clients.models import Client
from tests.cast import CLEO, actor
from tests.http import Http
from tests.mail import delivered

MAIL, PHONE = "cleo@home.example", "(212) 555-0100"
WRONG = "1971-02-03"


def reachable(client: Any = CLEO) -> None:
    """The chart has an address and a number."""
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=client).update(email=MAIL, primary_phone=PHONE)


def born(client: Any = CLEO) -> str:
    with acting_as(actor("ada")), transaction.atomic():
        return str(Client.objects.values_list("date_of_birth", flat=True).get(pk=client))


def link(http: Any, form: dict[str, Any], who: str = "ana", **more: Any) -> Any:
    return http(who).call("post", f"/forms/{form['id']}/links", more)


def arrived(to: str = MAIL) -> str:
    """The path in the newest mail to this address."""
    found = re.findall(r"https?://[^/]+(/f/\S+)", str(delivered(to)[-1].body))
    return str(found[-1])


def linked(http: Any, form: dict[str, Any], **more: Any) -> str:
    """The path of a link that was sent to Cleo."""
    reachable()
    answer = link(http, form, **more)
    assert answer.status_code == 201, answer.content
    return arrived()


def post(path: str, what: str, body: Any, browser: Http | None = None) -> Any:
    http = browser or Http(raise_request_exception=False)
    return http.post(f"{path}/{what}", data=json.dumps(body, default=str), content_type="application/json")


def enter(path: str, day: str | None = None, browser: Http | None = None) -> Any:
    return post(path, "opening", {"date_of_birth": day or born()}, browser)


def opened(path: str) -> dict[str, Any]:
    answer = enter(path)
    assert answer.status_code == 200, answer.content
    shown: dict[str, Any] = answer.json()
    return shown


def write(path: str, shown: dict[str, Any], what: str, answers: dict[str, Any], version: int | None = None) -> Any:
    body = {"proof": shown["proof"], "version": version or shown["version"], "answers": answers}
    return post(path, what, body)
