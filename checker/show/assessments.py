"""The assessments kept, the state of each, what to look at before one is published, and what changed between two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from checker.records import Entry, Summary
from checker.runs import Ended
from checker.show import frame, links
from checker.show.labels import Labels, begun, count, day, moment
from checker.show.literal import literal
from checker.show.tables import Cell, Column, Table
from checker.views.publishing import Open

MEANINGS = {
    "draft": "This assessment is a draft. Councillors see it once it is published.",
    "published": "This assessment is published: councillors see it. Withdraw it if something in it is wrong.",
    "withdrawn": "This assessment is withdrawn: it should not be relied on, and councillors do not see it.",
}
CHANGES = {
    "new": "New supplier",
    "gone": "No longer in the lists",
    "renewed": "Statement found or renewed",
    "lapsed": "Statement out of date or no longer found",
    "up": "More points",
    "down": "Fewer points",
    "same": "No change",
}
AGAIN = (
    "The lists, policy, registry copy, decisions and headings of an assessment are kept. Made again from them, every "
    "file of it should come out the same to the byte. Nothing is changed by it; the history says how it ended."
)
NOT_KEPT = "Its lists are not kept, so it can't be made again."
SAME = "The assessment was made again: every file came out the same to the byte."
_TONES = {"draft": "unknown", "published": "info", "withdrawn": "medium"}


def table(entries: Sequence[Summary], chosen: str | None) -> Table:
    """Every assessment with its state, the one kept last first; each leads to its own page of this list."""
    columns = [
        Column("Lists"),
        Column("As of"),
        Column("State"),
        Column("Lines", number=True),
        Column("Suppliers flagged", number=True),
        Column("Kept"),
    ]
    cells = [
        [
            Cell(
                frame.files(entry.files),
                note=_note(entry, chosen),
                href=links.to("assessments", assessment=entry.id),
            ),
            Cell(day(entry.as_of)),
            Cell(frame.STATES[entry.state], tone=_TONES[entry.state]),
            Cell(f"{entry.lines:,}"),
            Cell(f"{entry.flagged_suppliers:,}"),
            Cell(moment(entry.saved)),
        ]
        for entry in entries
    ]
    return Table("Assessments kept, the latest first", columns, cells, caption_hidden=True)


def _note(entry: Summary, chosen: str | None) -> str | None:
    notes = ["Shown on all pages now"] if entry.id == chosen else []
    return ". ".join([*notes, "Fictional sample registry"] if entry.sample_register else notes) or None


def before_publishing(found: Open) -> list[str]:
    """What to look at before an assessment is published, one sentence each."""
    said = [
        (found.sample, "It uses the sample registry, which is fictional: publish it for a trial only."),
        (found.unchecked, "Statements were not checked for any supplier."),
        (found.possible, f"{count(found.possible, 'possible match waits', 'possible matches wait')} for a decision."),
        (found.waiting, f"{count(found.waiting, 'decision takes', 'decisions take')} effect only at the next run."),
        (found.set_aside, f"{count(found.set_aside, 'row was', 'rows were')} set aside and not assessed."),
        (found.sector, f"The sector of {found.sector:,} of {count(found.lines, 'line')} is not known."),
    ]
    return [sentence for number, sentence in said if number]


def ask_publish() -> bool:
    """Whether the reader publishes the assessment now."""
    return st.button("Publish this assessment", type="primary", key="publish")


def ask_reason(title: str, key: str) -> str | None:
    """The reason given for a change of state, when its button was pressed; may be empty."""
    with st.form(key, enter_to_submit=False):
        why = st.text_input(
            "Reason", help="It is kept in the audit trail with your name.", max_chars=300, key=f"{key}_why"
        )
        return why if st.form_submit_button(literal(title)) else None


def draw_compared(ended: Ended | None) -> None:
    """How the making again of an assessment ended."""
    if ended is None:
        return
    frame.unwell(ended, "It was cancelled. Nothing was compared.")
    if ended.differing:
        st.error(
            literal(f"These files came out differently: {', '.join(ended.differing)}. Do not rely on the assessment.")
        )
    elif ended.differing is not None:
        st.success(SAME)


def history(entries: Sequence[Entry]) -> Table:
    """What the audit trail says of an assessment."""
    cells = [[Cell(moment(one.at)), Cell(one.who), Cell(begun(one.action)), Cell(one.reason)] for one in entries]
    return Table(
        "What the audit trail says", [Column(title) for title in ("When", "Who", "What", "Why, or how it ended")], cells
    )


def counts(rows: pl.DataFrame) -> Table:
    """How many suppliers changed in which way (rows of `records.compare`)."""
    found = dict(rows.get_column("change").value_counts().iter_rows())
    cells = [[Cell(words), Cell(f"{found.get(change, 0):,}")] for change, words in CHANGES.items()]
    return Table("Suppliers by what changed", [Column("What changed"), Column("Suppliers", number=True)], cells)


def changes(rows: pl.DataFrame, labels: Labels, here: str) -> Table:
    """What changed of each supplier; each that is still there links to its page."""
    columns = [Column("Supplier"), Column("What changed"), Column("Points", number=True), Column("Statement")]
    cells = [
        [
            Cell(row["name"], href=_address(row, here)),
            Cell(CHANGES[row["change"]]),
            Cell(_points(row["points_before"], row["points_after"])),
            Cell(_after(row, labels), note=_before(row, labels)),
        ]
        for row in rows.iter_rows(named=True)
    ]
    return Table("Suppliers that changed", columns, cells)


def _address(row: dict[str, Any], here: str) -> str | None:
    return None if row["change"] == "gone" else links.to("supplier", assessment=here, supplier=row["supplier_id"])


def _points(before: int | None, after: int | None) -> str:
    if before is None or after is None:
        return f"{after:,} now" if before is None else f"{before:,} before"
    return f"{before:,} to {after:,}"


def _after(row: dict[str, Any], labels: Labels) -> str:
    return "" if row["statement_after"] is None else labels.of("statement", row["statement_after"])


def _before(row: dict[str, Any], labels: Labels) -> str | None:
    if row["statement_before"] in {None, row["statement_after"]}:
        return None
    return f"Before: {labels.of('statement', row['statement_before'])}"
