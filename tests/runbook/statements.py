"""The operations runbook itself: every SQL statement and every command of its code blocks, with the heading above."""

import re
from dataclasses import dataclass
from pathlib import Path

from mentalspace.env import ROOT

RUNBOOK = ROOT.parent / "shared" / "brief" / "operations-runbook.md"
ABSENT = "The operations runbook is not beside this checkout."

WAITING = ("telehealth_sessions", "waiting_room")
"""Tables whose feature is not there yet: statements over them wait for it."""

HEADING = re.compile(r"^#{2,4} (.+)$")
COMMAND = re.compile(r"^(curl|pg_dump|psql) ")


@dataclass(frozen=True)
class Statement:
    """`text` ends with its semicolon when it is SQL; `is_command` when it is for a shell."""

    heading: str
    text: str
    is_command: bool = False

    @property
    def waits(self) -> bool:
        return any(table in self.text for table in WAITING)

    @property
    def words(self) -> str:
        """For comparing: what stands between the words does not matter."""
        return " ".join(self.text.split())


def statements(path: Path = RUNBOOK) -> list[Statement]:
    """In the order of the runbook; none when it is not there."""
    return list(_read(path.read_text())) if path.exists() else []


def _read(text: str) -> list[Statement]:
    found: list[Statement] = []
    heading, block, lines = "", False, list[str]()
    for line in text.splitlines():
        if named := HEADING.match(line):
            heading = named[1]
        elif line.strip().startswith("```"):
            block, lines = not block, []
        elif block and not line.strip().startswith(("#", "--")):
            if COMMAND.match(line.strip()):
                found.append(Statement(heading, line.strip(), is_command=True))
                continue
            lines.append(line)
            if line.rstrip().endswith(";"):
                found.append(Statement(heading, "\n".join(lines).strip()))
                lines = []
    return found


OURS = ROOT / "docs" / "runbook"
FENCED = re.compile(r"^```(sql|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def of_ours() -> tuple[list[str], list[str]]:
    """SQL statements, and commands of `mentalspace`, of this product's own pages."""
    blocks = [found for page in sorted(OURS.glob("*.md")) for found in FENCED.findall(page.read_text())]
    sql = [line for kind, block in blocks if kind == "sql" for line in block.splitlines()]
    commands = [line for kind, block in blocks if kind == "sh" for line in block.splitlines()]
    return sql, [line for line in commands if line.startswith("mentalspace ")]
