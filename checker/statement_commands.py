"""`riskcheck statement`: read what a published statement says."""

from __future__ import annotations

from pathlib import Path

import click

from checker import statement_reading
from checker.terminal import printable, refusing

ANSWERS = {
    "stated": "Stated",
    "not_seen": "Not seen",
    "cannot_be_seen": "Can't be seen here",
    "unreadable": "Unreadable",
}
GROUPS = {
    "legal": "What the law asks of a statement",
    "recommended": "What the law recommends (not required)",
}


@click.command()
@click.argument("statement", metavar="FILE|LINK")
@click.option("--policy", metavar="DIR", type=click.Path(path_type=Path), help="Your council's own policy folder.")
def statement(statement: str, policy: Path | None) -> None:
    """Read a modern slavery statement (PDF, web page or text) and quote what it says on each point.

    A reading aid: a program may miss what a person finds, and what is stated need not be done. It changes no result.
    A LINK (http...) is fetched from its site.
    """
    with refusing():
        readings = statement_reading.read(statement, policy)
    for group, title in GROUPS.items():
        click.echo(f"\n{title}")
        for reading in readings:
            if reading.group == group:
                click.echo(printable(f"  {ANSWERS[reading.answer]}: {reading.point.replace('_', ' ')}"))
                if reading.quote:
                    click.echo(printable(f'    page {reading.page}: "{reading.quote}"'))
                elif reading.note:
                    click.echo(f"    {reading.note}")
