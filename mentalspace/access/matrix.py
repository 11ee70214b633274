"""`mentalspace access`: who may do what, as the sentences say and the database holds it.

Generated for people to read. What it should say is written by hand in `tests/access/matrix/`.
"""

import inspect
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

import click
from django.apps import apps
from django.db import connection
from django.utils.module_loading import module_has_submodule

from mentalspace.access import policy
from mentalspace.access.audiences import AUDIENCES
from mentalspace.access.catalog import SCHEMAS

TARGET = Path(__file__).parents[2] / "docs" / "access-matrix.md"
LETTERS = {"SELECT": "r", "INSERT": "a", "UPDATE": "c", "DELETE": "d", "ALL": "racd"}
GAP = "WORD_ARGUMENT"
A_GAP = re.compile(rf"{GAP}_(\d+)_")

CATALOGUE = """SELECT format('%I.%I', schemaname, tablename)::regclass::text, policyname::text,
    permissive = 'PERMISSIVE', roles::text[], cmd, qual, with_check
  FROM pg_policies WHERE schemaname IN ('public', 'storage') ORDER BY 1, 2"""

TABLES = f"""SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition
  AND relnamespace IN {SCHEMAS} ORDER BY 1"""


@dataclass(frozen=True)
class Line:
    """One policy of the catalogue."""

    table: str
    name: str
    is_permission: bool
    to: tuple[str, ...]
    verb: str
    where: str

    @property
    def is_whole(self) -> bool:
        """It holds for every row of the practice."""
        return self.where == "true"


def lines() -> list[Line]:
    with connection.cursor() as cursor:
        cursor.execute(CATALOGUE)
        rows = cursor.fetchall()
    return [Line(t, n, ok, tuple(to), cmd, using or check or "true") for t, n, ok, to, cmd, using, check in rows]


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return [name for (name,) in cursor.fetchall()]


def words() -> list[tuple[re.Pattern[str], str]]:
    """Each policy word an app lends, as the SQL it stands for and the name to show instead; longest first."""
    found: dict[str, str] = {}
    for module in _lenders():
        for name, word in inspect.getmembers(module, inspect.isfunction):
            gaps = [f"{GAP}_{number}_" for number in range(len(inspect.signature(word).parameters))]
            if word.__module__ == module.__name__ and word.__annotations__.get("return") is policy.Where:
                found[re.escape(str(word(*gaps)))] = f"{name}({', '.join(gaps)})"
    ordered = sorted(found.items(), key=lambda pair: -len(pair[0]))
    return [(_with_groups(sql), A_GAP.sub(r"\\g<a\1>", name)) for sql, name in ordered]


def _with_groups(sql: str) -> re.Pattern[str]:
    """What finds the word with any arguments: each the same wherever it stands."""
    first = set()

    def group(gap: re.Match[str]) -> str:
        is_new = gap[1] not in first
        first.add(gap[1])
        return rf"(?P<a{gap[1]}>[\w{{}}.]+)" if is_new else f"(?P=a{gap[1]})"

    return re.compile(A_GAP.sub(group, sql))


def _lenders() -> Iterator[ModuleType]:
    """Modules that define words: the grammar, and what apps say in `policies` or beside their models."""
    yield policy
    for config in apps.get_app_configs():
        for name in ("policies", "models"):
            if config.name.startswith("mentalspace.") and module_has_submodule(config.module, name):
                yield import_module(f"{config.name}.{name}")


def sentences() -> dict[str, dict[tuple[str, str], list[str]]]:
    """Per table and (verbs, condition), the audiences: from the declarations, in words."""
    known = words()
    found: dict[str, dict[tuple[str, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for model in apps.get_models():
        for each in model._meta.constraints:
            if isinstance(each, policy.Policy) and not each.restrictive:
                where = _in_words(each.where, known)
                if each.becomes != each.where:
                    where += f", staying {_in_words(each.becomes, known)}"
                found[each.table_of(model).replace('"."', ".")][each.verbs, where].append(each.to.removeprefix("ms_"))
    return found


def _in_words(where: str, known: list[tuple[re.Pattern[str], str]]) -> str:
    for sql, name in known:
        where = sql.sub(name, where)
    return {"true": "every row", "false": "no row"}.get(where, where.replace("{t}.", "").replace(policy.ME, "me"))


def render() -> str:
    """The whole page."""
    every, all_tables = lines(), tables()
    permissions = [line for line in every if line.is_permission]
    fenced = {line.table for line in every if not line.is_permission}
    covered = {line.table for line in permissions}
    return "\n".join(
        [
            "# Who may do what",
            "",
            "Written by `mentalspace access --write`; do not edit. r(ead), a(dd), c(hange), d (remove); a capital",
            "letter: every row of the practice; a small one: the rows that the sentence below describes.",
            "A person with several hats may what any of them may. The fence keeps every cell inside the practice.",
            "",
            f"{len(every)} policies on {len(covered)} tables, {len(fenced)} of {len(all_tables)} tables fenced;"
            f" closed to everybody who signs in: {', '.join(t for t in all_tables if t not in covered)}.",
            "",
            *_grid(permissions, sorted(covered)),
            "",
            "## The sentences",
            "",
            *_spelled_out(),
            "",
        ]
    )


def _grid(permissions: list[Line], covered: list[str]) -> Iterator[str]:
    names = [audience.removeprefix("ms_").replace("_", " ") for audience in AUDIENCES]
    yield f"| table | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for table in covered:
        mine = [line for line in permissions if line.table == table]
        yield f"| {table} | {' | '.join(_cell(mine, audience) or ' ' for audience in AUDIENCES)} |"


def _cell(mine: list[Line], audience: str) -> str:
    held = [line for line in mine if audience in line.to and line.where != "false"]
    whole = {letter for line in held if line.is_whole for letter in LETTERS[line.verb]}
    some = {letter for line in held for letter in LETTERS[line.verb]}
    return "".join(letter.upper() if letter in whole else letter for letter in "racd" if letter in some)


def _spelled_out() -> Iterator[str]:
    for table, said in sorted(sentences().items()):
        yield f"**{table}**"
        yield ""
        for (verbs, where), audiences in said.items():
            yield f"- {', '.join(audiences).replace('_', ' ')}: {verbs.replace(' ', ', ')} where `{where}`"
        yield ""


def main(*, write: bool = False) -> None:
    """Print the page, or write it to docs/access-matrix.md."""
    page = render().rstrip() + "\n"
    if not write:
        click.echo(page)
        return
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(page)
    click.echo(f"Wrote {TARGET.name}.")
