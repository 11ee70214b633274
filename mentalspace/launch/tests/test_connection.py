"""Who connects over which road."""

from psycopg.conninfo import conninfo_to_dict

from mentalspace.env import Environment, read
from mentalspace.launch import configuration, keys
from mentalspace.launch.connection import (
    ClusterFile,
    Connection,
    connection,
    database_name,
    django_database,
    remember,
    superuser,
)


def test_serving_logins_come_by_socket_without_a_password(empty_home: Environment) -> None:
    keys.create_missing(empty_home)
    empty_home.pg.mkdir()
    remember(empty_home, ClusterFile(5499, "/some/socket", "postgres", peer=True))
    web, owner = django_database("ms_web", empty_home), django_database("ms_owner", empty_home)
    assert (web["HOST"], web["PASSWORD"], web["OPTIONS"]["requirepeer"]) == ("/some/socket", "", "postgres")
    assert "search_path=public" in web["OPTIONS"]["options"]
    assert (owner["HOST"], owner["PORT"]) == ("127.0.0.1", "5499")
    assert owner["PASSWORD"] == empty_home.secrets().passwords["ms_owner"]


def test_an_account_without_a_name_needs_the_password(empty_home: Environment) -> None:
    keys.create_missing(empty_home)
    empty_home.pg.mkdir()
    remember(empty_home, ClusterFile(5499, "/some/socket", "", peer=False))
    assert connection("ms_web", empty_home).password == empty_home.secrets().passwords["ms_web"]


def test_one_s_own_postgresql(empty_home: Environment) -> None:
    keys.create_missing(empty_home)
    url = "postgresql://boss:p%40ss@db.example.org:6432/postgres?sslmode=require"
    env = read({"MENTALSPACE_HOME": str(empty_home.home), "MENTALSPACE_DATABASE_URL": url})
    web, boss = connection("ms_web", env), superuser(env)
    assert (web.host, web.port, web.dbname, web.extra["sslmode"]) == ("db.example.org", 6432, "ms", "require")
    assert (boss.user, boss.password, boss.dbname) == ("boss", "p@ss", "postgres")
    assert database_name(read({"MENTALSPACE_DATABASE_URL": "postgresql://boss@db/records"})) == "records"


def test_a_password_survives_quoting_and_is_never_shown() -> None:
    how = Connection("127.0.0.1", 5432, "ms_owner", "ms", r"a'b\c d")
    assert conninfo_to_dict(how.dsn())["password"] == r"a'b\c d"
    assert "a'b" not in repr(how)
    assert how.environment()["PGPASSWORD"] == r"a'b\c d"


def test_the_server_admits_serving_logins_by_account_only() -> None:
    files = configuration.files(ClusterFile(5499, "/some/socket", "postgres", peer=True), "ada", 18)
    lines = files["pg_hba.conf"].splitlines()
    assert lines[0] == "local all ms_web,ms_worker peer map=mentalspace"
    assert "host all ms_web,ms_worker all reject" in lines
    assert files["pg_ident.conf"] == 'mentalspace "ada" ms_web\nmentalspace "ada" ms_worker\n'
    assert not [line for line in lines if "trust" in line]
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        assert f"{setting} = 'on'" in files["postgresql.conf"]
