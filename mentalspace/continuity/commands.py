"""`mentalspace drill run` and `mentalspace drill verify`."""

from pathlib import Path

import click

from mentalspace.continuity import drill
from mentalspace.env import Environment
from mentalspace.launch.backup import certificates
from mentalspace.launch.backup.certificates import Certificate
from mentalspace.launch.backup.restoring import said


def run(env: Environment) -> bool:
    """Do a drill and say what came of it. Whether it passed."""
    return _tell(drill.run(env))


def verify(env: Environment, file: Path, key: str | None) -> bool:
    """Check a certificate's signature and say what it says. Raises EnvironmentRefused for one that is not genuine."""
    return _tell(certificates.verify(file.read_text(), key or certificates.public_key(env)))


def _tell(done: Certificate) -> bool:
    click.echo(f"Restore drill {done.id} of {said(done.began_at)}, {done.seconds:.0f} s, backup {done.backup or '-'}")
    for step in done.steps:
        click.echo(f"  {step.state:<13} {step.name:<10} {step.seconds:6.1f} s  {step.said}")
    click.echo("PASSED" if done.passed else "NOT PASSED")
    return done.passed
