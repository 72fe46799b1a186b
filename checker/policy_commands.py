"""`riskcheck policy`: check a council's policy folder, compare two policies, explain an indicator."""

from __future__ import annotations

from pathlib import Path

import click

from checker.terminal import Refused, refusing
from riskengine import policy as policies
from riskengine.policy import Policy, compare

BUILT_IN = "built-in"


@click.group()
def policy() -> None:
    """Check, compare and explain the policy: weights, thresholds, sectors, words and sentences.

    A council may hand in a folder of its own: a file in it replaces the built-in file of the same name, whole. DIR is
    such a folder; where two policies are compared, "built-in" names the policy that comes with the product.
    """


@policy.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def check(folder: Path) -> None:
    """Say whether the folder DIR can be used, and what it changes."""
    with refusing():
        ours = policies.load(folder)
        changes = compare.diff(policies.load(), ours)
    click.echo(f"{folder.name} can be used. SHA-256 {ours.hash}.")
    click.echo(f"Values of the built-in policy that it changes: {len(changes)}.")
    click.echo("`riskcheck policy diff built-in DIR` lists them.")


@policy.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
def diff(before: str, after: str) -> None:
    """List every value that differs between the policies A and B."""
    with refusing():
        changes = compare.diff(_load(before), _load(after))
    for change in changes:
        click.echo(f"{change.key}\n  {before}: {_shown(change.before)}\n  {after}: {_shown(change.after)}")
    click.echo(f"Values that differ: {len(changes)}.")


@policy.command()
@click.argument("indicator")
@click.option("--policy", "folder", metavar="DIR", default=BUILT_IN, help="Your council's own policy folder.")
def explain(indicator: str, folder: str) -> None:
    """Tell what INDICATOR asks, why, and what each answer says and earns."""
    with refusing():
        loaded = _load(folder)
    if indicator not in loaded.indicators:
        known = ", ".join(loaded.indicators)
        raise Refused(f'There is no indicator "{indicator}". Known indicators: {known}.')
    click.echo(compare.explain(loaded.indicators[indicator], loaded.bands))


def _load(name: str) -> Policy:
    return policies.load() if name == BUILT_IN else policies.load(Path(name))


def _shown(value: str | None) -> str:
    return "(not there)" if value is None else value
