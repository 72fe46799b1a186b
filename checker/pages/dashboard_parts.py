"""Parts of the Dashboard: the councillor's five questions, each answered first in words, then as chart and table."""

from __future__ import annotations

import polars as pl
import streamlit as st

from checker import access, downloads, records, session, trend
from checker.done import Done
from checker.show import answers, charts, frame, summary, tables
from checker.show.literal import bullets, literal, named
from checker.trend import Trend
from checker.views import glance, totals
from riskengine.pipeline import Assessment
from riskengine.report import totals as sums


def show_figures(found: Trend, what: Done) -> None:
    """The figures to know first."""
    kind = session.sums(glance.main_kind)
    frame.key_figures(answers.at_a_glance(session.sums(glance.markets), kind, found, what, session.labels()))


def offer_briefing() -> None:
    """The briefing to take away."""
    with st.container(horizontal=True):
        downloads.link("briefing", "Download the two-page briefing (PDF)", session.here())
        downloads.link("briefing_page", "Download the briefing as a web page", session.here())


def show_money() -> None:
    """How much of our money goes to higher-risk markets?"""
    labels, levels = session.labels(), session.sums(glance.levels)
    st.header("How much of our money goes to higher-risk markets?")
    said = answers.money(session.sums(glance.markets), labels)
    st.markdown(named(said))
    st.write(answers.MEANING)
    st.altair_chart(charts.levels(levels, labels), alt=f"£ of each kind by market risk. {answers.TABLE}")
    with st.expander(answers.FOLDED):
        tables.draw(answers.level_table(levels, labels), key="levels")


def show_places() -> None:
    """To which markets, and from which departments?"""
    st.header("Where does it go?")
    labels, kind = session.labels(), ask_kind()
    if kind is None:
        st.write("The £ of no line is known, so it can't be said. The lines are counted under Sectors and statements.")
        return
    words = labels.of("amount_kind", kind)
    sectors, departments = session.sums(glance.higher_sectors, kind), session.sums(glance.departments, kind)
    st.subheader(literal(f"Markets: {words.lower()}"))
    st.write(literal(answers.largest(sectors, labels)))
    if (sectors["amount"] > 0).any():
        st.altair_chart(charts.sectors(sectors, labels), alt=f"£ of higher-risk markets. {answers.TABLE}")
    with st.expander("All higher-risk markets as a table, with links to their lines"):
        table = answers.sector_table(tables.page_of(sectors, "sectors"), labels, session.here())
        followed = tables.draw(table, key="sectors")
    session.follow(followed)
    st.subheader(literal(f"Departments: {words.lower()}"))
    if (departments["department"] == glance.NO_DEPARTMENT).all():
        st.write("The lists name no departments.")
        return
    st.write(literal(answers.spenders(departments)))
    st.altair_chart(
        charts.departments(departments, answers.MARKETS), alt=f"£ of each department by market. {answers.TABLE}"
    )
    with st.expander(answers.FOLDED):
        tables.draw(answers.department_table(departments), key="departments")


def ask_kind() -> str | None:
    """The kind of £ that markets and departments are shown for; kinds are never added together."""
    levels = session.sums(glance.levels).filter(pl.col("amount").is_not_null())
    kinds = levels.get_column("amount_kind").unique(maintain_order=True).to_list()
    if len(kinds) < 2:
        return session.sums(glance.main_kind)
    at = kinds.index(session.sums(glance.main_kind))
    words = session.labels().all("amount_kind")
    return st.radio(
        "Kind of £ to show by market and department", kinds, at, words.__getitem__, horizontal=True, key="kind"
    )


def trend_of() -> Trend:
    """The chosen assessment and those before it."""
    held = session.stored()
    entries = trend.series(held, next(one for one in held if one.id == session.here()))
    return trend.of(entries, [session.of(trend.point, one.id) for one in entries])


def show_trend(found: Trend) -> None:
    """Is it better than last time?"""
    labels, entries = session.labels(), found.entries
    st.header("Is it better than last time?")
    st.markdown(bullets(answers.better(found, labels)))
    if found.before is not None:
        st.markdown(bullets(answers.cautions(entries[-2], entries[-1])))
        rows = answers.trend_rows(found, labels)
        if rows["day"].n_unique() > 1:
            st.altair_chart(charts.trend(rows), alt=f"Shares over time. {answers.TABLE}")
        with st.expander(answers.FOLDED):
            tables.draw(answers.trend_table(found, labels), key="trend")


def show_done(assessment: Assessment, found: Done) -> None:
    """What has been done?"""
    st.header("What has been done?")
    st.markdown(bullets(answers.what_was_done(found)))
    if found.replies and access.may("read notes"):
        names = dict(assessment.suppliers.select("key", "name").iter_rows())
        titles = {one.id: one.title for one in assessment.policy.indicators.values()}
        tables.draw(answers.replies(tables.some_of(found.replies, "replies"), names, titles), key="replies")
    st.subheader("What officers may do next")
    st.markdown(bullets(answers.next_steps(assessment.policy)))


def asked(assessment_id: str) -> pl.DataFrame:
    """How often each question was answered in which way."""
    return sums.questions_of(records.scan(assessment_id, "findings")).collect()


def show_unknowns(assessment: Assessment) -> None:
    """What is not known?"""
    st.header("What is not known?")
    found = totals.unknowns(assessment, session.sums(totals.counts))
    st.markdown(bullets(summary.unknown(found)))
    titles = {one.id: one.title for one in assessment.policy.indicators.values()}
    with st.expander("How often each question could be answered"):
        tables.draw(summary.questions(session.of(asked, session.here()), titles), key="questions")
