"""`riskcheck audit` and what else the command line does with the record."""

from __future__ import annotations

from pathlib import Path

import click

from checker import packs, records, reruns, runs
from checker.records import verification
from checker.records.backup import backup as write_backup
from checker.records.backup import restore as read_backup
from checker.records.comparison import compare as compare_two
from checker.records.retention import clear, due
from checker.terminal import Refused, printable, progress_bar, refusing, say_all
from riskengine import policy as policies

SHOWN = 20
"""Suppliers listed of a comparison."""


@click.group()
def audit() -> None:
    """Look at the audit trail, check that nothing was changed, and make audit packs."""


@audit.command()
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many entries to show.")
def trail(limit: int) -> None:
    """Show who did what and when, the latest first."""
    with refusing():
        entries = records.trail(limit)
    told = [
        f"{entry.number:>6}  {entry.at:%Y-%m-%d %H:%M} UTC  {entry.who}: {entry.action}\n"
        f"        {entry.subject}  {entry.hash}"
        for entry in entries
    ]
    say_all(told, "The trail has no entries yet.")


@audit.command()
@click.argument("pack", required=False, type=click.Path(path_type=Path))
@click.option("--head", metavar="HASH", help="The hash of an entry noted earlier: check that the trail still holds it.")
def verify(pack: Path | None, head: str | None) -> None:
    """Check an audit PACK, or without one the whole record, for any change or gap.

    A pack is checked with nothing but the pack. Of the record, every entry of the trail is looked at, the decisions,
    notes and mappings it speaks of, and the files of every assessment. Ends with 2 and says what does not fit.
    """
    with refusing():
        told, faults = _pack(pack) if pack else _record(head)
    if faults:
        raise Refused(printable("\n       ".join(faults)))
    click.echo(printable(told))


def _record(head: str | None) -> tuple[str, tuple[str, ...]]:
    found = verification.verify(head)
    return f"Nothing was changed: {found.entries:,} entries, the last has the hash {found.head}.", found.faults


def _pack(path: Path) -> tuple[str, tuple[str, ...]]:
    found = packs.check(path)
    told = (
        f"Nothing was changed: {found.files:,} files of assessment {found.assessment}.\n{found.signed_off}\n"
        f"SHA-256 of its manifest: {found.manifest}"
    )
    return told, found.faults


@audit.command()
@click.argument("assessment", metavar="ID")
@click.option("--out", metavar="FILE", required=True, type=click.Path(path_type=Path), help="The zip file to write.")
@click.option(
    "--show-personal-names",
    "personal_names",
    flag_value="shown",
    default="withheld",
    help="Write the names of likely persons, which are withheld otherwise. The trail says so.",
)
def pack(assessment: str, out: Path, personal_names: packs.report.PersonalNames) -> None:
    """Write the audit pack of assessment ID: results, policy, hashes of inputs, decisions and the audit trail."""
    with refusing():
        digest = packs.write(assessment, out, personal_names)
    click.echo(f"{out.name} is written. SHA-256 of its manifest: {digest}")


@click.command()
def assessments() -> None:
    """List the assessments kept, the latest first, with their ids."""
    with refusing():
        kept = records.recent()
    told = [
        f"{one.id}  {one.state:<9}  {one.saved:%Y-%m-%d %H:%M}  {one.lines:,} lines as of {one.as_of}  "
        f"{', '.join(one.files)}"
        for one in kept
    ]
    say_all(told, "No assessment is kept yet.")


@click.command()
@click.argument("assessment", metavar="ID")
def rerun(assessment: str) -> None:
    """Make assessment ID again from its stored input, and compare every file byte by byte.

    Ends with 2 where a file comes out differently, and names it.
    """
    with refusing(), progress_bar() as progress:
        found = reruns.rerun(assessment, progress)
        reruns.note(assessment, found, records.me())
    if found.differing:
        raise Refused(f"These files come out differently: {', '.join(found.differing)}.")
    click.echo(f"Assessment {assessment} was made again: every file is the same to the byte.")


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
def compare(before: str, after: str) -> None:
    """Say what changed from assessment A to assessment B, supplier by supplier."""
    with refusing():
        rows = compare_two(before, after)
    counts = dict(rows.get_column("change").value_counts().iter_rows())
    click.echo(", ".join(f"{counts.get(change, 0):,} {change}" for change in records.CHANGES) + ".")
    statements = policies.load().wording.labels["statement"]
    for row in rows.filter(rows["change"] != "same").head(SHOWN).iter_rows(named=True):
        told = (
            "not in it" if row[f"points_{side}"] is None
            else f"{row[f'points_{side}']} points, {statements[row[f'statement_{side}']]}"
            for side in ("before", "after")
        )  # fmt: skip
        click.echo(printable(f"{row['change']:<8} {row['name']}: {' -> '.join(told)}"))


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
def backup(target: Path) -> None:
    """Write the whole record, with assessments, input files and register copies, into one new FILE."""
    with refusing():
        count = write_backup(target)
    click.echo(f"{count:,} files are in {target.name}.")


@click.command()
@click.argument("source", metavar="FILE", type=click.Path(path_type=Path))
def restore(source: Path) -> None:
    """Bring a backup FILE back into an empty data folder and database, and check it."""
    with refusing():
        count = read_backup(source)
        faults = verification.verify().faults
    if faults:
        raise Refused(printable("\n       ".join(["The backup is restored, but:", *faults])))
    click.echo(f"{count:,} files are restored from {source.name}; nothing in them was changed.")


@click.command()
@click.option("--delete", is_flag=True, help="Delete what is listed. The trail keeps that it was deleted, and why.")
def retention(delete: bool) -> None:
    """List the assessments and input files whose time is over by the retention rules."""
    with refusing():
        found = clear(records.me()) if delete else due()
        if delete:
            runs.clear_old()
    for one in found:
        click.echo(f"{one.kind} {one.id}: {one.rule}")
    click.echo(f"{len(found):,} {'deleted' if delete else 'to be deleted'}.")


@click.group()
def mapping() -> None:
    """List and forget the headings that were chosen by hand and are remembered for lists of the same layout."""


@mapping.command("list")
def list_mappings() -> None:
    """List what is remembered, the latest first: layout, day, who, and the heading of each field."""
    with refusing():
        kept = records.remembered()
    told = [
        f"{one.layout[:12]}  {one.at:%Y-%m-%d}  {one.who}: {records.said(one.mapping)}\n"
        f"              headings: {' | '.join(one.headings)}"
        for one in kept
    ]
    say_all(told, "No mapping is remembered.")


@mapping.command()
@click.argument("layout")
def forget(layout: str) -> None:
    """Forget the mapping of a LAYOUT, named by the beginning of its fingerprint."""
    with refusing():
        records.forget(layout, records.me())
    click.echo("The mapping is forgotten. Lists of this layout are understood by the policy again.")


COMMANDS = (audit, assessments, rerun, compare, mapping, backup, restore, retention)
"""What `riskcheck` offers of the record."""
