"""Audit: every line by filter, the rows set aside, the workbook, and what was asked, when and under which policy."""

import streamlit as st

from checker import access, downloads, session
from checker.pages import audit_parts
from checker.show import audit, frame, lists, tables
from checker.show.labels import count
from checker.views import lines
from riskengine.pipeline import Assessment
from riskengine.report import totals


def main() -> None:
    access.require("audit")
    st.title("Audit")
    assessment = session.assessment()
    if assessment is None:
        session.nothing_to_show()
        return
    frame.about(assessment)
    session.offer_names(assessment)
    show_download()
    show_lines()
    show_set_aside(assessment)
    st.header("About this run")
    tables.draw(lists.facts(audit.run(assessment), "What was asked"), key="run")


def show_download() -> None:
    st.header("Audit workbook and audit pack")
    st.write(audit.FILES)
    with st.container(horizontal=True):
        downloads.link("workbook", "Download the audit workbook", session.here())
        downloads.link("pack", "Download the audit pack", session.here())
        if session.names_shown():
            downloads.link("workbook", "Download the workbook with personal names", session.here(), names="shown")


def show_lines() -> None:
    st.header("Contract lines")
    wanted = audit_parts.ask()
    rows = lines.kept(session.rows(), wanted)
    found = lines.counted(rows)
    caption = f"{count(found, 'line')}, most points first"
    table = lists.lines(tables.rows_of(rows, found, "audit"), session.labels(), caption, session.here())
    session.follow(tables.draw(table, key="lines"))
    audit_parts.show_suppliers(rows, wanted)


def show_set_aside(assessment: Assessment) -> None:
    st.header("Rows set aside")
    if assessment.set_aside.is_empty():
        st.write("No row was set aside.")
        return
    tables.draw(audit.reasons(session.view(totals.set_aside)), key="reasons")
    tables.draw(audit.set_aside(tables.page_of(assessment.set_aside, "aside")), key="aside")


main()
