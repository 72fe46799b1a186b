"""The dashboard's figures in words, and as plain tables."""

from __future__ import annotations

import polars as pl

from checker.show.labels import Labels, count, percent, round_pounds
from checker.show.tables import Cell, Column, Table
from checker.views.totals import Unknowns, kinds
from riskengine.schemas import BANDS

MATRIX_HELP = (
    "Each cell counts contract lines; its colour and the word beside the count are the highest band among them. "
    "Choose a cell to see its lines below."
)


CHART = "Share of lines, and of £ of each kind, by band. The table after it holds the same figures."


def money(bands: pl.DataFrame, labels: Labels) -> list[tuple[str, str]]:
    """Each kind of amount, and in a sentence how much of it stands in lines of the high band."""
    return [
        (labels.of("amount_kind", kind), _money(bands.filter(pl.col("amount_kind") == kind))) for kind in kinds(bands)
    ]


def _money(rows: pl.DataFrame) -> str:
    high = rows.filter(pl.col("band") == "high")
    lines, high_lines = int(rows.get_column("lines").sum()), int(high.get_column("lines").sum())
    counted = f"{high_lines:,} of {count(lines, 'line')}"
    total = rows.get_column("amount").sum()
    if not total:
        return f"{counted} in the high band. The £ of these lines is not known."
    share = high.get_column("amount").sum() or 0
    return f"{round_pounds(share)} of {round_pounds(total)} is in the high band ({counted})."


def band_table(bands: pl.DataFrame, labels: Labels) -> Table:
    """Lines and £ by band, a column for each kind of amount: they are never added together."""
    held = kinds(bands)
    columns = [Column("Band"), Column("Lines", number=True)]
    columns += [Column(labels.of("amount_kind", kind), number=True) for kind in held]
    sums = {(str(row["band"]), str(row["amount_kind"])): row for row in bands.iter_rows(named=True)}
    rows = [[Cell(labels.of("band", band), tone=band), *_sums(band, held, sums)] for band in BANDS]
    return Table("Lines and £ by band", columns, rows)


def _sums(band: str, held: list[str], sums: dict[tuple[str, str], dict[str, object]]) -> list[Cell]:
    rows = [sums.get((band, kind)) for kind in held]
    lines = sum(int(str(row["lines"])) for row in rows if row)
    return [
        Cell(f"{lines:,}"),
        *(Cell("£0", note="no lines") if row is None else _sum(row) for row in rows),
    ]


def _sum(row: dict[str, object]) -> Cell:
    amount = row["amount"]
    lines = count(int(str(row["lines"])), "line")
    return Cell("Not known" if amount is None else round_pounds(float(str(amount))), note=lines)


def unknown(found: Unknowns) -> list[str]:
    """What is not known, one sentence each; nothing is said where nothing is missing."""
    lines = found.lines
    said = [
        (lines.sector, f"The sector of {_of(lines.sector, lines.lines, 'line')} is not known."),
        (lines.amount, f"The £ of {_of(lines.amount, lines.lines, 'line')} is not known."),
        (
            found.not_checked,
            f"Statements were not checked for {_of(found.not_checked, found.suppliers, 'supplier')}: individuals, "
            "public bodies, names withheld, or no whole and recent registry copy.",
        ),
        (
            found.possible,
            f"{_of(found.possible, found.suppliers, 'supplier')} may be in the registry under a similar name, "
            "and no person had decided when this assessment was made. They do not count as found.",
        ),
        (
            found.scope,
            f"Whether a statement is required is not known for {_of(found.scope, found.suppliers, 'supplier')}, "
            "mostly because their turnover is not known.",
        ),
        (
            lines.answered is not None and lines.answered < 1,
            f"Of the questions asked of each line, {percent(lines.answered)} could be answered.",
        ),
        (found.withheld, f"The council withheld the name of {_of(found.withheld, found.suppliers, 'supplier')}."),
    ]
    return [sentence for missing, sentence in said if missing]


def _of(number: int, total: int, noun: str) -> str:
    return f"{number:,} of {count(total, noun)}"


def questions(answers: pl.DataFrame, titles: dict[str, str]) -> Table:
    """How often each question could be answered (rows of `report.totals.questions`)."""
    columns = [
        Column("Question"),
        *(Column(name, number=True) for name in ("Raised", "Clear", "Not checked", "Answered")),
    ]
    rows = [
        [
            Cell(titles.get(row["indicator"], row["indicator"])),
            *(Cell(f"{row[outcome]:,}") for outcome in ("raised", "clear", "not_checked")),
            Cell(percent((row["raised"] + row["clear"]) / max(1, row["raised"] + row["clear"] + row["not_checked"]))),
        ]
        for row in answers.iter_rows(named=True)
    ]
    return Table("How often each question could be answered", columns, rows)
