"""Supplier: one supplier's findings as sentences, its lines, and the register records behind them."""

from typing import Any

import streamlit as st

from checker import session
from checker.show import frame, lists, supplier, tables
from checker.show.labels import count, place
from checker.views import evidence
from riskengine.pipeline import Assessment


def main() -> None:
    assessment = session.assessment()
    wanted = session.asked("supplier", evidence.ids(assessment)) if assessment else None
    if assessment is None:
        st.title("Supplier")
        frame.nothing_yet()
    elif wanted is None:
        find(assessment)
    else:
        show(assessment, evidence.profile(assessment, wanted))


def find(assessment: Assessment) -> None:
    st.title("Supplier")
    frame.about(assessment)
    text = st.text_input("Find a supplier", help="Part of a name, or a company number", key="supplier_text")
    found = evidence.search(assessment, text)
    caption = f"{count(found.height, 'supplier')}, most points first"
    table = lists.suppliers(tables.page_of(found, "suppliers"), session.labels(), caption, session.here())
    session.follow(tables.draw(table, key="suppliers"))


def show(assessment: Assessment, profile: evidence.Profile) -> None:
    labels = session.labels()
    st.page_link("checker/pages/supplier.py", label="All suppliers")
    st.title(profile.name, anchor=False)
    frame.about(assessment)
    own = evidence.lines_of(session.ranked(), profile.supplier_id)
    if line := session.asked("line", own.get_column("line_id")):
        show_line(assessment, evidence.one(own, line))
    tables.draw(lists.facts(supplier.facts(profile, labels), "About this supplier"), key="facts")
    st.header("What we found")
    found = tables.page_of(evidence.of_supplier(assessment, profile.supplier_id), "found")
    tables.draw(lists.findings(found, labels, "Over all its lines, raised first"), key="found")
    st.header("What you may do next")
    st.markdown(supplier.next_steps(profile, assessment.policy.next_steps))
    show_records(assessment, profile)
    st.header("Its lines")
    caption = f"{count(own.height, 'line')}, most points first"
    table = lists.lines(tables.page_of(own, "own"), labels, caption, session.here())
    session.follow(tables.draw(table, key="own"))


def show_line(assessment: Assessment, line: dict[str, Any]) -> None:
    labels = session.labels()
    st.header(f"Evidence for {place(line)}", anchor=False)
    tables.draw(lists.points(evidence.of_line(assessment, line), labels, line), key="points")
    tables.draw(lists.facts(supplier.line(line, labels), "This line"), key="line")


def show_records(assessment: Assessment, profile: evidence.Profile) -> None:
    labels = session.labels()
    st.header("Statement and register records")
    tables.draw(lists.facts(supplier.statement(profile, labels), "Statement"), key="statement")
    for title, address in supplier.addresses(profile):
        st.link_button(title, address)
    if not profile.facts["personal"]:
        ids = {"assessment": session.here(), "supplier": profile.supplier_id}
        st.page_link("checker/pages/review.py", label="Decide on its records, or record a statement", query_params=ids)
    rows = evidence.candidates(assessment, profile.supplier_id)
    tables.draw(supplier.candidates(rows, labels), key="candidates")
    for row in rows.filter(rows["terms"].list.len() > 0).iter_rows(named=True):
        with st.expander(f"How {row['matched_name']} was compared"):
            tables.draw(supplier.terms(row), key=f"terms_{row['rank']}")


main()
