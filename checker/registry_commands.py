"""`riskcheck registry`: copies of public registers on this machine, fetched, imported, looked at and compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click
import polars as pl

from checker import assessments, changes, companies, look_ups, registers, updates
from checker.assessments import Request, Source
from checker.settings import Settings
from checker.terminal import Refused, printable, progress_bar, refusing, say_all
from registries import (
    http,
    snapshots,
    statement_copies,
    statement_registry,
    statement_search,
)
from registries.snapshots import Snapshot
from riskengine import policy as policies

COMPANIES_HOUSE, PRESUMED = "companies-house", "presumed-in-scope"


@click.group()
def registry() -> None:
    """Fetch, import, look at and compare copies of the statement registry, kept on this machine.

    A run uses the newest copy unless it is given another one. Of these only `update`, `search --site`,
    `unmatched --site` and `companies-house --api` reach for the network, and only when they are called.
    """


@registry.command()
def update() -> None:
    """Download the yearly files of the registry into a new copy. The copies that are there stay.

    RISKCHECK_REGISTRY_DOWNLOADS names another place of the files, such as a mirror.
    """
    with refusing():
        copy = fetch()
        click.echo(_described(copy, snapshots.read(copy)))


def fetch() -> Path:
    """Download the registry into a new copy, with a bar, and hand back its folder. Raises RegistryError."""
    with _progress() as progress:
        return updates.fetch(progress)


@registry.command("import")
@click.argument("what", nargs=-1, required=True, metavar="[companies-house|presumed-in-scope] FILE...")
@click.option("--listed", type=click.DateTime(["%Y-%m-%d"]), help="The day of a presumed-in-scope list.")
def take_in(what: tuple[str, ...], listed: datetime | None) -> None:
    """Keep files that somebody has downloaded by hand.

    \b
    import StatementSummaries2024.csv StatementSummaries2025.csv ...
        the registry's yearly files; they make one copy
    import companies-house BasicCompanyDataAsOneFile-2026-11-01.zip
        Companies House's monthly data, for the kind of accounts of each supplier
    import presumed-in-scope LIST.csv --listed 2020-11-01
        a list of organisations presumed to have the duty (OrganisationName, CompanyNumber)
    """
    kind = what[0] if what[0] in (COMPANIES_HOUSE, PRESUMED) else None
    paths = [Path(name) for name in what[1 if kind else 0 :]]
    if not paths:
        raise Refused("No file was given. Name the files to import.")
    with refusing():
        if kind == PRESUMED:
            if listed is None:
                raise Refused("The day of the list is missing. Give it as --listed 2020-11-01.")
            click.echo(f"{registers.keep_presumed(paths[0], listed.date()):,} organisations kept.")
            return
        copy = registers.keep_copy(registers.COMPANIES if kind else registers.REGISTRY, paths)
        click.echo(_described(copy, snapshots.read(copy)))


@registry.command()
def status() -> None:
    """Say which copy a run uses, how old it is and whether it is whole."""
    for fault in snapshots.unread(Settings().registry_dir):
        click.echo(printable(f"Not used: {fault}"), err=True)
    with refusing():
        found = statement_copies.status(Settings().registry_dir, updates.today())
    if found.path is None or found.snapshot is None:
        raise Refused("There is no copy of the registry on this machine. `riskcheck registry update` fetches one.")
    click.echo(_described(found.path, found.snapshot))
    click.echo(f"{found.days_old} days old.")
    allowed = int(policies.load().statements.snapshot_days.value)
    for warning in registers.warnings(registers.held(Settings().registry_dir, updates.today()), allowed):
        click.echo(warning)


@registry.command()
def history() -> None:
    """List all copies on this machine, newest first."""
    kept = snapshots.history(Settings().registry_dir)
    say_all([_described(path, snapshot) for path, snapshot in kept], "No copy is kept on this machine.")


@registry.command()
@click.argument("name")
@click.option("--copy", type=click.Path(path_type=Path), help="Another copy than the newest: its folder.")
@click.option("--site", is_flag=True, help="Ask the registry's own site instead. It learns the name you look for.")
def search(name: str, copy: Path | None, site: bool) -> None:
    """Look NAME or a company number up. Never search for a person's name on the site."""
    with refusing():
        if site:
            with _progress() as progress:
                found = next(look_ups.on_site([name], progress))[1]
        else:
            found = statement_search.find(_register(copy), name)
    _list(found)
    click.echo(f"{found.height} found. The registry is voluntary: a statement may have been published elsewhere.")


@registry.command()
@click.option(
    "--site", is_flag=True, help="Ask the registry's own site about them. It learns the names. Off unless given."
)
@click.option("--assessment", metavar="ID", help="Whose suppliers to look up.  [default: the newest assessment]")
@click.option("--most", type=click.IntRange(1), default=50, show_default=True, help="How many, the largest line first.")
def unmatched(site: bool, assessment: str | None, most: int) -> None:
    """List the suppliers of an assessment that the registry copy does not hold, or look them up on the site.

    Likely persons are left out. What is found is shown and changes nothing: fetch a fresh copy, or record a statement
    on the Review page.
    """
    with refusing():
        names = look_ups.unmatched(assessment)
        for name in [] if site else names[:most]:
            click.echo(printable(name))
        with _progress() as progress:
            for name, found in look_ups.on_site(names[:most], progress) if site else ():
                click.echo(printable(f"{name}: {found.height} found"))
                _list(found)
    click.echo(f"{min(most, len(names)):,} of {len(names):,} suppliers that were not found in the copy.")


def _list(found: pl.DataFrame) -> None:
    for row in found.iter_rows(named=True):
        parent = f", in the group statement of {row['parent']}" if row["parent"] else ""
        period = f", period to {row['period_end']:%d/%m/%Y}" if row["period_end"] else ""
        click.echo(printable(f"{row['name']} ({row['company_number'] or 'no number'}): {row['year']}{period}{parent}"))
        click.echo(printable(f"  {row['statement_url'] or 'no link'}"))


@registry.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def compare(before: Path, after: Path, files: tuple[Path, ...]) -> None:
    """Say which suppliers of FILES have a new, renewed or lapsed statement between two copies.

    BEFORE and AFTER are snapshot folders; each is looked at as of its own day.
    """
    with refusing(), progress_bar() as progress:
        runs = [
            assessments.run(
                Request(
                    sources=tuple(Source(path, path.name) for path in files),
                    as_of=snapshots.read(folder).taken,
                    registry=(folder,),
                ),
                progress,
            ).assessment
            for folder in (before, after)
        ]
        found = changes.between(runs[0], runs[1])
    for row in found.iter_rows(named=True):
        click.echo(printable(f"{row['change']}: {row['name']} ({row['before'] or 'not there'} to {row['after']})"))
    counts = found["change"].value_counts().sort("change").iter_rows()
    click.echo(", ".join(f"{count} {change}" for change, count in counts) or "Nothing changed.")


@registry.command(COMPANIES_HOUSE)
@click.option("--api", is_flag=True, help="Ask the REST service of Companies House. Off unless given; needs a key.")
@click.option("--assessment", metavar="ID", help="Whose suppliers to ask about.  [default: the newest assessment]")
def companies_of(api: bool, assessment: str | None) -> None:
    """Say what Companies House data is kept, or ask its REST service about the suppliers of an assessment.

    Company numbers alone are sent: those of the list, and those of suppliers found in the registry. At most two
    requests a second, within the limit of 600 in five minutes; an answer is kept for a week. The key is read from
    RISKCHECK_COMPANIES_HOUSE_KEY, or from the file named by RISKCHECK_COMPANIES_HOUSE_KEY_FILE.
    """
    with refusing():
        if not api:
            _tell_companies()
            return
        wanted = companies.numbers(assessment)
        if not wanted:
            raise Refused("No supplier of this assessment has a company number to ask about.")
        click.echo(f"Asking Companies House about {len(wanted):,} company numbers.", err=True)
        with progress_bar() as bar:
            copy, answers = companies.ask(wanted, updates.today(), lambda done, total: bar("asking", done / total))
    known = answers.companies.height
    click.echo(f"{known:,} of {answers.asked:,} companies are known to Companies House. {copy}")
    click.echo("They count in the next run as of today or a later day.")


def _tell_companies() -> None:
    held = [*snapshots.history(Settings().companies_house_dir), *snapshots.history(Settings().companies_house_api_dir)]
    if not held:
        raise Refused("There is no Companies House data on this machine. `riskcheck registry import` keeps a file.")
    for path, snapshot in held:
        click.echo(_described(path, snapshot))


def _register(copy: Path | None) -> statement_registry.StatementRegister:
    register = assessments.register((copy,) if copy else ())
    if register is None:
        raise Refused("There is no copy of the registry on this machine. `riskcheck registry update` fetches one.")
    return register


@contextmanager
def _progress() -> Iterator[http.Progress]:
    with progress_bar() as bar:
        yield lambda address, done, total: bar(address.rpartition("/")[2], done / total if total else 0)


def _described(path: Path, snapshot: Snapshot) -> str:
    whole = f"partial: {snapshot.partial_reason}" if snapshot.partial_reason else "whole"
    years = f", registry years {snapshot.years[0]} to {snapshot.years[-1]}" if snapshot.years else ""
    return f"{path.name}: {snapshot.register_name}, {snapshot.organisations:,} organisations{years}, {whole}. {path}"
