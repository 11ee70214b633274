"""`make mutate-policies`: a database of its own with the cast, and every mutant of `mutants` tried on it.

`make mutate-policies ARGS="clients care_team"` tries those of some tables.
"""

import os
import sys

from psycopg.conninfo import make_conninfo

from mentalspace.launch import testing


def main() -> int:
    """Exit status 1 when a mutant that widens access survives."""
    known = testing.ensure_test_cluster()
    try:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mentalspace.settings")
        import django

        django.setup()
        from tests.access.database import with_cast
        from tests.access.mutants import Stage, run

        with with_cast() as name:
            stage = Stage(make_conninfo(known["superuser_dsn"], dbname=name))
            try:
                return run(stage, sys.argv[1:])
            finally:
                stage.close()
    finally:
        testing.pytest_unconfigure()


if __name__ == "__main__":
    sys.exit(main())
