"""Companies House's monthly company data: from the zipped file to a compact snapshot that a run can ask.

Millions of rows are read in pieces and written as Parquet; no step holds them all.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import IO

import polars as pl
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from registries import company_numbers, snapshots
from registries.errors import MissingColumnsError, RegisterFileError
from registries.snapshots import Snapshot
from riskengine.schemas import Companies, CompanyRegister, RegisterFacts

NAME = "Companies House company data"
FILE = "companies.parquet"
BLOCK_BYTES = 4 << 20

SIC = [f"SICCode.SicText_{number}" for number in range(1, 5)]
EARLIER = [f"PreviousName_{number}.CompanyName" for number in range(1, 11)]
COLUMNS = {
    "CompanyName": "name",
    "CompanyNumber": "company_number",
    "CompanyCategory": "category",
    "CompanyStatus": "status",
    "Accounts.AccountCategory": "accounts_category",
    "Accounts.LastMadeUpDate": "accounts_date",
    "Accounts.NextDueDate": "accounts_due",
    "IncorporationDate": "incorporated",
    "RegAddress.PostCode": "postcode",
}
"""Columns read by heading, which stand in the file with blanks around them, and what they become."""

DATES = ["accounts_date", "accounts_due", "incorporated"]

AGAIN = "Download the file again from Companies House and hand it in unchanged."


def take_in(folder: Path, paths: Sequence[Path]) -> Path:
    """Keep the monthly file, or all parts of it, as a snapshot named by its date, and hand back its folder.

    The date is read from the file name (BasicCompanyData...-YYYY-MM-DD...zip). Raises RegisterFileError and its kinds.
    """
    taken = _date(paths)
    with snapshots.new(folder) as place:
        rows = _write(place / FILE, paths)
        snapshot = Snapshot(
            register_name=NAME,
            taken=taken,
            years=(),
            partial_reason="",
            sample=False,
            organisations=rows,
            latest_change=taken,
            files=(snapshots.describe(place / FILE),),
        )
        return snapshots.keep(place, snapshot)


def load(folder: Path) -> CompanyRegister:
    """The companies of a snapshot folder, to be scanned. Raises SnapshotError."""
    snapshot = snapshots.read(folder)
    facts = RegisterFacts(
        date=snapshot.taken,
        years=(),
        partial_reason=snapshot.partial_reason or None,
        sample=snapshot.sample,
        sha256=snapshots.sha256_of([file.sha256 for file in snapshot.files]),
        name=snapshot.register_name,
    )
    return CompanyRegister(facts, _scan(folder / snapshot.files[0].name))


def _scan(path: Path) -> pl.LazyFrame:
    """Parquet of our own, or a small CSV file under Companies House's headings, such as the sample."""
    if path.suffix == ".parquet":
        return pl.scan_parquet(path)
    return _tidied(pl.read_csv(path, infer_schema=False)).lazy()


def _date(paths: Sequence[Path]) -> date:
    dates = {found.group(0) for path in paths if (found := re.search(r"20\d{2}-\d{2}-\d{2}", path.name))}
    if len(dates) != 1:
        raise RegisterFileError(
            paths[0].name if paths else "Companies House",
            "the name does not say of which month the data is.",
            "Keep the name as Companies House gives it, such as BasicCompanyDataAsOneFile-2026-11-01.zip.",
        )
    return date.fromisoformat(dates.pop())


def _write(target: Path, paths: Sequence[Path]) -> int:
    """Write all rows in their order and hand back their number."""
    schema = Companies.create_empty().to_arrow().schema
    rows = 0
    with pyarrow.parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for path in paths:
            for batch in _batches(path):
                frame = _tidied(batch)
                writer.write_table(frame.to_arrow().cast(schema))
                rows += frame.height
    if not rows:
        raise RegisterFileError(paths[0].name, "there are no companies in it.", AGAIN)
    return rows


def _batches(path: Path) -> Iterator[pl.DataFrame]:
    try:
        with zipfile.ZipFile(path) as zipped:
            for name in (name for name in zipped.namelist() if name.lower().endswith(".csv")):
                with zipped.open(name) as file:
                    yield from _read(path, file)
    except (zipfile.BadZipFile, OSError, EOFError) as error:
        raise RegisterFileError(path.name, "this is not a whole zip file.", AGAIN) from error


def _read(path: Path, file: IO[bytes]) -> Iterator[pl.DataFrame]:
    headings = [heading.strip() for heading in next(csv.reader(io.StringIO(file.readline().decode("utf-8-sig"))), [])]
    wanted = [*COLUMNS, *SIC, *EARLIER]
    missing = [column for column in wanted if column not in headings]
    if missing:
        raise MissingColumnsError(path.name, missing)
    try:
        reader = pyarrow.csv.open_csv(
            file,
            read_options=pyarrow.csv.ReadOptions(column_names=headings, block_size=BLOCK_BYTES),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(wanted, pa.string()),
                include_columns=wanted,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
        for batch in reader:
            yield pl.DataFrame(pa.Table.from_batches([batch]))
    except pa.ArrowInvalid as error:
        raise RegisterFileError(
            path.name, "the rows are damaged or not UTF-8, or there are no companies in it.", AGAIN
        ) from error


def _tidied(batch: pl.DataFrame) -> pl.DataFrame:
    """The columns of Companies; a SIC text begins with its code, and "None Supplied" holds none."""
    codes = pl.concat_list(pl.col(column).str.extract(r"^(\d{4,5})").str.zfill(5) for column in SIC)
    named = (
        batch.rename(COLUMNS)
        .with_columns(
            company_number=company_numbers.normal(pl.col("company_number")),
            accounts_category=pl.col("accounts_category").str.to_uppercase().str.strip_chars(),
            sic=codes.list.drop_nulls(),
            previous_names=pl.concat_list(EARLIER).list.drop_nulls(),
        )
        .with_columns(
            pl.col(*DATES).str.to_date("%d/%m/%Y", strict=False),
        )
    )
    return named.drop_nulls(["company_number", "name"]).select(Companies.column_names())
