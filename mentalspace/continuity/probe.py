"""`python -m mentalspace.continuity.probe WHAT`: one look at a restored instance, from inside it.

A process of its own: settings, keys and database are those of the restored home, and nothing of the live one. Prints
one line of JSON: passed, failed or could not run, and a sentence.
"""

import hashlib
import json
import os
import random
import sys
from collections.abc import Callable, Iterator
from uuid import UUID, uuid4

from mentalspace.env import environment
from mentalspace.launch.backup import mirror, replacing
from mentalspace.launch.backup.certificates import FAILED, NOT_RUN, PASSED
from mentalspace.launch.backup.repository import Repository

SAMPLE = 25
"""Files that are decrypted and compared, chosen by chance."""

OF_A_PRACTICE = """SELECT c.oid::regclass::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attname = 'practice_id' AND NOT a.attisdropped
  AND c.relnamespace IN ('public'::regnamespace, 'storage'::regnamespace) ORDER BY 1"""

ALL_TOLD = "SELECT count(*) FROM clients"

Found = tuple[str, str]


def audit() -> Found:
    """The chain of each practice, against the seals that were backed up."""
    from django.db import transaction

    from mentalspace.access.actor import acting_as
    from mentalspace.audit import chain
    from mentalspace.practices.system import system_actors

    env = environment()
    mirror.bring_back(Repository.of(env), "seals", env.home)
    replacing.trim_seals(env.seals, replacing.chain_heads(env))
    rows, practices = 0, system_actors()
    for actor in practices:
        with acting_as(actor), transaction.atomic():
            verdict = chain.verify(actor.practice)
        if verdict.fault is not None:
            return FAILED, f"The audit chain is broken: {verdict.fault.reason}."
        rows += verdict.rows
    return PASSED, f"The audit chain of {len(practices)} practice(s) is whole, {rows:,} rows."


def files() -> Found:
    """A sample of files, out of the repository, decrypted with the keys as they are and compared with their hashes."""
    from django.db import transaction

    from mentalspace.access.actor import acting_as
    from mentalspace.practices.system import system_actors
    from mentalspace.storage.keeping import place_of
    from mentalspace.storage.models import State, StoredObject
    from mentalspace.storage.ports import ObjectMissing
    from mentalspace.storage.stores import store_named

    kept: list[StoredObject] = []
    for actor in system_actors():
        with acting_as(actor), transaction.atomic():
            kept += StoredObject.objects.filter(state=State.KEPT)
    chosen = random.sample(kept, min(SAMPLE, len(kept)))
    env = environment()
    mirror.bring_back(Repository.of(env), "objects", env.home, frozenset(str(place_of(row)) for row in chosen))
    for row in chosen:
        try:
            content = store_named(row.store).get(place_of(row))
        except ObjectMissing:
            return FAILED, f"The file {row.pk} is not in the backup, or cannot be decrypted."
        if hashlib.sha256(content).hexdigest() != row.sha256:
            return FAILED, f"The file {row.pk} is not the one that was stored."
    return PASSED, f"{len(chosen)} of {len(kept):,} files were decrypted and are the ones that were stored."


def access() -> Found:
    """Who may see what holds in the restored database too: as declared, forced, and shut to other practices."""
    from django.db import connection

    from mentalspace.access import boot

    problems = [*boot.problems(), *_undeclared()]
    if problems:
        return FAILED, problems[0]
    with connection.cursor() as cursor:
        cursor.execute(OF_A_PRACTICE)
        tables = [name for (name,) in cursor.fetchall()]
    asked = 0
    for audience, practice in _strangers():
        for table in tables:
            asked += 1
            if _sees(table, audience, practice):
                return FAILED, f"{audience.removeprefix('ms_')} of one practice sees rows of another in {table}."
    if not _own_clients():
        return NOT_RUN, "There is no client whom anybody could see."
    return PASSED, f"Policies are as declared; {asked:,} questions across practices were answered with nothing."


def _undeclared() -> Iterator[str]:
    """Policies that differ between the models and the catalogue."""
    from django.apps import apps

    from mentalspace.access import matrix
    from mentalspace.access.policy import Policy

    found = {(line.table, line.name) for line in matrix.lines()}
    declared = set()
    for model in apps.get_models():
        for each in model._meta.constraints:
            if isinstance(each, Policy):
                table = each.table_of(model).replace('"."', ".")
                declared |= {(table, each.policy_name(verb)[:63]) for verb in each.verbs.split()}
    ours = {pair for pair in found if not pair[0].startswith(("account_", "mfa_", "procrastinate_"))}
    for table, name in sorted(ours ^ declared):
        yield f"The policy {name} on {table} is {'not declared' if (table, name) in ours else 'missing'}."


def _strangers() -> Iterator[tuple[str, UUID]]:
    """Each audience in a practice that does not exist, and in each that does: neither may see others' rows."""
    from mentalspace.access.audiences import PEOPLE
    from mentalspace.practices.system import system_actors

    for audience in PEOPLE:
        for practice in (uuid4(), *(actor.practice for actor in system_actors())):
            yield audience, practice


def _sees(table: str, audience: str, practice: UUID) -> bool:
    """Whether any row of another practice shows. What may not be read at all, shows nothing."""
    from django.db import ProgrammingError, connection, transaction

    from mentalspace.access.actor import Actor, acting_as

    try:
        with acting_as(Actor(practice, uuid4(), audience)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT EXISTS (SELECT FROM {table} WHERE practice_id <> %s)", [practice])
            return bool(cursor.fetchone()[0])
    except ProgrammingError:
        return False


def _own_clients() -> int:
    """How many clients a practice's own system sees: a look that finds nothing anywhere would prove nothing."""
    from django.db import connection, transaction

    from mentalspace.access.actor import acting_as
    from mentalspace.practices.system import system_actors

    total = 0
    for actor in system_actors():
        with acting_as(actor), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(ALL_TOLD)
            total += cursor.fetchone()[0]
    return total


LOOKS: dict[str, Callable[[], Found]] = {"audit": audit, "files": files, "access": access}


def main(what: str) -> None:
    """Look, and say what was found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentalspace.settings")
    import django

    django.setup()
    state, said = LOOKS[what]()
    print(json.dumps({"state": state, "said": said}))


if __name__ == "__main__":
    main(sys.argv[1])
