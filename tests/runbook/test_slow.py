"""Operations runbook, "Application Running Slowly", "Monthly Tasks" and "System Health": what its figures show."""

import psycopg

from mentalspace.launch.connection import connection, superuser

SLOWEST = """
SELECT query, calls, mean_exec_time, max_exec_time
FROM pg_stat_statements
WHERE mean_exec_time > 100
ORDER BY mean_exec_time DESC
LIMIT 10;
"""
SLOW_QUERIES = """
SELECT query, calls, mean_exec_time
FROM pg_stat_statements
WHERE mean_exec_time > 100
ORDER BY mean_exec_time DESC
LIMIT 20;
"""
ACTIVE = """
SELECT COUNT(*) FROM pg_stat_activity 
WHERE state = 'active';
"""  # noqa: W291
CONNECTIONS = """
SELECT state, COUNT(*) 
FROM pg_stat_activity 
GROUP BY state;
"""  # noqa: W291
MISSING_INDEXES = """
SELECT schemaname, tablename, attname, n_distinct, correlation
FROM pg_stats
WHERE schemaname = 'public'
AND n_distinct > 100
ORDER BY n_distinct DESC;
"""
TABLE_SIZES = """
SELECT schemaname, tablename, 
       pg_size_pretty(pg_total_relation_size(schemaname||'.'||tablename)) AS size
FROM pg_tables
WHERE schemaname = 'public'
ORDER BY pg_total_relation_size(schemaname||'.'||tablename) DESC
LIMIT 10;
"""  # noqa: W291
DATABASE_SIZE = "SELECT pg_size_pretty(pg_database_size('postgres'));"


def test_a_slow_statement_is_found_without_what_was_asked_for(operator):
    """What takes long is named; the values it was asked with are not."""
    with psycopg.connect(superuser().dsn()) as boss:
        boss.execute("SELECT pg_stat_statements_reset()")
    operator.execute("SELECT 'Cleo', count(*) FROM generate_series(1, 5000000) AS much(work)")
    for statement in (SLOWEST, SLOW_QUERIES):
        (mine,) = [row for row in operator.execute(statement).fetchall() if "much" in row[0]]
        assert "Cleo" not in mine[0]
        assert mine[2] > 100


def test_connections_are_counted(operator):
    assert operator.execute(ACTIVE).fetchone()[0] >= 1, "this one"
    counted = dict(operator.execute(CONNECTIONS).fetchall())
    assert counted["active"] >= 1


def test_columns_with_many_values_are_listed(operator):
    operator.execute("ANALYZE")
    rows = operator.execute(MISSING_INDEXES).fetchall()
    assert [row[3] for row in rows] == sorted((row[3] for row in rows), reverse=True)
    (known,) = operator.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'profiles'").fetchone()
    assert known > 0, "the operator sees statistics of every table"


def test_tables_by_size(operator):
    rows = operator.execute(TABLE_SIZES).fetchall()
    assert len(rows) == 10
    assert {row[0] for row in rows} == {"public"}


def test_the_size_of_the_database_the_runbook_names(operator):
    """It is the product's own, in the cluster that comes with it."""
    assert connection("ms_web").dbname == "postgres"
    assert operator.execute(DATABASE_SIZE).fetchone()
