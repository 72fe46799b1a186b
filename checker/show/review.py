"""A supplier beside the register records that may be it, and the questions put to the officer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from checker.show import links, lists
from checker.show.labels import NOT_KNOWN, Labels, count, day, listed, percent, pounds
from checker.show.literal import literal
from checker.show.tables import Cell, Column, Table
from checker.views.evidence import Profile
from checker.views.review import Taken

WORDS = {"same": "Same", "not_same": "Not the same", "parent": "Its parent or group", "not_sure": "Not sure"}
REASON = "Reason, in a few words"
REASON_HELP = "Such as: same company number on the invoice. It is kept with your name and the time."
NO_REASON = "Give a short reason first: it is kept with the decision."
REASON_FOR_ALL = "Reason for all ticked, in a few words"
ORDERS = {"stake": "most £ times points first", "unlike": "least alike first"}
STATED = "The statement was recorded. It takes effect at the next run."


def left(queue: pl.DataFrame, taken: list[Taken]) -> str:
    """How many possible matches wait for a decision, and how many decisions wait for a run."""
    unsure = int(queue.get_column("unsure").sum())
    waiting = sum(one.state == "next" for one in taken)
    said = [
        f"{count(queue.height - unsure, 'possible match', 'possible matches')} to decide.",
        f"You were not sure of {unsure:,} more; they come last." if unsure else "",
        f"{count(waiting, 'decision')} will take effect at the next run." if waiting else "",
    ]
    return " ".join(part for part in said if part)


def compared(profile: Profile, sectors: list[str], rows: pl.DataFrame, labels: Labels) -> Table:
    """The supplier beside each register record (rows of `views.review.candidates`): all that a person can compare."""
    records = rows.to_dicts()
    own = profile.facts
    other = [text for text in own["spellings"] if text != profile.name]
    cells = [
        _row("Name", profile.name, [one["matched_name"] for one in records]),
        _row("Company number", own["company_number"], [one["matched_number"] for one in records]),
        _row("Postcode", own["postcode"], [one["postcode"] for one in records]),
        _row("Other and earlier names", listed(other), [listed(one["previous_names"] or []) for one in records]),
        _row("Sector", listed(sectors), [listed(one["sectors"] or []) for one in records]),
        _row("Made by a parent", None, [listed(one["parents"] or []) for one in records]),
        _row("Years with a statement", None, [_years(one["years"]) for one in records]),
        _row("Turnover given", None, [one["turnover"] for one in records]),
        _row("What the checker says", None, [_answer(one, labels) for one in records]),
        _row("Why", None, [one["reason"] for one in records]),
        _row("Decision so far", None, [WORDS.get(one["word"], "None") for one in records]),
    ]
    titles = [f"Record {at}" for at in range(1, len(records) + 1)] if len(records) > 1 else ["Record"] * len(records)
    columns = [Column("Compared"), Column("In your list"), *(Column(title) for title in titles)]
    table = Table(f"{profile.name} beside the registry copy", columns, cells, caption_hidden=True)
    return replace(table, rows=[row for row in cells if any(cell.text for cell in row[1:])])


def _row(title: str, own: str | None, records: list[str | None]) -> list[Cell]:
    """One thing compared. What only one side tells is said to be unknown on the other where a side can tell it."""
    given = [own, *records]
    blank = NOT_KNOWN if any(given) and title in BOTH else ""
    return [Cell(title), *(Cell(text or blank) for text in given)]


BOTH = ("Company number", "Postcode")
"""What a list and the registry may both give, so that a blank is worth a word."""


def _years(years: list[int] | None) -> str:
    return ", ".join(str(year) for year in years or [])


def _answer(record: dict[str, Any], labels: Labels) -> str:
    score = "" if record["score"] is None else f", score {record['score']:.2f} of 1"
    return f"{labels.of('match', record['match'])}{score}"


def at_stake(profile: Profile, amounts: list[dict[str, Any]], labels: Labels) -> str:
    """In one sentence, what hangs on the answer: £ by kind, band and questions answered."""
    own = profile.facts
    money = [f"{pounds(one['amount'])} ({labels.of('amount_kind', one['amount_kind']).lower()})" for one in amounts]
    band = f"{labels.of('band', own['band']).lower()} band with {count(own['points'], 'point')}"
    return f"{listed(money) or '£ not known'}. In the {band}; {percent(own['checked_share'])} of questions answered."


def ask(supplier_id: str, rows: pl.DataFrame) -> tuple[dict[str, Any], str, str] | None:
    """The record, word and reason when a button was pressed with all that it needs; None otherwise."""
    records = rows.to_dicts()
    told = rows.get_column("word").is_not_null().sum()
    first = next((at for at, one in enumerate(records) if one["word"] is None), 0)
    names = [literal(f"{one['matched_name']}, {one['matched_number'] or 'no number'}") for one in records]
    with st.form("decide", enter_to_submit=False):
        st.write("Is the supplier this organisation, or does it belong to it?")
        record = st.radio("Record", range(len(records)), first, names.__getitem__, key=f"record_{supplier_id}_{told}")
        why = st.text_input(REASON, help=REASON_HELP, max_chars=300, key=f"why_{supplier_id}_{told}").strip()
        with st.container(horizontal=True):
            pressed = [
                word for word, title in WORDS.items() if st.form_submit_button(literal(title), key=f"word_{word}")
            ]
    if not pressed or record is None:
        return None
    if not why and pressed[0] != "not_sure":
        st.error(NO_REASON)
        return None
    return records[record], pressed[0], why


def ask_statement(name: str, supplier_id: str, today: date) -> tuple[str, date] | None:
    """Link and day of a statement that the officer saw, when the button was pressed."""
    st.write(literal(f"If you saw a statement of {name} that is not in the registry, record where and when."))
    with st.form("statement", enter_to_submit=False):
        link = st.text_input("Link to the statement", placeholder="https://", key=f"link_{supplier_id}")
        seen = st.date_input("Day you saw it", today, max_value=today, format="DD/MM/YYYY", key=f"seen_{supplier_id}")
        pressed = st.form_submit_button("Record this statement")
    return (link, seen) if pressed else None


def statements(rows: pl.DataFrame) -> Table:
    """The statements recorded for one supplier (rows of FoundStatements)."""
    cells = [[Cell(row["link"]), Cell(day(row["seen"])), Cell(row["who"])] for row in rows.iter_rows(named=True)]
    return Table("Statements recorded", [Column("Link"), Column("Seen"), Column("By")], cells)


def ask_order() -> str:
    """The order of the queue that the officer chose, one of ORDERS."""
    chosen: str = st.radio("Order of the suppliers to review", list(ORDERS), format_func=_sentence, horizontal=True)
    return chosen


def _sentence(order: str) -> str:
    return literal(ORDERS[order].capitalize())


def ask_none(rows: pl.DataFrame, waiting: int) -> tuple[list[str], str] | None:
    """The suppliers ticked and the reason, when the button was pressed with both.

    Rows of `views.review.queue`; those with the same number or the whole name are left to be looked at one by one.
    """
    offered = {row["supplier_id"]: _beside(row) for row in rows.filter("by_name").iter_rows(named=True)}
    with st.form("none", enter_to_submit=False, border=False):
        st.write("Tick each supplier that is none of the records named beside it. Each is recorded as not the same.")
        if len(offered) < rows.height:
            st.write("Suppliers with the number or the whole name of a record are left out: look at those one by one.")
        ids = [one for one, beside in offered.items() if st.checkbox(literal(beside), key=f"none_{one}")]
        why = st.text_input(REASON_FOR_ALL, help=REASON_HELP, max_chars=300, key=f"why_none_{waiting}").strip()
        pressed = st.form_submit_button("None of these")
    if pressed and not (ids and why):
        st.error(NO_REASON if ids else "Tick at least one supplier first.")
    return (ids, why) if pressed and ids and why else None


def _beside(row: dict[str, Any]) -> str:
    return f"{row['name']}: {'; '.join(row['open'])} (score {row['score']:.2f} of 1)"


def queue(rows: pl.DataFrame, order: str, total: int, labels: Labels, here: str) -> Table:
    """Suppliers with a possible match (rows of `views.review.queue`); each links to its review."""
    columns = [Column("Supplier"), Column("Possible record"), Column("Score", number=True)]
    columns += [Column("£", number=True), Column("Highest band")]
    cells = [
        [
            Cell(
                row["name"],
                note="You were not sure" if row["unsure"] else None,
                href=links.to("review", assessment=here, supplier=row["supplier_id"]),
            ),
            Cell(row["matched_name"]),
            Cell(f"{row['score']:.2f}"),
            Cell(pounds(row["amount"]), note=labels.of("amount_kind", row["amount_kind"])),
            lists.band(row, labels),
        ]
        for row in rows.iter_rows(named=True)
    ]
    return Table(f"{count(total, 'supplier')}, {ORDERS[order]}", columns, cells)
