"""The UK modern slavery statement registry: from its yearly files or a snapshot folder to a StatementRegister."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import dataframely as dy
import polars as pl

from registries import company_numbers, snapshots, statement_file
from registries.errors import RegisterFileError
from registries.statement_columns import TOPIC_COLUMNS
from riskengine.schemas import RegisterEntries, RegisterFacts, StatementRecords, StatementRegister

YEARS_BACK = 2
"""A copy is whole when it has rows of the year of its date and of this many registry years before it.

Why: a statement is listed under the registry year in which it was due, which is the year of its period end plus six
months; one whose period ended up to 24 months ago, the limit of "ageing", is in one of these years or in the next.
Source: the registry's data page (registry year = financial year end + 6 months); the age limits of statements.toml.
"""

POSTCODE = r"^([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})$"
"""Outward and inward part of a UK postcode, in capitals. Source: BS 7666."""


def load(paths: Sequence[Path]) -> StatementRegister:
    """Read a snapshot folder, or one or several yearly CSV files, into one register.

    Entries are distinct organisations, sorted by `entry_id`: rows with the same company number, or without one and
    with the same name. The latest row gives the name; others are previous names. Records are one row an organisation
    and statement, in the order of the files. Bare CSV files are dated by the latest LastUpdated in them.

    Raises RegisterFileError and its kinds (MissingColumnsError, NotTheRegisterError, SnapshotError), naming the file.
    """
    if len(paths) == 1 and paths[0].is_dir() and snapshots.is_snapshot(paths[0]):
        return _from_snapshot(paths[0])
    yearly = files(paths)
    rows, notes = _rows(yearly)
    taken = rows["LastUpdated"].max()
    if not isinstance(taken, date):
        raise RegisterFileError(yearly[0].name, "no row has a LastUpdated date.", "Hand in the registry's own files.")
    years = _years(rows)
    facts = RegisterFacts(
        date=taken,
        years=years,
        partial_reason=missing_years(years, taken),
        sample=False,
        sha256=snapshots.sha256_of([snapshots.sha256(path) for path in yearly]),
        notes=notes,
    )
    return register(rows, facts)


def missing_years(years: Sequence[int], taken: date) -> str | None:
    """In words what a copy of that date lacks, or None when it covers every registry year that it needs."""
    needed = range(taken.year - YEARS_BACK, taken.year + 1)
    if set(needed) <= set(years):
        return None
    held = _listed_words(years)
    only = f"only the registry year {held} is" if len(years) == 1 else f"only the registry years {held} are"
    lacking = _listed_words([year for year in needed if year not in years])
    return f"{only} in the copy of {_words(taken)}, without {lacking}"


def register(rows: pl.DataFrame, facts: RegisterFacts) -> StatementRegister:
    """Entries and records of rows of the CORE columns, in which the year is a number and dates are dates."""
    known = _identified(rows)
    return StatementRegister(facts, _entries(known), _records(known))


def _from_snapshot(folder: Path) -> StatementRegister:
    snapshot = snapshots.read(folder)
    rows, notes = _rows([folder / file.name for file in snapshot.files])
    facts = RegisterFacts(
        date=snapshot.taken,
        years=snapshot.years,
        partial_reason=snapshot.partial_reason or None,
        sample=snapshot.sample,
        sha256=snapshots.sha256_of([file.sha256 for file in snapshot.files]),
        notes=notes,
    )
    return register(rows, facts)


def files(paths: Sequence[Path]) -> list[Path]:
    """The yearly files among `paths`; a folder stands for the CSV files in it. Raises RegisterFileError for none."""
    found = [file for path in paths for file in (sorted(path.glob("*.csv")) if path.is_dir() else [path])]
    if not found:
        name = paths[0].name if paths else "the registry"
        raise RegisterFileError(name, "there is no CSV file here.", "Give a snapshot folder or the yearly CSV files.")
    return found


def _rows(files: Sequence[Path]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    read = [statement_file.read(path) for path in files]
    rows = pl.concat([frame for frame, _ in read])
    year = pl.col("StatementYear").str.extract(r"^(20[0-9]{2})$").cast(pl.Int32)
    named = rows.with_columns(year).filter(
        pl.col("StatementYear").is_not_null() & pl.col("OrganisationName").is_not_null()
    )
    lost = rows.height - named.height
    notes = [note for _, told in read for note in told]
    if lost:
        notes.append(f"{lost} rows of the registry without an organisation name or a year were left out.")
    if not named.height:
        raise RegisterFileError(files[0].name, "there are no statements in it.", statement_file.AGAIN)
    return named, tuple(notes)


def _years(rows: pl.DataFrame) -> tuple[int, ...]:
    return tuple(rows["StatementYear"].unique().sort().to_list())


def _identified(rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `number`, `key` (the name in capitals) and `entry_id`.

    A number typed into the name is used as number. A row without number belongs to the only numbered organisation of
    the same name, if there is one: group children that the registry does not know carry no number.
    """
    named = rows.with_columns(key=pl.col("OrganisationName").str.to_uppercase())
    bodies = named.select("CompanyNumber", "key").unique(maintain_order=True)
    bodies = bodies.with_columns(
        number=pl.coalesce(
            company_numbers.normal(pl.col("CompanyNumber")),
            company_numbers.normal(pl.col("key").str.extract(r"^([A-Z]{0,2}[0-9]{6,8})$")),
        )
    )
    holders = bodies.drop_nulls("number").group_by("key").agg(holder=pl.col("number").unique())
    single = holders.filter(pl.col("holder").list.len() == 1).select("key", pl.col("holder").list.first())
    known = bodies.join(single, on="key", how="left", maintain_order="left").select(
        "CompanyNumber", "key", number=pl.coalesce("number", "holder")
    )
    joined = named.join(known, on=["CompanyNumber", "key"], how="left", nulls_equal=True, maintain_order="left")
    return joined.with_columns(entry_id=pl.coalesce("number", pl.lit("name:") + pl.col("key")))


def _entries(known: pl.DataFrame) -> dy.DataFrame[RegisterEntries]:
    latest = known.sort(
        pl.col("key") == pl.col("number"),
        "StatementYear",
        "LastUpdated",
        descending=[False, True, True],
        nulls_last=True,
        maintain_order=True,
    )
    entries = latest.group_by("entry_id").agg(
        name=pl.col("OrganisationName").first(),
        company_number=pl.col("number").first(),
        names=pl.col("OrganisationName").filter(
            pl.col("key").is_first_distinct() & pl.col("key").ne_missing(pl.col("number"))
        ),
        record=pl.col("StatementSummaryURL").drop_nulls().first(),
    )
    return (
        entries.join(_postcodes(latest), on="entry_id", how="left")
        .select(
            "entry_id",
            "name",
            "company_number",
            "postcode",
            previous_names=pl.col("names").list.slice(1),
            record="record",
        )
        .sort("entry_id")
        .pipe(RegisterEntries.validate)
    )


def _postcodes(latest: pl.DataFrame) -> pl.DataFrame:
    """The first postcode among the addresses of each organisation; an address recurs from year to year."""
    addresses = latest.select("entry_id", "Address").unique(maintain_order=True)
    return addresses.group_by("entry_id").agg(postcode=_postcode().drop_nulls().first())


def _postcode() -> pl.Expr:
    """The postcode is the last line of the address."""
    last = pl.col("Address").str.strip_chars().str.split("\n").list.last().str.strip_chars().str.to_uppercase()
    return last.str.extract(POSTCODE, 1) + pl.lit(" ") + last.str.extract(POSTCODE, 2)


def _records(known: pl.DataFrame) -> dy.DataFrame[StatementRecords]:
    topics, sectors = _topics(known), _options(known)
    joined = known.join(topics, on=list(TOPIC_COLUMNS), how="left", nulls_equal=True, maintain_order="left").join(
        sectors, on="OrganisationSectors", how="left", nulls_equal=True, maintain_order="left"
    )
    return joined.select(
        "entry_id",
        year="StatementYear",
        group=pl.col("GroupSubmission").str.to_lowercase().eq_missing("yes"),
        parent="ParentName",
        statement_url="StatementURL",
        summary_url="StatementSummaryURL",
        period_start="StatementStartDate",
        period_end="StatementEndDate",
        approved="DateApproved",
        topics="topics",
        topics_missing="topics_missing",
        sectors="sectors",
        turnover="Turnover",
    ).pipe(StatementRecords.validate)


def _topics(known: pl.DataFrame) -> pl.DataFrame:
    """For each combination of answers the areas marked as covered and the others; none where there is no answer.

    Only "Yes" marks an area as covered: later exports leave the others empty instead of "No".
    """
    combinations = known.select(*TOPIC_COLUMNS).unique()
    answered = pl.any_horizontal(pl.col(column).is_not_null() for column in TOPIC_COLUMNS)
    marks = {topic: pl.col(column).str.to_lowercase().eq_missing("yes") for column, topic in TOPIC_COLUMNS.items()}
    covered = [pl.when(answered & mark).then(pl.lit(topic)) for topic, mark in marks.items()]
    missing = [pl.when(answered & ~mark).then(pl.lit(topic)) for topic, mark in marks.items()]
    return combinations.with_columns(
        topics=pl.concat_list(covered).list.drop_nulls(), topics_missing=pl.concat_list(missing).list.drop_nulls()
    )


def _options(known: pl.DataFrame) -> pl.DataFrame:
    """The sectors of each cell of OrganisationSectors: one option a line, and options hold commas."""
    cells = known.select("OrganisationSectors").unique()
    lines = (
        pl.col("OrganisationSectors").fill_null("").str.split("\n").list.eval(pl.element().str.strip_chars(' \r\t"'))
    )
    return cells.with_columns(sectors=lines.list.eval(pl.element().filter(pl.element() != "")))


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _listed_words(years: Sequence[int]) -> str:
    words = [str(year) for year in years]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
