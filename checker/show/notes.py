"""Notes on a supplier, and the supplier's own replies and corrections beside what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from checker.records import Note
from checker.show.labels import moment
from checker.show.tables import Cell, Column, Table

KINDS = {"note": "Note of an officer", "reply": "Reply or correction of the supplier"}
WHOLE = "The supplier as a whole"
ABOUT = (
    "Notes and replies are kept with who and when. A reply stands beside what it answers, here and in exports. Do not "
    "write down suspicions about a person: tell your council's safeguarding lead."
)
RECORDED = {"note": "The note was recorded.", "reply": "The reply was recorded."}
LONGEST = 10_000
SHOWN = 240
"""Characters of a reply shown beside a finding; the whole of it stands in the table of notes."""


def table(notes: Sequence[Note], titles: Mapping[str, str]) -> Table:
    """Notes and replies, the latest first; `titles` name the findings that they are about."""
    columns = [Column("What"), Column("About"), Column("Text"), Column("Recorded")]
    cells = [
        [
            Cell(KINDS[one.kind], tone="info" if one.kind == "reply" else None),
            Cell(titles.get(one.indicator or "", WHOLE)),
            Cell(one.text),
            Cell(moment(one.at), note=f"by {one.who}"),
        ]
        for one in notes
    ]
    return Table("Notes and replies, the latest first", columns, cells, row_headings=False, caption_hidden=True)


def beside(notes: Sequence[Note], quoted: bool = True) -> dict[str, str]:
    """The latest reply about each finding, in words, by indicator; not `quoted`, that there is one."""
    replies = [one for one in reversed(notes) if one.kind == "reply" and one.indicator]
    return {
        one.indicator: f"The supplier replied, {moment(one.at)}{f': {_cut(one.text)}' if quoted else '.'}"
        for one in replies
        if one.indicator
    }


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else f"{line[:SHOWN].rstrip()} … (the whole of it stands below)"


def ask(supplier_id: str, titles: Mapping[str, str], held: int) -> tuple[str, str | None, str] | None:
    """Kind, finding (None: the supplier as a whole) and text of what is to be recorded, when the button was pressed."""
    about: dict[str | None, str] = {None: WHOLE, **titles}
    with st.form("note", enter_to_submit=False):
        left, right = st.columns(2)
        kind = left.radio("What do you record?", list(KINDS), format_func=KINDS.__getitem__, key=f"kind_{supplier_id}")
        subject = right.selectbox("About which finding?", list(about), 0, about.__getitem__, key=f"about_{supplier_id}")
        text = st.text_area("Text", max_chars=LONGEST, key=f"text_{supplier_id}_{held}")
        pressed = st.form_submit_button("Record it")
    return (kind, subject, text) if pressed and kind else None


def ask_erase(notes: Sequence[Note]) -> tuple[int, str] | None:
    """The number of a note to delete and the reason, when the button was pressed."""
    told = {one.id: f"{KINDS[one.kind]}, {moment(one.at)}, by {one.who}" for one in notes}
    with st.expander("Delete a note that must not be kept"), st.form("erase", border=False, enter_to_submit=False):
        number = st.selectbox("Which one", list(told), 0, told.__getitem__, key=f"erased_{len(notes)}")
        why = st.text_input(
            "Reason", help="The trail keeps that it was deleted, and why.", max_chars=300, key="erase_why"
        )
        pressed = st.form_submit_button("Delete it")
    return (number, why) if pressed and number else None
