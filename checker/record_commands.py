"""`riskcheck audit` and what else the command line does with the record."""

from __future__ import annotations

import click

from checker import records
from checker.records import verification
from checker.terminal import Refused, printable, refusing


@click.group()
def audit() -> None:
    """Look at the audit trail, and check that nothing in the record was changed."""


@audit.command()
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many entries to show.")
def trail(limit: int) -> None:
    """Show who did what and when, the latest first."""
    with refusing():
        entries = records.trail(limit)
    for entry in entries:
        click.echo(printable(f"{entry.number:>6}  {entry.at:%Y-%m-%d %H:%M} UTC  {entry.who}: {entry.action}"))
        click.echo(printable(f"        {entry.subject}  {entry.hash}"))
    if not entries:
        click.echo("The trail has no entries yet.")


@audit.command()
@click.option("--head", metavar="HASH", help="The hash of an entry noted earlier: check that the trail still holds it.")
def verify(head: str | None) -> None:
    """Check the whole record for any change or gap.

    Looks at every entry of the trail, the decisions, notes and mappings it speaks of, and the files of every
    assessment. Ends with 2 and says what does not fit.
    """
    with refusing():
        found = verification.verify(head)
    if found.faults:
        raise Refused(printable("\n       ".join(found.faults)))
    click.echo(f"Nothing was changed: {found.entries:,} entries, the last has the hash {found.head}.")
