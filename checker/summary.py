"""The summary of a run as plain text: what was read, whether it adds up, and what was found."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from riskengine.pipeline import Assessment
from riskengine.report import record

WIDTH = 100


def text(assessment: Assessment) -> str:
    """The summary of an assessment, ready to print."""
    run = record.describe(assessment)
    labels = assessment.policy.wording.labels
    paragraphs = [
        _register(run),
        _read(run),
        _set_aside(run),
        _amounts(run, labels),
        _statements(run, labels),
        _flagged(run),
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


def _read(run: dict[str, Any]) -> list[str]:
    """What was read, sheet by sheet, and in all."""
    rows = [_sheet(sheet) for sheet in run["sheets"] if sheet["left_out"] is None]
    heads = ["Sheet", "Rows read", "assessed", "set aside", "£ read", "assessed", "set aside", "Kind", "Adds up"]
    left_out = [
        textwrap.fill(f"Left out: {_place(sheet)}: {sheet['left_out']}", WIDTH)
        for sheet in run["sheets"]
        if sheet["left_out"] is not None
    ]
    totals = run["totals"]
    total = (
        f"Rows read {totals['rows_read']:,} = assessed {totals['lines']:,} + set aside {totals['set_aside']:,}: "
        + ("adds up." if totals["adds_up"] else "DOES NOT ADD UP.")
    )
    return [*_table(heads, rows), *left_out, total]


def _sheet(sheet: dict[str, Any]) -> list[str]:
    return [
        _place(sheet),
        *(f"{sheet[f'rows_{part}']:,}" for part in ("read", "assessed", "set_aside")),
        *(f"{sheet[f'amount_{part}']:,.2f}" for part in ("read", "assessed", "set_aside")),
        sheet["amount_kind"],
        "yes" if sheet["adds_up"] else "NO",
    ]


def _place(sheet: dict[str, Any]) -> str:
    return str(sheet["file"]) if sheet["sheet"] == "(text)" else f"{sheet['file']}, {sheet['sheet']}"


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


def _flagged(run: dict[str, Any]) -> list[str]:
    totals = run["totals"]
    share = totals["checked_share"]
    answered = "not known" if share is None else f"{share:.0%}"
    return [
        f"Flagged suppliers: {totals['flagged_suppliers']:,} of {totals['suppliers']:,}. "
        f"Flagged lines: {totals['flagged_lines']:,} of {totals['lines']:,}.",
        f"Questions that could be answered: {answered}.",
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Columns side by side; figures stand to the right."""
    widths = [max(len(row[place]) for row in [heads, *rows]) for place in range(len(heads))]
    return [_row(row, widths) for row in [heads, *rows]]


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(_cells(cells, widths)).rstrip()


def _cells(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    for cell, width in zip(cells, widths, strict=True):
        yield cell.rjust(width) if cell[:1].isdigit() or cell.startswith("-") else cell.ljust(width)
