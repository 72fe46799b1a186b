"""What was read of the files: sheets, headings, rows set aside, and whether it adds up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from checker.records.mappings import UNDONE
from checker.runs import Ended, Run
from checker.show import announced, audit, frame, tables
from checker.show.labels import NOT_KNOWN, Labels, begun, count, listed, percent, pounds, sheet
from checker.show.literal import literal
from checker.show.tables import Cell, Column, Table
from checker.turns import Place
from riskengine.pipeline import Assessment

STEPS = {
    "starting": "Starting",
    "lines": "Understanding headings and rows",
    "suppliers": "Bringing the spellings of each supplier together",
    "matches": "Looking suppliers up in the registry copy",
    "statements": "Reading the statements found",
    "sectors": "Telling what was bought",
    "findings": "Asking the questions",
    "scores": "Adding up points",
    "done": "Finishing",
    "saving": "Keeping the assessment",
}
AS_UNDERSTOOD = "As understood"
NO_COLUMN = "No column holds this"
NOT_FOUND = "As understood: no heading"
MOST_NAMED = 2
"""More headings do not fit in a box."""
PARTS = ("read", "assessed", "set_aside")
MAPPED = (
    *("supplier", "description", "amount", "date", "department", "category", "company_number", "start", "end"),
    *("extension", "latest_end", "quantity", "unit", "rate"),
)
"""The fields that can be corrected on screen; the command line takes any."""

NAMED = ("supplier", "description", "amount")
"""The fields asked for where a list could not be used at all."""


def step(name: str) -> str:
    """The words for a step of a run."""
    return STEPS.get(name, begun(name))


def doing(run: Run) -> str:
    """What a run does now, or for how many others it waits."""
    place = run.waiting()
    return _waiting(place) if place else step(run.progress()[0])


def draw_progress(run: Run) -> bool:
    """How far a run is, and what it does; whether the reader cancelled it."""
    told = doing(run)
    st.progress(run.progress()[1], text=literal(told))
    announced.draw(told, key="run_told")
    pressed = st.button("Cancel", key="cancel_run")
    if pressed:
        run.cancel()
    return pressed


def _waiting(place: Place) -> str:
    verb = "is" if place.at_work == 1 else "are"
    before = f"{count(place.before, 'run')} {'waits' if place.before == 1 else 'wait'} before yours"
    return f"Waiting for its turn: {count(place.at_work, 'run')} {verb} at work, {before}."


def draw_end(ended: Ended) -> None:
    """How a run ended: each problem in its one sentence."""
    frame.unwell(ended, "The run was cancelled. Nothing was kept of it.")
    if ended.assessment:
        st.success("The lists were checked. What was read stands below.")
        st.page_link("checker/pages/dashboard.py", label="See the dashboard")


def draw_sheets(sheets: pl.DataFrame, labels: Labels) -> None:
    """Rows and £ of each sheet (rows of `report.totals.sheets`)."""
    st.write(literal(adds_up(sheets)))
    tables.draw(sheet_table(sheets, labels), key="sheets")


def adds_up(sheets: pl.DataFrame) -> str:
    """In words: rows read = assessed + set aside."""
    read, assessed, aside = (int(sheets.get_column(f"rows_{part}").sum()) for part in PARTS)
    told = f"{count(read, 'row')} read = {assessed:,} assessed + {aside:,} set aside."
    wrong = sheets.filter(~pl.col("adds_up"))
    if wrong.is_empty():
        return f"{told} Rows and £ add up in every sheet."
    return f"{told} These sheets do not add up: {listed(wrong.get_column('sheet').to_list())}."


def sheet_table(rows: pl.DataFrame, labels: Labels) -> Table:
    """Each sheet with its rows and £."""
    numbers = ("Rows read", "Assessed", "Set aside", "£ read", "£ assessed", "£ set aside")
    columns = [Column("File and sheet"), *(Column(name, number=True) for name in numbers)]
    return Table("What was read, sheet by sheet", columns, [_sheet(row, labels) for row in rows.iter_rows(named=True)])


def _sheet(row: dict[str, Any], labels: Labels) -> list[Cell]:
    place = sheet(row)
    if row["left_out"] is not None:
        return [Cell(place, note=f"Left out: {row['left_out']}"), *(Cell("") for _ in range(6))]
    kind = labels.of("amount_kind", row["amount_kind"])
    note = " ".join([f"{kind}. Headings in row {row['header_row']}.", *row["notes"]])
    rows = [Cell(f"{row[f'rows_{part}']:,}") for part in PARTS]
    unread = row["amount_kind"] == "unknown" and not row["amount_read"]
    amounts = [Cell(NOT_KNOWN if unread else pounds(row[f"amount_{part}"])) for part in PARTS]
    return [Cell(place, note=note), *rows, *amounts]


def draw_headings(assessment: Assessment, labels: Labels) -> None:
    """How each heading was understood."""
    st.header("How headings were understood")
    shown = tables.page_of(assessment.headings, "headings")
    tables.draw(heading_table(shown, labels), key="headings")


def heading_table(rows: pl.DataFrame, labels: Labels) -> Table:
    """Each column of each sheet (rows of Headings)."""
    columns = [Column("Heading"), Column("Understood as"), Column("How sure", number=True), Column("Why")]
    cells = [
        [
            Cell(row["heading"] or "No heading", note=f"{sheet(row)}, column {row['column']}"),
            Cell("Not used" if row["field"] is None else labels.of("field", row["field"])),
            Cell("" if row["confidence"] is None else percent(row["confidence"])),
            Cell(row["reason"]),
        ]
        for row in rows.iter_rows(named=True)
    ]
    return Table("How each heading was understood", columns, cells, caption_hidden=True)


def ask_mapping(assessment: Assessment, labels: Labels, remembered: Mapping[str, str]) -> dict[str, str] | None:
    """Let the reader say which heading holds a field, or that none does; None until the button is pressed.

    Gives field to heading, empty where no column holds the field. What was chosen for this assessment, or `remembered`,
    stands in the boxes; "as understood" in its place undoes it.
    """
    headings = assessment.headings.get_column("heading").drop_nulls().unique(maintain_order=True).to_list()
    options = [AS_UNDERSTOOD, NO_COLUMN, *headings]
    held = {field: heading or NO_COLUMN for field, heading in {**remembered, **assessment.mapping}.items()}
    before = {field: heading for field, heading in held.items() if heading in options}
    taken = understood(assessment.headings)
    with st.expander("Correct how headings were understood"), st.form("mapping", border=False):
        st.write(
            "Each box shows the heading that was taken. Where another holds it, or none does, choose that and check "
            "the same files again. Your choice is kept and used for the next list with the same headings."
        )
        chosen = {
            field: box.selectbox(
                literal(labels.of("field", field)),
                options,
                format_func=lambda option, field=field: (
                    taken.get(field, NOT_FOUND) if option == AS_UNDERSTOOD else option
                ),
                index=options.index(before.get(field, AS_UNDERSTOOD)),
                key=f"map_{field}",
            )
            for box, field in zip(frame.boxes(len(MAPPED)), MAPPED, strict=True)
        }
        pressed = st.form_submit_button("Check again with these headings")
    if not pressed:
        return None
    said = {field: heading for field, heading in chosen.items() if heading != AS_UNDERSTOOD or field in before}
    words = {NO_COLUMN: "", AS_UNDERSTOOD: UNDONE}
    return {field: words.get(heading, heading) for field, heading in said.items()}


def understood(headings: pl.DataFrame) -> dict[str, str]:
    """The headings that each field was taken from, over all sheets."""
    used = headings.drop_nulls(["field", "heading"]).group_by("field", maintain_order=True)
    told = used.agg(pl.col("heading").unique(maintain_order=True))
    return {row["field"]: f"{AS_UNDERSTOOD}: {_named(row['heading'])}" for row in told.iter_rows(named=True)}


def _named(headings: list[str]) -> str:
    return listed(headings) if len(headings) <= MOST_NAMED else f"{len(headings)} headings, one a sheet"


def ask_headings(labels: Labels) -> dict[str, str] | None:
    """Where no list could be used, let the reader name the headings: field to heading, None until asked for."""
    with st.form("headings", border=False):
        st.write("If a heading was not recognised, write it here as it stands in your list, and check the files again.")
        boxes = st.columns(len(NAMED))
        written = {
            field: box.text_input(
                literal(f"Heading of: {labels.of('field', field).lower()}"), key=f"name_{field}"
            ).strip()
            for field, box in zip(NAMED, boxes, strict=True)
        }
        pressed = st.form_submit_button("Check again with these headings")
    return {field: heading for field, heading in written.items() if heading} if pressed else None


def draw_set_aside(assessment: Assessment, reasons: pl.DataFrame) -> None:
    """Rows that could not be assessed, by reason and one by one."""
    st.header("What was set aside")
    if assessment.set_aside.is_empty():
        st.write("No row was set aside.")
        return
    tables.draw(audit.reasons(reasons), key="reasons")
    tables.draw(audit.set_aside(tables.page_of(assessment.set_aside, "aside")), key="aside")
