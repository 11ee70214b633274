"""Every route of the staff application, read from where they are listed, and an address to open each by."""

import re
from collections.abc import Callable
from typing import Any

from mentalspace.env import ROOT
from tests.e2e.visit import Visit

LISTS = [ROOT / "web" / "src" / "app" / "staff" / name for name in ("routes.tsx", "pages.tsx")]

REDIRECTS = {"/today"}
OF_ADMINISTRATORS = {
    "/people",
    "/people/check",
    "/people/sign-in-rules",
    "/people/:personId",
    "/messages",
    "/messages/rules",
    "/messages/look",
    "/messages/carriers",
    "/messages/wordings",
    "/messages/stopped",
    "/library/templates",
    "/library/templates/:templateId",
    "/audit",
    "/storage",
    "/operations",
    "/operations/alerts",
    "/operations/repairs",
    "/operations/incidents",
    "/operations/incidents/:incidentId",
    "/security",
    "/security/incidents/:incidentId",
}
"""Routes that Ada opens; Ana opens the others."""

OPEN = {"/sign-in", "/setup/:token", "/reset", "/reset/:key", "/verify/:key", "/invitation/:token"}
"""Routes that are for those who have not signed in."""


def declared() -> set[str]:
    """The paths of both lists, without those that only lead to another."""
    return {path for each in LISTS for path in re.findall(r"\bpath: '([^']+)'", each.read_text())} - REDIRECTS


def _fixed(address: str) -> Callable[[Visit], str]:
    return lambda _: address


def _client(visit: Visit) -> str:
    return f"/clients/{a_client(visit)['id']}"


def _note(visit: Visit) -> str:
    return f"/notes/{a_note(visit, 'draft')['id']}"


def _person(visit: Visit) -> str:
    """Somebody with something to see to."""
    people = visit.read("/users")["items"]
    return f"/people/{next((each for each in people if each['attention']), people[0])['id']}"


def _emergency(visit: Visit) -> str:
    own = visit.read("/emergency-access?whose=mine")["items"]
    others = visit.read("/emergency-access?whose=others")["items"]
    return f"/emergency-access/{[*own, *others][0]['id']}"


def _private(visit: Visit) -> str:
    return f"/psychotherapy-notes/{visit.read('/psychotherapy-notes')['items'][0]['id']}"


def _template(visit: Visit) -> str:
    return f"/library/templates/{visit.read('/document-templates')['items'][0]['id']}"


def _form_template(visit: Visit) -> str:
    return f"/forms/templates/{visit.read('/form-templates')['items'][0]['id']}"


def _form(visit: Visit) -> str:
    return f"/forms/{visit.read('/forms')['items'][0]['id']}"


def _incident(visit: Visit) -> str:
    return f"/security/incidents/{visit.read('/security/incidents?status=')['items'][0]['id']}"


def _operations_incident(visit: Visit) -> str:
    return f"/operations/incidents/{visit.read('/operations/incidents')['items'][0]['id']}"


def a_client(visit: Visit) -> dict[str, Any]:
    """A client with a signed note, so with a history."""
    note = a_note(visit, "signed")
    client: dict[str, Any] = visit.read(f"/clients/{note['client_id']}")
    return client


def an_adult(visit: Visit) -> dict[str, Any]:
    """A client of age whom a mail reaches."""
    for each in visit.read("/clients")["items"]:
        client: dict[str, Any] = visit.read(f"/clients/{each['id']}")
        if each["age"] >= 21 and client["email"]:
            return client
    raise AssertionError("nobody of age has an address")


def a_note(visit: Visit, state: str) -> dict[str, Any]:
    """A note that this person may read, `draft` or `signed`."""
    note: dict[str, Any] = visit.read(f"/notes?state={state}")["items"][0]
    return note


ADDRESSES: dict[str, Callable[[Visit], str]] = {
    "/": _fixed("/"),
    "/calendar": _fixed("/calendar"),
    "/clients": _fixed("/clients"),
    "/clients/:clientId": _client,
    "/emergency-access": _fixed("/emergency-access"),
    "/emergency-access/:accessId": _emergency,
    "/psychotherapy-notes/:psychotherapyId": _private,
    "/notes/:noteId": _note,
    "/reminders": _fixed("/reminders"),
    "/library": _fixed("/library"),
    "/library/templates": _fixed("/library/templates"),
    "/library/templates/:templateId": _template,
    "/forms": _fixed("/forms"),
    "/forms/templates/:templateId": _form_template,
    "/forms/:formId": _form,
    "/storage": _fixed("/storage"),
    "/operations": _fixed("/operations"),
    "/operations/alerts": _fixed("/operations/alerts"),
    "/operations/repairs": _fixed("/operations/repairs"),
    "/downtime": _fixed("/downtime"),
    "/operations/incidents": _fixed("/operations/incidents"),
    "/operations/incidents/:incidentId": _operations_incident,
    "/people": _fixed("/people"),
    "/people/check": _fixed("/people/check"),
    "/people/sign-in-rules": _fixed("/people/sign-in-rules"),
    "/people/:personId": _person,
    "/messages": _fixed("/messages"),
    "/messages/rules": _fixed("/messages/rules"),
    "/messages/look": _fixed("/messages/look"),
    "/messages/carriers": _fixed("/messages/carriers"),
    "/messages/wordings": _fixed("/messages/wordings"),
    "/messages/stopped": _fixed("/messages/stopped"),
    "/audit": _fixed("/audit"),
    "/security": _fixed("/security"),
    "/security/concern": _fixed("/security/concern"),
    "/security/incidents/:incidentId": _incident,
    "/sign-in": _fixed("/sign-in"),
    "/sign-in/authenticator": _fixed("/sign-in/authenticator"),
    "/sign-in/new-password": _fixed("/sign-in/new-password"),
    "/account": _fixed("/account"),
    "/reset": _fixed("/reset"),
    "/reset/:key": _fixed("/reset/spent-or-forged"),
    "/verify/:key": _fixed("/verify/spent-or-forged"),
    "/invitation/:token": _fixed("/invitation/spent-or-forged"),
    "/setup/:token": _fixed("/setup/spent-or-forged"),
    "*": _fixed("/no/such/page"),
}
"""How each route is opened. A new route is not accepted without a line here."""
