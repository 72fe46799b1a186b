"""Parts of the Review page: the queue, many suppliers settled at once, and what was decided so far."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from checker import effects, records, session
from checker.records import Decision
from checker.show import decisions, review, tables
from checker.show.labels import count
from checker.show.literal import literal
from checker.views import review as views
from checker.views.review import Taken
from riskengine.pipeline import Assessment


def show_queue(assessment: Assessment, queue: pl.DataFrame, order: str, held: Sequence[Decision]) -> None:
    """One page of the suppliers to review, each with its link; those plainly unlike can be settled together."""
    st.header("Suppliers to review")
    rows = tables.page_of(queue, "queue")
    with st.expander("Settle many at once"):
        if answer := review.ask_none(rows, queue.height):
            settle(assessment, *answer, held)
    table = review.queue(rows, order, queue.height, session.labels(), session.here())
    session.follow(tables.draw(table, key="queue"))


def settle(assessment: Assessment, supplier_ids: Sequence[str], why: str, held: Sequence[Decision]) -> None:
    """Record that suppliers are none of the records that they may be."""
    pairs = views.open_pairs(assessment, supplier_ids, held)
    said = f"Recorded: not the same, {count(len(supplier_ids), 'supplier')} and {count(len(pairs), 'record')}."
    session.act(lambda: records.decide_each(pairs, "not_same", records.me(), why), said, "supplier")


def show_taken(taken: Sequence[Taken]) -> None:
    """What was decided, what it changed, and the way to take the last of it back or to run again."""
    st.header("Decisions so far")
    st.write("Decisions and statements are kept with who, when and why. They take effect at the next run.")
    if taken:
        shown = tables.some_of(taken, "taken")
        changed = effects.effects(session.here(), [one.decision for one in shown])
        tables.draw(decisions.table(list(shown), changed, session.labels()), key="taken")
        last = views.last(taken)
        if st.button(literal(decisions.undone(last))):
            pairs = [(one.decision.key, one.decision.entry_name, one.decision.entry_number or "") for one in last]
            session.act(lambda: records.undo_each(pairs, records.me()), decisions.taken_back(last))
    if not session.repeatable():
        st.page_link("checker/pages/upload.py", label="Check the same lists again on the Upload page")
    elif st.button("Run again with these decisions", type="primary"):
        session.repeat()
