"""`riskcheck parent`: confirm whose group a supplier belongs to, list what was confirmed, and take it back."""

from __future__ import annotations

from pathlib import Path

import click

from checker import assessments, parents
from checker.terminal import Refused, printable, refusing, say_all


@click.group()
def parent() -> None:
    """Confirm that an organisation in the registry is a supplier's parent or group.

    Its statement then counts as a group statement for the supplier, from the next run on.
    """


@parent.command()
@click.argument("supplier")
@click.argument("organisation", metavar="PARENT")
@click.option("--why", required=True, help="How you know it, in a few words. It is kept with your name and the time.")
@click.option("--assessment", metavar="ID", help="Where the supplier is named.  [default: the newest assessment]")
@click.option(
    "--registry",
    metavar="PATH",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Another copy of the statement registry than the newest.",
)
def confirm(supplier: str, organisation: str, why: str, assessment: str | None, registry: tuple[Path, ...]) -> None:
    """Record that PARENT, an organisation in the registry copy, is the parent or group of SUPPLIER.

    SUPPLIER is a name as in the list, an id or a company number; PARENT is a whole name or a company number.
    """
    with refusing():
        register = assessments.register(registry)
        if register is None:
            raise Refused("There is no copy of the registry on this machine. `riskcheck registry update` fetches one.")
        meant = parents.link(supplier, organisation, register, assessment)
        parents.confirm(meant, why)
    click.echo(printable(f"Recorded: {meant.entry_name} is the parent or group of {meant.supplier}."))
    click.echo("It takes effect at the next run.")


@parent.command("list")
def list_confirmed() -> None:
    """List the parents that are confirmed, with who, when and why."""
    with refusing():
        held = parents.confirmed()
    told = [
        f"{one.key}: {one.entry_name}{f' ({one.entry_number})' if one.entry_number else ''}\n"
        f"  by {one.who} on {one.at:%Y-%m-%d}: {one.why}"
        for one in held
    ]
    say_all(told, "No parent is confirmed.")


@parent.command()
@click.argument("key")
@click.argument("organisation", metavar="PARENT")
def undo(key: str, organisation: str) -> None:
    """Take back that PARENT is the parent of the supplier KEY, both as `riskcheck parent list` writes them."""
    with refusing():
        taken = parents.take_back(key, organisation)
    click.echo(printable(f"Taken back: {taken.entry_name} is not the parent or group of {taken.key}."))
