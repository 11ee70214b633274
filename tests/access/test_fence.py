"""The fence: forged and stale actors, other roles, savepoints, and what injected SQL can reach."""

import time

import psycopg
import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

from mentalspace.access import actor as actors
from mentalspace.access.actor import IDENTITY, Actor, acting_as, identity_of
from mentalspace.charting.models import ClinicalNote
from mentalspace.clients.models import Client
from mentalspace.people.models import Profile, User
from tests.cast import CLEO, HERE, ID, NEXT_DOOR, OLEG, actor

pytestmark = pytest.mark.django_db
CREDENTIALS = (
    "users",
    "sessions",
    "login_attempts",
    "mfa_authenticator",
    "account_emailaddress",
    "account_emailconfirmation",
)


def sql(text, params=None):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, params)
        return cursor.fetchall() if cursor.description else None


def test_the_runtime_role_owns_nothing_and_inherits_nothing():
    attributes = "rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb"
    found = sql(f"SELECT session_user::text, {attributes} FROM pg_roles WHERE rolname = session_user")
    assert found == [("ms_web", False, False, False, False, False)]
    assert sql("SELECT count(*) FROM pg_class WHERE relowner = 'ms_web'::regrole") == [(0,)]


def test_nobody_and_autocommit_fail_closed():
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Client.objects.count()
    connection.in_atomic_block = False  # as outside a transaction: nothing is sent, so nothing is granted
    try:
        with acting_as(actor("ana")), pytest.raises(ProgrammingError, match="permission denied"):
            Client.objects.count()
    finally:
        connection.in_atomic_block = True
        connection.needs_rollback = True


def test_actors_alternate_in_one_connection_past_prepared_plans():
    for _ in range(12):
        with acting_as(actor("ana")):
            assert [c.pk for c in Client.objects.all()] == [CLEO]
        with acting_as(IDENTITY):
            assert User.objects.count() == len(ID)
        with acting_as(actor("otto")):
            assert [c.pk for c in Client.objects.all()] == [OLEG]
        with acting_as(actor("ada")):
            assert Client.objects.count() == 3


def test_a_savepoint_rollback_brings_nobody_elses_actor_back():
    with acting_as(actor("ana")):
        with pytest.raises(DatabaseError):
            sql("SELECT 1/0")
        assert Client.objects.count() == 1
        with pytest.raises(ZeroDivisionError), transaction.atomic(), acting_as(IDENTITY):
            1 / User.objects.filter(email="").count()
        assert Client.objects.count() == 1
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Client.objects.count()


PART = r"regexp_replace(current_setting('ms.actor'), '{}', '{}')"
FORGERIES = {
    "another person, no key": ("'1.{other}.9999999999.' || repeat('0', 64)", "forged actor"),
    "another person, this signature": ("regexp_replace(current_setting('ms.actor'), '{me}', '{other}')", "forged"),
    "no signature": ("'1.{other}.9999999999'", "no actor"),
    "an empty signature": ("'1.{other}.9999999999.'", "forged actor"),
    "an unknown key": (PART.format(r"^\d+", "77"), "forged actor"),
    "an empty key": (PART.format(r"^\d+", ""), "forged actor"),
    "a longer life": (PART.format(r"\.\d+\.([0-9a-f]+)$", r".9999999999.\1"), "forged actor"),
    "a part too many": ("current_setting('ms.actor') || '.x'", "no actor"),
    "five parts, as before keys had numbers": ("'{other}.9999999999.' || repeat('0', 64)", "no actor"),
    "nobody": ("''", "no actor"),
}


@pytest.mark.parametrize("name", FORGERIES)
@pytest.mark.parametrize("table", ["clients", "users"])
def test_forgeries_fail_at_the_fence(name, table):
    forged, error = FORGERIES[name]
    forged = forged.format(other=Actor(NEXT_DOOR, ID["otto"], "ms_clinician"), me=actor("ana"))
    with acting_as(actor("ana")):
        Client.objects.count()
        expected = error if table == "clients" else "permission denied"
        with pytest.raises(DatabaseError, match=expected):
            sql(f"SELECT set_config('ms.actor', {forged}, true); SELECT * FROM {table}")


@pytest.mark.parametrize("role", ["ms_administrator", "ms_system", "ms_import", "ms_every_hat", "ms_front_desk"])
def test_another_role_with_ones_own_signature_is_nobody(role):
    with acting_as(actor("ana")), pytest.raises(DatabaseError, match="actor is not"):
        sql(f"SET LOCAL ROLE {role}; SELECT * FROM clients")


@pytest.mark.parametrize(
    ("attack", "error"),
    [
        ("RESET ROLE; SELECT * FROM clients", "permission denied"),
        ("SET LOCAL ROLE ms_identity; SELECT * FROM users", "actor is not"),
        ("SET LOCAL ROLE ms_jobs; INSERT INTO procrastinate_jobs (task_name) VALUES ('x')", "actor is not"),
        ("SET ROLE ms_owner", "permission denied"),
        ("SET ROLE ms_keeper", "permission denied"),
        ("SET ROLE ms_operator", "permission denied"),
        ("SET ROLE ms_worker", "permission denied"),
        ("SET SESSION AUTHORIZATION ms_owner", "permission denied"),
        ("SELECT * FROM access.keys", "permission denied"),
        ("SELECT access.refresh_client_access(NULL, NULL)", "permission denied"),
        ("CREATE TABLE public.x (i int)", "permission denied"),
        ("CREATE TEMP TABLE keys (i int)", "permission denied"),
        ("CREATE FUNCTION public.verify() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'", "permission denied"),
        ("ALTER TABLE clients NO FORCE ROW LEVEL SECURITY", "must be owner"),
        ("ALTER TABLE clinical_notes DISABLE TRIGGER ALL", "must be owner"),
        ("DROP POLICY x ON clients", "must be owner|does not exist"),
        ("SELECT lo_creat(-1)", "permission denied"),
        ("SELECT lo_from_bytea(0, 'x')", "permission denied"),
        ("COPY clients TO PROGRAM 'cat'", "permission denied"),
        ("SELECT pg_read_file('/etc/passwd')", "permission denied"),
        ("SET session_replication_role = replica", "permission denied"),
        ("CREATE ROLE x", "permission denied"),
        ("ALTER ROLE ms_web BYPASSRLS", "permission denied|must be superuser"),
        ("TRUNCATE audit_logs", "permission denied"),
    ],
)
def test_injected_sql_reaches_nothing(attack, error):
    with acting_as(actor("ana")):
        Client.objects.count()
        with pytest.raises(DatabaseError, match=error):
            sql(attack)
        assert Client.objects.count() == 1


@pytest.mark.parametrize("ask", ["SELECT FROM clients", "EXPLAIN SELECT FROM clients"])
def test_like_says_nothing_of_hidden_rows(ask):
    """LIKE complains of a pattern that ends in an escape only when the text before it matched: marked leakproof, it
    would run on hidden rows, and on their statistics while planning, and its complaint would be the answer."""
    with acting_as(actor("ana")):
        sql(rf"{ask} WHERE search_text LIKE E'%oleg\\'")
        sql(rf"{ask} WHERE search_text LIKE E'%noor\\'")
        assert sql("SELECT proname FROM pg_proc WHERE proleakproof AND proname LIKE '%like%'") == []


def test_an_expired_actor(monkeypatch):
    monkeypatch.setattr(actors, "LIFETIME", -1)
    with acting_as(actor("ana")), pytest.raises(DatabaseError, match="actor expired"):
        sql("SELECT * FROM clients")


def test_a_long_transaction_signs_anew(monkeypatch):
    with acting_as(actor("ana")):
        Client.objects.count()
        before = sql("SELECT current_setting('ms.actor')")
        monkeypatch.setattr("mentalspace.access.pg.base.time.monotonic", lambda: time.perf_counter() + 10**9)
        monkeypatch.setattr("mentalspace.access.actor.time.time", lambda real=time.time: real() + 200)
        assert sql("SELECT current_setting('ms.actor')") != before
        assert Client.objects.count() == 1


@pytest.mark.parametrize("who", ["ana", "ada", "mia", "bea", "cleo"])
def test_credentials_are_identitys_alone(who):
    for table in CREDENTIALS:
        with acting_as(actor(who)), pytest.raises(ProgrammingError, match="permission denied"):
            sql(f"SELECT * FROM {table}")


def test_identity_sees_nothing_clinical_and_one_account_once_somebody_is_known():
    for model in (Client, ClinicalNote):
        with acting_as(IDENTITY), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            model.objects.count()
    with acting_as(identity_of(ID["ana"])):
        assert [user.pk for user in User.objects.all()] == [ID["ana"]]
        assert [profile.pk for profile in Profile.objects.all()] == [ID["ana"]]
        assert User.objects.filter(pk=ID["otto"]).update(password="x") == 0


def test_why_identity_and_person_never_share_a_transaction():
    """With a savepoint between them, one injected string gets identity's signed actor back. Keeps the reason alive."""
    with transaction.atomic():
        with acting_as(IDENTITY):
            User.objects.count()
        sid = transaction.savepoint()
        with acting_as(actor("ana")), connection.cursor() as cursor:
            Client.objects.count()
            cursor.execute(f'ROLLBACK TO SAVEPOINT "{sid}"; SELECT count(*) FROM users')
            while cursor.nextset():
                pass
            assert cursor.fetchall() == [(len(ID),)]
        connection._sent = object()  # type: ignore[attr-defined]


def test_the_signed_actor_never_shows_in_pg_stat_activity():
    settings = connection.get_connection_params()
    thief_may = {key: settings[key] for key in ("host", "port", "dbname", "user", "password") if settings.get(key)}
    seen = []
    with psycopg.connect(**thief_may, autocommit=True) as thief:
        pid = connection.connection.info.backend_pid

        def look():
            (query,) = thief.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid]).fetchall()[0]
            return query

        def spy(execute, *args):  # between the backend's own statement and the one it precedes
            seen.append(look())
            return execute(*args)

        with acting_as(actor("ana")), connection.execute_wrapper(spy):
            sql("SELECT 1")
    assert any("set_config" in query for query in seen)
    assert not any(str(ID["ana"]) in query for query in seen)


def test_nobody_enqueues_as_somebody_else():
    insert = "INSERT INTO procrastinate_jobs (task_name, queue_name, priority, args) VALUES ('x', 'q', 0, %s::jsonb)"
    with acting_as(Actor(HERE, ID["ana"], "ms_jobs")):
        sql(insert, [f'{{"actor": "{actor("ana")}"}}'])
        for other in (actor("ada"), Actor(NEXT_DOOR, ID["ana"], "ms_clinician"), "", f"x{actor('ana')}"):
            with pytest.raises(ProgrammingError, match="row-level security"):
                sql(insert, [f'{{"actor": "{other}"}}'])
    with acting_as(actor("ana")), pytest.raises(ProgrammingError, match="permission denied"):
        sql(insert, [f'{{"actor": "{actor("ana")}"}}'])
