"""A document of Cleo's that Cleo and her guardian Gil sign by links, and Ana signed in."""

import re
from uuid import UUID, uuid4

from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.charting.tests.builders import prove
from mentalspace.clients.models import Client, ClientGuardian
from mentalspace.documents.signing import advancing
from mentalspace.practices.system import system_actor
from mentalspace.storage.tests.files import pdf, upload
from tests.cast import CLEO, HERE, ID, JOINED, NOW, actor
from tests.http import Http
from tests.mail import delivered

BORN = "1990-05-17"
CLEO_SIGNS = {"id": str(CLEO), "role": "Client"}
ANA_SIGNS = {"id": str(ID["ana"]), "role": "Clinician"}
SCRAWL = "[[10,10,60,80,120,20,180,90,240,30],[300,40,360,60]]"


def reachable():
    """Cleo has an address; Gil is her guardian, may sign, and has one too. Returns his entry."""
    with acting_as(actor("ada")), transaction.atomic():
        Client.objects.filter(pk=CLEO).update(email="cleo@example.org")
        papers = {"ends_at_majority": False, "court_document": "Order of 3 January 2025", "created_by_id": ID["ada"]}
        gil = ClientGuardian(
            practice_id=HERE,
            client_id=CLEO,
            name="Gil Cast",
            email="gil@example.org",
            relationship="legal_guardian",
            can_sign=True,
            start_date=JOINED,
            **papers,
        )
        gil.save(force_insert=True)
        gil.write(verified_at=NOW, verified_by_id=ID["ada"], verified_how="The order, seen")
    return gil


def document_of_cleo(http):
    answer = upload(http("ana"), f"/clients/{CLEO}/documents", pdf(), "Consent.pdf", category="consent")
    assert answer.status_code == 201, answer.content
    return answer.json()


def request_for(browser, document, signers, **more):
    body = {"id": str(uuid4()), "signers": signers, "message": "Please sign before Monday.", **more}
    return browser.call("post", f"/documents/{document['id']}/signature-requests", body)


def go_on(request):
    advancing.advance(system_actor(HERE), UUID(request["id"]))


def links_to(address):
    """The paths of the links in every mail to an address so far, the first first."""
    return [re.findall(r"https?://[^/]+(/s/\S+)", str(letter.body))[0] for letter in delivered(address)]


def opened(path, born=BORN):
    """A browser that has named the date of birth."""
    browser = Http(raise_request_exception=False)
    answer = browser.post(path, {"do": "identify", "born": born})
    assert (answer.status_code, answer["Location"]) == (302, path), answer.content
    return browser


def form(request, name, **more):
    agreed = {"do": "sign", "consents": "yes", "intends": "yes", "document": request["document_sha256"]}
    return agreed | {"name": name} | more


def staff_signs(http, request, who, name):
    browser = http(who)
    prove(browser)
    agreed = {"consents": True, "intends": True, "document_sha256": request["document_sha256"]}
    return browser.call("post", f"/signature-requests/{request['id']}/signature", {"name": name, **agreed})
