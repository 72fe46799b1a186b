"""A supplier beside the register records that may be it, the questions put to the officer, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from checker.effects import Effect, Pair
from checker.show import links, lists
from checker.show.labels import NOT_KNOWN, Labels, count, day, listed, percent, pounds
from checker.show.tables import Cell, Column, Table
from checker.views.evidence import Profile
from checker.views.review import Taken

WORDS = {"same": "Same", "not_same": "Not the same", "parent": "Its parent or group", "not_sure": "Not sure"}
STATES = {
    "next": "Takes effect at the next run",
    "used": "Used in this assessment",
    "unused": "Not applied by this assessment",
    "vanished": "Its record is not in the registry copy of this assessment",
    "unchecked": "This assessment looked nothing up in the registry",
    "open": "Stays a possible match",
}
REASON = "Reason, in a few words"
REASON_HELP = "Such as: same company number on the invoice. It is kept with your name and the time."
NO_REASON = "Give a short reason first: it is kept with the decision."
STATED = "The statement was recorded. It takes effect at the next run."


def left(queue: pl.DataFrame, taken: list[Taken]) -> str:
    """How many possible matches wait for a word, and how many words wait for a run."""
    unsure = int(queue.get_column("unsure").sum())
    waiting = sum(one.state == "next" for one in taken)
    said = f"{count(queue.height - unsure, 'possible match', 'possible matches')} to decide, {unsure:,} not sure of."
    return f"{said} {count(waiting, 'decision')} will take effect at the next run." if waiting else said


def compared(profile: Profile, facts: list[tuple[str, str]], rows: pl.DataFrame, labels: Labels) -> Table:
    """The supplier beside each register record: names, numbers, score and the parts of it."""
    records = rows.to_dicts()
    titles = [f"Record {at}" for at in range(1, len(records) + 1)]
    own = profile.facts
    cells = [
        [Cell("Name"), Cell(profile.name), *(Cell(one["matched_name"]) for one in records)],
        [
            Cell("Company number"),
            Cell(own["company_number"] or NOT_KNOWN),
            *(Cell(one["matched_number"] or NOT_KNOWN) for one in records),
        ],
        *([Cell(name), Cell(value), *(Cell("") for _ in records)] for name, value in facts),
        [Cell("Answer of the checker"), Cell(""), *(Cell(labels.of("match", one["match"])) for one in records)],
        [Cell("Score, 0 to 1"), Cell(""), *(Cell(_score(one["score"])) for one in records)],
        [Cell("Why"), Cell(""), *(Cell(one["reason"]) for one in records)],
        *([Cell(term), Cell(""), *(_term(one, term) for one in records)] for term in _terms(records)),
        [Cell("Your word so far"), Cell(""), *(Cell(WORDS.get(one["word"], "None")) for one in records)],
    ]
    columns = [Column("Compared"), Column("In your list"), *(Column(title) for title in titles)]
    return Table(f"{profile.name} beside the registry copy", columns, cells, caption_hidden=True)


def facts(profile: Profile, amounts: list[dict[str, Any]], sectors: list[str], labels: Labels) -> list[tuple[str, str]]:
    """What else the list says of the supplier, which the registry does not."""
    own = profile.facts
    money = [f"{pounds(one['amount'])} ({labels.of('amount_kind', one['amount_kind']).lower()})" for one in amounts]
    return [
        ("Also written", listed([text for text in own["spellings"] if text != profile.name]) or "No other way"),
        ("Charity number", own["charity_number"] or NOT_KNOWN),
        ("Postcode", own["postcode"] or NOT_KNOWN),
        ("£", listed(money) or NOT_KNOWN),
        ("Sector", listed([labels.sector(sector) for sector in sectors])),
        ("Band", f"{labels.of('band', own['band'])}, {count(own['points'], 'point')}"),
        ("Questions answered", percent(own["checked_share"])),
    ]


def _score(score: float | None) -> str:
    return "" if score is None else f"{score:.2f}"


def _terms(records: list[dict[str, Any]]) -> list[str]:
    return list(dict.fromkeys(part["term"] for one in records for part in one["terms"]))


def _term(record: dict[str, Any], term: str) -> Cell:
    """One part of a record's score in words."""
    parts = [part for part in record["terms"] if part["term"] == term]
    told = [f"{part['left'] or 'nothing'} and {part['right'] or 'nothing'}: {part['points']:+.2f}" for part in parts]
    return Cell("; ".join(told))


def ask(supplier_id: str, rows: pl.DataFrame) -> tuple[dict[str, Any], str, str] | None:
    """The record, word and reason when a button was pressed with all that it needs; None otherwise."""
    records = rows.to_dicts()
    told = rows.get_column("word").is_not_null().sum()
    first = next((at for at, one in enumerate(records) if one["word"] is None), 0)
    names = [f"{one['matched_name']}, {one['matched_number'] or 'no number'}" for one in records]
    with st.form("decide", enter_to_submit=False):
        st.write("Is the supplier this organisation, or does it belong to it?")
        record = st.radio("Record", range(len(records)), first, names.__getitem__, key=f"record_{supplier_id}_{told}")
        why = st.text_input(REASON, help=REASON_HELP, max_chars=300, key=f"why_{supplier_id}_{told}").strip()
        boxes = zip(WORDS.items(), st.columns(len(WORDS)), strict=True)
        pressed = [word for (word, title), box in boxes if box.form_submit_button(title, key=f"word_{word}")]
    if not pressed or record is None:
        return None
    if not why and pressed[0] != "not_sure":
        st.error(NO_REASON)
        return None
    return records[record], pressed[0], why


def ask_statement(name: str, supplier_id: str, today: date) -> tuple[str, date] | None:
    """Link and day of a statement that the officer saw, when the button was pressed."""
    st.write(f"If you saw a statement of {name} that is not in the registry, record where and when.")
    with st.form("statement", enter_to_submit=False):
        link = st.text_input("Link to the statement", placeholder="https://", key=f"link_{supplier_id}")
        seen = st.date_input("Day you saw it", today, max_value=today, format="DD/MM/YYYY", key=f"seen_{supplier_id}")
        pressed = st.form_submit_button("Record this statement")
    return (link, seen) if pressed else None


def statements(rows: pl.DataFrame) -> Table:
    """The statements recorded for one supplier (rows of FoundStatements)."""
    cells = [[Cell(row["link"]), Cell(day(row["seen"])), Cell(row["who"])] for row in rows.iter_rows(named=True)]
    return Table("Statements recorded", [Column("Link"), Column("Seen"), Column("By")], cells)


def queue(rows: pl.DataFrame, total: int, labels: Labels, here: str) -> Table:
    """Suppliers with a possible match (rows of `views.review.queue`); each links to its review."""
    columns = [Column("Supplier"), Column("Possible record"), Column("£", number=True), Column("Highest band")]
    cells = [
        [
            Cell(
                row["name"],
                note="You were not sure" if row["unsure"] else None,
                href=links.to("review", assessment=here, supplier=row["supplier_id"]),
            ),
            Cell(row["matched_name"]),
            Cell(pounds(row["amount"]), note=labels.of("amount_kind", row["amount_kind"])),
            lists.band(row, labels),
        ]
        for row in rows.iter_rows(named=True)
    ]
    caption = f"{count(total, 'supplier')}, most £ times points first"
    return Table(caption, columns, cells)


def decisions(taken: list[Taken], effects: Mapping[Pair, Effect], labels: Labels) -> Table:
    """The decisions held on suppliers of the assessment, and what each changed."""
    columns = [Column("Supplier"), Column("Record"), Column("Decision"), Column("Why"), Column("By")]
    cells = [
        [
            Cell(one.supplier),
            Cell(one.decision.entry_name, note=one.decision.entry_number),
            Cell(WORDS[one.decision.decision]),
            Cell(one.decision.why),
            Cell(one.decision.who, note=day(one.decision.at.date())),
            _effect(one, effects, labels),
        ]
        for one in taken
    ]
    caption = f"{count(len(taken), 'decision')}, the latest first"
    return Table(caption, [*columns, Column("What it changed")], cells)


def _effect(one: Taken, effects: Mapping[Pair, Effect], labels: Labels) -> Cell:
    """The state of a decision, and beside it how the supplier stood before it and stands now."""
    held = one.decision
    effect = effects.get((held.key, held.entry_name, held.entry_number)) if one.state == "used" else None
    return Cell(STATES[one.state], note=_changed(effect, labels) if effect else None)


def _changed(effect: Effect, labels: Labels) -> str:
    before, after = effect.before, effect.after
    if before == after:
        return "Nothing changed for this supplier"
    parts = [
        (before.statement != after.statement, _turned("statement", before.statement, after.statement, labels)),
        (before.band != after.band, _turned("band", before.band, after.band, labels)),
        (before.points != after.points, f"Points: {before.points:,} before, {after.points:,} now"),
        (before.match != after.match, _turned("match", before.match, after.match, labels)),
    ]
    return ". ".join(told for changed, told in parts if changed)


def _turned(column: str, before: str, after: str, labels: Labels) -> str:
    return f"{column.capitalize()}: {labels.of(column, before).lower()} before, {labels.of(column, after).lower()} now"


def undone(last: Taken) -> str:
    """The words of the button that takes the last decision back."""
    return f"Undo: {WORDS[last.decision.decision].lower()}, {last.supplier} and {last.decision.entry_name}"
