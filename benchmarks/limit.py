"""The database's own limit: pgbench with the statements that the product sends for a scenario."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg import ClientCursor

from mentalspace.access import actor as signing
from mentalspace.launch.connection import connection as reach

CONTROL = ("SAVEPOINT", "RELEASE", "ROLLBACK")
VARIANTS = 24
"""Different requests captured of each scenario, so that pgbench does not read one row for ever."""


def capture(request: Callable[[], Any]) -> str:
    """One request's statements as a pgbench script: the person's own transaction, values written in.

    Looking up the session is identity's transaction and left out.
    """
    statements: list[str] = []
    people: list[signing.Actor] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        acting = signing.current.get()
        if acting and acting.person != signing.NOBODY and not str(sql).startswith(CONTROL):
            people.append(acting)
            statements.append(_repeatable(ClientCursor(connection.connection).mogrify(sql, params)))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        request()
    who = people[-1]
    enter = f"SELECT set_config('role', '{who.audience}', true), set_config('ms.actor', '{who.signed()}', true)"
    lines = ["BEGIN", enter, *statements, "COMMIT"]
    return "".join(re.sub(r"\s+", " ", _plain(line)).strip().rstrip(";") + ";\n" for line in lines)


def _plain(statement: str) -> str:
    """pgbench takes `:word` for a variable of its own, in the midst of a text too, as in a format of times."""

    def escaped(text: re.Match[str]) -> str:
        body = text[0] if text[0].startswith("E") else "E" + text[0].replace("\\", "\\\\")
        return body.replace(":", "\\x3a") if re.search(r":[A-Za-z_]", text[0]) else text[0]

    return re.sub(r"E?'(?:[^'\\]|\\.|'')*'", escaped, statement)


def _repeatable(statement: str) -> str:
    """An audit row written again needs an id of its own, the first of its values."""
    if not statement.startswith("insert into audit_logs "):
        return statement
    fresh, times = re.subn(r"(?<= values \()'[0-9a-f-]{32,36}'(::uuid)?", "gen_random_uuid()", statement, count=1)
    if not times:
        raise ValueError("an audit row without an id")
    return fresh


def sign_for_a_day() -> None:
    """pgbench replays the actors that were signed when its scripts were written."""
    signing.LIFETIME = 24 * 3600


def pgbench(program: Path, scripts: list[Path], *, users: int, seconds: float) -> float:
    """Transactions a second with prepared statements."""
    how = reach("ms_web")
    flags = [f"--file={path}" for path in scripts]
    command = [
        program, "--no-vacuum", "--protocol=prepared", f"--client={users}", f"--jobs={min(users, 2)}",
        f"--time={max(1, round(seconds))}", *flags,
    ]  # fmt: skip
    done = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, check=False, env=how.environment() | {"LC_ALL": "C"}
    )
    found = re.search(r"tps = ([\d.]+) \(without", done.stdout)
    if not found:
        raise SystemExit(f"pgbench did not run: {done.stdout[-500:]} {done.stderr[-500:]}")
    return float(found[1])
