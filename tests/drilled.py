"""A restore drill that left its certificate with the tests' own instance."""

from datetime import UTC, datetime

from mentalspace.env import environment
from mentalspace.launch.backup import certificates
from mentalspace.launch.backup.certificates import NOT_RUN, Certificate, Step
from mentalspace.launch.backup.repository import Repository


def drilled() -> str:
    """Its id."""
    began = datetime(2026, 1, 1, tzinfo=UTC)
    step = Step("backup", NOT_RUN, "There is no backup yet.", 0.0)
    done = Certificate(certificates.named(began), began, began, "", False, (step,))
    certificates.keep(environment(), Repository.of(environment()), done)
    return done.id
