"""Dashboard: how much of our money goes where the risk is, which statements were found, and what is not known."""

from dataclasses import replace

import streamlit as st

from checker import access, done, session
from checker.pages import dashboard_parts
from checker.show import answers, charts, frame, lists, matrix, summary, tables
from checker.show.labels import count
from checker.show.literal import named
from checker.views import lines, totals
from riskengine.schemas import STATEMENTS


def main() -> None:
    access.require("dashboard")
    st.title("Dashboard")
    assessment = session.assessment()
    if assessment is None:
        session.nothing_to_show()
        return
    frame.about(assessment)
    trend, what = dashboard_parts.trend_of(), done.done(assessment)
    dashboard_parts.show_figures(trend, what)
    dashboard_parts.offer_briefing()
    dashboard_parts.show_money()
    dashboard_parts.show_places()
    dashboard_parts.show_trend(trend)
    dashboard_parts.show_done(assessment, what)
    dashboard_parts.show_unknowns(assessment)
    show_bands()
    show_matrix()
    show_lines()


def show_bands() -> None:
    labels, bands = session.labels(), session.sums(totals.bands)
    st.header("Money and lines by band")
    st.markdown(named(summary.money(bands, labels)))
    st.altair_chart(charts.bands(bands, labels), alt=summary.CHART)
    with st.expander(answers.FOLDED):
        tables.draw(summary.band_table(bands, labels), key="bands")


def show_matrix() -> None:
    st.header("Sectors and statements")
    st.write(summary.MATRIX_HELP)
    cells = session.sums(totals.matrix)
    session.follow(tables.draw(matrix.table(cells, session.labels(), session.here(), chosen_cell()), key="matrix"))


def chosen_cell() -> tuple[str | None, str | None]:
    sectors = session.sums(totals.matrix).get_column("sector")
    return session.asked("sector", sectors), session.asked("statement", STATEMENTS)


def show_lines() -> None:
    labels = session.labels()
    sector, status = chosen_cell()
    wanted = lines.Wanted(sectors=(sector,) if sector else (), statements=(status,) if status else ())
    rows = lines.kept(session.rows(), wanted)
    found = lines.counted(rows)
    chosen = matrix.title(labels, sector, status)
    st.header("Lines with most points", anchor="lines")
    if chosen:
        st.page_link("checker/pages/dashboard.py", label="Show all lines")
    caption = f"{count(found, 'line')}, most points first{': ' if chosen else ''}{chosen}"
    table = lists.lines(tables.rows_of(rows, found, "dashboard"), labels, caption, session.here())
    session.follow(tables.draw(replace(table, arrive=chosen), key="lines"))


main()
