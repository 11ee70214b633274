"""What administrators repair by hand: jobs that failed or wait, statements that do not end, limits that are reached.

The functions belong to `ms_keeper`, to whom the queue shows the jobs of the acting person's practice and those of no
practice; each asks first whether an administrator calls. They say what became of it in one word, and change nothing
when it is another than was seen.
"""

from django.db import migrations

from mentalspace.access.audiences import ADMINISTRATOR, KEEPER
from mentalspace.access.policy import NIL, Policy, Where, allow

OF_THE_PRACTICE = Where(
    "coalesce(args->>'practice', nullif(split_part(args->>'actor', '.', 1), ''), '00000000-0000-0000-0000-000000000000')"
    f" in ((select access.verify())::text, {NIL}::text)"
)

UP = """
GRANT CREATE ON SCHEMA access TO ms_keeper;

-- Jobs that are due for so long, the oldest first; then those that failed, the latest first. A run of the schedule that
-- failed is none to repair once a later one of its line went well.
CREATE FUNCTION access.stuck_jobs(waiting_seconds integer, most integer)
RETURNS TABLE (id bigint, task text, status text, attempts integer, since timestamptz, of_installation boolean,
  is_held boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM access.refuse_unless_administrator();
  RETURN QUERY
  SELECT j.id, j.task_name::text, j.status::text, j.attempts, e.since,
    coalesce(j.args->>'practice', split_part(j.args->>'actor', '.', 1)) IS DISTINCT FROM access.verify()::text,
    j.status = 'todo' AND EXISTS (SELECT FROM procrastinate_jobs d WHERE d.lock = j.lock AND d.status = 'doing')
  FROM procrastinate_jobs j CROSS JOIN LATERAL (
    SELECT CASE j.status WHEN 'todo' THEN coalesce(j.scheduled_at, max(e.at)) ELSE max(e.at) END AS since
    FROM procrastinate_events e WHERE e.job_id = j.id AND e.type <> 'scheduled') e
  WHERE j.status = 'todo' AND e.since <= now() - make_interval(secs => waiting_seconds)
    OR j.status = 'failed' AND NOT (j.args ? 'timestamp' AND EXISTS (
      SELECT FROM procrastinate_jobs l WHERE l.task_name = j.task_name AND l.status = 'succeeded' AND l.id > j.id))
  ORDER BY j.status = 'todo' DESC, CASE j.status WHEN 'todo' THEN e.since END, e.since DESC, j.id DESC
  LIMIT least(most, 100);
END $$;

-- done, gone, twin (the same work waits already), or the state it is in.
CREATE FUNCTION access.retry_job(of_job bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found_status text;
BEGIN
  PERFORM access.refuse_unless_administrator();
  SELECT j.status INTO found_status FROM procrastinate_jobs j WHERE j.id = of_job FOR UPDATE;
  IF found_status IS NULL THEN RETURN 'gone'; END IF;
  IF found_status <> 'failed' THEN RETURN found_status; END IF;
  PERFORM procrastinate_retry_job_v2(of_job, now(), NULL, NULL, NULL);
  RETURN 'done';
EXCEPTION WHEN unique_violation THEN RETURN 'twin';
END $$;

-- One that failed keeps its row, so that the queue's history is whole; one that waits is cancelled by the queue itself.
CREATE FUNCTION access.drop_job(of_job bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found_status text;
BEGIN
  PERFORM access.refuse_unless_administrator();
  SELECT j.status INTO found_status FROM procrastinate_jobs j WHERE j.id = of_job FOR UPDATE;
  IF found_status IS NULL THEN RETURN 'gone'; END IF;
  IF found_status = 'todo' THEN
    PERFORM procrastinate_cancel_job_v1(of_job, false, false);
  ELSIF found_status = 'failed' THEN
    UPDATE procrastinate_jobs SET status = 'cancelled' WHERE id = of_job;
    INSERT INTO procrastinate_events (job_id, type) VALUES (of_job, 'cancelled');
  ELSE
    RETURN found_status;
  END IF;
  RETURN 'done';
END $$;

-- Tells a statement from any other, also under the same number: with when its connection and itself began.
CREATE FUNCTION access.statement_id(a pg_catalog.pg_stat_activity) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT concat_ws('-', a.pid, (extract(epoch FROM a.backend_start) * 1000000)::bigint,
    (extract(epoch FROM a.query_start) * 1000000)::bigint)
$$;

-- What the product's own logins have been at for so long, without values: of a statement that pg_stat_statements does
-- not know, since it runs for the first time, only what stands before the first value.
CREATE FUNCTION access.running_statements(over_seconds integer)
RETURNS TABLE (id text, pid integer, application text, state text, waits_for text, seconds double precision,
  holds_up integer, statement text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE known jsonb;
BEGIN
  PERFORM access.refuse_unless_administrator();
  PERFORM pg_stat_clear_snapshot();
  BEGIN
    SELECT jsonb_object_agg(s.queryid::text, left(s.query, 2000)) INTO known FROM pg_stat_statements s
    WHERE s.queryid IN (SELECT a.query_id FROM pg_stat_activity a WHERE a.usename IN ('ms_web', 'ms_worker'));
  EXCEPTION WHEN object_not_in_prerequisite_state OR undefined_table THEN known := NULL;
  END;
  RETURN QUERY
  SELECT access.statement_id(a), a.pid, coalesce(nullif(a.application_name, ''), a.usename::text), a.state,
    concat_ws(': ', CASE WHEN a.state = 'active' THEN a.wait_event_type END,
      CASE WHEN a.state = 'active' THEN a.wait_event END),
    extract(epoch FROM clock_timestamp() - CASE WHEN a.state = 'active' THEN a.query_start ELSE a.xact_start END)::float,
    (SELECT count(*)::integer FROM pg_stat_activity o WHERE a.pid = ANY (pg_blocking_pids(o.pid))),
    coalesce(known ->> a.query_id::text, regexp_replace(a.query, '(''|\\$|--|/\\*|\\m\\d).*', '…'), '…')
  FROM pg_stat_activity a
  WHERE a.usename IN ('ms_web', 'ms_worker') AND a.datname = current_database() AND a.backend_type = 'client backend'
    AND a.pid <> pg_backend_pid() AND a.state IN ('active', 'idle in transaction', 'idle in transaction (aborted)')
    AND clock_timestamp() - CASE WHEN a.state = 'active' THEN a.query_start ELSE a.xact_start END
      > make_interval(secs => over_seconds)
  ORDER BY 6 DESC, a.pid;
END $$;

-- done, over (it has ended, or the connection is at another), idle (nothing to cancel).
CREATE FUNCTION access.end_statement(of_id text, disconnects boolean) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE a pg_stat_activity;
BEGIN
  PERFORM access.refuse_unless_administrator();
  PERFORM pg_stat_clear_snapshot();
  SELECT * INTO a FROM pg_stat_activity s WHERE access.statement_id(s) = of_id
    AND s.usename IN ('ms_web', 'ms_worker') AND s.datname = current_database()
    AND s.backend_type = 'client backend' AND s.pid <> pg_backend_pid()
    AND s.state IN ('active', 'idle in transaction', 'idle in transaction (aborted)');
  IF NOT FOUND THEN RETURN 'over'; END IF;
  IF disconnects THEN
    PERFORM pg_terminate_backend(a.pid);
  ELSIF a.state = 'active' THEN
    PERFORM pg_cancel_backend(a.pid);
  ELSE
    RETURN 'idle';
  END IF;
  RETURN 'done';
END $$;

-- Windows that are open: the practice's own people's, and those of network addresses from which somebody of the
-- practice signed in or tried to. The keeper is shown the sessions and tries of the acting person's practice alone.
CREATE FUNCTION access.open_rate_limits(at timestamptz)
RETURNS TABLE (id uuid, operation text, person uuid, address text, attempts integer, began timestamptz,
  until timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  PERFORM access.refuse_unless_administrator();
  RETURN QUERY
  SELECT r.id, r.operation::text, p.id, CASE WHEN p.id IS NULL THEN substring(r.subject FROM 9) END, r.attempt_count,
    r.first_attempt, r.window_expires_at
  FROM rate_limits r LEFT JOIN profiles p
    ON p.id::text = coalesce(r.user_id::text, substring(r.subject FROM '^address devices of (.*)$'))
  CROSS JOIN LATERAL (
    SELECT CASE WHEN r.subject ~ '^address [0-9a-f.:/]+$' THEN substring(r.subject FROM 9)::inet END AS network) n
  WHERE r.window_expires_at > at AND (p.id IS NOT NULL OR r.user_id IS NULL AND (
    EXISTS (SELECT FROM sessions s WHERE s.ip_address <<= n.network)
    OR EXISTS (SELECT FROM login_attempts l WHERE l.ip_address <<= n.network)))
  ORDER BY r.last_attempt DESC, r.id;
END $$;

-- The window ends; the next try opens another. Says whether there was one.
CREATE FUNCTION access.lift_rate_limit(of_id uuid, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE rate_limits r SET attempt_count = 0, window_expires_at = at
  WHERE r.id = of_id AND r.id IN (SELECT o.id FROM access.open_rate_limits(at) o);
  RETURN FOUND;
END $$;

{own}
REVOKE CREATE ON SCHEMA access FROM ms_keeper;
"""

FUNCTIONS = (
    "access.stuck_jobs(integer, integer)",
    "access.retry_job(bigint)",
    "access.drop_job(bigint)",
    "access.running_statements(integer)",
    "access.end_statement(text, boolean)",
    "access.open_rate_limits(timestamptz)",
    "access.lift_rate_limit(uuid, timestamptz)",
)
HELPER = "access.statement_id(pg_catalog.pg_stat_activity)"


def owned() -> str:
    """The functions are the keeper's, and administrators may call them."""
    given = [f"ALTER FUNCTION {each} OWNER TO {KEEPER};" for each in FUNCTIONS]
    given.append(f"REVOKE ALL ON FUNCTION {', '.join((*FUNCTIONS, HELPER))} FROM PUBLIC;")
    given.append(f"GRANT EXECUTE ON FUNCTION {HELPER} TO {KEEPER};")
    given.append(f"GRANT EXECUTE ON FUNCTION {', '.join(FUNCTIONS)} TO {ADMINISTRATOR};")
    return "\n".join(given)


def on(table: str, policy: Policy) -> migrations.RunSQL:
    """Put a sentence on a table of the queue's, which has no model of ours."""
    down = [f'DROP POLICY "{policy.policy_name(verb)}" ON "{table}"' for verb in policy.verbs.split()]
    return migrations.RunSQL("; ".join(policy.statements(table)), "; ".join(down))


DOWN = "\n".join(f"DROP FUNCTION {each};" for each in (*FUNCTIONS, HELPER))


class Migration(migrations.Migration):
    dependencies = [
        ("ops", "0006_keep_maintenance"),
        ("access", "0002_administrators"),
        ("people", "0011_counts_for_its_own"),
        ("procrastinate", "__latest__"),
    ]
    operations = [
        on("procrastinate_jobs", allow(KEEPER, "read change", OF_THE_PRACTICE)),
        on("procrastinate_events", allow(KEEPER, "read add")),
        migrations.RunSQL(UP.replace("{own}", owned()), DOWN),
    ]
