"""How fast the statement registry is read, and statements are judged.

Makes yearly files in the official layout from the sample registry's rows (8 years of 12,000 rows), then prints the
medians of nine runs in turns of bare `polars.read_csv` of the same files and `statement_registry.load` of them with
the ratio of the two, in seconds of the clock and of the processor (all threads), and of `statements.judge` of 50,000
suppliers that are already matched. On a shared machine the processor's seconds are the steadier ones.

    python bench/registry_speed.py --years 8 --rows 12000 --suppliers 50000
"""

from __future__ import annotations

import argparse
import csv
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl

from registries import statement_registry
from registries.sample import FOLDER
from registries.statement_columns import OFFICIAL
from riskengine import statements
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.statements import StatementsPolicy
from riskengine.schemas import Inputs, Matches, StatementRegister, Suppliers

LAST_YEAR = 2026
RUNS = 9
METERS = ("clock", "processor")


def main() -> None:
    """Parse the arguments, make the files, time and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--years", type=int, default=8, help="registry years to make (default 8)")
    parser.add_argument("--rows", type=int, default=12_000, help="rows a year (default 12,000)")
    parser.add_argument("--suppliers", type=int, default=50_000, help="matched suppliers to judge (default 50,000)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = make(Path(folder), asked.years, asked.rows)
        size = sum(file.stat().st_size for file in files) / 1e6
        bare, ours = in_turns(
            lambda: [pl.read_csv(file, infer_schema=False) for file in files], lambda: statement_registry.load(files)
        )
        register = statement_registry.load(files)
    print(f"{asked.years} years x {asked.rows:,} rows, {size:.0f} MB, median of {RUNS} runs")
    for meter, of_bare, of_ours in zip(METERS, bare, ours, strict=True):
        print(f"  {meter}: polars.read_csv {of_bare:.3f} s, ours {of_ours:.3f} s, {of_ours / of_bare:.2f} times bare")
    print(f"  {register.entries.height:,} organisations, {register.records.height:,} records")
    suppliers, matches, inputs = matched(register, asked.suppliers)
    policy = StatementsPolicy.load(Folder(BUILT_IN, None))
    (judged,) = in_turns(lambda: statements.judge(suppliers, matches, inputs, policy))
    print(f"{asked.suppliers:,} suppliers")
    for meter, seconds in zip(METERS, judged, strict=True):
        print(f"  {meter}: statements.judge {seconds:.3f} s")


def make(folder: Path, years: int, rows: int) -> list[Path]:
    """Yearly files whose organisations recur from year to year, with the sample's cells."""
    with (FOLDER / f"StatementSummaries{LAST_YEAR}.csv").open(encoding="utf-8-sig", newline="") as file:
        patterns = list(csv.DictReader(file))
    files = []
    for year in range(LAST_YEAR - years + 1, LAST_YEAR + 1):
        path = folder / f"StatementSummaries{year}.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, OFFICIAL, lineterminator="\r\n")
            writer.writeheader()
            writer.writerows(_row(patterns[at % len(patterns)], at, year) for at in range(rows))
        files.append(path)
    return files


def _row(pattern: dict[str, str], at: int, year: int) -> dict[str, str]:
    return {
        **pattern,
        "StatementYear": str(year),
        "OrganisationName": f"{pattern['OrganisationName'].strip()} {at}",
        "CompanyNumber": f"{at:08}" if at % 12 else "",
        "StatementSummaryURL": f"https://statement-registry.example/statement-summary/{at // 4:08x}/{year}",
        **{
            column: f"{pattern[column][:6]}{int(pattern[column][6:]) + year - LAST_YEAR}"
            for column in ("StatementStartDate", "StatementEndDate", "DateApproved", "LastUpdated")
        },
    }


def matched(register: StatementRegister, count: int) -> tuple[pl.DataFrame, pl.DataFrame, Inputs]:
    """Suppliers of which three in four are matched with an organisation of the register."""
    ids = [f"S{at}" for at in range(count)]
    entries = register.entries["entry_id"].to_list()
    found = [entries[at % len(entries)] if at % 4 else None for at in range(count)]
    empty = pl.lit(None, pl.String)
    suppliers = pl.DataFrame({"supplier_id": ids}).with_columns(
        name=pl.lit("Acme Ltd"),
        spellings=pl.lit([], pl.List(pl.String)),
        key=pl.col("supplier_id"),
        kind=pl.lit("company"),
        kind_reason=pl.lit(""),
        personal=pl.lit(value=False),
        company_number=empty,
        charity_number=empty,
        vat_number=empty,
        postcode=empty,
    )
    matches = pl.DataFrame({"supplier_id": ids, "entry_id": found}).with_columns(
        rank=pl.lit(1, pl.UInt8),
        match=pl.when(pl.col("entry_id").is_null()).then(pl.lit("none")).otherwise(pl.lit("same")),
        basis=pl.lit("name"),
        matched_name=empty,
        matched_number=empty,
        score=pl.lit(None, pl.Float64),
        terms=pl.lit([], Matches.create_empty().schema["terms"]),
        reason=pl.lit("The names are the same."),
    )
    facts = replace(register.facts, partial_reason=None)
    inputs = Inputs(facts.date, replace(register, facts=facts))
    return Suppliers.validate(suppliers, cast=True), Matches.validate(matches, cast=True), inputs


def in_turns(*runs: Callable[[], object]) -> list[tuple[float, ...]]:
    """For each run the median seconds by each of METERS; the runs take turns, and the first round does not count."""
    rounds = [[_timed(run) for run in runs] for _ in range(RUNS + 1)][1:]
    return [
        tuple(statistics.median(seconds) for seconds in zip(*of_run, strict=True))
        for of_run in zip(*rounds, strict=True)
    ]


def _timed(run: Callable[[], object]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - clock, time.process_time() - processor


if __name__ == "__main__":
    main()
