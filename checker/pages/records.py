"""Records: the runs and the audit trail of the whole service, for those who look after it."""

import polars as pl
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
    tables.draw(trail.runs([runs[at] for at in shown(len(runs), "runs")]), key="runs")
    st.header("Audit trail")
    entries = records.trail(LATEST)
    tables.draw(trail.entries([entries[at] for at in shown(len(entries), "trail")]), key="trail")


def shown(number: int, key: str) -> list[int]:
    return tables.page_of(pl.DataFrame({"at": range(number)}), key)["at"].to_list()


main()
