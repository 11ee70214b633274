"""The embedded outbox: a folder of .eml files, newest first. No Django, so that looking takes no database."""

import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

import click

from mentalspace.env import environment
from mentalspace.launch.keys import write_private


def put(name: str, content: bytes) -> None:
    """Keep a message, readable by this account only."""
    folder = environment().outbox
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(folder / f"{name}.eml", content)


def messages() -> list[dict[str, Any]]:
    """Everything in the folder, newest first."""
    found = [_read(path.stem, path.read_bytes()) for path in environment().outbox.glob("*.eml")]
    return sorted(found, key=lambda message: (message["date"], message["id"]), reverse=True)


def show(name: str | None, *, as_json: bool) -> None:
    """Print the list, one whole message, or all of them as JSON. Raises ClickException for one that is not there."""
    every = [message for message in messages() if name is None or message["id"].startswith(name)]
    if name and not every:
        raise click.ClickException(f"No message in {environment().outbox} is called {name}.")
    if as_json:
        click.echo(json.dumps(every, indent=1))
    elif name:
        for message in every:
            click.echo(f"To: {message['to']}\nSubject: {message['subject']}\nDate: {message['date']}\n")
            click.echo(message["body"])
    elif every:
        for message in every:
            click.echo(f"{message['date'][:19]}  {message['id'][:8]}  {message['to']:<34}  {message['subject']}")
    else:
        click.echo(f"Nothing has been sent; mail is kept in {environment().outbox} until MENTALSPACE_SMTP_URL is set.")


def _read(name: str, content: bytes) -> dict[str, Any]:
    parsed = message_from_bytes(content, EmailMessage, policy=policy.default)
    body = parsed.get_body(("plain",))
    return {
        "id": name,
        "date": parsedate_to_datetime(parsed["Date"]).isoformat(),
        "from": parsed["From"],
        "to": parsed["To"],
        "subject": parsed["Subject"],
        "body": body.get_content() if body else "",
    }
