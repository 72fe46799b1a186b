"""Records: the runs and the audit trail of the whole service, for those who look after it."""

import streamlit as st

from checker import access, records
from checker.show import tables, trail

LATEST = 1000
"""Runs, and entries of the trail, that can be paged through here; `riskcheck audit trail` shows the whole trail."""


def main() -> None:
    access.require("records")
    st.title("Records")
    st.header("Runs")
    runs = records.runs(LATEST)
    if runs:
        tables.draw(trail.runs(tables.some_of(runs, "runs")), key="runs")
    else:
        st.write("No run was started on this server yet.")
    st.header("Audit trail")
    entries = records.trail(LATEST)
    tables.draw(trail.entries(tables.some_of(entries, "trail")), key="trail")


main()
