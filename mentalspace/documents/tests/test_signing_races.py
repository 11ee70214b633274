"""Two people sign at the same moment, one signs twice, two workers make the copy: real threads, real commits.

And what is committed then is changed by nobody."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import psycopg
import pytest
from django.db import connection, connections, transaction

from mentalspace.access.actor import acting_as
from mentalspace.charting.tests.builders import prove
from mentalspace.documents.models import ClientDocument, SignatureRequestSigner
from mentalspace.documents.signing import advancing
from mentalspace.documents.tests.signing import ANA_SIGNS, document_of_cleo, request_for
from mentalspace.launch.testing import ensure_test_cluster
from mentalspace.practices.system import system_actor
from tests.cast import HERE, ID, actor
from tests.committed import at_once
from tests.http import Http
from tests.sessions import session_of

pytestmark = pytest.mark.usefixtures("really_committed")
ADA_SIGNS = {"id": str(ID["ada"]), "role": "Witness"}
NAMES = {"ana": "Ana Cast", "ada": "Ada Cast"}


@pytest.fixture(autouse=True)
def _objects(settings, tmp_path):
    settings.OBJECTS = tmp_path / "objects"


def browser(name):
    http = Http(raise_request_exception=False)
    with transaction.atomic():
        http.cookies["session"] = session_of(name)
    return http


CHANGES = (
    "UPDATE client_documents SET title = 'y' WHERE id = '{sealed_id}'",
    "UPDATE client_documents SET object_id = gen_random_uuid() WHERE id = '{sealed_id}'",
    "UPDATE client_documents SET signed_at = NULL WHERE id = '{sealed_id}'",
    "DELETE FROM client_documents WHERE id = '{sealed_id}'",
    "UPDATE client_documents SET previous_version_id = '{sealed_id}' WHERE id = '{document_id}'",
    "UPDATE signature_requests SET status = 'open' WHERE id = '{id}'",
    "UPDATE signature_requests SET sealed_id = NULL WHERE id = '{id}'",
    "DELETE FROM signature_requests WHERE id = '{id}'",
    "UPDATE signature_request_signers SET signed_name = 'y' WHERE request_id = '{id}'",
    "UPDATE signature_request_signers SET state = 'asked' WHERE request_id = '{id}'",
    "DELETE FROM signature_request_signers WHERE request_id = '{id}'",
    "TRUNCATE signature_request_signers CASCADE",
)


def sent():
    answer = request_for(browser("ana"), document_of_cleo(browser), [ANA_SIGNS, ADA_SIGNS], is_ordered=False)
    assert answer.status_code == 201, answer.content
    return answer.json()


def sign_at_once(request, who):
    agreed = {"consents": True, "intends": True, "document_sha256": request["document_sha256"]}

    def sign(http, number):
        with transaction.atomic():
            prove(http)
        said = {"name": NAMES[who[number]], **agreed}
        return http.call("post", f"/signature-requests/{request['id']}/signature", said).status_code

    return at_once(who, sign)


def states(request):
    with acting_as(actor("ada")), transaction.atomic():
        rows = SignatureRequestSigner.objects.filter(request_id=request["id"])
        return list(rows.values_list("state", flat=True))


def test_two_sign_at_the_same_moment_and_one_copy_is_made_by_two_workers():
    request = sent()
    assert sign_at_once(request, ["ana", "ada"]) == [200, 200]
    assert states(request) == ["signed", "signed"]

    def work(_):
        try:
            advancing.catch_up(system_actor(HERE))
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(copy_context().run, work, number) for number in range(2)]:
            done.result()
    with acting_as(actor("ada")), transaction.atomic():
        (copy,) = ClientDocument.objects.filter(signed_at__isnull=False)
        assert str(copy.previous_version_id) == request["document_id"]


def test_a_double_click_signs_once():
    request = sent()
    assert sorted(sign_at_once(request, ["ana"] * 4)) == [200, 409, 409, 409]
    assert sorted(states(request)) == ["asked", "signed"]


def test_what_is_signed_is_changed_by_nobody_not_even_the_owner():
    """A superuser, whom no policy and no grant binds; the triggers do."""
    request = sent()
    sign_at_once(request, ["ana", "ada"])
    advancing.catch_up(system_actor(HERE))
    with acting_as(actor("ada")), transaction.atomic():
        (copy,) = ClientDocument.objects.filter(signed_at__isnull=False)
    ids = {name: request[name] for name in ("id", "document_id")} | {"sealed_id": copy.pk}
    at = f"{ensure_test_cluster()['superuser_dsn']} dbname={connections['default'].settings_dict['NAME']}"
    with psycopg.connect(at, autocommit=True) as boss:
        for change in CHANGES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="is refused"):
                boss.execute(change.format(**ids))
