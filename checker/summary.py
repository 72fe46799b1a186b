"""The summary of a run as plain text: what was read, whether it adds up, and what was found."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import polars as pl

from riskengine import report
from riskengine.pipeline import Assessment
from riskengine.report import record
from riskengine.spreadsheet import TEXT_SHEET

WIDTH = 100

SHOWN = 10
"""How many flagged suppliers are named."""


def text(assessment: Assessment) -> str:
    """The summary of an assessment, ready to print; names of likely persons are withheld."""
    shown = report.withhold(assessment)
    run = record.describe(shown)
    labels = assessment.policy.wording.labels
    paragraphs = [
        _register(run),
        _read(run, labels),
        _notes(run),
        _set_aside(run),
        _amounts(run, labels),
        _statements(run, labels),
        _flagged(run, shown, labels),
        [textwrap.fill(run["notice"], WIDTH)],
    ]
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines)


def _register(run: dict[str, Any]) -> list[str]:
    asked = f"As of {run['as_of']}, policy {run['policy']['name']} ({run['policy']['hash'][:12]})."
    register = run["register"]
    if register is None:
        return [asked, "No copy of the statement registry was at hand: statements were not checked."]
    lines = [asked, f"{register['name']}, copy of {register['date']}."]
    if register["sample"]:
        lines.append("This is the fictional SAMPLE registry: its answers say nothing about real organisations.")
    if not register["whole"]:
        lines.append(f"The copy is not whole: {register['partial_reason']}.")
    return [textwrap.fill(line, WIDTH) for line in lines]


def _read(run: dict[str, Any], labels: dict[str, dict[str, str]]) -> list[str]:
    """What was read, sheet by sheet, kind by kind, and in all."""
    heads = ["Sheet", "Rows read", "assessed", "set aside", "£ read", "assessed", "set aside", "Kind", "Adds up"]
    used = [sheet for sheet in run["sheets"] if sheet["left_out"] is None]
    kinds = [_kind(kind, labels["amount_kind"][kind["amount_kind"]]) for kind in run["kinds"]]
    left_out = [
        textwrap.fill(f"Left out: {_place(sheet)}: {sheet['left_out']}", WIDTH)
        for sheet in run["sheets"]
        if sheet["left_out"] is not None
    ]
    totals = run["totals"]
    rows = f"Rows: {totals['rows_read']:,} read = {totals['lines']:,} assessed + {totals['set_aside']:,} set aside"
    return [*_table(heads, [_sheet(sheet) for sheet in used]), *left_out, _adds_up(rows, totals), *kinds]


def _kind(kind: dict[str, Any], label: str) -> str:
    read, assessed, set_aside = (f"£{kind[part]:,.2f}" for part in ("read", "assessed", "set_aside"))
    if _amount_unknown(kind["amount_kind"], kind["read"]):
        return f"{label}: not known, the lists give no readable amounts. The lines were assessed all the same."
    return _adds_up(f"{label}: {read} read = {assessed} assessed + {set_aside} set aside", kind)


def _adds_up(told: str, checked: dict[str, Any]) -> str:
    return f"{told}: {'adds up' if checked['adds_up'] else 'DOES NOT ADD UP'}."


def _amount_unknown(kind: str, amount: float) -> bool:
    return kind == "unknown" and not amount


def _sheet(sheet: dict[str, Any]) -> list[str]:
    unknown = _amount_unknown(sheet["amount_kind"], sheet["amount_read"])
    parts = ("read", "assessed", "set_aside")
    return [
        _place(sheet),
        *(f"{sheet[f'rows_{part}']:,}" for part in parts),
        *("not known" if unknown else f"{sheet[f'amount_{part}']:,.2f}" for part in parts),
        sheet["amount_kind"],
        "yes" if sheet["adds_up"] else "NO",
    ]


def _place(sheet: dict[str, Any]) -> str:
    return str(sheet["file"]) if sheet["sheet"] == TEXT_SHEET else f"{sheet['file']}, {sheet['sheet']}"


def _notes(run: dict[str, Any]) -> list[str]:
    """What was noticed while reading."""
    notes = [f"Note: {_place(sheet)}: {note}" for sheet in run["sheets"] for note in sheet["notes"]]
    notes += [f"Note: {note}" for note in (run["register"] or {"notes": []})["notes"]]
    return [textwrap.fill(note, WIDTH, subsequent_indent="  ") for note in notes]


def _set_aside(run: dict[str, Any]) -> list[str]:
    if not run["set_aside"]:
        return []
    return ["Rows set aside, by reason:", *(f"  {row['rows']:>9,}  {row['reason']}" for row in run["set_aside"])]


def _amounts(run: dict[str, Any], labels: dict[str, dict[str, str]]) -> list[str]:
    """Lines and £ by band, kind by kind."""
    rows = [
        [
            labels["amount_kind"][row["amount_kind"]],
            labels["band"][row["band"]],
            f"{row['lines']:,}",
            "not known" if row["amount"] is None else f"{row['amount']:,.2f}",
        ]
        for row in run["amounts"]
    ]
    return _table(["£ (kinds are never added together)", "Band", "Lines", "£"], rows)


def _statements(run: dict[str, Any], labels: dict[str, dict[str, str]]) -> list[str]:
    counts = run["totals"]["statements"]
    told = [f"  {count:>9,}  {labels['statement'][status]}" for status, count in counts.items() if count]
    return ["Suppliers by statement:", *told]


def _flagged(run: dict[str, Any], assessment: Assessment, labels: dict[str, dict[str, str]]) -> list[str]:
    """How many suppliers and lines are flagged, and the suppliers with most points."""
    totals = run["totals"]
    share = totals["checked_share"]
    first = _most_points(assessment)
    names = [[str(points), name, labels["statement"][statement]] for points, name, statement in first.iter_rows()]
    head = "Supplier" if len(names) == totals["flagged_suppliers"] else f"Supplier (the first {len(names)})"
    return [
        f"Questions that could be answered: {'not known' if share is None else f'{share:.0%}'}.",
        f"Flagged lines: {totals['flagged_lines']:,} of {totals['lines']:,}.",
        f"Flagged suppliers: {totals['flagged_suppliers']:,} of {totals['suppliers']:,}.",
        *(_table(["  Points", head, "Statement"], names) if names else []),
    ]


def _most_points(assessment: Assessment) -> pl.DataFrame:
    """The first flagged suppliers: `points, name, statement`."""
    return (
        assessment.supplier_scores.filter("flagged")
        .sort("points", "supplier_id", descending=[True, False])
        .head(SHOWN)
        .join(assessment.suppliers, on="supplier_id", how="left", maintain_order="left")
        .join(assessment.statements, on="supplier_id", how="left", maintain_order="left")
        .select("points", "name", "statement")
    )


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns side by side; those that hold figures are set to the right."""
    columns = [_set(column) for column in zip(heads, *rows, strict=True)]
    return ["  ".join(cells).rstrip() for cells in zip(*columns, strict=True)]


def _set(column: Sequence[str]) -> list[str]:
    width = max(len(cell) for cell in column)
    figures = any(cell[-1:].isdigit() and cell.lstrip("-")[:1].isdigit() for cell in column[1:])
    return [cell.rjust(width) if figures else cell.ljust(width) for cell in column]
