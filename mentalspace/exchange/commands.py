"""What `mentalspace import fhir` does."""

import getpass
import json
from collections.abc import Sequence
from pathlib import Path

import click

from mentalspace.core.errors import Refusal
from mentalspace.exchange.fhir.errors import BrokenFile
from mentalspace.exchange.importing import import_fhir as run_import


def import_fhir(
    paths: Sequence[Path], dry_run: bool, practice: str | None, assign: str | None, as_json: bool = False
) -> int:
    """Import and print the report. A refusal is one sentence on standard error and exit status 1."""
    try:
        report = run_import(paths=paths, practice=practice, assign_to=assign, dry_run=dry_run, operator=_operator())
    except BrokenFile as broken:
        click.echo(f"Nothing was imported. {broken}.", err=True)
        return 1
    except Refusal as refusal:
        click.echo(refusal.message, err=True)
        return 1
    click.echo(json.dumps(report.as_json(), indent=1) if as_json else report.as_text())
    return 0


def _operator() -> str:
    """Who is logged in at the machine, for the record of runs."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
