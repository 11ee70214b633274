"""What a link answers when the signature is refused, with transactions that really end.

Outside a transaction the web's role may read nothing; a test's own transaction would hide that.
"""

import pytest
from django.db import transaction

from mentalspace.access.actor import acting_as
from mentalspace.documents.models import SignatureRequestSigner
from mentalspace.documents.signing.links import SALT
from mentalspace.documents.tests.signing import CLEO_SIGNS, document_of_cleo, form, opened, reachable, request_for
from mentalspace.people.outside.sealed import Way, token_of
from tests.cast import HERE, actor
from tests.http import Http
from tests.sessions import session_of

pytestmark = pytest.mark.usefixtures("really_committed")
NAME = "Cleo Client"


@pytest.fixture(autouse=True)
def _objects(settings, tmp_path):
    settings.OBJECTS = tmp_path / "objects"


def browser(name):
    http = Http(raise_request_exception=False)
    with transaction.atomic():
        http.cookies["session"] = session_of(name)
    return http


@pytest.fixture
def sent():
    reachable()
    answer = request_for(browser("ana"), document_of_cleo(browser), [CLEO_SIGNS])
    assert answer.status_code == 201, answer.content
    return answer.json()


@pytest.fixture
def path(sent):
    with acting_as(actor("ada")), transaction.atomic():
        return f"/s/{token_of(Way(HERE, SignatureRequestSigner.objects.get(request_id=sent['id']).pk), salt=SALT)}"


def test_a_double_click_is_told_how_it_stands(sent, path):
    cleo = opened(path)
    assert [cleo.post(path, form(sent, NAME)).status_code for _ in range(2)] == [302, 302]
    assert b"You signed this document" in cleo.get(path).content


def test_withdrawn_while_the_page_is_open(sent, path):
    cleo = opened(path)
    assert browser("ana").call("post", f"/signature-requests/{sent['id']}/withdrawal").status_code == 200
    assert cleo.post(path, form(sent, NAME)).status_code == 302
    assert b"This link is over" in cleo.get(path).content


def test_another_file_is_refused_in_words(sent, path):
    page = opened(path).post(path, form(sent, NAME, document="0" * 64))
    assert (page.status_code, b"the file is not the one you looked at" in page.content) == (409, True)
