"""Review: a possible match at a time, by £ and risk or by likeness, and statements found elsewhere."""

from datetime import datetime

import polars as pl
import streamlit as st

from checker import access, records, register_records, session
from checker.pages import review_parts as parts
from checker.show import frame, review, supplier, tables
from checker.show.literal import literal
from checker.views import evidence, lines
from checker.views import review as views
from riskengine.pipeline import Assessment


def main() -> None:
    access.require("review")
    st.title("Review")
    assessment = session.assessment()
    if assessment is None:
        session.nothing_to_show()
        return
    frame.about(assessment)
    held = records.holding()
    queue, taken = views.queue(assessment, session.sums(lines.largest), held), views.taken(assessment, held)
    st.write(literal(review.left(queue, taken)))
    session.tell()
    order = review.ask_order() if queue.height > 1 else next(iter(review.ORDERS))
    queue = views.least_alike(queue) if order == "unlike" else queue
    wanted = session.asked("supplier", views.ids(assessment)) or next(iter(queue["supplier_id"]), None)
    if wanted is not None:
        show_supplier(assessment, wanted, held)
    if not queue.is_empty():
        parts.show_queue(assessment, queue, order, held)
    parts.show_taken(taken)


def show_supplier(assessment: Assessment, supplier_id: str, held: list[records.Decision]) -> None:
    labels, profile = session.labels(), evidence.profile(assessment, supplier_id)
    own = evidence.lines_of(session.rows(), supplier_id)
    sectors = [labels.sector(one) for one in lines.sectors(own)]
    rows = views.candidates(assessment, supplier_id, held, session.of(register_records.of, session.here()))
    st.header(literal(profile.name), anchor=False)
    st.write(literal(review.at_stake(profile, views.amounts(own), labels)))
    tables.draw(review.compared(profile, sectors, rows, labels), key="compared")
    key = profile.facts["key"]
    if not rows.is_empty() and (answer := review.ask(supplier_id, rows)):
        record, word, why = answer
        decide = (key, record["matched_name"], record["matched_number"], word, records.me(), why)
        session.act(lambda: records.decide(*decide), f"Recorded: {review.WORDS[word].lower()}.", "supplier")
    supplier.draw_terms(rows, assessment.policy)
    st.header("Statement found elsewhere")
    stated = records.found_statements().filter(pl.col("key") == key)
    if not stated.is_empty():
        tables.draw(review.statements(stated), key="stated")
    if found := review.ask_statement(profile.name, supplier_id, datetime.now().astimezone().date()):
        session.act(lambda: records.record_found_statement(key, *found, records.me()), review.STATED)


main()
