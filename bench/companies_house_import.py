"""What the import of Companies House's monthly file takes: a made file of its size, streamed by the command itself.

    python bench/companies_house_import.py [--rows 5500000] [--suppliers 50000] [--folder FOLDER]

Writes a zipped file in the official layout (55 columns, every cell quoted, headings with their blanks) with fictional
companies, imports it with `riskcheck registry import companies-house` in a process of its own, and looks the
companies of 50,000 suppliers up in the copy that is kept, in another one. Printed are sizes, seconds of the clock and
of the processor, and the peak memory of each process. Ends with status 1 where the import takes more than 2 GB.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from registries import companies_house

NAME = "BasicCompanyDataAsOneFile-2026-11-01"
RISKCHECK = ["-c", "from checker.cli import main; main()"]
BATCH = 100_000
LIMIT_MB = 2_000

PLAIN = {
    "RegAddress.CareOf": "NOWHERE BUSINESS CENTRE",
    "RegAddress.PostTown": "NOWHERE",
    "RegAddress.Country": "UNITED KINGDOM",
    "RegAddress.PostCode": "ZZ97 1AA",
    "CompanyCategory": "Private Limited Company",
    "CompanyStatus": "Active",
    "CountryOfOrigin": "United Kingdom",
    "IncorporationDate": "29/07/2020",
    "Accounts.AccountRefDay": "31",
    "Accounts.AccountRefMonth": "7",
    "Accounts.NextDueDate": "29/04/2027",
    "Accounts.LastMadeUpDate": "31/07/2025",
    "Returns.NextDueDate": "26/08/2021",
}
"""Cells that are the same in every row; those of columns not named here or in _rows are empty or 0."""
ACCOUNTS = [
    "NO ACCOUNTS FILED",
    "DORMANT",
    "TOTAL EXEMPTION FULL",
    "MICRO ENTITY",
    "UNAUDITED ABRIDGED",
    "FULL",
    "GROUP",
]
SIC = [
    "78300 - Human resources provision and management of human resources functions",
    "99999 - Dormant Company",
    "47710 - Retail sale of clothing in specialised stores",
    "None Supplied",
]


HEADINGS = (
    "CompanyName, CompanyNumber,"
    "RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1, RegAddress.AddressLine2,RegAddress.PostTown,"
    "RegAddress.County,RegAddress.Country,RegAddress.PostCode,CompanyCategory,CompanyStatus,CountryOfOrigin,"
    "DissolutionDate,IncorporationDate,Accounts.AccountRefDay,Accounts.AccountRefMonth,Accounts.NextDueDate,"
    "Accounts.LastMadeUpDate,Accounts.AccountCategory,Returns.NextDueDate,Returns.LastMadeUpDate,"
    "Mortgages.NumMortCharges,Mortgages.NumMortOutstanding,Mortgages.NumMortPartSatisfied,"
    "Mortgages.NumMortSatisfied,SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4,"
    "LimitedPartnerships.NumGenPartners,LimitedPartnerships.NumLimPartners,URI,PreviousName_1.CONDATE,"
    " PreviousName_1.CompanyName, PreviousName_2.CONDATE, PreviousName_2.CompanyName,"
    + "".join(f"PreviousName_{number}.CONDATE, PreviousName_{number}.CompanyName," for number in range(3, 11))
    + "ConfStmtNextDueDate, ConfStmtLastMadeUpDate"
).split(",")
"""The 55 headings, some with a blank before. Source: the file of 1 July 2021."""


def main() -> None:
    """Make the file, import it, look suppliers up, and print what each took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=5_500_000)
    parser.add_argument("--suppliers", type=int, default=50_000)
    parser.add_argument("--folder", type=Path, help="where to make and keep the files; else they are removed")
    parser.add_argument("--look-up", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.look_up:
        look_up(asked.look_up, asked.suppliers)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.folder or Path(scratch)
        path = folder / f"{NAME}.zip"
        with ProcessPoolExecutor(1, get_context("spawn")) as apart:
            size = apart.submit(make, path, asked.rows).result()
        print(f"{asked.rows:,} rows, {size / 1e6:,.0f} MB, zipped {path.stat().st_size / 1e6:,.0f} MB", flush=True)
        most = measured("import", folder, [*RISKCHECK, "registry", "import", "companies-house", str(path)])
        for copy in sorted((folder / "registers").rglob("companies.parquet")):
            print(f"kept: {copy.stat().st_size / 1e6:,.0f} MB")
            own = [__file__, "--look-up", str(copy.parent), "--suppliers", str(asked.suppliers)]
            measured(f"{asked.suppliers:,} suppliers looked up", folder, own)
    if most > LIMIT_MB:
        raise SystemExit(f"The import took {most:,.0f} MB; {LIMIT_MB:,} are allowed.")


def make(path: Path, rows: int) -> int:
    """Write the zipped file, a batch at a time, and hand back its size before it was zipped."""
    size = 0
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped,
        zipped.open(f"{NAME}.csv", "w", force_zip64=True) as file,
    ):
        size += file.write((",".join(HEADINGS) + "\r\n").encode())
        for start in range(1, rows + 1, BATCH):
            batch = _rows(start, min(start + BATCH, rows + 1))
            text = batch.write_csv(include_header=False, quote_style="always", line_terminator="\r\n")
            size += file.write(text.encode())
    return size


def _rows(start: int, end: int) -> pl.DataFrame:
    at = pl.int_range(start, end, eager=True).alias("at").to_frame()
    number = pl.col("at").cast(pl.String).str.zfill(8)
    digits = pl.col("at").hash(seed=0).cast(pl.String)
    filled = at.select(
        *(pl.lit(PLAIN.get(heading.strip(), _blank(heading))).alias(heading) for heading in HEADINGS), pl.all()
    )
    some = pl.col("at")
    return filled.with_columns(
        (pl.lit("NOWHERE TRADING, ") + digits + pl.lit(" LIMITED")).alias("CompanyName"),
        (digits + pl.lit(" NOWHERE ROAD")).alias("RegAddress.AddressLine1"),
        number.alias(" CompanyNumber"),
        _one_of(ACCOUNTS, some).alias("Accounts.AccountCategory"),
        _one_of(SIC, some).alias("SICCode.SicText_1"),
        pl.when(some % 5 == 0).then(_one_of(SIC, some // 5)).otherwise(pl.lit("")).alias("SICCode.SicText_2"),
        (pl.lit("http://business.data.gov.uk/id/company/") + number).alias("URI"),
        pl.when(some % 6 == 0)
        .then(pl.lit("NOWHERE BEGINNINGS ") + digits)
        .otherwise(pl.lit(""))
        .alias(" PreviousName_1.CompanyName"),
    ).drop("at")


def _blank(heading: str) -> str:
    return "0" if heading.startswith(("Mortgages.", "LimitedPartnerships.")) else ""


def _one_of(values: Sequence[str], at: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(values)).gather(at % len(values))


def measured(what: str, folder: Path, command: Sequence[str]) -> float:
    """Run Python with a command in a process of its own, print what it took, and hand back its peak memory in MB.

    Linux counts the memory of this process in as long as the other one is not larger, so this one stays small: the
    file is made apart.
    """
    started = time.perf_counter()
    own = {**os.environ, "RISKCHECK_DATA_DIR": str(folder / "registers")}
    child = subprocess.Popen([sys.executable, *command], env=own)
    _, status, used = os.wait4(child.pid, 0)
    if status:
        raise SystemExit(f"{what}: ended with status {os.waitstatus_to_exitcode(status)}.")
    clock, processor, peak = time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3
    print(f"{what}: {clock:.0f} s, processor {processor:.0f} s, peak memory {peak:,.0f} MB")
    return peak


def look_up(copy: Path, suppliers: int) -> None:
    """Ask a copy for the companies of suppliers, as a run does."""
    numbers = pl.LazyFrame({"company_number": [f"{at * 101:08}" for at in range(suppliers)]})
    found = companies_house.load(copy).companies.join(numbers, on="company_number", how="semi").collect()
    print(f"found: {found.height:,}")


if __name__ == "__main__":
    main()
