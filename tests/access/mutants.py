"""`make mutate-policies`: break each policy in the ways it might go wrong, and see the matrix notice.

One transaction of one connection: the world is written once; each mutant is applied by a superuser behind a
savepoint, the matrix is asked as `ms_web` (`SET SESSION AUTHORIZATION`), and everything is rolled back.
A mutant is *killed* by the first difference. Those that let somebody do more are counted apart: none may survive.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import monotonic

from django.db import connection

from mentalspace.access import boot, catalog
from mentalspace.access.audiences import AUDIENCES, HATS
from tests.access.equivalent import EQUIVALENT, pattern_of
from tests.access.judging import first_difference
from tests.access.masked import Masked
from tests.access.world import World

POLICIES = f"""SELECT c.oid::regclass::text, p.polname::text, p.polcmd::text, p.polpermissive,
  ARRAY(SELECT CASE r WHEN 0 THEN 'public' ELSE r::regrole::text END FROM unnest(p.polroles) r),
  pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.relnamespace IN {catalog.SCHEMAS}
  ORDER BY 1, 2"""

COMMANDS = {"r": "SELECT", "a": "INSERT", "w": "UPDATE", "d": "DELETE", "*": "ALL"}
BEYOND_REACH = ("ms_keeper", "ms_worker")
"""Roles that nobody who signs in can become; their own tests are elsewhere (`test_keeper`, `jobs`)."""


@dataclass(frozen=True)
class Policy:
    """A policy as the catalogue holds it."""

    table: str
    name: str
    command: str
    permissive: bool
    to: str
    using: str | None
    check: str | None

    def made(self, **changes: str | bool | None) -> list[str]:
        """The SQL that puts it in place with changes."""
        p = Policy(**(vars(self) | changes))
        kind = "PERMISSIVE" if p.permissive else "RESTRICTIVE"
        using = f" USING ({p.using})" if p.using and p.command != "a" else ""
        check = f" WITH CHECK ({p.check})" if p.check and p.command in "aw*" else ""
        return [
            *self.dropped(),
            f'CREATE POLICY "{p.name}" ON {p.table} AS {kind} FOR {COMMANDS[p.command]} TO {p.to}{using}{check}',
        ]

    def dropped(self) -> list[str]:
        return [f'DROP POLICY "{self.name}" ON {self.table}']


@dataclass(frozen=True)
class Mutant:
    policy: Policy
    what: str
    widens: bool
    statements: list[str]

    def __str__(self) -> str:
        return f"{self.policy.table} · {self.policy.name} · {self.what}"


def policies() -> list[Policy]:
    with connection.cursor() as cursor:
        cursor.execute(POLICIES)
        return [Policy(t, n, c, ok, ", ".join(to), using, check) for t, n, c, ok, to, using, check in cursor.fetchall()]


def mutants(p: Policy, every: list[Policy]) -> Iterator[Mutant]:
    """Every way in which this policy is broken."""
    if not p.permissive:
        yield Mutant(p, "fence removed", True, p.dropped())
        yield Mutant(p, "fence that all pass", True, p.made(using="true", check="true"))
        yield Mutant(p, "fence made a permission", True, [*p.made(permissive=True), *_grants(p.table, "*", "public")])
        yield Mutant(p, "fence negated", False, p.made(using=_not(p.using), check=_not(p.check)))
        yield Mutant(p, "row security off", True, [f"ALTER TABLE {p.table} DISABLE ROW LEVEL SECURITY"])
        yield Mutant(p, "not forced", True, [f"ALTER TABLE {p.table} NO FORCE ROW LEVEL SECURITY"])
        return
    yield Mutant(p, "dropped", False, p.dropped())
    if p.using not in (None, "true"):
        yield Mutant(p, "USING true", True, p.made(using="true"))
        yield Mutant(p, "USING negated", True, p.made(using=f"NOT ({p.using})"))
    if p.check not in (None, "true"):
        yield Mutant(p, "WITH CHECK true", True, p.made(check="true"))
        yield Mutant(p, "WITH CHECK negated", p.command == "a", p.made(check=f"NOT ({p.check})"))
    if p.using == "true" or (p.using is None and p.check == "true"):
        yield Mutant(p, "false", False, p.made(using="false", check="false"))
    yield from _conjuncts(p)
    both = p.using or p.check
    if not all(_has(p, verb, both, every) for verb in "rawd"):
        everything = p.made(command="*", using=both, check=p.check or both)
        yield Mutant(p, "for ALL", both != "false", [*everything, *_grants(p.table, "*", p.to)])
    yield Mutant(p, "to public", True, [*p.made(to="public"), *_grants(p.table, p.command, "public")])
    other = _next_audience(p.to)
    yield Mutant(p, f"to {other}", True, [*p.made(to=other), *_grants(p.table, p.command, other)])


def _not(sentence: str | None) -> str | None:
    return f"NOT ({sentence})" if sentence else None


def _has(p: Policy, verb: str, where: str | None, every: list[Policy]) -> bool:
    """The audience has this verb for these rows anyway."""
    mine = (q for q in every if (q.table, q.to, q.permissive) == (p.table, p.to, True) and q.command in (verb, "*"))
    return any({q.using, q.check} - {None} <= {where, "true"} for q in mine)


def _conjuncts(p: Policy) -> Iterator[Mutant]:
    """One half of an AND taken away."""
    for clause, text in (("using", p.using), ("check", p.check)):
        for part, rest in _halves(text or ""):
            yield Mutant(p, f"{clause.upper()} without {part[:50]}", True, p.made(**{clause: rest}))


def _halves(text: str) -> Iterator[tuple[str, str]]:
    depth = 0
    inner = text[1:-1] if text.startswith("(") and text.endswith(")") else text
    for found in re.finditer(r"[()]| AND ", inner):
        depth += {"(": 1, ")": -1}.get(found[0], 0)
        if depth < 0:
            return
        if found[0] == " AND " and depth == 0:
            left, right = inner[: found.start()], inner[found.end() :]
            yield left, right
            yield right, left


def _next_audience(to: str) -> str:
    order = HATS if to in HATS else AUDIENCES
    return order[(order.index(to) + 1) % len(order)]


def _grants(table: str, command: str, to: str) -> list[str]:
    """What `migrate` would derive from the mutant."""
    verbs = "SELECT, INSERT, UPDATE, DELETE" if command == "*" else COMMANDS[command]
    receivers = ", ".join(AUDIENCES) if to == "public" else to
    granted = [f"GRANT {verbs} ON {table} TO {receivers}"]
    if "INSERT" in verbs and table.startswith("procrastinate_"):
        granted.append(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {receivers}")
    return granted


def tables_to_ask(p: Policy, every: list[Policy]) -> list[str]:
    """The policy's own table first, then those whose policies look into it."""
    looks = re.compile(rf"\b{p.table}\b")
    readers = {q.table for q in every if q.table != p.table and looks.search(f"{q.using} {q.check}")}
    return [p.table, *sorted(readers)]


class Stage(Masked):
    """The world, standing on a masked connection."""

    def __init__(self, dsn: str) -> None:
        super().__init__(dsn)
        self.world = World()
        self.policies = policies()

    def killer(self, mutant: Mutant) -> str | None:
        """The difference that gives the mutant away."""
        with self.changed(mutant.statements):
            tables = tables_to_ask(mutant.policy, self.policies)
            return first_difference(self.world, tables, first=mutant.policy.to) or self._unforced()

    def _unforced(self) -> str | None:
        """What the boot check finds: the owner would not be subject to the policies."""
        with connection.cursor() as cursor:
            cursor.execute(boot.NOT_FORCED, [list(catalog.UNFORCED)])
            row = cursor.fetchone()
        return f"{row[0]} is not forced" if row else None


def run(stage: Stage, tables: list[str], say: Callable[[str], None] = print) -> int:
    """Try every mutant, or those of some tables.

    Returns 1 when a widening one survives without a reason, or when no survivor needs a reason any more.
    """
    began = monotonic()
    broken = [p for p in stage.policies if p.to not in BEYOND_REACH and (not tables or p.table in tables)]
    tried = [m for p in broken for m in mutants(p, stage.policies)]
    survivors: list[Mutant] = []
    for number, m in enumerate(tried):
        if number % 250 == 0:
            say(f"… {number} of {len(tried)} tried, {len(survivors)} survive, {monotonic() - began:.0f} s")
        if stage.killer(m) is None:
            survivors.append(m)
    say(f"{len(broken)} policies on {len({p.table for p in broken})} tables, {len(tried)} mutants")
    failed = _report(tried, survivors, say, whole=not tables)
    say(f"{monotonic() - began:.0f} s")
    return int(failed)


def _report(tried: list[Mutant], survivors: list[Mutant], say: Callable[[str], None], *, whole: bool) -> bool:
    """Say who was killed; True when that is not enough."""
    known = [m for m in survivors if pattern_of(m)]
    loose = [m for m in survivors if not pattern_of(m)]
    idle = EQUIVALENT.keys() - {pattern_of(m) for m in known} if whole else set()
    for m in loose:
        say(f"SURVIVED{' (widens access)' if m.widens else ''}: {m}")
    for pattern in sorted(idle):
        say(f"NO SURVIVOR NEEDS: {pattern}")
    counted = [m for m in tried if m not in known]
    widening, missed = (sum(m.widens for m in some) for some in (counted, loose))
    killed = len(counted) - len(loose)
    say(f"{killed} of {len(counted)} killed ({100 * killed / max(1, len(counted)):.1f} %)")
    say(f"widening access: {widening - missed} of {widening} killed")
    say(f"{len(known)} equal to the original, each with its reason")
    return missed > 0 or bool(idle)
