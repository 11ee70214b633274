"""`python -m mentalspace.launch.prepare`: everything between a running cluster and a serving product.

A process of its own, so that the supervisor, which stays, never holds Django or a connection as the owner.
"""

import os
import sys
import time

from mentalspace.env import EnvironmentRefused, environment


def main() -> None:
    """Migrate, refuse what must not be served, fill an empty database."""
    began = time.monotonic()
    migrate()
    _say(f"Database is up to date ({time.monotonic() - began:.1f} s)")
    from mentalspace.access import boot

    if found := boot.problems():
        raise EnvironmentRefused("MentalSpace does not start:\n" + "\n".join(f"  {each}" for each in found))
    if environment().demo:
        from mentalspace.ops.demo import people, seed_if_empty

        seed_if_empty()
        _say(how_to_sign_in(people()))
        return
    from mentalspace.people.setup import first_administrator_link

    if link := first_administrator_link():
        _say(f"Make the first administrator's account here: {link}")


def migrate() -> None:
    """Bring the database to the newest migration, as its owner."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentalspace.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from mentalspace.launch import migrating

    with migrating.alone():
        migrating.drop_unfinished_indexes()
        call_command("migrate", database="owner", interactive=False, verbosity=0)
    (environment().home / migrating.NOTE).unlink(missing_ok=True)


def how_to_sign_in(people: list[dict[str, str]]) -> str:
    """For the terminal: the first of each role, and where their six-digit codes come from."""
    first = {person["role"]: person for person in reversed(people)}
    lines = [f"  {role:<14} {first[role]['email']:<32} {first[role]['password']}" for role in reversed(first)]
    return "\n".join(["Demo sign-in (`mentalspace demo people` prints the codes of this moment):", *lines])


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    try:
        main()
    except EnvironmentRefused as refusal:
        sys.exit(str(refusal))
