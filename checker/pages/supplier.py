"""Supplier: one supplier's findings as sentences, its lines, and the register records behind them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl
import streamlit as st

from checker import access, records, session
from checker.pages import supplier_parts
from checker.show import frame, lists, notes, supplier, tables
from checker.show.labels import count, place
from checker.show.literal import bullets, literal
from checker.views import evidence, lines
from riskengine.pipeline import Assessment


def main() -> None:
    access.require("supplier")
    assessment = session.assessment()
    wanted = session.asked("supplier", evidence.ids(assessment)) if assessment else None
    if assessment is None:
        st.title("Supplier")
        session.nothing_to_show()
    elif wanted is None:
        find(assessment)
    else:
        show(assessment, evidence.profile(assessment, wanted))


def find(assessment: Assessment) -> None:
    st.title("Supplier")
    frame.about(assessment)
    session.offer_names(assessment)
    text = st.text_input("Find a supplier", help="Part of a name, or a company number", key="supplier_text")
    found = evidence.search(assessment, session.sums(lines.by_supplier), text)
    caption = f"{count(found.height, 'supplier')}, most points first"
    table = lists.suppliers(tables.page_of(found, "suppliers"), session.labels(), caption, session.here())
    session.follow(tables.draw(table, key="suppliers"))


def show(assessment: Assessment, profile: evidence.Profile) -> None:
    labels = session.labels()
    st.page_link("checker/pages/supplier.py", label="All suppliers")
    st.title(literal(profile.name), anchor=False)
    frame.about(assessment)
    session.offer_names(assessment)
    own = evidence.lines_of(session.rows(), profile.supplier_id)
    ids = evidence.line_ids(own)
    noted = [] if profile.facts["personal"] else records.notes(profile.facts["key"])
    replies = notes.beside(noted, quoted=access.may("read notes"))
    if line := session.asked("line", ids):
        show_line(assessment, evidence.one(own, line), replies)
    tables.draw(lists.facts(supplier.facts(profile, labels), "About this supplier"), key="facts")
    st.header("What we found")
    found = evidence.of_supplier(assessment, profile.supplier_id)
    show_findings(profile, found, replies)
    supplier_parts.show_notes(profile, found, noted)
    st.header("What you may do next")
    st.markdown(bullets(supplier.next_steps(profile, assessment.policy.next_steps)))
    supplier_parts.show_records(assessment, profile)
    st.header("Its lines")
    caption = f"{count(ids.len(), 'line')}, most points first"
    table = lists.lines(tables.rows_of(own, ids.len(), "own"), labels, caption, session.here())
    session.follow(tables.draw(table, key="own"))


def show_findings(profile: evidence.Profile, found: pl.DataFrame, replies: Mapping[str, str]) -> None:
    ids = {"assessment": session.here(), "supplier": profile.supplier_id}
    caption, asked = "Over all its lines, raised first", session.asked("finding", found.get_column("indicator"))
    if asked:
        st.page_link("checker/pages/supplier.py", label="All findings of this supplier", query_params=ids)
        found, caption = found.filter(pl.col("indicator") == asked), "The finding that was asked for"
    table = lists.findings(tables.page_of(found, "found"), session.labels(), caption, replies, ids)
    session.follow(tables.draw(replace(table, arrive=asked), key="found"))


def show_line(assessment: Assessment, line: dict[str, Any], replies: Mapping[str, str]) -> None:
    labels = session.labels()
    st.header(literal(f"Evidence for {place(line)}"), anchor=False)
    tables.draw(lists.points(evidence.of_line(assessment, line), labels, line, replies), key="points")
    tables.draw(lists.facts(supplier.line(line, labels), "This line"), key="line")


main()
