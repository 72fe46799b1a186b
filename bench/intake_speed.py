"""How fast lists are read, as ratios against the bare library call on the same file in the same run.

    python bench/intake_speed.py [--rows 1000000] [--sheet-rows 200000] [--runs 3]

Each measure runs in a process of its own; the least of several runs counts, bare and ours taking turns. The CSV has 12
columns under three title rows in cp1252. "Within 3 times of bare polars.read_csv after transcoding" can be read in two
ways, and both are printed: transcoding counted on both sides (the target), and on ours alone, against the bare read of
a file that somebody else has brought to UTF-8.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import fastexcel
import polars as pl
import xlsxwriter

from checker import reading
from riskengine import lines, spreadsheet
from riskengine.policy import BUILT_IN
from riskengine.policy.files import Folder
from riskengine.policy.lines import LinesPolicy

HEADINGS = (
    *("Body Name", "Directorate", "Service Area", "Expenditure Category", "Detailed Expenditure Type", "Payment Date"),
    *("Transaction Number", "Net Amount (£)", "VAT", "Supplier Name", "Supplier ID", "Description"),
)
TITLES = "Fictional Borough Council\r\nPayments over £500\r\n\r\n"
TRADES = ("Care", "Cleaning", "Works", "Foods", "Security", "Transport", "Print", "Glazing")


@dataclass(frozen=True)
class Measure:
    """Seconds, processor seconds and the most memory (bytes) of one run in a process of its own."""

    seconds: float
    processor: float
    memory: int

    def over(self, other: Measure) -> str:
        """The ratio to another measure, by the clock and in processor time, which load on the machine moves less."""
        by_clock, by_processor = self.seconds / other.seconds, self.processor / other.processor
        return f"{by_clock:.2f} by the clock, {by_processor:.2f} in processor time"


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the CSV")
    parser.add_argument("--sheet-rows", type=int, default=200_000, help="rows of the XLSX")
    parser.add_argument("--runs", type=int, default=3, help="runs of each measure; the least counts")
    parser.add_argument("--measure", nargs=2, metavar=("WHAT", "FILE"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        _run(*asked.measure)
        return
    with tempfile.TemporaryDirectory() as folder:
        _text_figures(Path(folder), asked.rows, asked.runs)
        _workbook_figures(Path(folder), asked.sheet_rows, asked.runs)
        _growth_figures(Path(folder), asked.rows, asked.runs)


def _text_figures(folder: Path, rows: int, runs: int) -> None:
    path = write_text(folder / "list.csv", rows)
    utf8 = folder / "utf8.csv"
    utf8.write_bytes(path.read_bytes().decode("cp1252").encode())
    parts = _least(path, runs, "transcode", "bare-text", "typed-text")
    read = _least(utf8, runs, "bare-read")["bare-read"]
    bare, ours = parts["bare-text"], parts["typed-text"]
    print(f"CSV, {rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB in cp1252")
    transcoding = parts["transcode"].seconds
    print(f"  bare: transcoding and polars.read_csv {bare.seconds:6.2f} s (transcoding {transcoding:.2f} s)")
    print(f"  ours: file to typed ContractLines     {ours.seconds:6.2f} s")
    print(f"  ratio {ours.over(bare)} (target 3), transcoding on both sides")
    print(f"  bare: polars.read_csv of the same text in UTF-8 {read.seconds:.2f} s")
    print(f"  ratio {ours.over(read)}, transcoding on our side alone")
    print(f"  peak memory {ours.memory / path.stat().st_size:.1f} times the file (target below 8)")


def _workbook_figures(folder: Path, rows: int, runs: int) -> None:
    path = write_workbook(folder / "list.xlsx", rows)
    parts = _least(path, runs, "bare-workbook", "guarded-workbook")
    bare, ours = parts["bare-workbook"], parts["guarded-workbook"]
    print(f"XLSX, {rows:,} rows, {path.stat().st_size / 1e6:,.0f} MB")
    print(f"  bare calamine {bare.seconds:.2f} s; guarded reader {ours.seconds:.2f} s")
    print(f"  ratio {ours.over(bare)} (target 2.5)")


def _growth_figures(folder: Path, rows: int, runs: int) -> None:
    few, many = rows // 10, rows * 2
    small = _least(write_text(folder / "few.csv", few), runs, "typed-text")["typed-text"]
    large = _least(write_text(folder / "many.csv", many), runs, "typed-text")["typed-text"]
    each = small.seconds / few * 1e6, large.seconds / many * 1e6
    print(f"Cost of a row: {each[0]:.2f} µs at {few:,} rows, {each[1]:.2f} µs at {many:,}")
    by_clock, by_processor = (
        getattr(large, kind) / many / (getattr(small, kind) / few) for kind in ("seconds", "processor")
    )
    print(f"  ratio {by_clock:.2f} by the clock, {by_processor:.2f} in processor time (target at most 1.2)")


def _least(path: Path, runs: int, *whats: str) -> dict[str, Measure]:
    found: dict[str, list[Measure]] = {what: [] for what in whats}
    for _ in range(runs):
        for what in whats:
            found[what].append(_measured(what, path))
    return {what: min(measures, key=lambda measure: measure.seconds) for what, measures in found.items()}


def _measured(what: str, path: Path) -> Measure:
    command = [sys.executable, __file__, "--measure", what, str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return Measure(float(told[0]), float(told[1]), int(told[2]))


def _run(what: str, file: str) -> None:
    path = Path(file)
    policy = LinesPolicy.load(Folder(BUILT_IN, None))
    pl.DataFrame({"a": ["1"]}).lazy().select(pl.col("a").cast(pl.Int64)).collect()
    work: dict[str, Callable[[], object]] = {
        "transcode": lambda: path.read_bytes().decode("cp1252").encode(),
        "bare-text": lambda: pl.read_csv(path.read_bytes().decode("cp1252").encode(), infer_schema=False, skip_lines=3),
        "bare-read": lambda: pl.read_csv(path, infer_schema=False, skip_lines=3),
        "typed-text": lambda: lines.read(spreadsheet.read(path, path.name), policy, {}),
        "bare-workbook": lambda: (
            fastexcel.read_excel(str(path)).load_sheet(0, header_row=None, dtypes="string").to_polars()
        ),
        "guarded-workbook": lambda: reading.read(path),
    }
    start, processor = time.perf_counter(), _processor()
    work[what]()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(time.perf_counter() - start, _processor() - processor, memory * (1 if sys.platform == "darwin" else 1024))


def _processor() -> float:
    """Processor seconds of this process and the children it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def write_text(path: Path, rows: int) -> Path:
    """Write a fictional payments list of `rows` rows in cp1252 under three title rows."""
    random = Random(1)
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(TITLES + ",".join(HEADINGS) + "\r\n")
        for number in range(rows):
            cells = _cells(number, random)
            cells[7] = f'"{cells[7]}"' if "," in cells[7] else cells[7]
            file.write(",".join(cells) + "\r\n")
    return path


def write_workbook(path: Path, rows: int) -> Path:
    """Write the same list as a workbook."""
    random = Random(1)
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": True}) as book:
        sheet = book.add_worksheet("Payments")
        sheet.write(0, 0, "Fictional Borough Council")
        sheet.write_row(3, 0, HEADINGS)
        for number in range(rows):
            sheet.write_row(number + 4, 0, _cells(number, random))
    return path


def _cells(number: int, random: Random) -> list[str]:
    pounds = random.uniform(-200, 10_000)
    amount = f"£{pounds:,.2f}" if pounds >= 0 else f"-£{-pounds:,.2f}"
    supplier = f"{random.choice(TRADES)} {random.randrange(3_000)} Ltd"
    return [
        *(
            "Fictional Borough Council",
            f"Directorate {number % 9}",
            f"Service {number % 57}",
            f"Category {number % 31}",
        ),
        *(f"Type {number % 211}", f"{number % 28 + 1:02}/{number % 12 + 1:02}/2024", f"T{number:08}", amount, "0.00"),
        *(supplier, f"{number % 3_000:06}", f"Goods and services “{number % 4_001}”"),
    ]


if __name__ == "__main__":
    main()
