"""Parts of the Supplier page: notes and replies, and the register records behind its findings."""

from __future__ import annotations

import polars as pl
import streamlit as st

from checker import access, records, session
from checker.records import Note
from checker.show import lists, notes, supplier, tables
from checker.show.literal import literal
from checker.views import evidence
from checker.views.evidence import Profile
from riskengine.pipeline import Assessment


def show_notes(profile: Profile, found: pl.DataFrame, noted: list[Note]) -> None:
    """Notes and replies on a supplier, and a form for the next (`found`: rows of `views.evidence.of_supplier`)."""
    if not access.may("read notes"):
        return
    st.header("Notes and replies")
    if profile.facts["personal"]:
        st.write("Nothing is recorded of likely persons.")
        return
    st.write(notes.ABOUT)
    session.tell()
    titles = dict(found.select("indicator", "title").iter_rows())
    if noted:
        tables.draw(notes.table(tables.some_of(noted, "notes"), titles), key="notes")
    if not access.may("note"):
        return
    if asked := notes.ask(profile.supplier_id, titles, len(noted)):
        kind, about, text = asked
        deed = records.reply if kind == "reply" else records.note
        session.act(lambda: deed(profile.facts["key"], text, records.me(), about), notes.RECORDED[kind])
    if noted and (erased := notes.ask_erase(noted)):
        session.act(lambda: records.erase_note(erased[0], records.me(), erased[1]), "The note was deleted.")


def show_records(assessment: Assessment, profile: Profile) -> None:
    """The supplier's statement, and the records that it was compared with."""
    labels = session.labels()
    st.header("Statement and register records")
    tables.draw(lists.facts(supplier.statement(profile, labels), "Statement"), key="statement")
    for title, address in supplier.addresses(profile):
        st.link_button(literal(title), address)
    if not profile.facts["personal"] and access.opens("review"):
        ids = {"assessment": session.here(), "supplier": profile.supplier_id}
        st.page_link("checker/pages/review.py", label="Decide on its records, or record a statement", query_params=ids)
    rows = evidence.candidates(assessment, profile.supplier_id)
    tables.draw(supplier.candidates(rows, labels), key="candidates")
    supplier.draw_terms(rows, assessment.policy)
